// explain: a pod that was rejected before any node was looked at -> what is wrong with each of its claims.

import {
  claimUseOf,
  EPHEMERAL_CLAIM,
  ephemeralClaim,
  NO_CLAIM,
  namedClaim,
  visitVolumes,
} from "../evaluate/pod-volumes.js";
import { volumeOf } from "../filters/volume-binding/bound-claims.js";
import { isControlledBy, isFullyBound } from "../filters/volume-binding/pre-filter.js";
import { CLAIM, POD } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { nearest } from "../objects/nearest.js";
import { namesIn, volumeMissing } from "./bound-volumes.js";
import type { Draft, Examination } from "./examination.js";
import { referenceTo, subjectOf, textOf } from "./examination.js";
import { unboundClaim } from "./unbound-claims.js";

const OFFERED = 3;

/** Every claim with which something is wrong, in the order of the pod's volumes. */
export function claimFaults(x: Examination): Draft[] {
  const { candidate, context } = x;
  if (candidate.pod < 0) return stateFault(x, candidate.claim);
  const drafts: Draft[] = [];
  const seen = new Set<number>();
  let place = 0;
  visitVolumes(context.cluster, candidate.pod, (volume) => {
    const at = `spec.volumes[${place++}]`;
    const use = claimUseOf(volume);
    if (use === NO_CLAIM) return true;
    const isEphemeral = use === EPHEMERAL_CLAIM;
    const { claims, pods, strings } = context.cluster;
    const name = isEphemeral
      ? ephemeralClaim(context.cluster, candidate.pod, volume)
      : textOf(context.cluster, namedClaim(volume));
    const claim = claims.find(pods.get(candidate.pod, POD.namespace), strings.find(name));
    if (claim < 0) drafts.push(missing(x, name, at, isEphemeral));
    else if (isEphemeral && !isControlledBy(context.cluster, claim, candidate.pod)) drafts.push(notOwned(x, claim));
    else if (!seen.has(claim)) drafts.push(...stateFault(x, claim));
    seen.add(claim);
    return true;
  });
  return drafts;
}

function missing(x: Examination, name: string, at: string, isEphemeral: boolean): Draft {
  const { cluster } = x.context;
  const { claims, pods } = cluster;
  const namespace = textOf(cluster, pods.get(x.candidate.pod, POD.namespace));
  const claim = `${namespace}/${name}`;
  const object = subjectOf(x);
  if (isEphemeral) return { code: "ClaimNotCreated", object, path: `${at}.ephemeral`, claim };
  const path = `${at}.persistentVolumeClaim.claimName`;
  if (name === "") return { code: "ClaimNameMissing", object, path, claim };
  const [ours, others] = [[] as string[], [] as string[]];
  for (const key of namesIn(claims)) {
    const [there, other] = key.split("/");
    if (there === namespace) ours.push(other);
    else if (other === name) others.push(there);
  }
  const elsewhere = others.sort().slice(0, OFFERED);
  return { code: "ClaimMissing", object, path, claim, near: nearest(name, ours, OFFERED), elsewhere };
}

function notOwned(x: Examination, claim: number): Draft {
  const { claims } = x.context.cluster;
  const object = referenceTo(claims, claim);
  return { code: "ClaimNotOwned", object, path: "metadata.ownerReferences", claim: claims.keyOf(claim) };
}

/** What is wrong with a claim that is there, whatever the node. */
function stateFault(x: Examination, claim: number): Draft[] {
  const { cluster } = x.context;
  const { claims, ids, volumes } = cluster;
  const object = referenceTo(claims, claim);
  const key = claims.keyOf(claim);
  if (claims.get(claim, CLAIM.phase) === ids.lost) {
    const name = claims.get(claim, CLAIM.volumeName);
    const exists = name > EMPTY_TEXT && volumes.find(EMPTY_TEXT, name) >= 0;
    return [{ code: "ClaimLost", object, path: "status.phase", claim: key, volume: textOf(cluster, name), exists }];
  }
  if (claims.get(claim, CLAIM.deletionTimestamp) !== 0) {
    return [{ code: "ClaimDeleting", object, path: "metadata.deletionTimestamp", claim: key }];
  }
  if (isFullyBound(cluster, claim)) return volumeOf(cluster, claim) < 0 ? [volumeMissing(x, claim)] : [];
  return unboundClaim(x, claim);
}
