// filters: claims that are bound -> the nodes their volumes can be reached from.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../../evaluate/mask.js";
import type { Cluster } from "../../intern/cluster.js";
import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { FailedNodes, Filtered, RejectedNodes } from "../plugin.js";
import { UNRESOLVABLE } from "../plugin.js";
import type { BoundVolumes } from "./bound-volumes.js";
import type { PlannedClaim, RoomSearch, VolumeStep } from "./plan.js";
import { NO_CLAIMS, NO_SEARCHES } from "./plan.js";
import { AFFINITY, NO_VOLUME } from "./reasons.js";

const NO_VOLUMES: readonly number[] = [];

/** The row of a bound claim's volume, -1 where it does not exist. */
export function volumeOf({ claims, volumes }: Cluster, claim: number): number {
  // kube: R-BCL-2 a volume that does not exist is a reason of its own.
  return volumes.find(EMPTY_TEXT, claims.get(claim, CLAIM.volumeName));
}

/** The bound claims of a pod, in volume order. They are all there is where no claim waits for a node. */
export class BoundClaims implements VolumeStep {
  readonly kind = "nodes";

  constructor(
    readonly context: Context,
    readonly volumes: BoundVolumes,
    readonly claims: readonly number[],
  ) {}

  /** O(claims) masks. */
  filter(nodes: Mask): BoundNodes {
    const { claims, context, volumes } = this;
    const { masks, selectors } = context;
    // path: claims: bound ones if claims.length > 0
    const failed: FailedNodes[] = [];
    let reached = nodes;
    for (const claim of claims) {
      const volume = volumeOf(context.cluster, claim);
      // kube: R-BCL-1 in volume order, and each node stops at its first failure.
      if (volume < 0) return new BoundNodes(context, nodes, NO_NODES, reached, failed);
      const fault = volumes.faultOf(volume);
      if (fault !== undefined) {
        // kube: R-MIG-7 a volume that does not translate is an error where its plugin has moved.
        const moved = masks.and(reached, volumes.movedNodes(volume));
        if (moved !== NO_NODES) failed.push({ error: `could not translate pv: ${fault}`, nodes: moved });
      }
      reached = masks.and(reached, selectors.mask(volumes.selectorOf(volume)));
    }
    return new BoundNodes(context, nodes, reached, NO_NODES, failed);
  }

  get selected(): readonly PlannedClaim[] {
    return NO_CLAIMS;
  }

  get toBind(): readonly PlannedClaim[] {
    return NO_CLAIMS;
  }

  choose(): readonly number[] {
    return NO_VOLUMES;
  }

  alike(): readonly Mask[] {
    return [ALL_NODES];
  }

  rooms(): readonly RoomSearch[] {
    return NO_SEARCHES;
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
    /** Nodes on which a volume does not translate. */
    readonly failed: readonly FailedNodes[],
  ) {}

  /** The nodes without those of `failed`. */
  get judged(): Mask {
    const { context, failed, nodes } = this;
    return failed.reduce((left, { nodes: there }) => context.masks.andNot(left, there), nodes);
  }

  get unreached(): Mask {
    const { accepted, context, judged, missing } = this;
    return accepted === judged ? NO_NODES : context.masks.andNot(context.masks.andNot(judged, accepted), missing);
  }

  get rejected(): readonly RejectedNodes[] {
    const { missing, unreached } = this;
    return [
      { code: UNRESOLVABLE, reasons: [AFFINITY], nodes: unreached },
      { code: UNRESOLVABLE, reasons: [NO_VOLUME], nodes: missing },
    ];
  }
}
