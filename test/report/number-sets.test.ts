// Sets of numbers as text, classes of nodes that sets split, and things side by side.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { NodeClasses } from "../../lib/report/node-classes.js";
import { readSet, writeSet } from "../../lib/report/number-sets.js";
import { Offsets } from "../../lib/report/offsets.js";

const bytesOf = (text: string): number[] => [...Buffer.from(text, "base64")];

function write(numbers: readonly number[], size: number): string {
  const known = new Set(numbers);
  return writeSet(Uint8Array.from({ length: size }, (_, i) => Number(known.has(i))));
}

function read(text: string, size: number): number[] {
  const numbers: number[] = [];
  readSet(text, size, (number) => numbers.push(number));
  return numbers;
}

test("few numbers are gaps, many are the gaps of those that are missing, and others bits", () => {
  assert.equal(bytesOf(write([2, 5], 100)), [0, 2, 2]);
  const all = Array.from({ length: 100 }, (_, i) => i);
  assert.equal(bytesOf(write(all, 100)), [1]);
  assert.equal(
    bytesOf(
      write(
        all.filter((i) => i !== 7),
        100,
      ),
    ),
    [1, 7],
  );
  assert.equal(bytesOf(write([0, 2, 4, 6, 9], 10)), [2, 0b0101_0101, 0b10]);
  assert.equal(bytesOf(write([300], 1000)), [0, (300 & 127) | 128, 300 >> 7]);
});

test("what was written is read, at the edges of bytes and of gaps", () => {
  for (const size of [1, 7, 8, 9, 127, 128, 129, 130, 1000, 20_000]) {
    for (const step of [1, 2, 3, 8, 127, 128, 129, 130, 17_000]) {
      for (const offset of [0, 1]) {
        const numbers = Array.from({ length: size }, (_, i) => i);
        const some = numbers.filter((i) => i % step === offset);
        assert.equal(read(write(some, size), size), some, `${size} ${step} ${offset}`);
        const others = numbers.filter((i) => i % step !== offset);
        assert.equal(read(write(others, size), size), others, `${size} without ${step} ${offset}`);
      }
    }
  }
});

test("sets split the classes that they cut, and no others", () => {
  const classes = new NodeClasses(5);
  classes.split([0, 1, 2, 3, 4]);
  assert.equal([...classes.of], [0, 0, 0, 0, 0]);
  classes.split([1, 3]);
  assert.equal([...classes.of], [0, 1, 0, 1, 0]);
  classes.split([1, 3]);
  classes.split([3, 4]);
  assert.equal([...classes.of], [0, 1, 0, 2, 3]);
  assert.equal(classes.sizes, [2, 1, 1, 1]);
});

test("what is at a place and between two places, at both ends", () => {
  const offsets = new Offsets([10, 20, 5]);
  assert.is(offsets.end, 35);
  const at = [-1, 0, 9, 10, 29, 30, 34, 35];
  assert.equal(
    at.map((place) => offsets.at(place)),
    [-1, 0, 0, 1, 1, 2, 2, -1],
  );
  assert.equal(offsets.between(0, 10), [0, 2]);
  assert.equal(offsets.between(12, 500), [1, 3]);
  assert.equal(offsets.between(-50, 0), [0, 0]);
  assert.equal(offsets.between(40, 50), [0, 0]);
  assert.is(new Offsets([]).at(0), -1);
});

test.run();
