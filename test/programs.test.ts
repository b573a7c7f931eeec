// compile: selectors that mean the same, however they were written, are one number.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { OP_EXISTS, OP_IN, Programs, Scratch } from "../lib/compile/programs.js";

function scratch(...numbers: number[]): Scratch {
  const written = new Scratch();
  for (const number of numbers) written.push(number);
  return written;
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 10);

test("values in another order, or twice, make the same requirement", () => {
  const programs = new Programs();
  for (const values of [[3, 9], upTo(40)]) {
    const known = programs.requirement(scratch(OP_IN, 7, ...values));
    assert.is(programs.requirement(scratch(OP_IN, 7, ...[...values].reverse(), ...values)), known);
    assert.is.not(programs.requirement(scratch(OP_IN, 7, ...values, 99)), known);
  }
});

test("requirements in another order, or twice, make the same term, and terms the same selector", () => {
  const programs = new Programs();
  const one = programs.requirement(scratch(OP_IN, 7, 3)) * 2;
  const two = programs.requirement(scratch(OP_EXISTS, 8)) * 2;
  const both = programs.term(scratch(one, two));
  assert.is(programs.term(scratch(two, one, two)), both);
  assert.is.not(programs.term(scratch(one)), both);
  const single = programs.term(scratch(one));
  const selector = programs.selector(scratch(both, single));
  assert.is(programs.selector(scratch(single, both, single)), selector);
  assert.is(programs.selector(scratch(both, programs.term(scratch()), single)), programs.EVERYTHING);
});

test.run();
