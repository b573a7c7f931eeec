// The table of errors in the docs and the codes of the library are the same.

import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("errors");
const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The code in the first cell of each row, and how many cells of the row hold something. */
function rowsOf(text: string): Map<string, number> {
  const rows = [...text.matchAll(/^\| `(\w+)` +\|(.*)\|$/gm)];
  return new Map(rows.map(([, code, rest]) => [code, rest.split("|").filter((cell) => cell.trim() !== "").length]));
}

test("docs/errors.md has a row for each code and no other, with when it is thrown and what to do", () => {
  const source = read("lib/errors.ts");
  const union = source.slice(source.indexOf("export type TopologyErrorCode"), source.indexOf("/** Thrown for"));
  const codes = [...union.matchAll(/\| "(\w+)"/g)].map(([, code]) => code);
  assert.ok(codes.length >= 12, codes.join());
  const rows = rowsOf(read("docs/errors.md"));
  assert.equal([...rows.keys()].sort(), [...codes].sort());
  assert.equal([...new Set(rows.values())], [2]);
});

test.run();
