// What questions and verdicts have made goes back whole: rows are about to get another length then.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Mask } from "../lib/evaluate/mask.js";
import { MaskLists } from "../lib/evaluate/mask-lists.js";
import { Scratches } from "../lib/evaluate/scratch.js";
import { emptyContext } from "./support/empty-context.js";

test("the rows of every scratch go back, each once, and none that was given back is in use", () => {
  const inUse = new Set<number>();
  let made = 0;
  const store = {
    newRow: (): number => {
      inUse.add(++made * 64);
      return made * 64;
    },
    freeRow: (row: number): void => assert.ok(inUse.delete(row), `row ${row} is not in use`),
  };
  const scratches = new Scratches(store, new MaskLists());
  const [first, second] = [scratches.create(), scratches.create()];
  for (const scratch of [undefined, first, second, first]) {
    scratches.enter(scratch);
    scratches.row();
  }
  assert.is(inUse.size, 4);
  assert.is(scratches.size, 4);
  scratches.clear();
  assert.is(inUse.size, 0);
  assert.is(scratches.size, 0);
  for (const scratch of [undefined, first, second]) {
    scratches.enter(scratch);
    assert.ok(inUse.has(scratches.row()));
  }
  scratches.end(second);
  assert.is(inUse.size, 2);
});

test("lists that a question made go back with it, so that the next one's take their places", () => {
  const { masks } = emptyContext();
  masks.resize(1000);
  const ask = (): Mask[] => {
    masks.scratch.reset();
    return [masks.scratchIds([1, 2]), masks.scratchIds([3, 4, 5])];
  };
  const first = ask().sort();
  for (let i = 0; i < 3; i++) assert.equal(ask().sort(), first);
});

test("more nodes than a list should hold are a row of bits", () => {
  const { masks } = emptyContext();
  masks.resize(1000);
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, node) => node);
  assert.not(masks.isRow(masks.keepIds(upTo(masks.arrayLimit))));
  assert.ok(masks.isRow(masks.keepIds(upTo(masks.arrayLimit + 1))));
});

test.run();
