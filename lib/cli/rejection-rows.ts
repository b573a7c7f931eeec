// cli: a verdict -> a line for each plugin and its reasons, with how many nodes they keep the pod from.

import type { Feasibility } from "../index.js";
import { compareUtf8 } from "../objects/utf8.js";
import { counted, printable } from "./failure.js";
import { someNames } from "./some-names.js";
import { padded, widthOf } from "./text-width.js";

/** How many nodes of a group are named. */
const NAMED = 3;

/**
 * `  4,990 nodes  VolumeBinding: node(s) didn't ...  node-1, node-2, node-3 and 4,987 more`, the largest group first. None
 * for a pod that was rejected before any node was looked at: its message says why.
 */
export function rejectionRows({ preFilter, rejected }: Feasibility): string[] {
  if (preFilter !== undefined) return [];
  const groups = rejected.map(({ nodes, plugin, reasons }) => ({
    nodes,
    count: counted(nodes.size, "node ", "nodes"),
    reasons: printable(`${plugin}: ${reasons.join("; ")}`),
  }));
  groups.sort((a, b) => b.nodes.size - a.nodes.size || compareUtf8(a.reasons, b.reasons));
  const countWidth = widest(groups.map(({ count }) => count));
  const reasonsWidth = widest(groups.map(({ reasons }) => reasons));
  return groups.map(({ count, nodes, reasons }) => {
    const names = printable(someNames(nodes, nodes.size, NAMED));
    return `  ${count.padStart(countWidth)}  ${padded(reasons, reasonsWidth)}  ${names}`;
  });
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, widthOf(text)), 0);
}
