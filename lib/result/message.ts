// result: how many nodes were rejected for which reason -> the sentence of kube-scheduler's event.

import { compareUtf8 } from "../objects/utf8.js";

/** `groups`: a number of nodes and the reasons that each of them has. */
export function aggregatedMessage(
  nodes: number,
  groups: readonly { readonly count: number; readonly reasons: readonly string[] }[],
): string {
  const counts = new Map<string, number>();
  for (const { count, reasons } of groups) {
    // kube: R-MSG-4 a node with two reasons counts once for each.
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareUtf8);
  // kube: R-MSG-2 N is all nodes of the snapshot.
  return `0/${nodes} nodes are available:${parts.length === 0 ? "" : ` ${parts.join(", ")}.`}`;
}

/** The message of a pod that a PreFilter rejected. */
export function preFilterMessage(nodes: number, reasons: readonly string[]): string {
  // kube: R-MSG-1 several reasons are joined.
  // kube: R-MSG-3 no statistics of nodes follow.
  return `0/${nodes} nodes are available: ${reasons.join(", ")}.`;
}
