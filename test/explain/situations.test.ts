// What people have asked about: each situation gets the cause that somebody who knows storage would name, and a remedy that
// helps when it is applied.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../../lib/explain.js";
import { createMatcherSync } from "../../lib/index.js";
import { load } from "../support/load.js";
import { check } from "./situation.js";
import { AFTER } from "./situations/after.js";
import { BOUND } from "./situations/bound.js";
import { CLAIMS } from "./situations/claims.js";
import { NODES } from "./situations/nodes.js";
import { PLACES } from "./situations/places.js";
import { UNBOUND } from "./situations/unbound.js";

const ALL = [...BOUND, ...UNBOUND, ...CLAIMS, ...NODES, ...PLACES, ...AFTER];

for (const situation of ALL) test(situation.name, () => check(situation));

test("there are at least sixty situations, each of another name", () => {
  assert.ok(new Set(ALL.map(({ name }) => name)).size >= 60);
  assert.is(new Set(ALL.map(({ name }) => name)).size, ALL.length);
});

test("three disks in three zones: each claim has its node, and two of them never meet", () => {
  const situation = BOUND.find(({ name }) => name === "three disks in three zones");
  const matcher = createMatcherSync();
  load(matcher, situation?.objects ?? []);
  const { claims, conflict } = explain(matcher, "default/pod");
  assert.equal(claims, [
    { claim: "default/data-a", volume: "disk-a", count: 1, nodes: ["n-a"] },
    { claim: "default/data-b", volume: "disk-b", count: 1, nodes: ["n-b"] },
    { claim: "default/data-c", volume: "disk-c", count: 1, nodes: ["n-c"] },
  ]);
  assert.equal(conflict, [0, 1]);
});

test.run();
