// lint: claims that want no class, where there is a default one and no volume without class.

import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Rule } from "../rule.js";

export const claimClassEmpty: Rule = {
  id: "claim-class-empty",
  summary:
    'A PersistentVolumeClaim has the class "", where a default class exists and no volume without class is free.',
  needs: ["persistentVolumeClaims", "storageClasses"],
  find({ classes, cluster }, report) {
    const { claims, ids } = cluster;
    const [fallback] = classes.defaults;
    if (fallback === undefined || classes.volumes(EMPTY_TEXT).free > 0) return;
    eachClaim(cluster, (claim) => {
      const beta = cluster.claimAnnotation(claim, ids.betaClass);
      const written = beta === 0 ? claims.get(claim, CLAIM.storageClassName) : beta;
      if (written !== EMPTY_TEXT || claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      // One that is reserved for the claim is enough.
      if (cluster.volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) >= 0) return;
      report(claims, claim, {
        severity: "warning",
        field: "spec.storageClassName",
        sentence: `the class "" asks for a volume without class and is never provisioned, and no such volume is free; the default class is ${fallback}`,
        remedy: "leave storageClassName out to get the default class, or make a volume without class",
      });
    });
  },
};
