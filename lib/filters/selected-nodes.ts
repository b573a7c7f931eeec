// filters: nodes that are accepted, and the others, which all have one reason.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import type { Filtered, NodeStep, RejectedNodes, Status } from "./plugin.js";
import { UNRESOLVABLE } from "./plugin.js";

/** Whom it rejects is worked out when it is read. */
export class SelectedNodes implements Filtered {
  constructor(
    readonly context: Context,
    readonly nodes: Mask,
    /** Some of `nodes`. */
    readonly accepted: Mask,
    readonly reason: string,
    // kube: R-NOD-2 one reason a plugin, which no preemption could help against.
    readonly code: Status["code"] = UNRESOLVABLE,
  ) {}

  get rejected(): readonly RejectedNodes[] {
    const { accepted, code, context, nodes, reason } = this;
    if (accepted === nodes) return [];
    return [{ code, reasons: [reason], nodes: context.masks.andNot(nodes, accepted) }];
  }
}

/** Accepts the nodes that match every one of some selectors. */
export class MatchingNodes implements NodeStep {
  readonly kind = "nodes";

  constructor(
    readonly context: Context,
    readonly selectors: readonly number[],
    readonly reason: string,
    readonly code?: Status["code"],
  ) {}

  filter(nodes: Mask): Filtered {
    const { masks, selectors } = this.context;
    let accepted = nodes;
    for (const selector of this.selectors) accepted = masks.and(accepted, selectors.mask(selector));
    return new SelectedNodes(this.context, nodes, accepted, this.reason, this.code);
  }
}
