// The two verdicts, the copied one and the one that is read in place, say the same.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, Feasibility, TopologyMatcher, Verdict } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf } from "./support/load.js";
import { refused } from "./support/refused.js";

const test = suite("verdict parity");

/** What both can be asked, but for plans. */
function said({ error, message, pod, preFilter, rejected, schedulable }: Feasibility | Verdict) {
  const counts = rejected.map(({ code, count, plugin, reasons }) => ({ plugin, code, reasons, count }));
  return { pod, schedulable, error, message, preFilter, rejected: counts };
}

for (const engine of ["wasm", "javascript"] as readonly EngineName[]) {
  test(`${engine}: texts, counts, plans and reports are equal, by names and by ids`, () => {
    const seen = { preFilter: 0, error: 0, message: 0, plans: 0, pods: 0 };
    for (let seed = 1; seed <= 30; seed++) {
      const objects = generateCluster(seed, { nodes: 6, pods: 6 }).objects as KubeObject[];
      const matcher = matcherOf(objects, { engine });
      const verdict = matcher.createVerdict();
      for (const key of matcher.pods.keys()) {
        const copied = matcher.evaluatePod(key);
        const object = objects.find(
          ({ kind, metadata }) => kind === "Pod" && `${metadata?.namespace}/${metadata?.name}` === key,
        );
        for (const asked of [key, matcher.podId(key), object as KubeObject]) {
          verdict.evaluatePod(asked);
          assert.equal(said(verdict), said(copied), `${seed} ${key}`);
          assert.equal(JSON.parse(JSON.stringify(verdict)), JSON.parse(JSON.stringify(copied.toReport())));
        }
        verdict.evaluatePod(key);
        assert.equal(verdict.toReport({ plans: true }), copied.toReport({ plans: true }));
        for (const name of matcher.nodes.keys()) {
          const id = matcher.nodeId(name);
          const plan = copied.plan(name);
          assert.equal([copied.plan(id), verdict.plan(name), verdict.plan(id)], [plan, plan, plan]);
          assert.equal(
            [verdict.has(name), verdict.has(id), copied.nodes.has(id)],
            Array(3).fill(copied.nodes.has(name)),
          );
          if (plan !== undefined && plan.staticBindings.length + plan.dynamicProvisions.length > 0) seen.plans++;
        }
        seen.pods++;
        if (copied.preFilter !== undefined) seen.preFilter++;
        if (copied.error !== undefined) seen.error++;
        if (copied.message !== undefined) seen.message++;
      }
    }
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `${what}: ${count}`);
  });

  test(`${engine}: a PreFilter that rejects gives its reason to every node, without nodes to nobody`, () => {
    const matcher = createMatcherSync({ engine, filters: ["VolumeBinding"] });
    matcher.pods.upsert({
      metadata: { namespace: "d", name: "p" },
      spec: { volumes: [{ persistentVolumeClaim: { claimName: "c" } }] },
    });
    const verdict = matcher.createVerdict();
    const nobody = { pod: "d/p", schedulable: false, error: "no nodes available to schedule pods", rejected: [] };
    const none = { preFilter: undefined, message: undefined };
    for (const answer of [matcher.evaluatePod("d/p"), verdict.evaluatePod("d/p")])
      assert.equal(said(answer), { ...nobody, ...none });
    matcher.nodes.replace([{ metadata: { name: "a" } }, { metadata: { name: "b" } }]);
    const preFilter = {
      plugin: "VolumeBinding",
      code: "UnschedulableAndUnresolvable",
      reasons: ['persistentvolumeclaim "c" not found'],
    };
    const message = '0/2 nodes are available: persistentvolumeclaim "c" not found.';
    for (const answer of [matcher.evaluatePod("d/p"), verdict.evaluatePod("d/p")]) {
      assert.equal(said(answer), {
        pod: "d/p",
        schedulable: false,
        error: undefined,
        message,
        preFilter,
        rejected: [{ ...preFilter, count: 2 }],
      });
    }
    assert.equal(matcher.evaluatePod("d/p").rejected[0].nodes.toArray().sort(), ["a", "b"]);
  });
}

/** Nodes a, b, c; b is in zone z, and so is the volume of claim d/c. */
function zoned(): TopologyMatcher {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  for (const name of ["a", "b", "c"])
    matcher.nodes.upsert({ metadata: { name, labels: { z: name === "a" ? "y" : "z" } } });
  matcher.persistentVolumes.upsert({
    metadata: { name: "pv" },
    spec: {
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "z", operator: "In", values: ["z"] }] }] },
      },
    },
  });
  matcher.persistentVolumeClaims.upsert({
    metadata: { name: "c", namespace: "d", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: { volumeName: "pv" },
  });
  matcher.pods.upsert({
    metadata: { namespace: "d", name: "p" },
    spec: { volumes: [{ persistentVolumeClaim: { claimName: "c" } }] },
  });
  return matcher;
}

test("a copied verdict is cut with a set of the caller's", () => {
  const matcher = zoned();
  const { nodes, rejected } = matcher.evaluatePod("d/p");
  const mask = matcher.createNodeMask(["a", "b"]);
  assert.equal(nodes.intersection(mask).toArray(), ["b"]);
  assert.equal(rejected[0].nodes.intersection(mask).toArray(), ["a"]);
  assert.is(nodes.intersection(matcher.createNodeMask()).size, 0);
  // c leaves, and d comes with its id: the set of the earlier moment has no d, the mask no c.
  const id = matcher.nodeId("c");
  mask.add("c");
  matcher.nodes.delete("c");
  matcher.nodes.upsert({ metadata: { name: "d" } });
  assert.is(matcher.nodeId("d"), id);
  mask.add("d");
  assert.equal(nodes.intersection(mask).toArray(), ["b"]);
});

test("a copy of a verdict that is read in place outlives the next question and the next change", () => {
  const matcher = zoned();
  const verdict = matcher.createVerdict().evaluatePod("d/p");
  const copy = verdict.copy();
  verdict.evaluatePod({ metadata: { name: "other" } });
  assert.is(verdict.pod, "default/other");
  matcher.nodes.delete("a");
  assert.equal([copy.pod, ...copy.nodes.toJSON()], ["d/p", "b", "c"]);
});

test("several verdicts are readable at a time, until the cluster changes", () => {
  const matcher = zoned();
  const [one, other] = [
    matcher.createVerdict().evaluatePod("d/p"),
    matcher.createVerdict().evaluatePod({ metadata: { name: "q" } }),
  ];
  assert.equal([one.feasibleCount, other.feasibleCount, one.pod, other.pod], [2, 3, "d/p", "default/q"]);
  assert.is(one.message, undefined);
  matcher.nodes.delete("a");
  const stale = refused("Stale", "", "the matcher was changed after this verdict, or has not been asked: evaluate it");
  for (const read of [
    () => one.pod,
    () => one.rejected,
    () => one.error,
    () => one.preFilter,
    () => one.message,
    () => one.plan("b"),
    () => one.copy(),
    () => one.toReport(),
  ]) {
    assert.throws(read, stale);
  }
});

test("ids of a node that is another by now are refused; names stay", () => {
  const matcher = zoned();
  const { nodes, rejected } = matcher.evaluatePod("d/p");
  const [a, b] = [matcher.nodeId("a"), matcher.nodeId("b")];
  matcher.nodes.delete("b");
  assert.equal([...nodes.ids()], [b, matcher.nodeId("c")]);
  assert.is(matcher.nodeName(b), "");
  matcher.nodes.upsert({ metadata: { name: "x" } });
  assert.is(matcher.nodeId("x"), b);
  const stale = refused("Stale", "", `node id ${b} was b and is x now: evaluate again`);
  assert.throws(() => nodes.ids(), stale);
  assert.throws(() => nodes.has(b), stale);
  assert.equal([nodes.has("b"), nodes.has("x"), ...nodes.toJSON()], [true, false, "b", "c"]);
  assert.equal([...rejected[0].nodes.ids()], [a]);
  // The node returns under its id: nothing is wrong any more.
  matcher.nodes.delete("x");
  matcher.nodes.upsert({ metadata: { name: "b" } });
  assert.equal([...nodes.ids()], [b, matcher.nodeId("c")]);
});

test("plans after a change are refused, of a claim that is an object too", () => {
  const matcher = zoned();
  const claim = { metadata: { name: "new", namespace: "d" }, spec: { storageClassName: "local" } };
  matcher.storageClasses.upsert({
    metadata: { name: "local" },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  matcher.persistentVolumes.upsert({
    metadata: { name: "free" },
    spec: { storageClassName: "local", capacity: { storage: "1Gi" } },
    status: { phase: "Available" },
  });
  const answer = matcher.evaluateClaim(claim);
  // Nothing requested of 1Gi: no utilization, which the default shape scores highest.
  const plan = { staticBindings: [{ claim: "d/new", volume: "free" }], dynamicProvisions: [], score: 100 };
  assert.equal(answer.plan("a"), plan);
  assert.equal(answer.plan(matcher.nodeId("a")), plan);
  assert.equal(answer.toReport({ plans: true }).plans, { a: plan, b: plan, c: plan });
  matcher.persistentVolumes.delete("free");
  const stale = refused("Stale", "", "the matcher was changed after d/new was evaluated: evaluate it again");
  assert.throws(() => answer.plan("a"), stale);
  assert.throws(() => answer.toReport({ plans: true }), stale);
  assert.equal(answer.toReport().feasible, ["a", "b", "c"]);
});

test("verdicts over rows of many nodes are readable at a time, also when rows have got another length", () => {
  const matcher = createMatcherSync({ filters: ["NodeAffinity", "TaintToleration"] });
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const taints = i % 3 === 0 ? [{ key: "third", effect: "NoSchedule" }] : [];
      matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { odd: `${i % 2}` } }, spec: { taints } });
    }
  };
  const asks = (odd: string) => ({ metadata: { name: `p${odd}` }, spec: { nodeSelector: { odd } } });
  const [one, other] = [matcher.createVerdict(), matcher.createVerdict()];
  for (const nodes of [600, 6000]) {
    add(0, nodes);
    // Neither a multiple of three: a third of each half less.
    const expected = (odd: number) => Array.from({ length: nodes }, (_, i) => i).filter((i) => i % 2 === odd && i % 3);
    one.evaluatePod(asks("0"));
    other.evaluatePod(asks("1"));
    matcher.evaluatePod(asks("0"));
    for (const [verdict, odd] of [
      [one, 0],
      [other, 1],
    ] as const) {
      const ids = new Uint32Array(nodes);
      assert.is(verdict.feasibleCount, expected(odd).length);
      const count = verdict.first(nodes, ids);
      assert.equal(
        [...ids.subarray(0, count)].map((id) => Number(matcher.nodeName(id).slice(1))).sort((a, b) => a - b),
        expected(odd),
      );
    }
  }
});

test.run();
