// lint: claims over which kube-scheduler itself crashes.

import { keyed } from "../../explain/written-terms.js";
import { CLAIM } from "../../intern/cluster.js";
import { ANN_BETA_CLASS } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Rule } from "../rule.js";

export const schedulerCrashClaim: Rule = {
  id: "scheduler-crash-claim",
  summary:
    "The class of a PersistentVolumeClaim stands in the beta annotation alone: kube-scheduler crashes when it scores with it.",
  needs: ["persistentVolumeClaims", "csiStorageCapacities", "storageClasses"],
  find({ classes, cluster, scores }, report) {
    if (!scores) return;
    const { capacitiesByClass, claims } = cluster;
    eachClaim(cluster, (claim) => {
      if (claims.get(claim, CLAIM.storageClassName) !== 0 || claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      const name = claims.get(claim, CLAIM.class);
      const row = classes.row(name);
      if (row < 0 || !classes.tracksCapacity(row) || cluster.requestOf(claim) === 0) return;
      if (capacitiesByClass.first(name, name) < 0) return;
      report(claims, claim, {
        severity: "error",
        field: keyed("metadata.annotations", ANN_BETA_CLASS),
        // kube: R-SCO-4 the scorer reads the claim's own field, which is absent.
        sentence:
          "the claim names its class in this annotation alone: kube-scheduler crashes when it scores a node on which the claim is to be made",
        remedy: "write spec.storageClassName: the claim has to be made anew",
      });
    });
  },
};
