// Columns over places: what a node's change costs while they hold, and that it costs nothing once they are to be made anew.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { PlaceIndex } from "../lib/evaluate/place-index.js";
import { addNode, emptyContext, selectorOf } from "./support/empty-context.js";

const HOSTS = 64;
/** The item that the nodes of the pool reach. */
const SHARED = HOSTS;

/** A place for each host, and one for a pool that has one node at first. Item i has rank i + 1. */
function world() {
  const context = emptyContext();
  const { cluster, masks, selectors } = context;
  masks.resize(500);
  const label = (host: number, pool: boolean, as = `h${host}`): unknown =>
    cluster.nodes.upsert({ metadata: { name: `n${host}`, labels: { host: as, ...(pool ? { pool: "x" } : {}) } } });
  for (let host = 0; host < HOSTS; host++) addNode(context, `n${host}`, { host: `h${host}` });
  label(0, true);
  const is = (key: string, ...values: string[]) => ({ key, operator: "In", values });
  const places = Array.from({ length: HOSTS }, (_, i) => selectorOf(context, `pv${i}`, is("host", `h${i}`)));
  const pool = selectorOf(context, "shared", is("pool", "x"));
  const other = selectorOf(context, "other", is("host", "h5", "none"));
  let looks = 0;
  const rankOf = (item: number): number => {
    looks++;
    return item + 1;
  };
  const index = new PlaceIndex(masks, selectors, rankOf, (a, b) => a - b);
  selectors.onChange((selector, node, on) => index.nodeChanged(selector, node, on));
  index.fill([...places.keys(), SHARED], [...places, pool]);
  const reach = (...ranks: number[]): number => masks.count(index.reach(ranks));
  /** How often ranks are looked at meanwhile. */
  const looksIn = (work: () => void): number => {
    const before = looks;
    work();
    return looks - before;
  };
  return { index, label, looksIn, other, pool, reach };
}

test("while columns hold, a node's change looks at its own places alone", () => {
  const { label, looksIn, reach } = world();
  assert.is(reach(SHARED + 1), 1);
  assert.ok(looksIn(() => label(1, true)) <= 4);
  assert.is(reach(SHARED + 1), 2);
});

test("a node that moves to and fro costs no memory", () => {
  const { index, label, reach } = world();
  reach(1);
  const move = (): void => {
    for (let i = 0; i < 200; i++) label(1, i % 2 === 0);
  };
  move();
  const before = index.byteLength;
  move();
  assert.is(index.byteLength, before);
});

test("a place that most nodes come to reach costs nothing more until the next question", () => {
  const { index, label, looksIn, pool, reach } = world();
  assert.is(reach(SHARED + 1), 1);
  const grown = () => {
    for (let host = 1; host < 40; host++) label(host, true);
  };
  // Nine nodes are a row of bits; up to there each looks at what it reaches.
  assert.ok(looksIn(grown) < 40);
  assert.is(reach(SHARED + 1), 40);
  // Nor does each of its nodes look when the place's items change.
  const again = () => {
    index.remove(SHARED, pool);
    index.add(SHARED, pool);
  };
  assert.ok(looksIn(again) <= 4);
  assert.is(reach(SHARED + 1), 40);
});

test("a place that is new costs a look at its own nodes, and so does one that goes", () => {
  const { index, looksIn, other, reach } = world();
  assert.is(reach(60), 6);
  assert.ok(looksIn(() => index.add(SHARED + 1, other)) === 0);
  assert.ok(looksIn(() => assert.is(reach(60), 7)) <= 2);
  assert.ok(looksIn(() => index.remove(SHARED + 1, other)) <= 4);
  assert.is(reach(60), 6);
  assert.not(index.places.has(other));
});

test("columns that are to be made anew are not looked at when a node changes", () => {
  const { index, label, looksIn, pool, reach } = world();
  for (let host = 20; host < 40; host++) label(host, true);
  assert.is(reach(60), 26);
  // Another item of a place that many nodes reach has them made anew.
  index.add(SHARED + 1, pool);
  const moved = () => {
    for (let host = 10; host < 20; host++) label(host, false, "h63");
  };
  assert.is(looksIn(moved), 0);
  assert.is(reach(60), 36);
});

test("a place that comes and goes before the columns are looked at is in none of them", () => {
  const { index, other, reach } = world();
  reach(1);
  index.add(SHARED + 1, other);
  index.remove(SHARED + 1, other);
  assert.is(reach(SHARED + 2), 0);
  assert.is(index.placesOf(5).length, 1);
});

test.run();
