// Rows by condition: patched as nodes change, and of too many one goes that was not asked for lately.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Context } from "../lib/evaluate/context.js";
import { createJavascriptEngine } from "../lib/evaluate/javascript.js";
import { KeptRows } from "../lib/evaluate/kept-rows.js";
import { Memory } from "../lib/evaluate/memory.js";
import { NodeChanges } from "../lib/evaluate/node-changes.js";
import { CandidateCounts } from "../lib/filters/candidate-counts.js";
import type { Candidate, Plugin } from "../lib/filters/plugin.js";
import { SKIP } from "../lib/filters/plugin.js";
import { Blocks } from "../lib/intern/blocks.js";
import { Cluster } from "../lib/intern/cluster.js";
import { selectorOf } from "./support/empty-context.js";

const NODES = 7;
/** Rows this long are as many as the fewest that are kept. */
const LONG = 1 << 20;
const FEWEST = 64;

/** Nodes n0 to n6 with a number each; a condition holds where it does not exceed the node's number. */
function world() {
  const engine = createJavascriptEngine();
  const cluster = new Cluster(new Blocks());
  const context = new Context(cluster, new Memory(engine), engine.kernels, { minor: 37, gates: new Map() });
  for (let i = 0; i < NODES; i++) cluster.nodes.upsert({ metadata: { name: `n${i}` } });
  const { masks } = context;
  masks.resize(LONG);
  for (let i = 0; i < NODES; i++) masks.setBit(masks.all, i, true);
  const numbers = Array.from({ length: NODES }, (_, node) => node * 40);
  const filled: number[] = [];
  const changes = new NodeChanges();
  const holds = (condition: number, node: number): boolean => condition <= numbers[node];
  const fill = (row: number, condition: number): void => {
    filled.push(condition);
    for (let node = 0; node < NODES; node++) masks.setBit(row, node, holds(condition, node));
  };
  const rows = new KeptRows(context, { changes, fill, holds });
  const count = (condition: number): number => masks.kernels.count(rows.of(condition), masks.bytes);
  return { changes, context, count, filled, numbers, rows };
}

test("a row follows the nodes that changed, however many there were", () => {
  const { changes, count, filled, numbers } = world();
  assert.is(count(100), 4);
  numbers[0] = 100;
  changes.add(0);
  assert.is(count(100), 5);
  assert.equal(filled, [100]);
  numbers[0] = 0;
  for (let i = 0; i < 1025; i++) changes.add(0);
  assert.is(count(100), 4);
  assert.equal(filled, [100, 100]);
});

test("a node that has gone is in no row, whatever was true of it", () => {
  const { changes, context, count, filled } = world();
  assert.is(count(100), 4);
  context.cluster.nodes.delete(6);
  changes.add(6);
  assert.is(count(100), 3);
  assert.equal(filled, [100]);
});

test("a row that was given in a round stays while others go", () => {
  const { count, filled, rows } = world();
  for (let condition = 0; condition < FEWEST; condition++) count(condition);
  assert.is(rows.size, FEWEST);
  assert.not(rows.hasRoomFor(FEWEST));
  rows.endRound();
  const kept = rows.of(3);
  assert.ok(rows.hasRoomFor(FEWEST));
  for (let condition = 100; condition < 100 + FEWEST - 1; condition++) assert.is.not(rows.of(condition), kept);
  assert.is(rows.size, FEWEST);
  assert.ok(rows.hasRoomFor(3));
  assert.not(rows.hasRoomFor(99));
  assert.is(rows.of(3), kept);
  assert.is(filled.length, FEWEST * 2 - 1);
  // When all were given, a new round begins by itself.
  assert.is(count(200), 2);
  assert.is(rows.size, FEWEST);
});

test("a batch that asks for more rows than are kept counts each pod right", () => {
  const { changes, context, numbers, rows } = world();
  const { pods } = context.cluster;
  const names = Array.from({ length: 300 }, (_, i) => i);
  for (const i of names) pods.upsert({ metadata: { name: `p${i}`, namespace: "default" } });
  const plugin = (name: Plugin["name"], more: number): Plugin => ({
    name,
    preFilter: () => SKIP,
    // Two conditions a pod, the same rows for both plugins: whoever gives a row must not take the other one.
    resolve: ({ pod }: Candidate, list) => (list.pushCondition((pod * 37 + more) % 300) ? "selectors" : "open"),
    rows,
  });
  const counts = new CandidateCounts(context, [plugin("NodeName", 0), plugin("TaintToleration", 111)]);
  const check = (hint: string): void => {
    const found = new Uint32Array(names.length);
    counts.countPods(Uint32Array.from(names), found, () => {
      throw new Error("all pods come down to conditions");
    });
    const expected = names.map((pod) => {
      const least = Math.max((pod * 37) % 300, (pod * 37 + 111) % 300);
      return numbers.filter((number) => number >= least).length;
    });
    assert.equal([...found], expected, hint);
  };
  check("at first");
  check("again");
  numbers[2] = 290;
  changes.add(2);
  check("a node has changed");
});

test("what pods come down to is looked at anew when numbers may be others'", () => {
  const { context, rows } = world();
  for (const name of ["p0", "p1"]) context.cluster.pods.upsert({ metadata: { name, namespace: "default" } });
  const least = [100, 200];
  const plugin: Plugin = {
    name: "NodeName",
    preFilter: () => SKIP,
    resolve: ({ pod }: Candidate, list) => (list.pushCondition(least[pod]) ? "selectors" : "open"),
    rows,
  };
  const counts = new CandidateCounts(context, [plugin]);
  const count = (...pods: number[]): number[] => {
    const found = new Uint32Array(pods.length);
    counts.countPods(Uint32Array.from(pods), found, () => -1);
    return [...found];
  };
  assert.equal(count(0, 1), [4, 2]);
  context.derivations.dropAll();
  assert.equal(count(1, 0), [2, 4]);
});

test("a count follows rows and selectors alike, in whatever order a pod's come", () => {
  const { changes, context, numbers, rows } = world();
  for (const name of ["p0", "p1"]) context.cluster.pods.upsert({ metadata: { name, namespace: "default" } });
  const selector = selectorOf(context, "v", { key: "none", operator: "DoesNotExist" });
  const [first, second] = ["NodeName", "TaintToleration"].map((name, place): Plugin => {
    // One pod's condition comes before its selector, the other's behind it.
    const resolve: Plugin["resolve"] = ({ pod }, list) =>
      (pod === place ? list.pushCondition(100) : list.push(selector)) ? "selectors" : "open";
    return { name: name as Plugin["name"], preFilter: () => SKIP, resolve, rows };
  });
  const counts = new CandidateCounts(context, [first, { ...second, rows }]);
  const count = (): number[] => {
    const found = new Uint32Array(2);
    counts.countPods(Uint32Array.of(0, 1), found, () => -1);
    return [...found];
  };
  assert.equal(count(), [4, 4]);
  numbers[0] = 100;
  changes.add(0);
  assert.equal(count(), [5, 5]);
});

test("rows that were given back are filled anew", () => {
  const { count, filled, rows } = world();
  assert.is(count(100), 4);
  rows.dropRows();
  assert.is(rows.size, 0);
  assert.is(count(100), 4);
  assert.equal(filled, [100, 100]);
});

test.run();
