// The answers for scheduler loops equal those of evaluatePod, and say when they no longer hold.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { generateCluster } from "./reference/generator/generate.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, setOf } from "./support/load.js";

const ENGINES: readonly EngineName[] = ["wasm", "javascript"];
const podKeys = (matcher: TopologyMatcher): string[] => [...matcher.pods.keys()];

function expectCounts(matcher: TopologyMatcher, hint: string): number {
  const keys = podKeys(matcher);
  const ids = Uint32Array.from(keys, (key) => matcher.podId(key));
  const counts = new Uint32Array(ids.length);
  matcher.countFeasible(ids, counts);
  const expected = keys.map((key) => matcher.evaluatePod(key).nodes.size);
  assert.equal([...counts], expected, hint);
  const claims = [...matcher.persistentVolumeClaims.keys()];
  const claimIds = Uint32Array.from(claims, (key) => matcher.claimId(key));
  const claimCounts = new Uint32Array(claimIds.length);
  matcher.countFeasibleClaims(claimIds, claimCounts);
  assert.equal(
    [...claimCounts],
    claims.map((key) => matcher.evaluateClaim(key).nodes.size),
    hint,
  );
  return keys.length + claims.length;
}

for (const engine of ENGINES) {
  test(`${engine}: a reusable verdict says what evaluatePod says`, () => {
    const verdict: { current?: ReturnType<TopologyMatcher["createVerdict"]> } = {};
    let some = 0;
    for (const [seed, nodes] of [
      [1, 12],
      [2, 40],
      [3, 65],
      [4, 200],
      [5, 600],
    ] as const) {
      const matcher = matcherOf(generateCluster(seed, { nodes, pods: 12 }).objects as KubeObject[], { engine });
      verdict.current = matcher.createVerdict();
      for (const key of podKeys(matcher)) {
        const { nodes: feasible, rejected, schedulable } = matcher.evaluatePod(key);
        const answer = verdict.current.evaluatePod(seed % 2 === 0 ? key : matcher.podId(key));
        assert.is(answer.feasibleCount, feasible.size, `${seed} ${key}`);
        assert.is(answer.schedulable, schedulable);
        const into = new Uint32Array(nodes);
        assert.is(answer.first(nodes, into), feasible.size);
        assert.equal([...into.subarray(0, feasible.size)], [...feasible.ids()]);
        assert.is(answer.first(3, into), Math.min(3, feasible.size));
        for (let node = 0; node < nodes; node++) assert.is(answer.has(node), feasible.has(matcher.nodeName(node)));
        const reasons = answer.rejected.map(({ count, reasons }) => [reasons.join(), count]);
        if (rejected.length > 0)
          assert.equal(
            reasons,
            rejected.map(({ nodes: set, reasons }) => [reasons.join(), set.size]),
          );
        if (feasible.size > 0 && rejected.length > 0) some++;
      }
    }
    assert.ok(some > 10, `${some} verdicts that split the nodes are too few to be evidence`);
  });

  test(`${engine}: counts of batches stay equal through events`, () => {
    let compared = 0;
    for (const [seed, nodes] of [
      [11, 20],
      [12, 70],
      [13, 300],
    ] as const) {
      const random = new Random(seed);
      const before = generateCluster(seed, { nodes }).objects as KubeObject[];
      const after = generateCluster(seed + 100, { nodes }).objects as KubeObject[];
      const matcher = matcherOf(before, { engine });
      for (let round = 0; round < 12; round++) {
        compared += expectCounts(matcher, `seed ${seed}, round ${round}`);
        for (let i = 0; i < 6; i++) {
          const object = random.pick(random.chance(0.5) ? before : after);
          if (random.chance(0.3)) setOf(matcher, object.kind).delete(object);
          else setOf(matcher, object.kind).upsert(object);
        }
      }
    }
    assert.ok(compared > 500, `${compared} counts are too few to be evidence`);
  });

  test(`${engine}: sets of the caller's cut verdicts, and lose nodes that leave`, () => {
    const matcher = createMatcherSync({ engine, filters: ["VolumeBinding"] });
    for (let i = 0; i < 100; i++) matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { zone: `z${i % 2}` } } });
    const terms = [{ matchExpressions: [{ key: "zone", operator: "In", values: ["z1"] }] }];
    matcher.persistentVolumes.upsert({
      metadata: { name: "pv" },
      spec: { nodeAffinity: { required: { nodeSelectorTerms: terms } } },
    });
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: "c", namespace: "d", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
      spec: { volumeName: "pv" },
    });
    const pod = {
      metadata: { name: "p", namespace: "d" },
      spec: { volumes: [{ persistentVolumeClaim: { claimName: "c" } }] },
    };
    const rack = matcher.createNodeMask(["n1", "n2", "n3", "n99"]);
    const verdict = matcher.createVerdict();
    assert.is(verdict.evaluatePod(pod).countWithin(rack), 3);
    const into = new Uint32Array(2);
    assert.is(verdict.firstWithin(rack, 2, into), 2);
    assert.equal([...into], [matcher.nodeId("n1"), matcher.nodeId("n3")]);
    const gone = matcher.nodeId("n3");
    matcher.nodes.delete("n3");
    assert.is(rack.has(gone), false);
    matcher.nodes.upsert({ metadata: { name: "new", labels: { zone: "z1" } } });
    assert.is(matcher.nodeId("new"), gone);
    assert.is(verdict.evaluatePod(pod).countWithin(rack), 2);
    // More nodes than rows have room for: every row moves, the caller's too.
    for (let i = 0; i < 2000; i++) matcher.nodes.upsert({ metadata: { name: `m${i}`, labels: { zone: "z1" } } });
    rack.add(matcher.nodeId("m1999"));
    assert.is(verdict.evaluatePod(pod).countWithin(rack), 3);
    rack.delete(matcher.nodeId("m1999"));
    assert.is(verdict.countWithin(rack), 2);
  });
}

test("a verdict that no longer holds says so", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  matcher.nodes.upsert({ metadata: { name: "n" } });
  const [one, other] = [matcher.createVerdict(), matcher.createVerdict()];
  const pod = { metadata: { name: "p", namespace: "d" } };
  const stale = (error: unknown): boolean => error instanceof TopologyError && error.code === "Stale";
  assert.is(one.evaluatePod(pod).feasibleCount, 1);
  assert.throws(() => other.feasibleCount, stale);
  other.evaluatePod(pod);
  assert.is(one.feasibleCount, 1);
  matcher.nodes.upsert({ metadata: { name: "m" } });
  assert.throws(() => other.has(0), stale);
  assert.throws(() => one.feasibleCount, stale);
  assert.is(other.evaluatePod(pod).feasibleCount, 2);
  assert.throws(() => createMatcherSync().createVerdict().feasibleCount, stale);
});

test("ids and keys of nothing are refused, and nothing is counted", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  matcher.nodes.upsert({ metadata: { name: "n" } });
  matcher.pods.upsert({ metadata: { name: "p", namespace: "d" } });
  const unknown = (error: unknown): boolean => error instanceof TopologyError && error.code === "UnknownPod";
  const counts = new Uint32Array([7, 7]);
  assert.throws(() => matcher.countFeasible(Uint32Array.of(matcher.podId("d/p"), 5), counts), unknown);
  assert.equal([...counts], [7, 7]);
  assert.throws(() => matcher.evaluatePod("d/q"), unknown);
  assert.throws(() => matcher.createVerdict().evaluatePod(12), unknown);
  assert.is(matcher.podId("d/q"), -1);
  assert.is(matcher.nodeName(9), "");
});

test("an upsert returns the id that the key leads to, whether the object is new, replaced or in another's row", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  const { persistentVolumeClaims: claims, pods } = matcher;
  const named = (name: string) => ({ metadata: { namespace: "d", name } });
  const first = claims.upsert(named("a"));
  const second = claims.upsert(named("b"));
  assert.equal([matcher.claimId("d/a"), matcher.claimId("d/b")], [first, second]);
  assert.is(claims.upsert({ ...named("b"), spec: { volumeName: "pv" } }), second);
  claims.delete("d/a");
  const third = claims.upsert(named("c"));
  assert.equal([matcher.claimId("d/a"), matcher.claimId("d/b"), matcher.claimId("d/c")], [-1, second, third]);
  assert.is(pods.upsert(named("p")), matcher.podId("d/p"));
});

test("without nodes there is nobody to be rejected, by PreFilter either", () => {
  const pod = {
    kind: "Pod",
    metadata: { name: "p", namespace: "d" },
    spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "gone" } }] },
  };
  const matcher = matcherOf([pod], { filters: ["VolumeBinding"] });
  const verdict = matcher.createVerdict().evaluatePod("d/p");
  assert.equal(verdict.rejected, []);
  matcher.nodes.upsert({ metadata: { name: "n" } });
  assert.equal(verdict.evaluatePod("d/p").rejected, [
    {
      plugin: "VolumeBinding",
      code: "UnschedulableAndUnresolvable",
      reasons: ['persistentvolumeclaim "gone" not found'],
      count: 1,
    },
  ]);
});

test("nodes that lack the same by different ways are one group", () => {
  const cpu = (name: string, amount: string, more: object) => ({
    metadata: { name, namespace: "d" },
    spec: { containers: [{ resources: { requests: { cpu: amount, ...more } } }] },
  });
  const matcher = createMatcherSync({ filters: ["NodeResourcesFit"] });
  // There is cpu, but it is used, and no memory at all; or there is neither.
  matcher.nodes.upsert({ metadata: { name: "used" }, status: { allocatable: { cpu: "4", pods: "9" } } });
  matcher.nodes.upsert({ metadata: { name: "bare" }, status: { allocatable: { pods: "9" } } });
  const running = cpu("running", "3", {});
  matcher.pods.upsert({ ...running, spec: { ...running.spec, nodeName: "used" } });
  const { rejected } = matcher.evaluatePod(cpu("p", "2", { memory: "1Gi" }));
  assert.equal(
    rejected.map(({ code, count, reasons }) => ({ code, count, reasons })),
    [{ code: "UnschedulableAndUnresolvable", count: 2, reasons: ["Insufficient cpu", "Insufficient memory"] }],
  );
});

test("there is no plan for a node that never was, though another has gone", () => {
  const matcher = createMatcherSync();
  for (const name of ["a", "b"]) matcher.nodes.upsert({ metadata: { name } });
  matcher.nodes.delete("a");
  const answer = matcher.evaluatePod({ metadata: { name: "p" } });
  assert.is(answer.plan("never"), undefined);
  assert.not.ok(answer.nodes.has("never"));
  assert.ok(answer.plan("b"));
});

test("nodes that a pod names against their order are told in their order", () => {
  const matcher = createMatcherSync({ filters: ["NodeAffinity"] });
  for (let i = 0; i < 6; i++) matcher.nodes.upsert({ metadata: { name: `n${i}` } });
  const named = (name: string) => ({ matchFields: [{ key: "metadata.name", operator: "In", values: [name] }] });
  const required = { nodeSelectorTerms: ["n5", "n3", "n0", "n4"].map(named) };
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
  const verdict = matcher.createVerdict().evaluatePod({ metadata: { name: "p" }, spec: { affinity } });
  const ids = new Uint32Array(6);
  assert.is(verdict.first(6, ids), 4);
  assert.equal([...ids.subarray(0, 4)], [0, 3, 4, 5]);
  for (const id of [0, 3, 4, 5]) assert.ok(verdict.has(id), `${id}`);
});

test.run();
