// result: the outcome of a cycle over all nodes -> the verdict on a pod.

import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import type { CycleResult, PluginFailure } from "../filters/cycle.js";
import { compareUtf8 } from "../objects/utf8.js";
import { aggregatedMessage, preFilterMessage } from "./message.js";
import type { NodeIndex } from "./node-index.js";
import { MaskedNodes } from "./node-set.js";
import type { Feasibility, Plan, Planner, PodReport, Rejection, RejectionStatus } from "./types.js";

interface NodesRejection extends RejectionStatus {
  readonly nodes: MaskedNodes;
}

export class PodFeasibility implements Feasibility {
  readonly #planner: Planner;

  constructor(
    readonly pod: string,
    readonly nodes: MaskedNodes,
    readonly rejected: readonly NodesRejection[] & readonly Rejection[],
    readonly preFilter: RejectionStatus | undefined,
    readonly error: string | undefined,
    planner: Planner,
  ) {
    this.#planner = planner;
  }

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
    const id = this.nodes.index.idOf(node);
    return id >= 0 && this.nodes.hasId(id) ? this.#planner.of(id) : undefined;
  }

  toReport(options: { readonly plans?: boolean } = {}): PodReport {
    const { error, message, nodes, preFilter } = this;
    const { index } = nodes;
    const ids = nodes.sortedIds();
    const feasible = Array.from(ids, (id) => index.nameOf(id));
    // A pod that PreFilter rejected has no verdict by node there.
    const rejected = preFilter === undefined ? this.rejected : [];
    const infeasible = rejected.flatMap(({ code, nodes: there, plugin, reasons }) =>
      Array.from(there.ids(), (id) => ({ node: index.nameOf(id), plugin, code, reasons })),
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
      report.plans = Object.fromEntries(Array.from(ids, (id, i) => [feasible[i], this.#planner.of(id)] as const));
    }
    return report;
  }
}

/** Copies the masks, which end with the next question. */
export function feasibilityOf(
  pod: string,
  outcome: CycleResult,
  masks: Masks,
  index: NodeIndex,
  planner: Planner,
): Feasibility {
  const none = MaskedNodes.none(index);
  // kube: R-MSG-2 without nodes no plugin runs.
  if (index.size === 0)
    return new PodFeasibility(pod, none, [], undefined, "no nodes available to schedule pods", planner);
  const { preFilter } = outcome;
  if (preFilter !== undefined) {
    const rejected = [{ ...preFilter, nodes: MaskedNodes.all(index) }];
    return new PodFeasibility(pod, none, rejected, preFilter, undefined, planner);
  }
  if (outcome.error !== undefined) return new PodFeasibility(pod, none, [], undefined, outcome.error, planner);
  const accepted = setOf(outcome.accepted, masks, index);
  const error = errorOf(outcome.failures, masks, index);
  const groups = outcome.rejected.filter(({ nodes }) => nodes !== NO_NODES);
  // One list of reasons only: its nodes are those that were not accepted.
  const alone = groups.length === 1 && error === undefined;
  const rejected = groups.map(({ code, nodes, plugin, reasons }) => ({
    plugin,
    code,
    reasons,
    nodes: alone ? accepted.complement() : setOf(nodes, masks, index),
  }));
  return new PodFeasibility(
    pod,
    accepted,
    rejected.filter(({ nodes }) => nodes.size > 0),
    undefined,
    error,
    planner,
  );
}

/** The error that ends the cycle, if any node's Filter ended in one. */
function errorOf(failures: readonly PluginFailure[], masks: Masks, index: NodeIndex): string | undefined {
  let error: string | undefined;
  let first = -1;
  for (const failure of failures) {
    for (const node of masks.ids(failure.nodes)) {
      // kube: R-FW-5 an error of one node ends the cycle; of several, that of the first node by name is told.
      if (first >= 0 && index.compare(node, first) >= 0) continue;
      first = node;
      error = failure.error;
    }
  }
  return error;
}

function setOf(mask: Mask, masks: Masks, index: NodeIndex): MaskedNodes {
  if (mask === NO_NODES) return MaskedNodes.none(index);
  if (mask === ALL_NODES) return MaskedNodes.all(index);
  if (masks.isRow(mask)) return new MaskedNodes(index, masks.copyRow(masks.rowOr(mask)), undefined, masks.count(mask));
  const ids = masks.ids(mask);
  return new MaskedNodes(index, undefined, ids, ids.length);
}
