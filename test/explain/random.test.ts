// Explanations of random clusters of every profile: each rejection has causes, which name an object and a field.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../../lib/explain.js";
import type { FilterName, PodReport, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import type { KubeObject } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";
import { clusterOf } from "../conformance/run/compare.js";
import { PROFILES, profileOf } from "../conformance/run/profiles.js";

const CLUSTERS = 60;

function randomMatcher(seed: number): TopologyMatcher {
  const profile = profileOf(seed);
  const filters = (PROFILES[profile].filters ?? ["VolumeBinding"]) as readonly FilterName[];
  const matcher = createMatcherSync({ filters, engine: seed % 2 === 0 ? "wasm" : "javascript" });
  upsertAll(matcher, clusterOf(profile, seed, "1.37").objects as KubeObject[]);
  return matcher;
}

function checkPod(matcher: TopologyMatcher, pod: string, where: string): number {
  const report: PodReport = matcher.evaluatePod(pod).toReport();
  const explanation = explain(matcher, pod);
  const { causes, groups } = explanation;
  assert.is(explanation.feasible, report.schedulable, where);
  assert.is(explanation.message, report.message, where);
  assert.is(explanation.error, report.error, where);
  const told = new Map<string, readonly [plugin: string, reasons: readonly string[]]>();
  for (const group of groups) {
    assert.ok(group.causes.length > 0, where);
    assert.is(group.count, group.nodes.length, where);
    for (const node of group.nodes) {
      assert.not.ok(told.has(node), where);
      told.set(node, [group.plugin, group.reasons]);
    }
  }
  for (const { node, plugin, reasons } of report.infeasible) assert.equal(told.get(node), [plugin, reasons], where);
  if (report.error === undefined) assert.is(told.size, report.infeasible.length, where);
  if (!report.schedulable) assert.ok(causes.length > 0, where);
  for (const { code, message, nodes, object, path } of causes) {
    const what = `${where}: ${code}`;
    assert.is.not(code, "Other", what);
    assert.ok(object.kind !== "" && (object.name !== "" || code === "NoNodes"), what);
    assert.ok(path !== "" && !path.includes("[-1]"), what);
    assert.ok(nodes > 0 || code === "NoNodes", what);
    assert.not.match(message, /undefined|NaN|\[object|\n/, what);
  }
  return told.size;
}

test("every rejected node is told once, with the scheduler's verdict and causes that name an object and a field", () => {
  let rejections = 0;
  for (let seed = 1; seed <= CLUSTERS; seed++) {
    const matcher = randomMatcher(seed);
    for (const pod of matcher.pods.keys()) rejections += checkPod(matcher, pod, `seed ${seed}, ${pod}`);
  }
  assert.ok(rejections > 1000, `${rejections} rejections`);
});

test("about one node the same causes are told as in the groups of all nodes", () => {
  for (let seed = 1; seed <= CLUSTERS / 6; seed++) {
    const matcher = randomMatcher(seed);
    for (const pod of matcher.pods.keys()) {
      const all = explain(matcher, pod);
      for (const group of all.groups) {
        const [node] = group.nodes;
        const one = explain(matcher, pod, node);
        const codes = group.causes.map((cause) => all.causes[cause].code).sort();
        assert.equal([one.node, one.feasible, one.message], [node, false, all.message]);
        assert.equal(one.causes.map(({ code }) => code).sort(), codes, `seed ${seed}, ${pod}, ${node}`);
        assert.ok(one.causes.every(({ nodes }) => nodes === 1));
      }
    }
  }
});

test.run();
