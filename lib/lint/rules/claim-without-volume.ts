// lint: claims that only a volume which is there could serve, where none does.

import { candidatesOf, fittingVolume } from "../../explain/candidates.js";
import { candidatesText } from "../../explain/candidates-text.js";
import type { Candidates } from "../../explain/causes.js";
import { TESTS } from "../../explain/volume-tests.js";
import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

/** So many volumes are looked at in all. */
const MOST_LOOKS = 4_000_000;
const SHAPE = [CLAIM.class, CLAIM.volumeMode, CLAIM.volumeAttributesClassName, CLAIM.accessModes, CLAIM.selector];

export const claimWithoutVolume: Rule = {
  id: "claim-without-volume",
  summary: "No volume fits a PersistentVolumeClaim whose class makes none.",
  needs: ["persistentVolumeClaims", "persistentVolumes"],
  find(survey, report) {
    const { classes, cluster } = survey;
    const { claims, volumesByClaim } = cluster;
    const known = new Map<string, Fault | undefined>();
    let looks = 0;
    eachClaim(cluster, (claim) => {
      if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      const name = claims.get(claim, CLAIM.class);
      const row = classes.row(name);
      const { all } = classes.volumes(name);
      if ((row >= 0 && classes.provisions(row)) || looks > MOST_LOOKS) return;
      // A default class may be on its way to it.
      if (claims.get(claim, CLAIM.storageClassName) === 0 && name === EMPTY_TEXT && classes.defaults.length > 0) return;
      const isNamed = volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) >= 0;
      // Where there is no volume at all, that is a fault of the class.
      if (all === 0 && !isNamed && row < 0) return;
      const key = [...SHAPE.map((column) => claims.get(claim, column)), cluster.requestOf(claim)].join();
      let fault = isNamed ? undefined : known.get(key);
      if (isNamed || !known.has(key)) {
        looks += cluster.volumes.limit;
        fault = faultOf(survey, claim);
        if (!isNamed) known.set(key, fault);
      }
      if (fault !== undefined) report(claims, claim, fault);
    });
  },
};

function faultOf({ examination, text, cluster: { claims } }: Survey, claim: number): Fault | undefined {
  if (fittingVolume(examination, claim) >= 0) return undefined;
  const name = text(claims.get(claim, CLAIM.class));
  const subject = name === "" ? "a claim without class is not provisioned" : `class ${name} makes no volumes`;
  return {
    severity: "error",
    field: "spec",
    sentence: `${subject}: ${candidatesText(inOrder(candidatesOf(examination, claim, undefined)))}`,
    remedy: "make a volume that fits, free one, or make the claim anew so that it fits one",
  };
}

/** Tests in the scheduler's order, wherever the first volume was found that failed one. */
function inOrder(candidates: Candidates): Candidates {
  const { failed } = candidates;
  const counts = TESTS.flatMap((test) => (failed[test] === undefined ? [] : [[test, failed[test]] as const]));
  return { ...candidates, failed: Object.fromEntries(counts) };
}
