// objects: the order in which Go leaves a list, against orders that Go's own sort.Sort left (test/go-sort/record.go).

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { goSort, INSERTED } from "../lib/objects/go-sort.js";
import { goSorted } from "./reference/evaluator/go-sort.js";

const recorded = readFileSync(new URL("go-sort/orders.txt", import.meta.url), "utf8");
const numbers = (digits: string): number[] =>
  Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 36));
const cases = recorded
  .trimEnd()
  .split("\n")
  .map((line) => line.split(" ").map(numbers));

test("every recorded list comes into the order that Go left", () => {
  assert.ok(cases.length > 300, `${cases.length} lists`);
  for (const [keys, order] of cases) {
    const places = keys.map((_, place) => place);
    goSort(places, (a, b) => keys[a] < keys[b]);
    assert.equal(places, order, `of ${keys}`);
  }
});

test("the reference evaluator's sort does the same", () => {
  for (const [keys, order] of cases) {
    const places = goSorted(
      keys.map((_, place) => place),
      (a, b) => keys[a] - keys[b],
    );
    assert.equal(places, order, `of ${keys}`);
  }
});

test("the recorded lists are ones for which it matters", () => {
  const stable = ([keys]: number[][]) => keys.map((_, place) => place).sort((a, b) => keys[a] - keys[b] || a - b);
  const long = cases.filter(([keys]) => keys.length > INSERTED);
  const other = long.filter((one) => stable(one).join() !== one[1].join());
  assert.ok(other.length > 200, `${other.length} of ${long.length} are not what a stable sort leaves`);
  for (const one of cases) if (one[0].length <= INSERTED) assert.equal(one[1], stable(one));
});

test.run();
