// Chains of rows with equal keys, whichever of them goes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { RowIndex } from "../lib/intern/row-index.js";
import { Random } from "./reference/generator/random.js";

test("the rows of each key are those that were added and not removed", () => {
  const random = new Random(3);
  const keys = Array.from({ length: 60 }, () => [random.int(1, 3), random.int(1, 2)]);
  const index = new RowIndex({ get: (row, column) => keys[row][column] }, 0, 1);
  const held = new Set<number>();
  for (let step = 0; step < 4000; step++) {
    const row = random.int(0, keys.length - 1);
    if (held.delete(row)) index.remove(row);
    else {
      held.add(row);
      index.add(row);
    }
    const [a, b] = keys[random.int(0, keys.length - 1)];
    const found: number[] = [];
    for (let at = index.first(a, b); at >= 0; at = index.next(at)) found.push(at);
    const expected = [...held].filter((each) => keys[each][0] === a && keys[each][1] === b);
    assert.equal(
      found.sort((x, y) => x - y),
      expected.sort((x, y) => x - y),
      `step ${step}`,
    );
  }
});

test.run();
