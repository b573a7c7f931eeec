// lint: claims of volumes that do not exist.

import { isFullyBound } from "../../filters/volume-binding/pre-filter.js";
import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { nearest } from "../../objects/nearest.js";
import { eachClaim, keysOf } from "../reading.js";
import type { Rule } from "../rule.js";

/** For so many claims a volume that may have been meant is looked for. */
const MOST_SOUGHT = 20;

export const claimVolumeMissing: Rule = {
  id: "claim-volume-missing",
  summary: "A PersistentVolumeClaim names a PersistentVolume that does not exist.",
  needs: ["persistentVolumeClaims"],
  find({ cluster, text }, report) {
    const { claims, volumes } = cluster;
    let sought = 0;
    eachClaim(cluster, (claim) => {
      const name = claims.get(claim, CLAIM.volumeName);
      if (name <= EMPTY_TEXT || volumes.find(EMPTY_TEXT, name) >= 0) return;
      // Volumes may not have been read, but the claim says it.
      if (volumes.size === 0 && claims.get(claim, CLAIM.phase) !== cluster.ids.lost) return;
      const bound = isFullyBound(cluster, claim);
      const meant = bound || sought++ >= MOST_SOUGHT ? [] : nearest(text(name), keysOf(volumes), 1);
      report(claims, claim, {
        severity: "error",
        field: "spec.volumeName",
        sentence: bound
          ? `the claim is bound to volume ${text(name)}, which is gone`
          : `the claim waits for volume ${text(name)}, which does not exist`,
        remedy: bound
          ? "bring the volume back under that name from its backup or disk, or delete the claim and make it anew"
          : `make that volume${meant.map((one) => `, or name ${one} if that is meant`).join("")}: the claim has to be made anew to name another`,
      });
    });
  },
};
