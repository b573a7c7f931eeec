// What is handed out prints as a line, becomes the report in JSON, and compares by what it says.

import { inspect } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";

const test = suite("printing");

function world() {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  matcher.nodes.replace(["a", "b", "c"].map((name) => ({ metadata: { name } })));
  matcher.pods.replace([
    { metadata: { namespace: "d", name: "p" } },
    { metadata: { namespace: "d", name: "q" }, spec: { volumes: [{ persistentVolumeClaim: { claimName: "c" } }] } },
  ]);
  return matcher;
}

const FITS = { pod: "d/p", schedulable: true, feasible: ["a", "b", "c"], infeasible: [] };
const REASONS = ['persistentvolumeclaim "c" not found'];
const PRE_FILTER = { plugin: "VolumeBinding", code: "UnschedulableAndUnresolvable", reasons: REASONS };
const MESSAGE = '0/3 nodes are available: persistentvolumeclaim "c" not found.';
const FITS_NOT = {
  pod: "d/q",
  schedulable: false,
  feasible: [],
  infeasible: [],
  preFilter: PRE_FILTER,
  message: MESSAGE,
};

test("in JSON a verdict is the pod's entry of a report", () => {
  const matcher = world();
  const verdict = matcher.createVerdict();
  for (const [key, report] of [
    ["d/p", FITS],
    ["d/q", FITS_NOT],
  ] as const) {
    assert.equal(JSON.parse(JSON.stringify(matcher.evaluatePod(key))), report);
    assert.equal(JSON.parse(JSON.stringify(verdict.evaluatePod(key))), report);
  }
  assert.equal(JSON.parse(JSON.stringify(matcher.evaluatePod("d/p").nodes)), ["a", "b", "c"]);
});

test("in JSON an assumption is what it says, without what it is made of", () => {
  const matcher = world();
  const assumption = matcher.assume("d/p", "b");
  const lists = { staticBindings: [], dynamicProvisions: [], patches: [] };
  const report = { pod: "d/p", node: "b", active: true, allBound: true, ...lists };
  assert.equal(JSON.parse(JSON.stringify(assumption)), report);
  assert.equal(structuredClone(assumption.toJSON()), report);
  assumption.revert();
  assert.equal(assumption.toJSON(), { ...report, active: false });
  assert.is(JSON.stringify(matcher.wakes({ set: "nodes", delete: "a" })), "{}");
});

test("a reusable verdict that is stale or was not asked is a line in JSON, too", () => {
  const matcher = world();
  const verdict = matcher.createVerdict();
  assert.is(JSON.stringify({ verdict }), '{"verdict":"Verdict (to be evaluated)"}');
  verdict.evaluatePod("d/p");
  matcher.nodes.delete("a");
  assert.is(JSON.stringify({ verdict }), '{"verdict":"Verdict (to be evaluated)"}');
});

test("each prints as one line", () => {
  const matcher = world();
  const verdict = matcher.createVerdict();
  const many = Array.from({ length: 1000 }, (_, i) => ({ metadata: { name: `n${String(i).padStart(4, "0")}` } }));
  const wide = createMatcherSync({ engine: "javascript", filters: ["VolumeBinding"] });
  wide.nodes.replace(many);
  const shown = "n0000, n0001, n0002, n0003, n0004 and 995 more";
  for (const [value, line] of [
    [matcher, "TopologyMatcher { engine: wasm, nodes: 3, pods: 2 }"],
    [wide, "TopologyMatcher { engine: javascript, nodes: 1000 }"],
    [matcher.nodes, "ObjectSet of 3 Node"],
    [matcher.createNodeMask(["b", "c"]), "NodeMask(2) b, c"],
    [matcher.wakes({ set: "nodes", delete: "a" }), "Wake"],
    [matcher.createNodeMask(), "NodeMask(0)"],
    [verdict, "Verdict (to be evaluated)"],
    [matcher.evaluatePod("d/p"), "Feasibility d/p: 3/3 nodes are feasible"],
    [matcher.evaluatePod("d/q"), `Feasibility d/q: ${MESSAGE}`],
    [matcher.evaluatePod("d/p").nodes, "NodeSet(3) a, b, c"],
    [wide.evaluatePod({ metadata: { name: "p" } }).nodes, `NodeSet(1000) ${shown}`],
    [
      createMatcherSync().evaluatePod({ metadata: { name: "p" } }),
      "Feasibility default/p: no nodes available to schedule pods",
    ],
  ] as const) {
    assert.is(inspect(value), line);
  }
  assert.is(inspect(verdict.evaluatePod("d/q")), `Verdict d/q: ${MESSAGE}`);
  assert.is(inspect(verdict.evaluatePod("d/p")), "Verdict d/p: 3/3 nodes are feasible");
  matcher.nodes.delete("a");
  assert.is(inspect(verdict), "Verdict (to be evaluated)");
});

test("nothing that is handed out has a function or an internal among its fields", () => {
  const matcher = world();
  const mask = matcher.createNodeMask();
  const { nodes } = matcher.evaluatePod("d/p");
  const fields = (value: object) => Object.keys(value).sort();
  assert.equal([matcher.nodes, mask, matcher.createVerdict()].map(fields), [[], [], []]);
  assert.equal(fields(nodes), ["size"]);
  assert.equal(fields(matcher.assume("d/p", "a")), ["allBound", "node", "pod"]);
  assert.equal(fields(matcher.wakes({ set: "nodes", delete: "a" })), []);
  const verdict = matcher.evaluatePod("d/q");
  assert.equal(fields(verdict), ["error", "nodes", "pod", "preFilter", "rejected"]);
  assert.equal(fields(verdict.rejected[0]), ["code", "count", "nodes", "plugin", "reasons"]);
  assert.ok(Object.values(matcher).every((value) => typeof value !== "function"));
});

test("equal answers of two matchers compare equal, other answers do not", () => {
  assert.equal(world().evaluatePod("d/q"), world().evaluatePod("d/q"));
  assert.not.equal(world().evaluatePod("d/q"), world().evaluatePod("d/p"));
});

test("a structured clone has the fields, and the report is what can be cloned whole", () => {
  const verdict = world().evaluatePod("d/q");
  const clone = structuredClone(verdict);
  const rejected = [{ ...PRE_FILTER, count: 3, nodes: { size: 3 } }];
  assert.equal(clone, { pod: "d/q", nodes: { size: 0 }, rejected, preFilter: PRE_FILTER, error: undefined });
  assert.equal(structuredClone(verdict.toReport()), FITS_NOT);
});

test.run();
