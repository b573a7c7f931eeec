// explain with the options of evaluatePod: what other plugins said, and the nodes that are asked about.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain, explanationLines, remedies, TopologyError } from "../../lib/explain.js";
import type { ExternalRejection } from "../../lib/index.js";
import { claim, csiCapacity, limitedClass, node, pod, podOf, ref, volume } from "../conformance/build.js";
import { matcherOf } from "../support/load.js";

const bound = { phase: "Bound", claimRef: ref("data", "uid-data") };
const zonal = [
  ...["n-1", "n-2", "n-3"].map((name, i) => node(name, { zone: "abc"[i] })),
  claim("data", { boundTo: "disk" }),
  volume("disk", { ...bound, zone: "a" }),
  pod("data"),
];
const ports = (nodes: Iterable<string>): ExternalRejection => ({
  plugin: "NodePorts",
  code: "Unschedulable",
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  nodes,
});

test("what a plugin that does not run here has rejected is told with its reasons, beside our own causes", () => {
  const matcher = matcherOf(zonal);
  const options = { rejected: [ports(["n-1"])] };
  const { causes, feasible, groups, message } = explain(matcher, "default/pod", undefined, options);
  assert.is(feasible, false);
  assert.is(message, matcher.evaluatePod("default/pod", options).message);
  assert.equal(
    causes.map(({ code, nodes, object, plugin }) => [code, plugin, object.name, nodes]),
    [
      ["VolumeNodeAffinity", "VolumeBinding", "disk", 2],
      ["Other", "NodePorts", "default/pod", 1],
    ],
  );
  assert.is(causes[1].message, "node(s) didn't have free ports for the requested pod ports");
  assert.equal(
    groups.map(({ nodes, plugin }) => [plugin, nodes]),
    [
      ["VolumeBinding", ["n-2", "n-3"]],
      ["NodePorts", ["n-1"]],
    ],
  );
});

test("a plugin of our own that did not run is not explained by what it would have said", () => {
  const matcher = matcherOf([node("n-1"), podOf({ nodeSelector: { disk: "ssd" } })]);
  const rejected = [
    { plugin: "NodeAffinity", code: "Unschedulable", reasons: ["as it likes"], nodes: ["n-1"] } as const,
  ];
  const [{ code, message }] = explain(matcher, "default/pod", undefined, { rejected }).causes;
  assert.equal([code, message], ["Other", "as it likes"]);
});

test("what another plugin's PreFilter said is its own", () => {
  const matcher = matcherOf(zonal);
  const rejected = [
    {
      plugin: "DynamicResources",
      code: "UnschedulableAndUnresolvable",
      reasons: ["no claim"],
      preFilter: true,
    } as const,
  ];
  const { causes, groups, message } = explain(matcher, "default/pod", undefined, { rejected });
  assert.equal(groups, []);
  assert.equal([causes[0].code, causes[0].plugin, causes[0].nodes], ["Other", "DynamicResources", 3]);
  assert.is(message, "0/3 nodes are available: no claim.");
});

test("only the nodes that are asked about are counted and told", () => {
  const matcher = matcherOf(zonal);
  for (const nodes of [["n-2", "n-3"], matcher.createNodeMask(["n-2", "n-3"])]) {
    const told = explain(matcher, "default/pod", undefined, { nodes });
    assert.equal([told.nodes, told.feasibleNodes, told.feasible], [2, 0, false]);
    assert.is(told.message, "0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.");
    assert.equal(told.groups[0].nodes, ["n-2", "n-3"]);
    assert.is(told.claims[0].count, 0);
    assert.is(explanationLines(told)[0], `default/pod: ${told.message}`);
  }
  assert.is(explain(matcher, "default/pod", "n-2", { nodes: ["n-2"] }).causes[0].nodes, 1);
  assert.throws(
    () => explain(matcher, "default/pod", "n-1", { nodes: ["n-2"] }),
    (error: Error & { code?: string }) =>
      error.code === "BadArgument" && /node n-1 is not among options\.nodes/.test(error.message),
  );
});

test("options are refused as evaluatePod refuses them", () => {
  const matcher = matcherOf(zonal);
  assert.throws(() => explain(matcher, "default/pod", undefined, { nodes: ["n-9"] }), /n-9 is not known/);
  assert.throws(() => explain(matcher, "default/pod", undefined, { nodse: [] } as object), /options has no nodse/);
});

test("a remedy opens only nodes that are asked about, and none that another plugin rejects", () => {
  const matcher = matcherOf([
    ...["n-1", "n-2", "n-3"].map((name) => node(name, { zone: "a" })),
    ...limitedClass("limited"),
    csiCapacity("cap", { zone: "a", capacity: "1Gi" }),
    claim("data", { class: "limited", size: "2Gi" }),
    pod("data"),
  ]);
  function* some(): Generator<string> {
    yield* ["n-1", "n-2"];
  }
  const opens = (options: Parameters<typeof remedies>[3]): number[] => {
    const told = remedies(matcher, "default/pod", undefined, options);
    return told.filter(({ message }) => message.includes("ask for 1Gi")).map((one) => one.opens);
  };
  assert.equal(opens(undefined), [3]);
  assert.equal(opens({ nodes: some() }), [2]);
  assert.equal(opens({ nodes: matcher.createNodeMask(["n-3"]) }), [1]);
  assert.equal(opens({ rejected: [ports(["n-1"])] }), [2]);
  assert.equal(opens({ nodes: some(), rejected: [ports(some())] }), []);
});

const refused = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    assert.instance(error, TopologyError);
    const { code, message, path } = error as TopologyError;
    return `${code} ${path}: ${message}`;
  }
  return "nothing";
};

test("an argument that cannot be used is named in a sentence", () => {
  const matcher = matcherOf(zonal);
  const key = "default/pod";
  const another = "remedies: explanation must be what explain has given, or undefined, but is";
  assert.is(
    refused(() => remedies(matcher, key, { nodes: ["n-1"] } as never)),
    `BadArgument explanation: ${another} an object`,
  );
  assert.is(
    refused(() => remedies(matcher, key, "n-1" as never)),
    `BadArgument explanation: ${another} a string`,
  );
  assert.match(
    refused(() => remedies(matcher, key, null as never)),
    /^BadArgument explanation: .* null$/,
  );
  for (const wrong of [null, 5, { nodes: 5 }, { nodes: "n-1" }, { rejected: 5 }, { rejected: [null] }]) {
    const told = refused(() => explain(matcher, key, undefined, wrong as never));
    assert.match(told, /^Bad(Argument|Option) /);
    assert.is(
      refused(() => remedies(matcher, key, undefined, wrong as never)),
      told,
    );
  }
  for (const node of [Symbol("n"), 1n, {}]) {
    assert.match(
      refused(() => explain(matcher, key, node as never)),
      /^BadArgument node: explain takes text/,
    );
  }
  for (const pod of [Symbol("p"), 1n]) {
    assert.match(
      refused(() => explain(matcher, pod as never)),
      /^BadArgument pod: explain takes a pod/,
    );
  }
});

test("an explanation that has been JSON is one to find remedies for", () => {
  const matcher = matcherOf(zonal);
  const told = explain(matcher, "default/pod");
  const again = JSON.parse(JSON.stringify(told));
  assert.equal(
    JSON.stringify(remedies(matcher, "default/pod", again)),
    JSON.stringify(remedies(matcher, "default/pod", told)),
  );
});

test.run();
