// result: one plugin's outcome over all nodes -> the verdict on a pod.

import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import type { Outcome } from "../filters/outcome.js";
import { compareUtf8 } from "../objects/utf8.js";
import { aggregatedMessage, preFilterMessage } from "./message.js";
import type { NodeIndex } from "./node-index.js";
import { MaskedNodes } from "./node-set.js";
import type { Feasibility, Plan, PodReport, Rejection, RejectionStatus } from "./types.js";

const UNRESOLVABLE = "UnschedulableAndUnresolvable";

/** Makes the plans of named nodes, from the objects as they are when it is called; undefined where there is none. */
export type Planner = (nodes: readonly string[]) => (Plan | undefined)[];

interface NodesRejection extends RejectionStatus {
  readonly nodes: MaskedNodes;
}

export class PodFeasibility implements Feasibility {
  constructor(
    readonly pod: string,
    readonly nodes: MaskedNodes,
    readonly rejected: readonly NodesRejection[] & readonly Rejection[],
    readonly preFilter: RejectionStatus | undefined,
    readonly error: string | undefined,
    readonly planner: Planner,
  ) {}

  get schedulable(): boolean {
    return this.nodes.size > 0 && this.error === undefined;
  }

  get message(): string | undefined {
    if (this.schedulable || this.error !== undefined) return undefined;
    const { size } = this.nodes.index;
    if (this.preFilter !== undefined) return preFilterMessage(size, this.preFilter.reasons);
    return aggregatedMessage(
      size,
      this.rejected.map(({ nodes, reasons }) => ({ count: nodes.size, reasons })),
    );
  }

  plan(node: string): Plan | undefined {
    return this.nodes.has(node) ? this.planner([node])[0] : undefined;
  }

  toReport(options: { readonly plans?: boolean } = {}): PodReport {
    const { error, message, nodes, preFilter } = this;
    const { index } = nodes;
    const feasible = Array.from(nodes.sortedIds(), (id) => index.nameOf(id));
    const infeasible = this.rejected.flatMap(({ code, nodes: rejected, plugin, reasons }) =>
      Array.from(rejected.ids(), (id) => ({ node: index.nameOf(id), plugin, code, reasons })),
    );
    infeasible.sort((a, b) => compareUtf8(a.node, b.node));
    const report: { -readonly [Field in keyof PodReport]: PodReport[Field] } = {
      pod: this.pod,
      schedulable: this.schedulable,
      feasible,
      infeasible,
    };
    if (preFilter !== undefined) report.preFilter = preFilter;
    if (error !== undefined) report.error = error;
    if (message !== undefined) report.message = message;
    if (options.plans === true) {
      const plans = this.planner(feasible);
      report.plans = Object.fromEntries(
        feasible.flatMap((node, i) => {
          const plan = plans[i];
          return plan === undefined ? [] : [[node, plan] as const];
        }),
      );
    }
    return report;
  }
}

/** The verdict of a cycle in which one plugin runs. Copies the masks, which end with the next evaluation. */
export function feasibilityOf(
  pod: string,
  plugin: string,
  outcome: Outcome,
  masks: Masks,
  index: NodeIndex,
  planner: Planner,
): Feasibility {
  const none = MaskedNodes.none(index);
  // kube: R-MSG-2 without nodes no plugin runs.
  if (index.size === 0)
    return new PodFeasibility(pod, none, [], undefined, "no nodes available to schedule pods", planner);
  switch (outcome.kind) {
    case "skipped":
      return new PodFeasibility(pod, MaskedNodes.all(index), [], undefined, undefined, planner);
    case "rejected": {
      // kube: R-FW-2 a PreFilter that calls the pod unresolvable decides for all nodes.
      const status = { plugin, code: UNRESOLVABLE, reasons: [outcome.reason] } as const;
      return new PodFeasibility(pod, none, [], status, undefined, planner);
    }
    case "error": {
      const error = `running PreFilter plugin "${plugin}": ${outcome.error}`;
      return new PodFeasibility(pod, none, [], undefined, error, planner);
    }
    case "filtered": {
      const accepted = setOf(outcome.accepted, masks, index);
      const rejection = (nodes: MaskedNodes, reasons: readonly string[]) =>
        ({ plugin, code: UNRESOLVABLE, reasons, nodes }) as const;
      const failed = outcome.failed;
      // kube: R-FW-5 an error of one node ends the cycle; the others are decided all the same.
      const error =
        failed !== undefined && masks.count(failed.nodes) > 0
          ? `running "${plugin}" filter plugin: ${failed.error}`
          : undefined;
      const groups = outcome.nodes;
      const [first, ...more] = groups;
      // One list of reasons only: its nodes are those that were not accepted.
      const rejected =
        first !== undefined && more.length === 0 && error === undefined
          ? [rejection(accepted.complement(), first.reasons)]
          : groups.map((group) => rejection(setOf(group.nodes, masks, index), group.reasons));
      return new PodFeasibility(
        pod,
        accepted,
        rejected.filter(({ nodes }) => nodes.size > 0),
        undefined,
        error,
        planner,
      );
    }
  }
}

function setOf(mask: Mask, masks: Masks, index: NodeIndex): MaskedNodes {
  if (mask === NO_NODES) return MaskedNodes.none(index);
  if (mask === ALL_NODES) return MaskedNodes.all(index);
  if (masks.isRow(mask)) return new MaskedNodes(index, masks.copyRow(masks.rowOr(mask)), undefined, masks.count(mask));
  const ids = masks.ids(mask);
  return new MaskedNodes(index, undefined, ids, ids.length);
}
