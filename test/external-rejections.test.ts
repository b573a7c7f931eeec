// Verdicts of plugins that do not run here are handed in with the question; a question may be about some nodes only.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, EvaluateOptions, ExternalRejection, PodReport, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { boundPair, node, pod, podOf } from "./conformance/build.js";
import type { KubeObject } from "./support/load.js";
import { load } from "./support/load.js";

const UNS = "Unschedulable";
const UAU = "UnschedulableAndUnresolvable";
const AFF = "node(s) didn't match PersistentVolume's node affinity";
const PORTS = "node(s) didn't have free ports for the requested pod ports";
const SPREAD = "node(s) didn't match pod topology spread constraints";

/** Nodes a1 and a2 in zone a, b1 and b2 in zone b; the pod's volume is in zone a. */
function world(options: object = {}): TopologyMatcher {
  const matcher = createMatcherSync({ filters: "all", ...options });
  const allocatable = { cpu: "1", pods: "10" };
  const nodes = ["a1", "a2", "b1", "b2"].map((name) => ({ ...node(name, { zone: name[0] }), status: { allocatable } }));
  load(matcher, [...nodes, ...boundPair({ terms: [[["zone", "In", "a"]]] }), pod("c")] as KubeObject[]);
  return matcher;
}

const from = (plugin: string, reason: string, ...nodes: string[]): ExternalRejection => {
  return { plugin, code: UNS, reasons: [reason], nodes };
};

/** Node -> plugin and reasons. */
function table({ infeasible }: PodReport): object {
  return Object.fromEntries(infeasible.map(({ node, plugin, reasons }) => [node, [plugin, ...reasons]]));
}

/** The report, which the reusable verdict must give too. */
function ask(matcher: TopologyMatcher, options: EvaluateOptions, asked: object | string = "default/pod"): PodReport {
  const report = matcher.evaluatePod(asked as string, options).toReport();
  const verdict = matcher.createVerdict().evaluatePod(asked as string, options);
  assert.equal(verdict.toReport(), report);
  assert.is(verdict.message, report.message);
  assert.is(verdict.error, report.error);
  assert.is(verdict.feasibleCount, report.feasible.length);
  assert.equal(matcher.evaluatePods([asked as string], options)[0].toReport(), report);
  return report;
}

test("R-FW-2: an error of a later PreFilter replaces a rejection that is merely unschedulable", () => {
  const matcher = world();
  load(matcher, [
    { kind: "StorageClass", metadata: { name: "modeless" }, provisioner: "x" } as KubeObject,
    {
      kind: "PersistentVolumeClaim",
      metadata: { name: "c", namespace: "default" },
      spec: { storageClassName: "modeless" },
    } as KubeObject,
  ]);
  const rejected: ExternalRejection[] = [{ plugin: "NodePorts", code: UNS, reasons: [PORTS], preFilter: true }];
  const report = ask(matcher, { rejected });
  assert.is(
    report.error,
    'running PreFilter plugin "VolumeBinding": VolumeBindingMode not set for StorageClass "modeless"',
  );
  assert.is(report.preFilter, undefined);
  assert.is(report.message, undefined);
});

for (const engine of ["wasm", "javascript"] as EngineName[]) {
  test(`${engine}: T-243 a verdict of an earlier plugin hides the volume's, one of a later plugin does not`, () => {
    const matcher = world({ engine, filters: "volumes" });
    const rejected = [from("InterPodAffinity", "later", "a1", "b1"), from("NodeAffinity", "earlier", "a2", "b2")];
    const report = ask(matcher, { rejected });
    assert.equal(table(report), {
      a1: ["InterPodAffinity", "later"],
      a2: ["NodeAffinity", "earlier"],
      b1: ["VolumeBinding", AFF],
      b2: ["NodeAffinity", "earlier"],
    });
    assert.is(report.message, `0/4 nodes are available: 1 later, 1 ${AFF}, 2 earlier.`);
  });

  test(`${engine}: some nodes are all that there are`, () => {
    const matcher = world({ engine });
    const some = ask(matcher, { nodes: ["b1", "a2", "b1"] });
    assert.equal([some.feasible, table(some)], [["a2"], { b1: ["VolumeBinding", AFF] }]);
    assert.is(some.message, undefined);
    const ids = [matcher.nodeId("b1"), matcher.nodeId("b2")];
    assert.is(ask(matcher, { nodes: ids }).message, `0/2 nodes are available: 2 ${AFF}.`);
    assert.is(ask(matcher, { nodes: matcher.createNodeMask(ids) }).message, `0/2 nodes are available: 2 ${AFF}.`);
    const missing = podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "x" } }] }, "default", "other");
    assert.is(
      ask(matcher, { nodes: ids }, missing).message,
      '0/2 nodes are available: persistentvolumeclaim "x" not found.',
    );
    const [{ count, nodes }] = matcher.evaluatePod(missing as object as KubeObject, { nodes: ids }).rejected;
    assert.equal([count, nodes.toJSON()], [2, ["b1", "b2"]]);
    assert.is(ask(matcher, { nodes: ["b1", "b1"] }).message, `0/1 nodes are available: 1 ${AFF}.`);
    assert.equal(ask(matcher, { nodes: [] }, missing), {
      pod: "default/other",
      schedulable: false,
      feasible: [],
      infeasible: [],
      error: "no nodes available to schedule pods",
    });
    const claim = matcher.evaluateClaim("default/c", { nodes: ["a1", "b1"] });
    assert.equal([claim.nodes.toJSON(), claim.rejected.map(({ nodes }) => nodes.toJSON())], [["a1"], [["b1"]]]);
  });

  test(`${engine}: many nodes, and a mask that is changed after the question`, () => {
    const matcher = world({ engine });
    for (let i = 0; i < 3000; i++) matcher.nodes.upsert(node(`m${i}`, { zone: "a" }) as object as KubeObject);
    const names = Array.from({ length: 1000 }, (_, i) => `m${i * 3}`);
    const mask = matcher.createNodeMask(names);
    const verdict = matcher.createVerdict().evaluatePod("default/pod", {
      nodes: mask,
      rejected: [{ plugin: "NodePorts", code: UNS, reasons: [PORTS], nodes: mask }],
    });
    for (const name of names) mask.delete(name);
    const other = matcher.createVerdict().evaluatePod("default/pod", { nodes: mask });
    assert.is(other.error, "no nodes available to schedule pods");
    assert.is(verdict.message, `0/1000 nodes are available: 1000 ${PORTS}.`);
    assert.equal(
      matcher.evaluatePod("default/pod", { nodes: names }).toReport().infeasible.length,
      1000,
      "nodes without allocatable hold no pod",
    );
  });
}

test("every plugin of the default profile has its place", () => {
  const matcher = world();
  const order = [
    ["NodePorts", "NodeResourcesFit"],
    ["VolumeZone", "PodTopologySpread"],
    ["PodTopologySpread", "InterPodAffinity"],
    ["InterPodAffinity", "DynamicResources"],
    ["DynamicResources", "NodeDeclaredFeatures"],
    ["NodeDeclaredFeatures", "Custom"],
  ];
  for (const [first, second] of order) {
    const one = createMatcherSync({ filters: ["VolumeBinding"] });
    one.nodes.upsert({ metadata: { name: "n" } });
    const rejected = [from(second, "second", "n"), from(first, "first", "n")];
    const report = one.evaluatePod({ metadata: { name: "p" } }, { rejected }).toReport();
    assert.equal(table(report), { n: [first, "first"] }, `${first} before ${second}`);
  }
  // Between two of ours, and behind them.
  const thirsty = podOf({ containers: [{ resources: { requests: { cpu: "2" } } }] });
  const rejected = [from("NodePorts", PORTS, "a1"), from("PodTopologySpread", SPREAD, "a2")];
  const shown = { a1: ["NodePorts", PORTS], a2: ["NodeResourcesFit", "Insufficient cpu"] };
  assert.equal(table(ask(matcher, { nodes: ["a1", "a2"], rejected }, thirsty)), shown);
});

test("plugins that the order does not know come last, in the order in which they are given", () => {
  const matcher = world();
  const rejected = [
    from("Zulu", "zulu", "a1", "b1"),
    from("Alpha", "alpha", "a1", "a2", "b2"),
    from("NodeDeclaredFeatures", "features", "a2"),
  ];
  const report = ask(matcher, { rejected });
  assert.equal(table(report), {
    a1: ["Zulu", "zulu"],
    a2: ["NodeDeclaredFeatures", "features"],
    b1: ["VolumeBinding", AFF],
    b2: ["VolumeBinding", AFF],
  });
});

test("nodes to which PreFilter did not narrow the pod say that and nothing else", () => {
  const matcher = world();
  const required = { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["a1"] }] }] };
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
  const pinned = podOf({ affinity });
  const outside = "node(s) didn't satisfy plugin(s) [NodeAffinity]";
  const rejected = [from("NodePorts", PORTS, "a1", "a2", "b1")];
  const report = ask(matcher, { nodes: ["a1", "a2", "b2"], rejected }, pinned);
  assert.equal(table(report), {
    a1: ["NodePorts", PORTS],
    a2: ["NodeAffinity", outside],
    b2: ["NodeAffinity", outside],
  });
  assert.is(report.message, `0/3 nodes are available: 1 ${PORTS}, 2 ${outside}.`);
  const without = ask(matcher, { nodes: ["b1", "b2"] }, pinned);
  assert.is(without.message, `0/2 nodes are available: 2 ${outside}.`);
});

test("several statuses of one plugin are told apart, and no reason is no text", () => {
  const matcher = world();
  const rejected: ExternalRejection[] = [
    { plugin: "NodePorts", code: UNS, reasons: [PORTS, "and more"], nodes: ["a1"] },
    { plugin: "NodePorts", code: UAU, reasons: [], nodes: matcher.createNodeMask(["a2", "b1", "b2"]) },
  ];
  const report = ask(matcher, { rejected });
  assert.is(report.message, `0/4 nodes are available: 1 and more, 1 ${PORTS}.`);
  assert.equal(report.infeasible[1], { node: "a2", plugin: "NodePorts", code: UAU, reasons: [] });
});

test("a PreFilter's rejection has its place among the others", () => {
  const matcher = world();
  const missing = podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "x" } }] });
  const said = (plugin: string, code: typeof UNS | typeof UAU): PodReport => {
    return ask(matcher, { rejected: [{ plugin, code, reasons: ["no"], preFilter: true }] }, missing);
  };
  assert.is(said("NodePorts", UAU).message, "0/4 nodes are available: no.");
  assert.equal(said("NodePorts", UAU).preFilter, { plugin: "NodePorts", code: UAU, reasons: ["no"] });
  // One that is Unschedulable gives way to one that is unresolvable.
  assert.is(said("NodePorts", UNS).preFilter?.plugin, "VolumeRestrictions");
  assert.is(said("DynamicResources", UAU).preFilter?.plugin, "VolumeRestrictions");
  const fits = ask(matcher, {
    rejected: [{ plugin: "DynamicResources", code: UNS, reasons: ["no"], preFilter: true }],
  });
  assert.equal([fits.schedulable, fits.feasible, fits.infeasible], [false, [], []]);
});

test("iterables of the caller's are read once, and may ask the matcher", () => {
  const matcher = world();
  function* nodes(): Iterable<string> {
    for (const name of matcher.evaluatePod("default/pod").nodes) yield name;
    yield "b1";
  }
  const rejected = (): ExternalRejection[] => [{ plugin: "NodePorts", code: UNS, reasons: [PORTS], nodes: nodes() }];
  const message = `0/4 nodes are available: 1 ${AFF}, 3 ${PORTS}.`;
  assert.is(matcher.evaluatePod("default/pod", { rejected: rejected() }).message, message);
  assert.is(matcher.createVerdict().evaluatePod("default/pod", { rejected: rejected() }).message, message);
  const answers = matcher.evaluatePods(["default/pod", "default/pod"], { rejected: rejected() });
  assert.equal(
    answers.map((answer) => answer.message),
    [message, message],
  );
});

test.run();
