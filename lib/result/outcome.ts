// result: the outcome of a cycle over all nodes -> who rejected how many of them, the error and the message.

import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import type { CycleResult, PluginRejection } from "../filters/cycle.js";
import { aggregatedMessage, preFilterMessage } from "./message.js";
import type { NodeIndex } from "./node-index.js";
import type { RejectionStatus } from "./types.js";

/** An outcome, as long as its masks hold. */
export interface Outcome {
  readonly result: CycleResult;
  readonly masks: Masks;
  readonly index: NodeIndex;
}

/** How many nodes there are for the question. */
export function totalOf({ index, masks, result }: Outcome): number {
  return result.asked === ALL_NODES ? index.size : masks.count(result.asked);
}

/** The nodes that are feasible. */
export function acceptedOf(outcome: Outcome): Mask {
  return totalOf(outcome) === 0 ? NO_NODES : outcome.result.accepted;
}

/** Set when a PreFilter rejected the pod for all nodes. */
export function preFilterOf(outcome: Outcome): RejectionStatus | undefined {
  return totalOf(outcome) === 0 ? undefined : outcome.result.preFilter;
}

/**
 * Who rejected the other nodes, one entry for each plugin, code and list of reasons: every node, where a PreFilter
 * rejected the pod. Masks may be empty.
 */
export function rejectedOf(outcome: Outcome): readonly PluginRejection[] {
  if (totalOf(outcome) === 0) return [];
  const { masks, result } = outcome;
  const { asked, error, preFilter } = result;
  if (preFilter !== undefined) return [{ ...preFilter, nodes: asked }];
  return error === undefined ? joined(result.rejected, masks) : [];
}

/** A plugin may come to the same words by several ways. */
function joined(rejected: readonly PluginRejection[], masks: Masks): readonly PluginRejection[] {
  if (rejected.length < 2) return rejected;
  const groups = new Map<string, PluginRejection>();
  for (const rejection of rejected) {
    const { code, nodes, plugin, reasons } = rejection;
    const key = JSON.stringify([plugin, code, reasons]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? rejection : { ...known, nodes: masks.or(known.nodes, nodes) });
  }
  return [...groups.values()];
}

/** The error that ends the cycle, if it ends in one. */
export function errorOf(outcome: Outcome): string | undefined {
  const { index, masks, result } = outcome;
  // kube: R-MSG-2 without nodes no plugin runs.
  if (totalOf(outcome) === 0) return "no nodes available to schedule pods";
  if (result.preFilter !== undefined) return undefined;
  let { error } = result;
  let first = -1;
  for (const failure of result.failures) {
    for (const node of masks.ids(failure.nodes)) {
      // kube: R-FW-5 an error of one node ends the cycle; of several, that of the first node by name is told.
      if (first >= 0 && index.compare(node, first) >= 0) continue;
      first = node;
      error = failure.error;
    }
  }
  return error;
}

/** What the scheduler says of a pod that `nodes` nodes cannot take. */
export function messageOf(
  nodes: number,
  preFilter: RejectionStatus | undefined,
  rejected: readonly { readonly count: number; readonly reasons: readonly string[] }[],
): string {
  return preFilter === undefined ? aggregatedMessage(nodes, rejected) : preFilterMessage(nodes, preFilter.reasons);
}
