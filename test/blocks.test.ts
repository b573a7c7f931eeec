// Blocks through sweeps: what stays keeps its number, and what was freed is handed out once.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { wordsOf } from "../lib/intern/arena.js";
import { Blocks } from "../lib/intern/blocks.js";

test("a number that two sweeps found free is handed out once", () => {
  const blocks = new Blocks();
  const intern = (...tokens: number[]): number => blocks.intern(Uint32Array.from(tokens), 0, tokens.length);
  const [kept, gone] = [intern(1, 2), intern(3)];
  const marked = new Uint8Array(blocks.limit);
  marked[kept] = 1;
  blocks.sweep(marked);
  blocks.sweep(marked);
  // The empty block stays too.
  assert.is(blocks.size, 2);
  const [first, second] = [intern(4), intern(5, 6)];
  assert.is(first, gone);
  assert.is.not(second, first);
  assert.equal([blocks.at(kept, 1), blocks.at(first, 0), blocks.at(second, 1)], [2, 4, 6]);
});

test("blocks that come and go take no more room than there are at one time", () => {
  const blocks = new Blocks();
  const sizes: number[] = [];
  for (let round = 0; round < 24; round++) {
    for (let i = 0; i < 500; i++) blocks.intern(Uint32Array.of(round, i), 0, 2);
    blocks.sweep(new Uint8Array(blocks.limit));
    sizes.push(blocks.byteLength);
  }
  assert.is(sizes.at(-1), sizes[4], `${sizes}`);
});

test("a text takes as many words as its bytes need", () => {
  assert.equal([0, 1, 3, 4, 5, 8, 9].map(wordsOf), [0, 1, 1, 1, 2, 2, 3]);
});

test.run();
