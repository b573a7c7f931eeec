// Numbers by hash where places run out at the end of the table and go on at its front.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { HashSlots } from "../lib/intern/hash-slots.js";

/** Of the smallest table's 256 places the last is the home of this hash. */
const LAST = 255;

function numbersOf(slots: HashSlots, hash: number): number[] {
  const numbers: number[] = [];
  let place = slots.first(hash);
  for (let number = slots.at(place); number !== 0; number = slots.at(place)) {
    numbers.push(number);
    place = slots.next(place, hash);
  }
  return numbers;
}

function add(slots: HashSlots, hash: number, number: number): void {
  let place = slots.first(hash);
  while (slots.at(place) !== 0) place = slots.next(place, hash);
  slots.add(place, hash, number);
}

function remove(slots: HashSlots, hash: number, number: number): void {
  let place = slots.first(hash);
  while (slots.at(place) !== number) place = slots.next(place, hash);
  slots.remove(place);
}

test("numbers of one hash go on at the front, beside those that are at home there", () => {
  const slots = new HashSlots();
  for (let number = 1; number <= 4; number++) add(slots, LAST, number);
  add(slots, 0, 5);
  add(slots, 1, 6);
  assert.equal(numbersOf(slots, LAST), [1, 2, 3, 4]);
  assert.equal([numbersOf(slots, 0), numbersOf(slots, 1)], [[5], [6]]);
  // Those behind a place that becomes free move up, across the end too; those at home stay found.
  remove(slots, LAST, 1);
  assert.equal(numbersOf(slots, LAST), [2, 3, 4]);
  remove(slots, LAST, 3);
  assert.equal(numbersOf(slots, LAST), [2, 4]);
  assert.equal([numbersOf(slots, 0), numbersOf(slots, 1)], [[5], [6]]);
  remove(slots, 0, 5);
  assert.equal([numbersOf(slots, LAST), numbersOf(slots, 0), numbersOf(slots, 1)], [[2, 4], [], [6]]);
});

test("a table that grows or is trimmed, and one from which numbers were filtered, finds what it holds", () => {
  const slots = new HashSlots();
  for (let number = 1; number <= 1000; number++) add(slots, LAST + (number % 7) * 256, number);
  slots.filter((number) => number % 10 === 0);
  slots.trim();
  for (let i = 0; i < 7; i++) {
    const expected = Array.from({ length: 100 }, (_, n) => (n + 1) * 10).filter((number) => number % 7 === i);
    assert.equal(
      numbersOf(slots, LAST + i * 256).sort((a, b) => a - b),
      expected,
    );
  }
});

test.run();
