// lint: volumes whose zone or region labels keep them from every node, whatever their affinity says.

import { keyed } from "../../explain/written-terms.js";
import { VOLUME } from "../../intern/cluster.js";
import { eachRow, mapOf } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

const KEYS = [
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
];

export const volumeZoneLabelNoNode: Rule = {
  id: "volume-zone-label-no-node",
  summary:
    "The zone or region labels of a PersistentVolume contradict those of every node, so that VolumeZone rejects all.",
  needs: ["nodes", "persistentVolumes"],
  find(survey, report) {
    const { cluster, counts, zones } = survey;
    if (zones === undefined) return;
    const { volumes } = cluster;
    const faults = new Map<number, Fault>();
    eachRow(volumes, (volume) => {
      const labels = volumes.get(volume, VOLUME.labels);
      if (labels === 0 || counts.of(zones.selectorOf(labels)) > 0) return;
      let fault = faults.get(labels);
      if (fault === undefined) {
        fault = faultOf(survey, mapOf(cluster, labels));
        faults.set(labels, fault);
      }
      report(volumes, volume, fault);
    });
  },
};

function faultOf({ labels: nodeLabels }: Survey, labels: ReadonlyMap<string, string>): Fault {
  const written = KEYS.filter((key) => labels.has(key));
  const key = written.find((one) => nodeLabels.count(one, labels.get(one) ?? "") === 0) ?? written[0];
  const sentence = `VolumeZone lets the volume go to nodes with ${key} ${labels.get(key)} alone; ${nodeLabels.phrase(key)}`;
  const remedy = "correct the label, or take it off: the volume's node affinity says where it can go";
  return { severity: "error", field: keyed("metadata.labels", key), sentence, remedy };
}
