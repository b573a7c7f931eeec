// The list of mutants is whole: each still changes the source that it was made for, and names tests that there are.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { mutants } from "./mutants/index.js";
import { mutated, nameOf, tablesIn } from "./mutants/mutant.js";

const root = fileURLToPath(new URL("..", import.meta.url));

test("the text of every mutant stands in its file exactly once", () => {
  const faults: string[] = [];
  for (const mutant of mutants) {
    try {
      const text = readFileSync(join(root, mutant.file), "utf8");
      if (mutated(text, mutant) === text) faults.push(`${nameOf(mutant)} changes nothing`);
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  assert.equal(faults, []);
});

test("a text that stands there twice, or no more, is refused", () => {
  const mutant = { file: "lib/x.ts", from: "a < b", to: "a <= b", suites: [] };
  assert.is(mutated("if (a < b) $& c", mutant), "if (a <= b) $& c");
  assert.throws(() => mutated("a < b, a < b", mutant), /lib\/x\.ts has this 2 times, not once: a < b/);
  assert.throws(() => mutated("a > b", mutant), /0 times/);
});

test("every mutant names test files that there are", () => {
  const suites = [...new Set(mutants.flatMap((mutant) => mutant.suites))];
  const files = suites.flatMap((suite) => {
    return tablesIn(suite)?.map((name) => `conformance/tables/${name}.ts`) ?? [`${suite}.test.ts`];
  });
  assert.equal(
    files.filter((file) => !existsSync(join(root, "test", file))),
    [],
  );
  assert.equal(
    mutants.filter(({ equivalent, suites }) => equivalent === undefined && suites.length === 0),
    [],
  );
});

test("no mutant comes twice, and there are enough of them", () => {
  const names = mutants.map(nameOf);
  assert.equal(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
  const tested = mutants.filter(({ equivalent }) => equivalent === undefined);
  assert.ok(tested.length >= 300, `${tested.length} mutants`);
  assert.ok(tested.filter(({ kind }) => kind !== undefined).length >= 100);
});

test.run();
