// lint: matchFields in volumes' affinities, which kube-scheduler does not compare with anything.

import { eachRow } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Affinity } from "../volume-affinities.js";

export const volumeAffinityMatchFields: Rule = {
  id: "volume-affinity-match-fields",
  summary:
    "A PersistentVolume's node affinity uses matchFields: ignored where they parse, and fatal for their term where not.",
  needs: ["persistentVolumes"],
  find({ affinities, cluster }, report) {
    const known = new Map<Affinity, readonly Fault[]>();
    eachRow(cluster.volumes, (volume) => {
      const affinity = affinities.of(volume);
      if (affinity === undefined) return;
      let faults = known.get(affinity);
      if (faults === undefined) {
        faults = [...refusedIn(affinity), ...ignoredIn(affinity)];
        known.set(affinity, faults);
      }
      for (const fault of faults) report(cluster.volumes, volume, fault);
    });
  },
};

const REMEDY = "use matchExpressions on a label, such as kubernetes.io/hostname";

function refusedIn({ refused, usable }: Affinity): Fault[] {
  const rest = usable.length === 0 ? "no node can reach the volume" : "its term matches no node";
  return refused.flatMap(({ field, path, sentence }): Fault[] => {
    const severity = usable.length === 0 ? "error" : "warning";
    return field ? [{ severity, field: path, sentence: `${sentence}: ${rest}`, remedy: REMEDY }] : [];
  });
}

function ignoredIn({ usable }: Affinity): Fault[] {
  return usable.flatMap(({ requirements }): Fault[] => {
    const field = requirements.find((one) => one.field);
    if (field === undefined) return [];
    // kube: R-NS-5 against labels alone, matchFields hold for every node.
    const rest = requirements.every((one) => one.field)
      ? "the volume is taken to be reachable from every node"
      : "only the labels beside it count";
    const sentence = `kube-scheduler does not look at matchFields of a volume: ${rest}`;
    return [{ severity: "warning", field: field.path, sentence, remedy: REMEDY }];
  });
}
