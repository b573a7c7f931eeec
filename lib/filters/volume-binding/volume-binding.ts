// filters: the VolumeBinding plugin: a pod -> what it decides over all nodes, and what it would do on one of them.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../../evaluate/mask.js";
import type { Masks } from "../../evaluate/masks.js";
import type { FilteredOutcome, Outcome, RejectedNodes } from "../outcome.js";
import { checkBoundClaims } from "./bound-claims.js";
import { Capacities } from "./capacities.js";
import { claimsToBind } from "./claims-to-bind.js";
import { checkDelayedClaims, splitBySelectedNode } from "./delayed-claims.js";
import { FreeVolumes } from "./free-volumes.js";
import { greedy } from "./greedy.js";
import type { PreFilterResult } from "./pre-filter.js";
import { affinityReason, BIND, NO_VOLUME, SPACE } from "./reasons.js";
import { reachOf } from "./static-matching.js";

/** What would be bound and provisioned on a node: rows of claims and volumes. */
export interface VolumePlan {
  readonly bindings: readonly { readonly claim: number; readonly volume: number }[];
  readonly provisions: readonly number[];
}

/** Of a pod whose claims are all bound. Whom it rejects is worked out when it is read. */
class BoundOutcome implements FilteredOutcome {
  readonly kind = "filtered";

  constructor(
    readonly context: Context,
    readonly accepted: Mask,
    readonly missing: Mask,
  ) {}

  get nodes(): readonly RejectedNodes[] {
    const { accepted, context, missing } = this;
    const groups = [
      { reasons: [affinityReason(context.behaviour.minor)], nodes: unreachedBy(context.masks, accepted, missing) },
      { reasons: [NO_VOLUME], nodes: missing },
    ];
    return groups.filter(({ nodes }) => nodes !== NO_NODES);
  }
}

function unreachedBy(masks: Masks, reached: Mask, missing: Mask): Mask {
  return reached === ALL_NODES ? NO_NODES : masks.andNot(masks.andNot(ALL_NODES, reached), missing);
}

export class VolumeBinding {
  readonly freeVolumes: FreeVolumes;
  readonly capacities: Capacities;

  constructor(readonly context: Context) {
    this.freeVolumes = new FreeVolumes(context);
    this.capacities = new Capacities(context);
  }

  /** Filter over all nodes of a pod whose PreFilter said so. Its masks hold until the next evaluation. */
  filter({ claims, error, rejected }: PreFilterResult): Outcome {
    if (rejected !== undefined) return { kind: "rejected", reason: rejected };
    if (error !== undefined) return { kind: "error", error };
    if (claims === undefined) return { kind: "skipped" };
    const { context } = this;
    const { masks } = context;
    const { reached, missing } = checkBoundClaims(context, claims.bound);
    if (claims.delayed.length === 0) return new BoundOutcome(context, reached, missing);
    const unreached = unreachedBy(masks, reached, missing);
    // kube: R-FLT-2 delayed claims are judged on the nodes that the bound ones rejected too.
    const delayed = checkDelayedClaims(context, this.freeVolumes, this.capacities, claims.delayed);
    const nodes: RejectedNodes[] = [];
    const cross = (bound: Mask, before: readonly string[], after: readonly string[]): void => {
      if (bound === NO_NODES) return;
      for (const [there, reasons] of [
        [delayed.served, []],
        [delayed.unbindable, [BIND]],
        [delayed.full, [SPACE]],
      ] as const) {
        // kube: R-FLT-1 affinity, then binding or space, then the missing volume.
        // kube: R-FLT-3 at most one of each pair.
        const all = [...before, ...reasons, ...after];
        const where = masks.and(bound, there);
        if (all.length > 0 && where !== NO_NODES) nodes.push({ reasons: all, nodes: where });
      }
    };
    cross(reached, [], []);
    cross(unreached, [affinityReason(context.behaviour.minor)], []);
    cross(missing, [], [NO_VOLUME]);
    const accepted = masks.and(reached, delayed.served);
    return { kind: "filtered", accepted, nodes, ...(delayed.failed === undefined ? {} : { failed: delayed.failed }) };
  }

  /** What Filter leaves for a node that it accepted, in the order in which it decides. */
  plan({ claims }: PreFilterResult, node: number): VolumePlan {
    if (claims === undefined || claims.delayed.length === 0) return { bindings: [], provisions: [] };
    const { context, freeVolumes } = this;
    const { selected, unselected } = splitBySelectedNode(context, claims.delayed);
    const toBind = claimsToBind(context, freeVolumes, unselected);
    if (typeof toBind === "string") return { bindings: [], provisions: [] };
    const volumes = greedy(context, freeVolumes, toBind, reachOf(context, node));
    const bindings = toBind.flatMap(({ claim }, i) => (volumes[i] < 0 ? [] : [{ claim, volume: volumes[i] }]));
    // kube: R-PRV-6 what is left is provisioned.
    const unmatched = toBind.filter((_, i) => volumes[i] < 0).map(({ claim }) => claim);
    return { bindings, provisions: [...selected, ...unmatched] };
  }

  /** Drops what lies in rows; to be called before they change their size. */
  dropColumns(): void {
    this.freeVolumes.dropColumns();
    this.capacities.dropColumns();
  }

  /** Forgets everything that was made from ids. */
  clear(): void {
    this.freeVolumes.clear();
    this.capacities.clear();
  }
}
