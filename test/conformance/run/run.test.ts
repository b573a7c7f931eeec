// The comparison itself: it sees whatever differs, knows every text, and repeats itself.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { KUBERNETES_MINORS, resolveGates } from "../../../lib/options.js";
import { clusterOf } from "./compare.js";
import { gateSettings, gatesOf } from "./gates.js";
import type { JsonReport } from "./oracle.js";
import { filtersOf, PROFILES, profileOf } from "./profiles.js";
import { differingPods, libraryReport, referenceReport } from "./sides.js";
import { addTally, countReport, countRules, emptyTally } from "./tally.js";
import { TEMPLATES, templatesOf } from "./templates.js";

const report = (): JsonReport => ({
  nodes: 2,
  pods: [
    {
      pod: "default/pod",
      schedulable: true,
      feasible: ["a"],
      infeasible: [{ node: "b", plugin: "VolumeBinding", code: "UnschedulableAndUnresolvable", reasons: ["r", "s"] }],
      plans: {
        a: { staticBindings: [{ claim: "default/c", volume: "pv" }], dynamicProvisions: ["default/d"], score: 49 },
      },
    },
  ],
});

test("equal reports do not differ", () => {
  assert.equal(differingPods(report(), report()), []);
});

test("whatever a report says is compared", () => {
  const changes: readonly ((pod: JsonReport, whole: JsonReport) => void)[] = [
    (_, whole) => whole.nodes++,
    (_, whole) => whole.pods.push({}),
    (pod) => (pod.pod = "default/other"),
    (pod) => (pod.schedulable = false),
    (pod) => pod.feasible.push("b"),
    (pod) => (pod.infeasible[0].node = "c"),
    (pod) => (pod.infeasible[0].code = "Unschedulable"),
    (pod) => (pod.infeasible[0].plugin = "VolumeZone"),
    (pod) => pod.infeasible[0].reasons.reverse(),
    (pod) => (pod.preFilter = { plugin: "VolumeBinding", code: "Unschedulable", reasons: [] }),
    (pod) => (pod.error = "e"),
    (pod) => (pod.message = "m"),
    (pod) => (pod.plans.a.staticBindings[0].volume = "pv-2"),
    (pod) => pod.plans.a.dynamicProvisions.pop(),
    (pod) => pod.plans.a.score++,
    (pod) => delete pod.plans.a.score,
    (pod) => (pod.plans.b = pod.plans.a),
  ];
  for (const change of changes) {
    const theirs = report();
    change(theirs.pods[0], theirs);
    assert.is(differingPods(report(), theirs).length, 1, change.toString());
  }
});

test("a library that throws differs", () => {
  const setting = { kubernetes: "0.1", gates: {}, filters: filtersOf("default") };
  assert.equal(differingPods(libraryReport([], setting, "wasm"), { nodes: 0, pods: [] }), [-1]);
});

for (const kubernetes of KUBERNETES_MINORS) {
  test(`the gate settings of ${kubernetes} are all offered and all differ from the defaults`, () => {
    for (const setting of gateSettings(kubernetes)) {
      assert.equal(resolveGates(kubernetes, setting).differing, setting);
    }
    const chosen = new Set(Array.from({ length: 400 }, (_, seed) => JSON.stringify(gatesOf(kubernetes, seed))));
    assert.is(chosen.size, gateSettings(kubernetes).length + 1);
  });
}

test("equal seeds give equal clusters, and every profile with a weight is met", () => {
  const names = Array.from({ length: 2000 }, (_, seed) => profileOf(seed));
  const weighted = Object.keys(PROFILES).filter((name) => PROFILES[name].weight > 0);
  assert.equal([...new Set(names)].sort(), weighted.sort());
  assert.equal(clusterOf("default", 7, "1.37"), clusterOf("default", 7, "1.37"));
});

test("the engines and the reference evaluator agree on some clusters of each profile, and all is counted", () => {
  const tally = emptyTally();
  for (const [profile, { comesLater }] of Object.entries(PROFILES)) {
    if (comesLater) continue;
    // Many nodes and volumes cost the reference evaluator seconds.
    for (let seed = 1; seed <= (profile === "local" || profile === "batch" ? 1 : 3); seed++) {
      const setting = { kubernetes: "1.37", gates: {}, filters: filtersOf(profile) };
      const { objects } = clusterOf(profile, seed, "1.37");
      const reference = countRules(tally, () => referenceReport(objects, setting));
      assert.equal(differingPods(libraryReport(objects, setting, "wasm"), reference), [], `${profile} ${seed}`);
      assert.equal(differingPods(libraryReport(objects, setting, "javascript"), reference), [], `${profile} ${seed}`);
      countReport(tally, reference);
    }
  }
  assert.ok(Object.keys(tally.rules).length > 80, Object.keys(tally.rules).join());
  assert.equal(
    Object.keys(tally.texts).filter((text) => text.includes("UNKNOWN")),
    [],
  );
});

test("a text is counted under its template, an unknown one under itself", () => {
  assert.equal(templatesOf("reason of a pod", 'persistentvolumeclaim "a\\"b" not found'), [
    "persistentvolumeclaim %q not found",
  ]);
  assert.equal(templatesOf("reason of a node", "out of luck"), ["UNKNOWN: out of luck"]);
  assert.is(new Set(TEMPLATES.map(({ name }) => name)).size, TEMPLATES.length);
});

test("tallies add up, and the largest cluster stays the largest", () => {
  const [sum, one] = [emptyTally(), emptyTally()];
  Object.assign(one, { clusters: 2, largest: 7, rules: { "R-PRE-2": 3 } });
  addTally(sum, one);
  addTally(sum, { ...one, largest: 5 });
  assert.is(sum.clusters, 4);
  assert.is(sum.largest, 7);
  assert.equal(sum.rules, { "R-PRE-2": 6 });
});

test.run();
