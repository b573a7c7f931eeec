// Blocks that are kept from question to question grow with what is written into them.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Context } from "../lib/evaluate/context.js";
import { addNode, emptyContext, selectorOf } from "./support/empty-context.js";

/** Blocks beside what is kept, and whether they still hold what was written. */
function neighbours({ masks: { memory } }: Context): () => boolean {
  const blocks = Array.from({ length: 64 }, () => memory.allocate(64) >>> 2);
  for (const at of blocks) memory.u32.fill(0xabcd, at, at + 16);
  return () => blocks.every((at) => memory.u32.subarray(at, at + 16).every((word) => word === 0xabcd));
}

test("a list has room for all nodes of rows that have got longer", () => {
  const context = emptyContext();
  const { masks } = context;
  masks.resize(100);
  masks.setBit(masks.all, 7, true);
  assert.equal([...masks.listRow(masks.all, 512)], [7]);
  const intact = neighbours(context);
  masks.resize(5000);
  for (let node = 0; node < 5000; node++) masks.setBit(masks.all, node, true);
  assert.equal(
    [...masks.listRow(masks.all, 6000)],
    Array.from({ length: 5000 }, (_, node) => node),
  );
  assert.ok(intact());
});

test("a program has room for more terms than the one before it", () => {
  const context = emptyContext();
  const { masks, selectors } = context;
  masks.resize(100);
  // Every node lacks one of the keys, half of them the first one.
  const keys = Array.from({ length: 200 }, (_, i) => `key-${i}`);
  const without = (missing: number) =>
    Object.fromEntries(keys.filter((_, i) => i !== missing).map((key) => [key, "x"]));
  for (let node = 0; node < 100; node++) addNode(context, `n${node}`, without(node % 2 === 0 ? 0 : node));
  const lacks = (key: string) => ({ key, operator: "DoesNotExist" });
  assert.is(masks.count(selectors.mask(selectorOf(context, "one", lacks("key-0")))), 50);
  const intact = neighbours(context);
  assert.is(masks.count(selectors.mask(selectorOf(context, "all", ...keys.map(lacks)))), 100);
  assert.ok(intact());
});

test("when all is given back, no list and no program is left in the engine's memory", () => {
  const context = emptyContext();
  const { derivations, masks, selectors } = context;
  masks.resize(100);
  for (let node = 0; node < 100; node++) addNode(context, `n${node}`, node % 2 === 0 ? { key: "x" } : {});
  const lacks = selectorOf(context, "v", { key: "key", operator: "DoesNotExist" });
  assert.is([...masks.ids(selectors.mask(lacks))].length, 50);
  derivations.dropAll();
  masks.trim();
  assert.is(masks.memory.used, 0);
});

test.run();
