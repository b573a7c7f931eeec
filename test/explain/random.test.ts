// Explanations of random clusters of every profile: each rejection has causes, which name an object and a field.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Change } from "../../lib/explain.js";
import { explain, remedies } from "../../lib/explain.js";
import type { FilterName, PodReport, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import type { KubeObject } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";
import { clusterOf } from "../conformance/run/compare.js";
import { PROFILES, profileOf } from "../conformance/run/profiles.js";
import { setOf } from "../support/load.js";
import { takeAway } from "./peel.js";
import { write } from "./situation.js";

const CLUSTERS = 24;

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

/** So often what a node is kept away by is taken away: a node may have several taints, a claim several disks in use. */
const ROUNDS = 16;

test("when what its causes name is taken away, a node's verdict is another one", () => {
  let peeled = 0;
  for (let seed = 1; seed <= CLUSTERS / 2; seed++) {
    const matcher = randomMatcher(seed);
    for (const pod of matcher.pods.keys()) {
      for (const { nodes, plugin, reasons } of explain(matcher, pod).groups.slice(0, 3)) {
        const [node] = nodes;
        const verdictOf = (view: TopologyMatcher): string => {
          const { error, infeasible } = view.evaluatePod(pod).toReport();
          const told = infeasible.find((one) => one.node === node);
          return error ?? JSON.stringify([told?.plugin, told?.reasons]);
        };
        const view = matcher.overlay();
        let known = true;
        let rounds = 0;
        while (known && verdictOf(view) === JSON.stringify([plugin, reasons]) && rounds++ < ROUNDS) {
          const { causes } = explain(view, pod, node);
          known = causes.every((cause) => takeAway(view, pod, node, cause));
        }
        view.drop();
        assert.ok(rounds < ROUNDS, `seed ${seed}, ${pod}, ${node}: still ${plugin}: ${reasons.join()}`);
        if (known) peeled++;
      }
    }
  }
  assert.ok(peeled > 100, `${peeled} verdicts`);
});

test("every remedy that is offered opens as many nodes as it says", () => {
  let offered = 0;
  for (let seed = 1; seed <= CLUSTERS / 3; seed++) {
    const matcher = randomMatcher(seed);
    for (const pod of matcher.pods.keys()) {
      const { nodes, schedulable } = matcher.evaluatePod(pod);
      // An error ends the cycle for all nodes.
      const before = new Set(schedulable ? nodes : []);
      for (const { causes, changes, follows = [], message, opens } of remedies(matcher, pod)) {
        if (causes.length === 0) continue;
        const view = matcher.overlay();
        for (const change of [...changes, ...follows]) carryOut(view, change);
        const after = [...view.evaluatePod(pod).nodes].filter((node) => !before.has(node));
        view.drop();
        assert.is(after.length, opens, `seed ${seed}, ${pod}: ${message}`);
        assert.ok(opens > 0);
        offered++;
      }
    }
  }
  assert.ok(offered > 50, `${offered} remedies`);
});

function carryOut(view: TopologyMatcher, { create, delete: isDeleted, object, patch = [] }: Change): void {
  const set = setOf(view, object.kind);
  if (isDeleted === true) set.delete(object.name);
  else if (create !== undefined) set.upsert(create);
  else {
    const changed = structuredClone(set.get(object.name));
    for (const { op, path, value } of patch) write(changed, path, op === "remove" ? undefined : value);
    set.upsert(changed as KubeObject);
  }
}

test.run();
