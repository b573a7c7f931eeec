// Hashes decide nothing: where all of them are equal the answers are the same. And nobody can know them beforehand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import "./support/equal-hashes.js";
import { Arena } from "../lib/intern/arena.js";
import { hashTokens } from "../lib/intern/hash.js";
import { HashSlots } from "../lib/intern/hash-slots.js";
import { Random } from "./reference/generator/random.js";
import { randomEvents } from "./support/random-events.js";

test("all numbers have one hash here", () => {
  const slots = new HashSlots();
  for (let number = 1; number < 50; number++) {
    let place = slots.first(number * 1000);
    while (slots.at(place) !== 0) place = slots.next(place, number * 1000);
    slots.add(place, number * 1000, number);
  }
  const found: number[] = [];
  for (let place = slots.first(-1); slots.at(place) !== 0; place = slots.next(place, -1)) found.push(slots.at(place));
  assert.equal(
    found.sort((a, b) => a - b),
    Array.from({ length: 49 }, (_, i) => i + 1),
  );
});

test("random events, their answers and their batches", () => {
  let compared = 0;
  for (let seed = 0; seed < 2; seed++) {
    compared += randomEvents({ nodes: 7, seed, filters: "all", batches: true, rounds: 4 });
  }
  assert.ok(compared > 40, `${compared} comparisons are too few to be evidence`);
});

test("a text is hashed otherwise in every arena, and all of it counts", () => {
  const hashOf = (arena: Arena, text: string): number => {
    arena.write(text);
    return arena.hash;
  };
  const [one, other] = [new Arena(), new Arena()];
  const random = new Random(1);
  for (const text of ["", "a", "abcd", "ünï", "x".repeat(40)]) {
    assert.is(hashOf(one, text), hashOf(one, text));
    // Two seeds are equal once in 2^32.
    assert.is.not(hashOf(one, text), hashOf(other, text), text);
    for (let i = 0; i < text.length; i++) {
      const changed = `${text.slice(0, i)}${String.fromCharCode(random.int(97, 122))}z${text.slice(i + 1)}`;
      assert.is.not(hashOf(one, text), hashOf(one, changed), changed);
    }
  }
});

test("tokens that would collide without a seed do not", () => {
  const step = (state: number, token: number, factor: number, shift: number): number => {
    const mixed = Math.imul(state ^ token, factor);
    return mixed ^ (mixed >>> shift);
  };
  // Of both chains of the hash: a second token that brings a chain which began at `start` to the same state.
  const second = (start: number, first: number, other: number, token: number, factor: number, shift: number): number =>
    step(start, first, factor, shift) ^ token ^ step(start, other, factor, shift);
  for (const start of [0, 4]) {
    const odd = [1, 9, 2, second(start, 9, 77, 5, 0xc2b2ae35, 14)];
    assert.is.not(hash(1, 77, 2, 5), hash(...odd), `odd chain from ${start}`);
    const even = [9, 1, second(start, 9, 77, 5, 0x9e3779b1, 15), 2];
    assert.is.not(hash(77, 1, 5, 2), hash(...even), `even chain from ${start}`);
  }
});

function hash(...tokens: readonly number[]): number {
  return hashTokens(Uint32Array.from(tokens), 0, tokens.length);
}

test.run();
