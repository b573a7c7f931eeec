// What people have asked about: each situation gets the cause that somebody who knows storage would name, and a remedy that
// helps when it is applied.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../../lib/explain.js";
import { createMatcherSync } from "../../lib/index.js";
import { claim, NO_PROVISIONER, node, pod, storageClass, volume } from "../conformance/build.js";
import { load } from "../support/load.js";
import { check } from "./situation.js";
import { AFTER } from "./situations/after.js";
import { BOUND } from "./situations/bound.js";
import { CLAIMS } from "./situations/claims.js";
import { MATCHING } from "./situations/matching.js";
import { NODES } from "./situations/nodes.js";
import { PLACES } from "./situations/places.js";
import { UNBOUND } from "./situations/unbound.js";

const ALL = [...BOUND, ...UNBOUND, ...CLAIMS, ...MATCHING, ...NODES, ...PLACES, ...AFTER];

for (const situation of ALL) test(situation.name, () => check(situation));

test("there are at least sixty situations, each of another name", () => {
  assert.ok(new Set(ALL.map(({ name }) => name)).size >= 60);
  assert.is(new Set(ALL.map(({ name }) => name)).size, ALL.length);
});

test("on a node that is rejected, a volume of another node is out of reach, and the nearest is one of its own", () => {
  const HOST = "kubernetes.io/hostname";
  const matcher = createMatcherSync();
  load(matcher, [
    ...["n-1", "n-2"].map((name) => node(name, { [HOST]: name })),
    storageClass("local", { provisioner: NO_PROVISIONER }),
    volume("large", { class: "local", size: "10Gi", terms: [[[HOST, "In", "n-1"]]] }),
    volume("small", { class: "local", size: "5Gi", terms: [[[HOST, "In", "n-2"]]] }),
    claim("data", { class: "local", size: "10Gi" }),
    pod("data"),
  ]);
  const { causes, feasibleNodes } = explain(matcher, "default/pod");
  assert.is(feasibleNodes, 1);
  assert.match(
    causes[0].message,
    /of 2 volumes none fits \(1 too small, 1 out of reach\); volume small is too small by/,
  );
});

test("of volumes that are equally near for another reason the larger is named", () => {
  const matcher = createMatcherSync();
  load(matcher, [
    node("n-1"),
    storageClass("local", { provisioner: NO_PROVISIONER }),
    volume("a", { class: "local", size: "5Gi", spec: { accessModes: ["ReadWriteOnce", "ReadWriteMany"] } }),
    volume("b", { class: "local", size: "7Gi" }),
    volume("c", { class: "local", size: "6Gi", spec: { accessModes: ["ReadWriteOnce", "ReadOnlyMany"] } }),
    claim("data", { class: "local", size: "10Gi" }),
    pod("data"),
  ]);
  assert.match(explain(matcher, "default/pod").causes[0].message, /volume b is too small by/);
});

test("of many values those of the first nodes are listed, and the others counted", () => {
  const matcher = createMatcherSync();
  load(matcher, [
    ...Array.from({ length: 90 }, (_, i) => node(`n-${10 + i}`, { rack: `r-${99 - i}` })),
    node("without"),
    claim("data", { boundTo: "disk" }),
    volume("disk", { phase: "Bound", terms: [[["rack", "In", "r-0"]]] }),
    pod("data"),
  ]);
  const [cause] = explain(matcher, "default/pod").causes;
  if (cause.code !== "VolumeNodeAffinity") throw new Error(cause.code);
  const { absent, found, others } = cause.terms[0].requirements[0];
  assert.equal(
    found.map(({ nodes, value }) => [value, nodes]),
    ["92", "93", "94", "95", "96", "97", "98", "99"].map((number) => [`r-${number}`, 1]),
  );
  assert.equal([others, absent], [82, 1]);
});

test("of a dozen values the most frequent is told first, whichever nodes have it", () => {
  const matcher = createMatcherSync();
  load(matcher, [
    ...Array.from({ length: 12 }, (_, i) => node(`n-${10 + i}`, { rack: `r-${10 + i}` })),
    ...["z-1", "z-2"].map((name) => node(name, { rack: "shared" })),
    claim("data", { boundTo: "disk" }),
    volume("disk", { phase: "Bound", terms: [[["rack", "In", "r-0"]]] }),
    pod("data"),
  ]);
  assert.match(
    explain(matcher, "default/pod").causes[0].message,
    /2 nodes have shared, 1 node has r-10, 1 node has r-11/,
  );
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
