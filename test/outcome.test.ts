// What a cycle over all nodes comes to: which error is told, and rejections in the same words put together.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { NO_NODES, single } from "../lib/evaluate/mask.js";
import type { CycleResult, PluginRejection } from "../lib/filters/cycle.js";
import type { NodeIndex } from "../lib/result/node-index.js";
import type { Outcome } from "../lib/result/outcome.js";
import { errorOf, rejectedOf } from "../lib/result/outcome.js";
import { addNode, emptyContext } from "./support/empty-context.js";

/** An outcome over nodes c, a and b, which come by their names. */
function outcome(result: Partial<CycleResult>): Outcome {
  const context = emptyContext();
  const { masks } = context;
  masks.resize(100);
  const names = ["c", "a", "b"];
  for (const name of names) addNode(context, name);
  const compare = (x: number, y: number): number => (names[x] < names[y] ? -1 : 1);
  const index = { size: names.length, compare } as NodeIndex;
  const asked = masks.scratchIds([0, 1, 2]);
  return { masks, index, result: { asked, accepted: NO_NODES, rejected: [], failures: [], ...result } as CycleResult };
}

test("of errors on several nodes that of the first node by name is told", () => {
  const failures = ["of c", "of a", "of b"].map((error, node) => ({ error, nodes: single(node) }));
  assert.is(errorOf(outcome({ failures } as Partial<CycleResult>)), "of a");
  assert.is(errorOf(outcome({ failures: failures.toReversed() } as Partial<CycleResult>)), "of a");
});

test("what a plugin rejects with the same words in several ways is one group of all these nodes", () => {
  const rejection = (node: number, reason: string): PluginRejection =>
    ({ plugin: "VolumeBinding", code: "Unschedulable", reasons: [reason], nodes: single(node) }) as PluginRejection;
  const given = outcome({ rejected: [rejection(0, "full"), rejection(1, "far"), rejection(2, "full")] });
  const groups = rejectedOf(given).map(({ nodes, reasons }) => [...reasons, ...given.masks.ids(nodes)]);
  assert.equal(groups, [
    ["full", 0, 2],
    ["far", 1],
  ]);
});

test.run();
