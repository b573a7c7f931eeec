// filters: the nodes that have too little for a pod, grouped by what they lack.

import type { PodRequest, ResourceAmount } from "../../compile/pod-requests.js";
import type { Context } from "../../evaluate/context.js";
import type { FittingNodes, Halves } from "../../evaluate/fitting-nodes.js";
import { amountIn, ONE } from "../../evaluate/fitting-nodes.js";
import type { Mask } from "../../evaluate/mask.js";
import { dense, NO_NODES, single } from "../../evaluate/mask.js";
import type { Filtered, RejectedNodes, RejectionCode } from "../plugin.js";
import { UNRESOLVABLE } from "../plugin.js";

const TOO_MANY_PODS = "Too many pods";

/** The node that the candidate itself is on, and what it uses there. */
export interface OwnNode {
  readonly node: number;
  readonly used: PodRequest;
}

/** Whom it rejects, and why, is worked out when it is read: a few passes over columns for each resource. */
export class InsufficientNodes implements Filtered {
  constructor(
    readonly context: Context,
    readonly fitting: FittingNodes,
    readonly nodes: Mask,
    /** Some of `nodes`. */
    readonly accepted: Mask,
    readonly request: PodRequest,
    readonly own: OwnNode | undefined,
  ) {}

  get rejected(): readonly RejectedNodes[] {
    const { accepted, context, fitting, nodes, own, request } = this;
    const { cluster, masks } = context;
    if (accepted === nodes) return [];
    let failed = this.#without(nodes, accepted);
    const owns = own !== undefined && masks.has(failed, own.node);
    if (owns) failed = this.#without(failed, single(own.node));
    let groups: RejectedNodes[] = failed === NO_NODES ? [] : [{ code: "Unschedulable", reasons: [], nodes: failed }];
    const { resources } = fitting;
    // kube: R-NOD-32 the number of pods comes first.
    const full = this.#short(failed, resources.free(cluster.ids.pods), ONE);
    groups = this.#split(groups, full, "Unschedulable", TOO_MANY_PODS);
    // kube: R-NOD-34 cpu, memory and ephemeral-storage follow, then the scalar resources; all that fail are told.
    for (const part of fitting.limits(request)) {
      const short = this.#short(failed, resources.free(part.name), part);
      if (short === NO_NODES) continue;
      const never = this.#short(short, resources.allocatable(part.name), part);
      const reason = this.#reasonOf(part);
      groups = this.#split(groups, never, this.#neverCode, reason);
      groups = this.#split(groups, this.#without(short, never), "Unschedulable", reason);
    }
    return owns ? this.#withOwn(groups, own) : groups;
  }

  // kube: R-NOD-37 what is more than the node would have without pods cannot be resolved; 1.33 does not tell.
  get #neverCode(): RejectionCode {
    return this.context.behaviour.minor >= 34 ? UNRESOLVABLE : "Unschedulable";
  }

  #reasonOf({ name }: ResourceAmount): string {
    return `Insufficient ${this.context.cluster.strings.get(name)}`;
  }

  /** Those of `nodes` whose column has less than an amount. */
  #short(nodes: Mask, column: number, amount: Halves): Mask {
    const { masks } = this.context;
    if (nodes === NO_NODES) return NO_NODES;
    const row = masks.scratch.row();
    this.fitting.enough(row, column, amount);
    return this.#without(nodes, dense(row));
  }

  /** Gives the nodes among `failing` one more reason. */
  #split(groups: readonly RejectedNodes[], failing: Mask, code: RejectionCode, reason: string): RejectedNodes[] {
    const { masks } = this.context;
    if (failing === NO_NODES) return [...groups];
    return groups.flatMap((group) => {
      const inside = masks.and(group.nodes, failing);
      if (inside === NO_NODES) return [group];
      const outside = this.#without(group.nodes, inside);
      const told: RejectedNodes = {
        code: group.code === UNRESOLVABLE ? UNRESOLVABLE : code,
        reasons: [...group.reasons, reason],
        nodes: inside,
      };
      return outside === NO_NODES ? [told] : [{ ...group, nodes: outside }, told];
    });
  }

  #without(nodes: Mask, others: Mask): Mask {
    const { masks } = this.context;
    const rest = masks.andNot(nodes, others);
    return rest !== NO_NODES && masks.count(rest) === 0 ? NO_NODES : rest;
  }

  /** The candidate's own node, with what it lacks without the candidate. */
  #withOwn(groups: readonly RejectedNodes[], { node, used }: OwnNode): RejectedNodes[] {
    const { fitting, request } = this;
    const { resources } = fitting;
    const reasons = fitting.hasPlace(node, used) ? [] : [TOO_MANY_PODS];
    let code: RejectionCode = "Unschedulable";
    for (const part of fitting.limits(request)) {
      if (resources.freeOf(node, part.name, amountIn(used, part.name)) >= part.amount) continue;
      reasons.push(this.#reasonOf(part));
      if (resources.allocatableOf(node, part.name) < part.amount) code = this.#neverCode;
    }
    const alike = groups.find((group) => group.code === code && group.reasons.join("\n") === reasons.join("\n"));
    if (alike === undefined) return [...groups, { code, reasons, nodes: single(node) }];
    const nodes = this.context.masks.or(alike.nodes, single(node));
    return groups.map((group) => (group === alike ? { ...group, nodes } : group));
  }
}
