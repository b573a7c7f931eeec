// lint: volumes that no node reaches, for their node affinity.

import { VOLUME } from "../../intern/cluster.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import type { Survey } from "../survey.js";
import { unmet } from "../unmet.js";
import type { Affinity } from "../volume-affinities.js";
import { REQUIRED } from "../volume-affinities.js";

export const volumeAffinityNoNode: Rule = {
  id: "volume-affinity-no-node",
  summary: "A PersistentVolume's node affinity matches no node, so that no pod with this volume can run anywhere.",
  needs: ["nodes", "persistentVolumes"],
  find(survey, report) {
    const { affinities, cluster, context, counts } = survey;
    const faults = new Map<Affinity, ReturnType<typeof faultOf>>();
    eachRow(cluster.volumes, (volume) => {
      if (affinities.isTranslated(volume) && cluster.volumes.get(volume, VOLUME.nodeAffinity) !== 0) {
        const written = counts.of(context.affinityOf(volume));
        if (written > 0 && affinities.reach(volume) === 0) report(cluster.volumes, volume, TRANSLATED);
      }
      const affinity = affinities.of(volume);
      // Terms that no node could meet are a fault of their own.
      if (affinity === undefined || affinity.usable.length === 0 || affinities.reach(volume) > 0) return;
      if (affinity.nodes > 0 || affinity.named !== undefined) return;
      let fault = faults.get(affinity);
      if (fault === undefined) {
        fault = faultOf(survey, affinity);
        faults.set(affinity, fault);
      }
      report(cluster.volumes, volume, fault);
    });
  },
};

const TRANSLATED = {
  severity: "error",
  field: REQUIRED,
  sentence:
    "nodes meet it as it is written, but where its in-tree plugin has moved to CSI it is read as the driver's volume, and so no node does",
  remedy: "write the driver's own topology key and a value that nodes have under it, or check the volume's id",
} as const;

function faultOf({ labels }: Survey, { usable }: Affinity) {
  const { field, near, sentence } = unmet(labels, usable, `${REQUIRED}.nodeSelectorTerms`);
  const meant = near === undefined ? "" : `${near} may have been meant: `;
  const remedy = `${meant}make the volume anew with an affinity that nodes meet (it cannot be changed in place), or label a node so that it does`;
  return { severity: "error", field, sentence, remedy } as const;
}
