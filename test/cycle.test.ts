// filters: the cycle of plugins: who is asked about which nodes, and whose word counts. Plugins here are made for it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Context } from "../lib/evaluate/context.js";
import { createJavascriptEngine } from "../lib/evaluate/javascript.js";
import type { Mask } from "../lib/evaluate/mask.js";
import { ALL_NODES, NO_NODES, single } from "../lib/evaluate/mask.js";
import { Memory } from "../lib/evaluate/memory.js";
import { Cycle } from "../lib/filters/cycle.js";
import type { Filtered, FilterName, Plugin, PreFiltered } from "../lib/filters/plugin.js";
import { FILTERS, SKIP } from "../lib/filters/plugin.js";
import { Blocks } from "../lib/intern/blocks.js";
import { Cluster } from "../lib/intern/cluster.js";

const UNRESOLVABLE = "UnschedulableAndUnresolvable";
const CANDIDATE = { pod: 0, claim: -1 };

/** A cycle of plugins over nodes n0, n1, ... */
function cycleOf(nodes: number, plugins: (context: Context) => Plugin[]) {
  const engine = createJavascriptEngine();
  const cluster = new Cluster(new Blocks());
  const context = new Context(cluster, new Memory(engine), engine.kernels, { minor: 37, gates: new Map() });
  for (let i = 0; i < nodes; i++) cluster.nodes.upsert({ metadata: { name: `n${i}` } });
  const { masks } = context;
  masks.resize(nodes);
  for (let i = 0; i < nodes; i++) masks.setBit(masks.all, i, true);
  const cycle = new Cycle(context, plugins(context));
  const ids = (mask: Mask): number[] => [...masks.ids(mask)];
  return { context, ids, cycle };
}

function plugin(name: FilterName, answer: PreFiltered): Plugin {
  return { name, preFilter: () => answer };
}

/** Rejects some nodes of those that it is asked about, and remembers which those were. */
function rejecting(name: FilterName, { masks }: Context, nodes: readonly number[], asked: number[][] = []): Plugin {
  return plugin(name, {
    kind: "nodes",
    filter: (remaining): Filtered => {
      asked.push([...masks.ids(remaining)]);
      const rejected = masks.and(remaining, masks.scratchIds(nodes));
      const accepted = masks.andNot(remaining, rejected);
      return { accepted, rejected: [{ code: UNRESOLVABLE, reasons: [name], nodes: rejected }] };
    },
  });
}

const narrowing = (name: FilterName, names: readonly number[]): Plugin =>
  plugin(name, { kind: "nodes", names, filter: (accepted) => ({ accepted, rejected: [] }) });

const rejected = (names: readonly string[]) => ({ kind: "rejected", code: UNRESOLVABLE, reasons: names }) as const;

test("the plugins stand in the order of the default profile", () => {
  const wanted = "NodeName NodeUnschedulable TaintToleration NodeAffinity NodeResourcesFit VolumeRestrictions";
  assert.is(FILTERS.join(" "), `${wanted} NodeVolumeLimits VolumeBinding VolumeZone`);
});

test("a node is decided by the first plugin that does not accept it, and later ones are not asked about it", () => {
  const asked: number[][] = [];
  const { cycle, ids } = cycleOf(4, (context) => [
    rejecting("NodeName", context, [1], asked),
    rejecting("NodeAffinity", context, [1, 2], asked),
  ]);
  const result = cycle.run(CANDIDATE);
  assert.equal(asked, [
    [0, 1, 2, 3],
    [0, 2, 3],
  ]);
  assert.equal(ids(result.accepted), [0, 3]);
  assert.equal(
    result.rejected.map(({ nodes, plugin, reasons }) => ({ plugin, reasons, nodes: ids(nodes) })),
    [
      { plugin: "NodeName", reasons: ["NodeName"], nodes: [1] },
      { plugin: "NodeAffinity", reasons: ["NodeAffinity"], nodes: [2] },
    ],
  );
});

test("where no node remains no further plugin is asked", () => {
  const asked: number[][] = [];
  const { cycle } = cycleOf(2, (context) => [
    plugin("NodeName", { kind: "nodes", filter: () => ({ accepted: NO_NODES, rejected: [] }) }),
    rejecting("NodeAffinity", context, [], asked),
  ]);
  assert.is(cycle.run(CANDIDATE).accepted, NO_NODES);
  assert.equal(asked, []);
});

test("a plugin that skips has no Filter; without any, every node is accepted", () => {
  const { cycle } = cycleOf(2, () => [plugin("NodeName", SKIP)]);
  const result = cycle.run(CANDIDATE);
  assert.is(result.accepted, ALL_NODES);
  assert.is(result.stepOf("NodeName"), undefined);
  assert.equal(result.rejected, []);
});

test("a PreFilter that cannot be resolved ends the cycle; one that is merely unschedulable gives way to it", () => {
  const later = rejected(["later"]);
  const first = { ...rejected(["first"]), code: "Unschedulable" } as const;
  const unasked: Plugin = {
    name: "VolumeZone",
    preFilter: () => {
      throw new Error("asked");
    },
  };
  const { cycle } = cycleOf(2, () => [plugin("NodeName", first), plugin("NodeAffinity", later), unasked]);
  assert.equal(cycle.run(CANDIDATE).preFilter, { plugin: "NodeAffinity", code: UNRESOLVABLE, reasons: ["later"] });

  const only = cycleOf(2, () => [plugin("NodeName", first), plugin("NodeAffinity", SKIP)]).cycle.run(CANDIDATE);
  assert.equal(only.preFilter, { plugin: "NodeName", code: "Unschedulable", reasons: ["first"] });
  assert.is(only.accepted, NO_NODES);
});

test("an error in PreFilter ends the cycle with the plugin's name", () => {
  const { cycle } = cycleOf(2, () => [plugin("VolumeBinding", { kind: "error", error: "no mode" })]);
  const result = cycle.run(CANDIDATE);
  assert.is(result.error, 'running PreFilter plugin "VolumeBinding": no mode');
  assert.is(result.accepted, NO_NODES);
});

test("a node whose Filter ends in an error is neither accepted nor rejected, and not asked about any more", () => {
  const asked: number[][] = [];
  const { cycle, ids } = cycleOf(3, (context) => [
    plugin("NodeName", {
      kind: "nodes",
      filter: (nodes) => ({
        accepted: context.masks.andNot(nodes, single(1)),
        rejected: [],
        failed: [{ error: "bad", nodes: single(1) }],
      }),
    }),
    rejecting("VolumeZone", context, [0], asked),
  ]);
  const result = cycle.run(CANDIDATE);
  assert.equal(asked, [[0, 2]]);
  assert.equal(ids(result.accepted), [2]);
  assert.equal(
    result.failures.map(({ error, nodes }) => ({ error, nodes: ids(nodes) })),
    [{ error: 'running "NodeName" filter plugin: bad', nodes: [1] }],
  );
});

test("narrowed nodes are the only ones that are filtered; the others are told the plugins' names", () => {
  const asked: number[][] = [];
  const narrowed = cycleOf(3, (context) => {
    const name = (text: string) => context.cluster.strings.intern(text);
    return [
      narrowing("NodeName", [name("n1"), name("n2"), name("gone")]),
      narrowing("NodeAffinity", [name("n2"), name("gone"), name("n0")]),
      rejecting("VolumeZone", context, [], asked),
    ];
  });
  const result = narrowed.cycle.run(CANDIDATE);
  assert.equal(asked, [[2]]);
  assert.equal(narrowed.ids(result.accepted), [2]);
  const [outside] = result.rejected;
  assert.equal(narrowed.ids(outside.nodes), [0, 1]);
  assert.is(outside.plugin, "NodeAffinity,NodeName");
  assert.equal(outside.reasons, ["node(s) didn't satisfy plugin(s) [NodeAffinity NodeName]"]);
});

test("names of no node leave no node, and each node says so", () => {
  const { cycle, ids } = cycleOf(2, ({ cluster }) => [narrowing("NodeAffinity", [cluster.strings.intern("gone")])]);
  const result = cycle.run(CANDIDATE);
  assert.is(result.preFilter, undefined);
  assert.is(result.accepted, NO_NODES);
  assert.equal(ids(result.rejected[0].nodes), [0, 1]);
  assert.equal(result.rejected[0].reasons, ["node(s) didn't satisfy plugin(s) [NodeAffinity]"]);
});

test("plugins that leave no name in common reject the pod", () => {
  const of = (...names: string[][]) =>
    cycleOf(2, ({ cluster: { strings } }) => {
      const ids = names.map((list) => list.map((name) => strings.intern(name)));
      return ids.map((list, i) => narrowing(i === 0 ? "NodeName" : "NodeAffinity", list));
    }).cycle.run(CANDIDATE).preFilter;
  assert.equal(of(["n0"], ["n1"]), {
    plugin: "NodeAffinity,NodeName",
    code: UNRESOLVABLE,
    reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity NodeName] simultaneously"],
  });
  assert.equal(of([]), { plugin: "NodeName", code: UNRESOLVABLE, reasons: ["node(s) didn't satisfy plugin NodeName"] });
  assert.is(of(["n0"], ["n0"]), undefined);
});

test.run();
