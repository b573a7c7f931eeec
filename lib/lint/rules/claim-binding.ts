// lint: claims that name a volume to which they are not bound, or not rightly.

import { faultText } from "../../explain/candidates-text.js";
import { failedBits, faultOf, requestOf, TESTS } from "../../explain/volume-tests.js";
import { isFullyBound } from "../../filters/volume-binding/pre-filter.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

const FIELD = "spec.volumeName";
/** What the volume controller asks of a volume that a claim names. */
const ASKED = TESTS.filter((test) => !["phase", "selector", "affinity", "taken"].includes(test));

export const claimBinding: Rule = {
  id: "claim-binding",
  summary:
    "A PersistentVolumeClaim names a PersistentVolume, but is not bound to it, or the volume is another claim's.",
  needs: ["persistentVolumeClaims", "persistentVolumes"],
  find(survey, report) {
    const { claims, volumes } = survey.cluster;
    eachClaim(survey.cluster, (claim) => {
      const name = claims.get(claim, CLAIM.volumeName);
      const volume = name <= EMPTY_TEXT ? -1 : volumes.find(EMPTY_TEXT, name);
      const fault = volume < 0 ? undefined : faultOfClaim(survey, claim, volume);
      if (fault !== undefined) report(claims, claim, fault);
    });
  },
};

function faultOfClaim(survey: Survey, claim: number, volume: number): Fault | undefined {
  const { cluster, examination } = survey;
  const { claims, ids, volumes } = cluster;
  const refersTo =
    volumes.get(volume, VOLUME.refNamespace) === claims.get(claim, CLAIM.namespace) &&
    volumes.get(volume, VOLUME.refName) === claims.get(claim, CLAIM.name) &&
    cluster.claimRefAllows(volume, claim);
  const hasRef = volumes.get(volume, VOLUME.claimRef) !== 0;
  const name = volumes.keyOf(volume);
  if (isFullyBound(cluster, claim)) {
    const isLost = claims.get(claim, CLAIM.phase) === ids.lost;
    if (refersTo || (!hasRef && !isLost)) return undefined;
    const whose = hasRef ? `is that of ${reserved(survey, claim, volume)}` : "is nobody's";
    const lost = isLost ? "the claim is Lost: " : "";
    const sentence = `${lost}it is bound to volume ${name}, but the volume ${whose}`;
    const remedy = "delete the claim and make it anew, with another volume";
    return { severity: "error", field: FIELD, sentence, remedy };
  }
  const request = requestOf(examination, claim);
  const bits = refersTo ? 0 : failedBits(examination, request, volume);
  const failed = ASKED.find((test) => (bits & (1 << TESTS.indexOf(test))) !== 0);
  if (failed !== undefined) {
    const sentence = `the claim waits for volume ${name}, which ${faultText(faultOf(examination, claim, volume, failed))}`;
    const remedy = "make the claim anew so that it suits the volume, or names another";
    return { severity: "error", field: FIELD, sentence, remedy };
  }
  // kube: R-CLS-6 without the annotation it is immediate, and no pod that uses it is placed.
  const sentence = `the claim names volume ${name}, but has no annotation pv.kubernetes.io/bind-completed: until the volume controller has bound it, no pod with this claim is placed`;
  const remedy = "wait for the volume controller; where it does not come to it, the events of the claim say why";
  return { severity: "warning", field: FIELD, sentence, remedy };
}

function reserved({ cluster: { claims, volumes }, text }: Survey, claim: number, volume: number): string {
  const key = `${text(volumes.get(volume, VOLUME.refNamespace))}/${text(volumes.get(volume, VOLUME.refName))}`;
  return key === claims.keyOf(claim) ? `an earlier claim ${key}, which had another uid` : `claim ${key}`;
}
