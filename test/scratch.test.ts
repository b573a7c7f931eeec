// What questions and verdicts have made goes back whole: rows are about to get another length then.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { MaskLists } from "../lib/evaluate/mask-lists.js";
import { Scratches } from "../lib/evaluate/scratch.js";

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

test.run();
