// A label column says which nodes have which value, whatever was set before.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashPair } from "../lib/intern/hash.js";
import { LabelColumn } from "../lib/intern/label-column.js";
import { Random } from "./reference/generator/random.js";

const NODES = 130;
const VALUES = 400;

/** What the column says of a value: the nodes that it collects, that it marks, and their number. */
function nodesOf(column: LabelColumn, value: number): { collected: number[]; marked: number[]; count: number } {
  const collected: number[] = [];
  column.collect(value, collected);
  const words = new Uint32Array(8);
  column.mark(value, words, 1);
  const marked = Array.from({ length: 7 * 32 }, (_, bit) => bit).filter(
    (bit) => (words[1 + (bit >>> 5)] & (1 << (bit & 31))) !== 0,
  );
  return { collected: collected.sort((a, b) => a - b), marked, count: column.count(value) };
}

function check(column: LabelColumn, expected: ReadonlyMap<number, number>): void {
  const values = new Set(expected.values());
  assert.equal(new Set(column.values()), values);
  assert.is(column.present, expected.size);
  for (let value = 1; value <= VALUES; value++) {
    const nodes = [...expected].flatMap(([node, of]) => (of === value ? [node] : [])).sort((a, b) => a - b);
    assert.equal(nodesOf(column, value), { collected: nodes, marked: nodes, count: nodes.length });
  }
}

for (const [what, values] of [
  ["few values", 3],
  ["many values", VALUES],
] as const) {
  test(`${what}: set, replaced and taken away in any order`, () => {
    const random = new Random(values);
    const column = new LabelColumn(7);
    if (values === 3) column.reserve(100);
    const expected = new Map<number, number>();
    for (let change = 1; change <= 3_000; change++) {
      const node = random.int(0, NODES - 1);
      const value = random.chance(0.3) ? 0 : random.int(1, values);
      column.set(node, value);
      assert.is(column.lost, expected.get(node) ?? 0);
      if (value === 0) expected.delete(node);
      else expected.set(node, value);
      if (change % 1_000 === 0 || change === 20) check(column, expected);
    }
    for (let node = 0; node < NODES; node++) column.set(node, 0);
    check(column, new Map());
  });
}

test("two values with one hash are two values", () => {
  const seen = new Map<number, number>();
  let [value, other] = [1, 0];
  for (; other === 0; value++) {
    other = seen.get(hashPair(value, value)) ?? 0;
    seen.set(hashPair(value, value), value);
  }
  value--;
  const column = new LabelColumn(7);
  column.set(3, other);
  column.set(5, value);
  column.set(6, value);
  assert.equal(
    [other, value].map((one) => nodesOf(column, one).marked),
    [[3], [5, 6]],
  );
  column.set(3, 0);
  assert.equal(
    [other, value].map((one) => nodesOf(column, one).collected),
    [[], [5, 6]],
  );
});

test.run();
