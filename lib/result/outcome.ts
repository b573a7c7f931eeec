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

/** The nodes that are feasible. */
export function acceptedOf({ index, result }: Outcome): Mask {
  return index.size === 0 ? NO_NODES : result.accepted;
}

/** Set when a PreFilter rejected the pod for all nodes. */
export function preFilterOf({ index, result }: Outcome): RejectionStatus | undefined {
  return index.size === 0 ? undefined : result.preFilter;
}

/** Who rejected the other nodes: every node, where a PreFilter rejected the pod. Masks may be empty. */
export function rejectedOf({ index, result }: Outcome): readonly PluginRejection[] {
  if (index.size === 0) return [];
  const { error, preFilter } = result;
  if (preFilter !== undefined) return [{ ...preFilter, nodes: ALL_NODES }];
  return error === undefined ? result.rejected : [];
}

/** The error that ends the cycle, if it ends in one. */
export function errorOf({ index, masks, result }: Outcome): string | undefined {
  // kube: R-MSG-2 without nodes no plugin runs.
  if (index.size === 0) return "no nodes available to schedule pods";
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
