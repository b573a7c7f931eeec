// lint: claims that name no class, where no class is the default and no volume without class is free.

import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Rule } from "../rule.js";

export const claimWithoutClass: Rule = {
  id: "claim-without-class",
  summary: "A PersistentVolumeClaim names no class, where no class is the default and no volume without class is free.",
  needs: ["persistentVolumeClaims", "storageClasses"],
  find({ classes, cluster }, report) {
    const { claims } = cluster;
    if (classes.defaults.length > 0 || classes.volumes(EMPTY_TEXT).free > 0) return;
    eachClaim(cluster, (claim) => {
      if (claims.get(claim, CLAIM.class) !== EMPTY_TEXT || claims.get(claim, CLAIM.storageClassName) !== 0) return;
      if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      if (cluster.volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) >= 0) return;
      report(claims, claim, {
        severity: "error",
        field: "spec.storageClassName",
        sentence: "the claim names no class, no class is the default, and no volume without class is free",
        remedy: 'name a class, or make one the default (storageclass.kubernetes.io/is-default-class: "true")',
      });
    });
  },
};
