// The block of a map with one entry more, or another value for it; the map itself stays.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Blocks } from "../../lib/intern/blocks.js";
import { withEntry } from "../../lib/layers/with-entry.js";

test("an entry that is there gets the value, another one comes behind, and none makes a map of one", () => {
  const blocks = new Blocks();
  const map = blocks.intern(Uint32Array.of(2, 10, 1, 20, 2), 0, 5);
  const lookUp = (id: number) => [10, 20, 30].map((key) => blocks.lookup(id, key));
  assert.equal(lookUp(withEntry(blocks, map, 10, 7)), [7, 2, 0]);
  assert.equal(lookUp(withEntry(blocks, map, 30, 7)), [1, 2, 7]);
  assert.equal(lookUp(withEntry(blocks, 0, 20, 7)), [0, 7, 0]);
  assert.equal(lookUp(map), [1, 2, 0]);
  assert.is(blocks.at(withEntry(blocks, map, 30, 7), 0), 3);
});

test.run();
