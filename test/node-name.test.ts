// filters: NodeName, for a pod that names its node (T-309). No report can ask so: it leaves spec.nodeName out.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Context } from "../lib/evaluate/context.js";
import { createJavascriptEngine } from "../lib/evaluate/javascript.js";
import { Memory } from "../lib/evaluate/memory.js";
import { Cycle } from "../lib/filters/cycle.js";
import { NodeName } from "../lib/filters/node-name.js";
import type { FilterName } from "../lib/filters/plugin.js";
import { pluginsOf } from "../lib/filters/profile.js";
import { createMatcherSync } from "../lib/index.js";
import { Blocks } from "../lib/intern/blocks.js";
import { Cluster } from "../lib/intern/cluster.js";
import { emptyContext } from "./support/empty-context.js";

const FILTERS: readonly FilterName[] = ["NodeName", "NodeUnschedulable", "NodeAffinity"];

/** What n1 (cordoned), n2 and n3 say to a pod that names a node: PLUGIN: REASON, or "" where they accept it. */
function verdicts(minor: number, nodeName: string, spec: object = {}): readonly string[] | string {
  const engine = createJavascriptEngine();
  const cluster = new Cluster(new Blocks());
  const context = new Context(cluster, new Memory(engine), engine.kernels, { minor, gates: new Map() });
  const nodes = ["n1", "n2", "n3"].map((name) =>
    cluster.nodes.upsert({ metadata: { name }, spec: { unschedulable: name === "n1" } }),
  );
  const pod = cluster.pods.upsert({ metadata: { name: "pod", namespace: "default" }, spec });
  const { masks } = context;
  masks.resize(nodes.length);
  for (const node of nodes) masks.setBit(masks.all, node, true);
  const cycle = new Cycle(context, pluginsOf(context, FILTERS));
  const result = cycle.run({ pod, claim: -1, nodeName: cluster.strings.intern(nodeName) });
  if (result.preFilter !== undefined) return `${result.preFilter.plugin}: ${result.preFilter.reasons}`;
  const { rejected } = result;
  return nodes.map((node) => {
    if (masks.has(result.accepted, node)) return "";
    const found = rejected.filter((group) => masks.has(group.nodes, node));
    assert.is(found.length, 1);
    return `${found[0].plugin}: ${found[0].reasons}`;
  });
}

const narrowed = "NodeName: node(s) didn't satisfy plugin(s) [NodeName]";
const other = "NodeName: node(s) didn't match the requested node name";
const cordoned = "NodeUnschedulable: node(s) were unschedulable";
const pinned = (name: string) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [name] }] }],
      },
    },
  },
});

test("T-309 since 1.37 PreFilter narrows to the named node", () => {
  assert.equal(verdicts(37, "n2"), [narrowed, "", narrowed]);
  assert.equal(verdicts(37, "n1"), [cordoned, narrowed, narrowed]);
  assert.equal(verdicts(37, "gone"), [narrowed, narrowed, narrowed]);
});

test("T-309 up to 1.36 Filter turns the others down, after NodeUnschedulable", () => {
  assert.equal(verdicts(36, "n2"), [cordoned, "", other]);
  assert.equal(verdicts(36, "gone"), [cordoned, other, other]);
});

test("T-309 the empty name is none", () => {
  assert.equal(verdicts(37, ""), [cordoned, "", ""]);
  assert.equal(verdicts(36, ""), [cordoned, "", ""]);
});

test("T-309 NodeName and NodeAffinity narrow together", () => {
  const both = "NodeAffinity,NodeName: node(s) didn't satisfy plugin(s) [NodeAffinity NodeName]";
  assert.equal(verdicts(37, "n2", pinned("n2")), [both, "", both]);
  assert.is(verdicts(37, "n2", pinned("n3")), `${both} simultaneously`);
});

test("a pod's own spec.nodeName is not looked at", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  for (const name of ["n1", "n2"]) matcher.nodes.upsert({ metadata: { name } });
  const pod = { metadata: { name: "pod", namespace: "default" }, spec: { nodeName: "n2" } };
  assert.equal([...matcher.evaluatePod(pod).nodes], ["n1", "n2"]);
});

test("a batch that named a node would have to ask: no selector says which it is", () => {
  const context = emptyContext();
  const plugin = new NodeName(context);
  const candidate = { pod: -1, claim: -1 };
  assert.is(plugin.resolve({ ...candidate, nodeName: context.cluster.strings.intern("n1") }), "open");
  assert.is(plugin.resolve({ ...candidate, nodeName: context.cluster.strings.intern("") }), "selectors");
  assert.is(plugin.resolve(candidate), "selectors");
});

test.run();
