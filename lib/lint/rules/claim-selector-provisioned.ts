// lint: claims with a selector whose class would have to make a volume, which no provisioner does.

import { CLAIM, STORAGE_CLASS } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Rule } from "../rule.js";

export const claimSelectorProvisioned: Rule = {
  id: "claim-selector-provisioned",
  summary:
    "A PersistentVolumeClaim has a selector, and its class makes volumes: provisioners refuse claims with a selector.",
  needs: ["persistentVolumeClaims", "storageClasses"],
  find({ classes, cluster, text }, report) {
    const { claims, storageClasses } = cluster;
    eachClaim(cluster, (claim) => {
      if (claims.get(claim, CLAIM.selector) === 0 || claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      const name = claims.get(claim, CLAIM.class);
      const row = classes.row(name);
      if (row < 0 || !classes.provisions(row)) return;
      // A volume that is reserved for the claim is not asked for its labels.
      if (cluster.volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) >= 0) return;
      const { free } = classes.volumes(name);
      const provisioner = text(storageClasses.get(row, STORAGE_CLASS.provisioner));
      const rest =
        free > 0
          ? "the claim gets one of the volumes that are free, or none"
          : "no volume of that class is free, so that the claim will never be bound, though kube-scheduler finds nodes for it";
      report(claims, claim, {
        severity: free > 0 ? "warning" : "error",
        field: "spec.selector",
        // kube: R-PRV-8 the scheduler does not ask about the selector.
        sentence: `a claim with a selector is never provisioned (class ${text(name)}, ${provisioner}): ${rest}`,
        remedy: "take the selector out, or make volumes with these labels by hand and name a class that makes none",
      });
    });
  },
};
