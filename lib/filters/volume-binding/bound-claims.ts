// filters: claims that are bound -> the nodes their volumes can be reached from.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { NO_NODES } from "../../evaluate/mask.js";
import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Filtered, RejectedNodes } from "../plugin.js";
import { UNRESOLVABLE } from "../plugin.js";
import type { VolumePlan, VolumeStep } from "./plan.js";
import { NOTHING_TO_DO } from "./plan.js";
import { AFFINITY, NO_VOLUME } from "./reasons.js";

/** The selector of the nodes that can reach a bound claim's volume, -1 where the volume does not exist. */
export function boundSelector(context: Context, claim: number): number {
  const { claims, volumes } = context.cluster;
  // kube: R-BCL-2 a volume that does not exist is a reason of its own.
  const volume = volumes.find(EMPTY_TEXT, claims.get(claim, CLAIM.volumeName));
  // kube: R-BCL-3 the volume's node affinity decides.
  // kube: R-AFF-4 an affinity that is in error does not match.
  // kube: R-BCL-4 nothing else is looked at.
  return volume < 0 ? -1 : context.affinityOf(volume);
}

/** The bound claims of a pod, in volume order. They are all there is where no claim waits for a node. */
export class BoundClaims implements VolumeStep {
  readonly kind = "nodes";

  constructor(
    readonly context: Context,
    readonly claims: readonly number[],
  ) {}

  /** O(claims) masks. */
  filter(nodes: Mask): BoundNodes {
    const { claims, context } = this;
    const { masks, selectors } = context;
    // path: claims: bound ones if claims.length > 0
    let reached = nodes;
    for (const claim of claims) {
      const selector = boundSelector(context, claim);
      // kube: R-BCL-1 in volume order, and each node stops at its first failure.
      if (selector < 0) return new BoundNodes(context, nodes, NO_NODES, reached);
      reached = masks.and(reached, selectors.mask(selector));
    }
    return new BoundNodes(context, nodes, reached, NO_NODES);
  }

  plan(): VolumePlan {
    return NOTHING_TO_DO;
  }

  recorded(): number {
    return -1;
  }
}

/** Whom it rejects is worked out when it is read. */
export class BoundNodes implements Filtered {
  constructor(
    readonly context: Context,
    readonly nodes: Mask,
    /** Nodes that every volume can be reached from. */
    readonly accepted: Mask,
    /** Nodes that meet a missing volume before they meet one that they cannot reach. */
    readonly missing: Mask,
  ) {}

  get unreached(): Mask {
    const { accepted, context, missing, nodes } = this;
    return accepted === nodes ? NO_NODES : context.masks.andNot(context.masks.andNot(nodes, accepted), missing);
  }

  get rejected(): readonly RejectedNodes[] {
    const { missing, unreached } = this;
    return [
      { code: UNRESOLVABLE, reasons: [AFFINITY], nodes: unreached },
      { code: UNRESOLVABLE, reasons: [NO_VOLUME], nodes: missing },
    ];
  }
}
