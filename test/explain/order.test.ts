// An explanation does not depend on the order in which objects came.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain, remedies } from "../../lib/explain.js";
import { createMatcherSync } from "../../lib/index.js";
import type { KubeObject } from "../conformance/build.js";
import { claim, NO_PROVISIONER, node, pod, storageClass, volume } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";
import { clusterOf } from "../conformance/run/compare.js";
import { PROFILES, profileOf } from "../conformance/run/profiles.js";
import { Random } from "../reference/generator/random.js";
import { matcherOf } from "../support/load.js";

const CLUSTERS = 8;

test("of volumes that miss a claim equally the first by name is named, whichever came first", () => {
  const objects = [
    node("n-1"),
    storageClass("local", { provisioner: NO_PROVISIONER }),
    claim("data", { class: "local", size: "10Gi" }),
    volume("b", { class: "local", size: "5Gi" }),
    volume("a", { class: "local", size: "5Gi" }),
    volume("c", { class: "local", size: "5Gi" }),
    pod("data"),
  ];
  const told = [objects, [...objects].reverse()].map(
    (list) => explain(matcherOf(list), "default/pod").causes[0].message,
  );
  assert.match(told[0], /of 3 volumes none fits \(3 too small\); volume a is too small by/);
  assert.is(told[1], told[0]);
});

test("what has changed since the last explanation is told", () => {
  const matcher = matcherOf([
    node("n-1"),
    storageClass("local", { provisioner: NO_PROVISIONER }),
    claim("data", { class: "local", size: "10Gi" }),
    volume("a", { class: "local", size: "5Gi" }),
    volume("b", { class: "local", size: "7Gi" }),
    pod("data"),
  ]);
  const told = (): string => explain(matcher, "default/pod").causes[0].message;
  assert.match(told(), /of 2 volumes none fits \(2 too small\); volume b is too small by/);
  matcher.persistentVolumes.upsert(volume("c", { class: "local", size: "8Gi" }));
  assert.match(told(), /of 3 volumes none fits \(3 too small\); volume c is too small by/);
  matcher.persistentVolumes.delete("c");
  matcher.persistentVolumes.delete("b");
  assert.match(told(), /volume a is too small by/);
});

test("random clusters are explained alike in any order", () => {
  for (let seed = 1; seed <= CLUSTERS; seed++) {
    const profile = profileOf(seed);
    const { filters = ["VolumeBinding"] } = PROFILES[profile];
    const objects = clusterOf(profile, seed, "1.37").objects as KubeObject[];
    const shuffled = new Random(seed).shuffle([...objects]);
    const [one, other] = [objects, shuffled].map((list) => {
      const matcher = createMatcherSync({ filters } as Parameters<typeof createMatcherSync>[0]);
      upsertAll(matcher, list);
      return matcher;
    });
    for (const key of one.pods.keys()) {
      const [a, b] = [one, other].map((matcher) => ({ ...explain(matcher, key), remedies: remedies(matcher, key) }));
      assert.equal(JSON.parse(JSON.stringify(b)), JSON.parse(JSON.stringify(a)), `seed ${seed}, ${key}`);
    }
  }
});

test.run();
