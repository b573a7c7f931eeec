// lint: claims of classes that do not exist, and of which there is no volume either.

import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { nearest } from "../../objects/nearest.js";
import { shown } from "../node-labels.js";
import { eachClaim, keysOf } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

/** For so many classes one that may have been meant is looked for. */
const MOST_SOUGHT = 20;

export const claimClassUnknown: Rule = {
  id: "claim-class-unknown",
  summary:
    "A PersistentVolumeClaim without a volume is of a StorageClass that does not exist, and no volume is of that class.",
  needs: ["persistentVolumeClaims", "storageClasses"],
  find(survey, report) {
    const { classes, cluster } = survey;
    const { claims } = cluster;
    const faults = new Map<number, Fault | undefined>();
    eachClaim(cluster, (claim) => {
      const name = claims.get(claim, CLAIM.class);
      if (name === EMPTY_TEXT || claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      if (classes.row(name) >= 0) return;
      // Volumes made by hand may well be of a class that is but a name.
      if (!faults.has(name)) {
        const isOfVolumes = classes.volumes(name).all > 0;
        faults.set(name, isOfVolumes ? undefined : faultOf(survey, name, faults.size < MOST_SOUGHT));
      }
      const fault = faults.get(name);
      if (fault !== undefined) report(claims, claim, fault);
    });
  },
};

function faultOf({ cluster: { storageClasses }, text }: Survey, name: number, seeks: boolean): Fault {
  const [near] = seeks ? nearest(text(name), keysOf(storageClasses), 1) : [];
  const meant = near === undefined ? "" : `; ${near} may have been meant`;
  return {
    severity: "error",
    field: "spec.storageClassName",
    // kube: R-CLS-4 no class that does not exist delays binding.
    sentence: `there is no class ${shown(text(name))}, and no volume of that class: nobody will make one${meant}`,
    remedy: "make the class, or make the claim anew with one that exists",
  };
}
