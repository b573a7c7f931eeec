// filters: claims that are bound -> the nodes their volumes can be reached from.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../../evaluate/mask.js";
import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";

export interface BoundResult {
  /** Nodes that every volume can be reached from. */
  readonly reached: Mask;
  /** Nodes that meet a missing volume before they meet one that they cannot reach. */
  readonly missing: Mask;
}

/** O(claims) masks. */
export function checkBoundClaims(context: Context, claims: readonly number[]): BoundResult {
  const { cluster, masks, selectors } = context;
  let reached: Mask = ALL_NODES;
  for (const claim of claims) {
    // kube: R-BCL-2 a volume that does not exist is a reason of its own.
    const volume = cluster.volumes.find(EMPTY_TEXT, cluster.claims.get(claim, CLAIM.volumeName));
    // kube: R-BCL-1 in volume order, and each node stops at its first failure.
    if (volume < 0) return { reached: NO_NODES, missing: reached };
    // kube: R-BCL-3 the volume's node affinity decides.
    // kube: R-AFF-4 an affinity that is in error does not match.
    // kube: R-BCL-4 nothing else is looked at.
    reached = masks.and(reached, selectors.mask(context.affinityOf(volume)));
  }
  return { reached, missing: NO_NODES };
}
