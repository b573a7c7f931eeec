// Pods placed one after another: who gets what, what is left, and that nothing is changed. Expected plans are worked out
// by hand; on random clusters the same is done step by step in a matcher of its own.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync, TopologyError } from "../../lib/index.js";
import type { PlacementPlan } from "../../lib/whatif.js";
import { plan } from "../../lib/whatif.js";
import type { KubeObject } from "../conformance/build.js";
import {
  claim,
  csiCapacity,
  limitedClass,
  NO_PROVISIONER,
  node,
  podOf,
  storageClass,
  volume,
} from "../conformance/build.js";
import { ENGINES, upsertAll } from "../conformance/library-judge.js";
import { reportsFrom } from "../conformance/property-clusters.js";
import { generateCluster } from "../reference/generator/generate.js";
import { WHOLE_PROFILE_KNOBS } from "../reference/generator/knobs.js";

const BIND = "node(s) didn't find available persistent volumes to bind";

function podWith(name: string, claims: readonly string[], spec: object = {}): KubeObject {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return podOf({ volumes, ...spec }, "default", name);
}

function matcherOf(objects: readonly KubeObject[], options = {}): TopologyMatcher {
  const matcher = createMatcherSync(options);
  upsertAll(matcher, objects);
  return matcher;
}

const local = storageClass("static", { provisioner: NO_PROVISIONER });

test("three replicas and one volume: the first one gets it, the others are left with the scheduler's sentence", () => {
  const names = ["db-0", "db-1", "db-2"];
  const matcher = matcherOf([
    node("n1", { zone: "a" }),
    local,
    volume("pv1", { zone: "a" }),
    ...names.flatMap((name) => [claim(`d-${name}`), podWith(name, [`d-${name}`])]),
  ]);
  assert.equal(plan(matcher), {
    placements: [
      {
        pod: "default/db-0",
        node: "n1",
        score: 0,
        staticBindings: [{ claim: "default/d-db-0", volume: "pv1" }],
        dynamicProvisions: [],
      },
    ],
    left: [
      { pod: "default/db-1", message: `0/1 nodes are available: 1 ${BIND}.` },
      { pod: "default/db-2", message: `0/1 nodes are available: 1 ${BIND}.` },
    ],
  });
});

test("the best node by score comes before the first by name, and each pod sees those before it", () => {
  // 10Gi of 50Gi score 80, of 100Gi 90.
  const matcher = matcherOf([
    node("a", { host: "a" }),
    node("b", { host: "b" }),
    ...limitedClass("limited"),
    csiCapacity("a", { topology: { matchLabels: { host: "a" } }, capacity: "50Gi" }),
    csiCapacity("b", { topology: { matchLabels: { host: "b" } }, capacity: "100Gi" }),
    claim("c", { class: "limited", size: "10Gi" }),
    podWith("first", ["c"]),
    podWith("second", ["c"]),
  ]);
  const provisioned = { staticBindings: [], dynamicProvisions: ["default/c"] };
  assert.equal(plan(matcher).placements, [
    { pod: "default/first", node: "b", score: 90, ...provisioned },
    // The claim has its node now, on which the object records what it has.
    { pod: "default/second", node: "b", score: 90, ...provisioned },
  ]);
  const scores = new Float64Array(2).fill(0);
  scores[matcher.nodeId("a")] = 100;
  assert.is(plan(matcher, { added: { scores } }).placements[0].node, "a");
});

test("what a pod takes of a node is gone for the next one", () => {
  const allocatable = { cpu: "1", pods: "10" };
  const containers = [{ name: "c", resources: { requests: { cpu: "600m" } } }];
  const matcher = matcherOf(
    [
      { ...node("n1"), status: { allocatable } },
      { ...node("n2"), status: { allocatable } },
      ...["a", "b", "c"].map((name) => podWith(name, [], { containers })),
    ],
    { filters: "all" },
  );
  const { left, placements } = plan(matcher);
  assert.equal(
    placements.map(({ node, pod }) => `${pod} ${node}`),
    ["default/a n1", "default/b n2"],
  );
  assert.equal(left, [{ pod: "default/c", message: "0/2 nodes are available: 2 Insufficient cpu." }]);
});

test("the order decides who is left: as given, by key, the largest first, or the caller's", () => {
  const matcher = matcherOf([
    node("n1", { zone: "a" }),
    local,
    volume("pv1", { zone: "a", size: "20Gi" }),
    claim("small", { size: "10Gi" }),
    claim("large", { size: "20Gi" }),
    claim("also-large", { size: "20Gi" }),
    podWith("a-small", ["small"]),
    podWith("b-large", ["large"]),
    podWith("c-large", ["also-large"]),
    // What has its volume asks for nothing.
    claim("done", { size: "100Gi", boundTo: "pv-done" }),
    volume("pv-done", { zone: "a", size: "100Gi", claimRef: { namespace: "default", name: "done" }, phase: "Bound" }),
    podWith("b0-done", ["done"]),
  ]);
  const first = (options: Parameters<typeof plan>[1]): string => plan(matcher, options).placements[0].pod;
  assert.is(first({}), "default/a-small");
  assert.is(first({ pods: ["default/b-large", "default/a-small"] }), "default/b-large");
  assert.is(first({ order: "size" }), "default/b-large");
  assert.is(
    first({ order: "size", pods: ["default/a-small", "default/c-large", "default/b-large"] }),
    "default/c-large",
  );
  assert.is(first({ order: (pod, other) => (pod < other ? 1 : -1) }), "default/c-large");
  assert.is(plan(matcher, { pods: ["default/b-large", "default/b-large"] }).left.length, 0);
});

test("pods that have a node, have ended or are being deleted are not placed unless they are named", () => {
  const matcher = matcherOf([
    node("n1"),
    podWith("waits", []),
    podWith("runs", [], { nodeName: "n1" }),
    { ...podWith("failed", []), status: { phase: "Failed" } },
    { ...podWith("ended", []), status: { phase: "Succeeded" } },
  ]);
  matcher.pods.upsert({ metadata: { name: "goes", namespace: "default", deletionTimestamp: "2026-01-01T00:00:00Z" } });
  matcher.assume(podWith("assumed", []) as object, "n1");
  assert.equal(
    plan(matcher).placements.map(({ pod }) => pod),
    ["default/waits"],
  );
});

test("a pod that PreFilter rejects, and one without any node, are left with what the scheduler says", () => {
  const matcher = matcherOf([podWith("p", ["gone"])]);
  assert.equal(plan(matcher).left, [{ pod: "default/p", message: "no nodes available to schedule pods" }]);
  matcher.nodes.upsert({ metadata: { name: "n" } });
  const message = '0/1 nodes are available: persistentvolumeclaim "gone" not found.';
  assert.equal(plan(matcher).left, [{ pod: "default/p", message }]);
});

test("where the scheduler itself panics at every node, the pod is left", () => {
  const matcher = matcherOf([
    node("n"),
    ...limitedClass("limited"),
    csiCapacity("x", { topology: {}, maximum: "10Gi" }),
    claim("c", { class: "limited" }),
    podWith("p", ["c"]),
  ]);
  const { left, placements } = plan(matcher);
  assert.equal(placements, []);
  assert.match(left[0].message, /^kube-scheduler panics when it scores the nodes/);
});

for (const engine of ENGINES) {
  test(`${engine}: random clusters: a matcher in which each pod is assumed in turn says the same; nothing below changes`, () => {
    let placed = 0;
    let left = 0;
    for (let seed = 0; seed < 24; seed++) {
      const knobs = { ...WHOLE_PROFILE_KNOBS, gates: 0, nodes: 5, pods: 8 };
      const objects = generateCluster(seed, knobs).objects as KubeObject[];
      const options = { engine, filters: "all" } as const;
      const matcher = matcherOf(objects, options);
      const before = reportsFrom(matcher);
      const found = plan(seed % 2 === 0 ? matcher : matcher.overlay());
      assert.equal(found, stepByStep(objects, options), `seed ${seed}`);
      assert.equal(reportsFrom(matcher), before, `seed ${seed}`);
      placed += found.placements.length;
      left += found.left.length;
    }
    assert.ok(placed > 30 && left > 30, `${placed} placed, ${left} left`);
  });
}

/** Each pod is asked about in a matcher made anew, in which those before it are assumed again. */
function stepByStep(objects: readonly KubeObject[], options: object): PlacementPlan {
  const placements: PlacementPlan["placements"][number][] = [];
  const left: PlacementPlan["left"][number][] = [];
  const pending = objects
    .filter(({ kind, metadata, spec, status }) => {
      const { nodeName } = (spec ?? {}) as { nodeName?: string };
      const { phase = "" } = (status ?? {}) as { phase?: string };
      return kind === "Pod" && !nodeName && !["Succeeded", "Failed"].includes(phase) && !metadata.deletionTimestamp;
    })
    .map(({ metadata: { name, namespace } }) => `${namespace ?? "default"}/${name}`)
    .sort();
  for (const pod of pending) {
    const matcher = matcherOf(objects, options);
    for (const { node, pod } of placements) matcher.assume(pod, node);
    const verdict = matcher.evaluatePod(pod);
    const [best] = verdict.schedulable ? verdict.best(1) : [];
    if (best === undefined) {
      left.push({ pod, message: verdict.error ?? verdict.message ?? plan(matcher, { pods: [pod] }).left[0].message });
    } else {
      const { dynamicProvisions, staticBindings } = verdict.plan(best.node) as NonNullable<
        ReturnType<typeof verdict.plan>
      >;
      placements.push({ pod, node: best.node, score: best.score, staticBindings, dynamicProvisions });
    }
  }
  return { placements, left };
}

const refused = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof TopologyError && error.code === code && text.test(error.message);

test("what cannot be meant is refused in a sentence", () => {
  const matcher = matcherOf([node("n1"), podWith("database", []), podWith("runs", [], { nodeName: "n1" })]);
  const ask = (options: object) => () => plan(matcher, options);
  assert.throws(ask({ pods: ["default/databse"] }), refused("UnknownPod", /databse is not.*mean default\/database\?$/));
  assert.throws(ask({ pods: [7] }), refused("BadArgument", /^pods\[0\] must be a pod's key, but is a number$/));
  assert.throws(ask({ pods: "default/database" }), refused("BadArgument", /takes a list/));
  const runs = /^pods\[0\]: pod default\/runs is on node n1 already$/;
  assert.throws(ask({ pods: ["default/runs"] }), refused("BadArgument", runs));
  assert.throws(ask({ order: "largest" }), refused("BadOption", /^order must be given, size or a function/));
  assert.throws(ask({ odrer: "size" }), refused("BadOption", /option odrer is unknown; there are pods, order, added/));
  assert.throws(() => plan({} as TopologyMatcher), refused("BadArgument", /^plan takes a matcher/));
  assert.equal(
    plan(matcher).placements.map(({ pod }) => pod),
    ["default/database"],
  );
});

test.run();
