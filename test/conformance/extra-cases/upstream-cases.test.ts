// docs/upstream-cases.md names only cases that exist, and every extra case is named there.

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { allCases } from "../tables/index.js";
import { extraCases } from "./cases.js";

const page = readFileSync(new URL("../../../docs/upstream-cases.md", import.meta.url), "utf8");
const named = new Set(page.match(/\b[TU]-\d{3}\b/g));
const rows = page.split("\n").filter((line) => line.startsWith("| Test"));

test("every case that the page names exists", () => {
  const known = new Set([...allCases, ...extraCases].map(({ id }) => id));
  assert.equal(
    [...named].filter((id) => !known.has(id)),
    [],
  );
});

test("every extra case is named", () => {
  assert.equal(
    extraCases.map(({ id }) => id).filter((id) => !named.has(id)),
    [],
  );
});

test("no upstream test is left without a case or a reason", () => {
  assert.ok(rows.length > 100, `${rows.length} rows`);
  assert.equal(
    rows.filter((row) => !/^\| .+ \| \S.* \|$/.test(row)),
    [],
  );
});

test.run();
