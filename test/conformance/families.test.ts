// Every family is tried, and no two tests of the tables have one name.

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { families } from "./families.js";
import { allCases } from "./tables/index.js";

const inTables = new Set(allCases.map(({ id }) => id));
const propertySource = readFileSync(new URL("properties.test.ts", import.meta.url), "utf8");

test("every family that counts has a case or a property", () => {
  const missing = [...families].filter(([id, coverage]) => {
    if (coverage === "table") return !inTables.has(id);
    return coverage === "properties" && !propertySource.includes(`test(\`${id} `);
  });
  assert.equal(missing, []);
});

test("every case belongs to a family that counts", () => {
  const strangers = [...inTables].filter((id) => typeof (families.get(id) ?? {}) !== "string");
  assert.equal(strangers, []);
});

test("an excluded family says why", () => {
  for (const [id, coverage] of families) {
    if (typeof coverage !== "string") assert.ok(coverage.excluded.length > 0, id);
  }
});

test("every case has a title of its own", () => {
  const titles = allCases.map(({ id, title }) => `${id} ${title}`);
  const twice = titles.filter((title, index) => titles.indexOf(title) !== index);
  assert.equal(twice, []);
});

test("every case names the rules that decide it", () => {
  const nameless = allCases.filter(
    ({ rules = [] }) => !rules.length || !rules.every((id) => /^R-[A-Z]+-\d+$/.test(id)),
  );
  assert.equal(
    nameless.map(({ id, title }) => `${id} ${title}`),
    [],
  );
});

test.run();
