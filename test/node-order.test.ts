// Reports tell nodes by name, in the order of the bytes of the names, whatever nodes came and went between two of them.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";

const CLAIM = "default/data";

/** Two zones; the claim's volume can be reached from the first. */
function zonal(): TopologyMatcher {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  const matchExpressions = [{ key: "zone", operator: "In", values: ["a"] }];
  matcher.persistentVolumes.upsert({
    metadata: { name: "pv" },
    spec: { capacity: { storage: "1Gi" }, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } },
  });
  const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
  matcher.persistentVolumeClaims.upsert({ metadata: { name: "data", annotations }, spec: { volumeName: "pv" } });
  return matcher;
}

const put = (matcher: TopologyMatcher, zone: string, ...names: readonly string[]): void => {
  for (const name of names) matcher.nodes.upsert({ metadata: { name, labels: { zone } } });
};

/** The names of a report's feasible and infeasible nodes. */
function told(matcher: TopologyMatcher): readonly (readonly string[])[] {
  const { feasible, infeasible } = matcher.evaluateClaim(CLAIM).toReport();
  return [feasible, infeasible.map(({ node }) => node)];
}

test("nodes of both lists are told by the bytes of their names", () => {
  const matcher = zonal();
  // U+FF5E comes before U+1F600 in UTF-8 and after it in UTF-16.
  put(matcher, "a", "\u{1F600}", "b", "\uFF5E", "a-1", "a", "é", "a.1");
  put(matcher, "b", "z", "\u{1F601}", "c", "\uFF5F", "A");
  const feasible = ["a", "a-1", "a.1", "b", "é", "\uFF5E", "\u{1F600}"];
  assert.equal(told(matcher), [feasible, ["A", "c", "z", "\uFF5F", "\u{1F601}"]]);
  assert.equal(JSON.parse(JSON.stringify(matcher.evaluateClaim(CLAIM).nodes)), feasible);
});

test("each rejected node has the reasons of its own group", () => {
  const matcher = createMatcherSync({ filters: ["NodeUnschedulable", "NodeAffinity"] });
  put(matcher, "a", "n3", "n1");
  matcher.nodes.upsert({ metadata: { name: "n2" }, spec: { unschedulable: true } });
  const spec = { nodeSelector: { zone: "b" } };
  const { infeasible } = matcher.evaluatePod({ metadata: { name: "pod" }, spec }).toReport();
  const plugins = infeasible.map(({ node, plugin }) => `${node} ${plugin}`);
  assert.equal(plugins, ["n1 NodeAffinity", "n2 NodeUnschedulable", "n3 NodeAffinity"]);
});

test("a node that came stands between the others, one that went is told no more", () => {
  const matcher = zonal();
  put(matcher, "a", "d", "b", "f");
  put(matcher, "b", "c");
  assert.equal(told(matcher), [["b", "d", "f"], ["c"]]);
  matcher.nodes.delete("d");
  // Takes the row of the one that went.
  put(matcher, "a", "a");
  put(matcher, "a", "e", "g");
  assert.equal(told(matcher), [["a", "b", "e", "f", "g"], ["c"]]);
  // From one zone to the other: the node stays.
  put(matcher, "b", "e");
  assert.equal(told(matcher), [
    ["a", "b", "f", "g"],
    ["c", "e"],
  ]);
  for (const name of ["a", "b", "c", "e", "f", "g"]) matcher.nodes.delete(name);
  put(matcher, "b", "h");
  assert.equal(told(matcher), [[], ["h"]]);
});

test("an earlier verdict is told as it was, though a later one was told before it", () => {
  const matcher = zonal();
  put(matcher, "a", "d", "b");
  put(matcher, "b", "c");
  const early = matcher.evaluateClaim(CLAIM);
  matcher.nodes.delete("d");
  put(matcher, "b", "a");
  assert.equal(told(matcher), [["b"], ["a", "c"]]);
  const { feasible, infeasible } = early.toReport();
  assert.equal([feasible, infeasible.map(({ node }) => node)], [["b", "d"], ["c"]]);
  assert.equal(told(matcher), [["b"], ["a", "c"]]);
});

test("names are told as they are after a trim", () => {
  const matcher = zonal();
  put(matcher, "a", "d", "b");
  assert.equal(told(matcher), [["b", "d"], []]);
  matcher.trim();
  assert.equal(told(matcher), [["b", "d"], []]);
});

test("a node whose name took the number of a name that was swept is told by its own", async () => {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  // How many texts take freed numbers before the node's name does, so that one of the times it is the right one.
  for (let others = 0; others < 8; others++) {
    const matcher = zonal();
    put(matcher, "a", "went");
    assert.equal(told(matcher), [["went"], []]);
    matcher.nodes.delete("went");
    // Names that a result may still be asked for are not swept: in another turn there is none any more.
    await new Promise((resolve) => setTimeout(resolve));
    gc();
    for (let i = 0; i < 66_000; i++) {
      matcher.pods.upsert({ metadata: { name: "gone" } });
      matcher.pods.delete("default/gone");
    }
    assert.is(matcher.evaluateClaim(CLAIM).nodes.size, 0);
    for (let i = 0; i < others; i++)
      matcher.storageClasses.upsert({ metadata: { name: `other-${i}` }, provisioner: "pv" });
    put(matcher, "a", "came");
    assert.equal(told(matcher), [["came"], []]);
  }
});

test.run();
