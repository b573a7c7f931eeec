// lint: volumes' affinities with terms that match nothing, whatever the nodes are.

import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import { REQUIRED } from "../volume-affinities.js";

const TERMS = `${REQUIRED}.nodeSelectorTerms`;

export const volumeAffinityInvalid: Rule = {
  id: "volume-affinity-invalid",
  summary: "A term of a PersistentVolume's node affinity is empty or does not parse, and so matches no node.",
  needs: ["persistentVolumes"],
  find({ affinities, cluster }, report) {
    // kube: R-AFF-5 without a usable term a volume is accessible nowhere.
    eachRow(cluster.volumes, (volume) => {
      const affinity = affinities.of(volume);
      if (affinity === undefined) return;
      const { refused, terms, usable } = affinity;
      if (terms.length === 0) {
        const sentence = "there is no term, and so no node can reach the volume";
        const remedy = "write the volume's topology, or leave nodeAffinity out if every node reaches it";
        report(cluster.volumes, volume, { severity: "error", field: TERMS, sentence, remedy });
      }
      const severity = usable.length === 0 ? "error" : "warning";
      const rest = usable.length === 0 ? "so no node can reach the volume" : "only the other terms count";
      for (const { field, path, sentence } of refused) {
        if (field) continue;
        const remedy = "correct the requirement, or take the term out";
        report(cluster.volumes, volume, { severity, field: path, sentence: `${sentence}: ${rest}`, remedy });
      }
    });
  },
};
