// compile: selectors that mean the same, however they were written, are one number.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { NumberList, OP_EXISTS, OP_IN, Programs } from "../lib/compile/programs.js";
import { emptyContext, selectorOf } from "./support/empty-context.js";

function numbers(...all: number[]): NumberList {
  const written = new NumberList();
  for (const number of all) written.push(number);
  return written;
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 10);

test("values in another order, or twice, make the same requirement", () => {
  const programs = new Programs();
  for (const values of [[3, 9], upTo(40)]) {
    const known = programs.requirement(numbers(OP_IN, 7, ...values));
    assert.is(programs.requirement(numbers(OP_IN, 7, ...[...values].reverse(), ...values)), known);
    assert.is.not(programs.requirement(numbers(OP_IN, 7, ...values, 99)), known);
  }
});

test("requirements in another order, or twice, make the same term, and terms the same selector", () => {
  const programs = new Programs();
  const one = programs.requirement(numbers(OP_IN, 7, 3)) * 2;
  const two = programs.requirement(numbers(OP_EXISTS, 8)) * 2;
  const both = programs.term(numbers(one, two));
  assert.is(programs.term(numbers(two, one, two)), both);
  assert.is.not(programs.term(numbers(one)), both);
  const single = programs.term(numbers(one));
  const selector = programs.selector(numbers(both, single));
  assert.is(programs.selector(numbers(single, both, single)), selector);
  assert.is(programs.selector(numbers(both, programs.term(numbers()), single)), programs.EVERYTHING);
});

test("bounds that are one integer make one selector, however they are written", () => {
  const context = emptyContext();
  const above = (name: string, bound: string) =>
    selectorOf(context, name, { key: "k", operator: "Gt", values: [bound] });
  const known = above("a", "5");
  assert.is(above("c", "05"), known);
  assert.is.not(above("d", "6"), known);
});

test.run();
