// explain: the claims that a pod's volumes use, as far as they are there.

import {
  claimUseOf,
  EPHEMERAL_CLAIM,
  ephemeralClaim,
  NO_CLAIM,
  namedClaim,
  visitVolumes,
} from "../evaluate/pod-volumes.js";
import { POD } from "../intern/cluster.js";
import type { Examination } from "./examination.js";

export interface PodClaim {
  /** Its row. */
  readonly claim: number;
  /** A volume names it; it is not an ephemeral volume's. */
  readonly named: boolean;
}

/** Each once, in the order of the volumes. */
export function claimsOf({ candidate, context: { cluster } }: Examination): PodClaim[] {
  if (candidate.pod < 0) return [{ claim: candidate.claim, named: true }];
  const { claims, pods, strings } = cluster;
  const found = new Map<number, PodClaim>();
  visitVolumes(cluster, candidate.pod, (volume) => {
    const use = claimUseOf(volume);
    if (use === NO_CLAIM) return true;
    const named = use !== EPHEMERAL_CLAIM;
    const name = named ? namedClaim(volume) : strings.find(ephemeralClaim(cluster, candidate.pod, volume));
    const claim = claims.find(pods.get(candidate.pod, POD.namespace), name);
    if (claim >= 0 && !(found.get(claim)?.named ?? false)) found.set(claim, { claim, named });
    return true;
  });
  return [...found.values()];
}
