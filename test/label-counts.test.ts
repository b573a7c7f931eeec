// How many nodes of an answer have each value of a label.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, LabelCounts, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";

const ZONE = "topology.kubernetes.io/zone";

/** Nodes n0, n1, ... of zones a, b and c in turn, every seventh without one; every fifth is cordoned. */
function world(nodes: number, engine: EngineName): TopologyMatcher {
  const matcher = createMatcherSync({ engine, filters: ["NodeUnschedulable"] });
  for (let i = 0; i < nodes; i++) {
    const labels = i % 7 === 0 ? { other: "x" } : { [ZONE]: "abc"[i % 3] };
    matcher.nodes.upsert({ metadata: { name: `n${i}`, labels }, spec: { unschedulable: i % 5 === 0 } });
  }
  matcher.pods.upsert({ metadata: { name: "p" } });
  return matcher;
}

/** By the definition, node by node. */
function counted(names: Iterable<string>): object {
  const values: Record<string, number> = {};
  let without = 0;
  for (const name of names) {
    const i = Number(name.slice(1));
    if (i % 7 === 0) without++;
    else values["abc"[i % 3]] = (values["abc"[i % 3]] ?? 0) + 1;
  }
  return { values: Object.entries(values).sort(), without };
}

const plain = ({ values, without }: LabelCounts): object => ({ values: [...values].sort(), without });

for (const engine of ["wasm", "javascript"] as EngineName[]) {
  test(`${engine}: feasible, rejected and cut nodes are counted by zone`, () => {
    for (const nodes of [1, 31, 33, 128, 700]) {
      const matcher = world(nodes, engine);
      const answer = matcher.evaluatePod("p");
      assert.equal(plain(answer.nodes.countBy(ZONE)), counted(answer.nodes), `${nodes} nodes`);
      for (const { nodes: set } of answer.rejected) assert.equal(plain(set.countBy(ZONE)), counted(set));
      const rack = matcher.createNodeMask(["n0"]);
      for (let i = 0; i < nodes; i += 2) rack.add(`n${i}`);
      const within = answer.nodes.intersection(rack);
      assert.equal(plain(within.countBy(ZONE)), counted(within));
      const verdict = matcher.createVerdict().evaluatePod("p");
      assert.equal(plain(verdict.countBy(ZONE)), counted(answer.nodes));
      const asked = matcher.evaluatePod("p", { nodes: rack });
      assert.equal(plain(asked.nodes.countBy(ZONE)), counted(asked.nodes));
    }
  });
}

test("a key that nothing has, and one that is text of something else", () => {
  const matcher = world(10, "javascript");
  const { nodes } = matcher.evaluatePod("p");
  for (const key of ["unheard.of/key", "n3", ""]) assert.equal(plain(nodes.countBy(key)), { values: [], without: 8 });
  assert.equal(plain(nodes.countBy("other")), { values: [["x", 1]], without: 7 });
});

test("labels that may have changed are not read; another kind's change is no matter", () => {
  const matcher = world(10, "javascript");
  const stale = (error: unknown): boolean => error instanceof TopologyError && error.code === "Stale";
  const { nodes } = matcher.evaluatePod("p");
  const verdict = matcher.createVerdict().evaluatePod("p");
  const before = plain(nodes.countBy(ZONE));
  matcher.pods.upsert({ metadata: { name: "q" } });
  assert.equal(plain(nodes.countBy(ZONE)), before);
  assert.throws(() => verdict.countBy(ZONE), stale);
  matcher.nodes.upsert({ metadata: { name: "n1", labels: { [ZONE]: "z" } } });
  assert.throws(() => nodes.countBy(ZONE), stale);
  assert.throws(() => nodes.intersection(matcher.createNodeMask(["n1"])).countBy(ZONE), stale);
  const now = matcher.evaluatePod("p").nodes;
  assert.is(now.countBy(ZONE).values.get("z"), 1);
  // A column that was made before some nodes came.
  matcher.nodes.upsert({ metadata: { name: "n7000" } });
  assert.is(matcher.evaluatePod("p").nodes.countBy(ZONE).without, 2);
  assert.throws(
    () => now.countBy(7 as never),
    (error: unknown) => error instanceof TopologyError,
  );
});

test.run();
