// filters: nodes that are accepted, and the others, which all have one reason.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import type { Filtered, RejectedNodes } from "./plugin.js";
import { UNRESOLVABLE } from "./plugin.js";

/** Whom it rejects is worked out when it is read. */
export class SelectedNodes implements Filtered {
  constructor(
    readonly context: Context,
    readonly nodes: Mask,
    /** Some of `nodes`. */
    readonly accepted: Mask,
    readonly reason: string,
  ) {}

  get rejected(): readonly RejectedNodes[] {
    const { accepted, context, nodes, reason } = this;
    if (accepted === nodes) return [];
    // kube: R-NOD-2 one reason a plugin, which no preemption could help against.
    return [{ code: UNRESOLVABLE, reasons: [reason], nodes: context.masks.andNot(nodes, accepted) }];
  }
}
