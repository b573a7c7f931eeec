// What a matcher keeps is bounded by what it holds: whatever comes and goes, and whatever is asked.

import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { CACHES } from "../lib/intern/derived.js";

const MB = 1e6;
const podWith = (claimName: string): PodLike => ({
  metadata: { name: "p", namespace: "a" },
  spec: { volumes: [{ persistentVolumeClaim: { claimName } }] },
});
const annotated = (text: string, more: object = {}) => ({
  metadata: { name: "c", namespace: "a", annotations: { "volume.kubernetes.io/selected-node": text }, ...more },
});
const long = (i: number): string => `${i}`.padEnd(100_000, "x");

function withNodes(count: number, labels: (i: number) => Record<string, string> = () => ({})): TopologyMatcher {
  const matcher = createMatcherSync();
  matcher.nodes.replace(
    Array.from({ length: count }, (_, i) => ({ metadata: { name: `n${i}`, labels: { host: `n${i}`, ...labels(i) } } })),
  );
  return matcher;
}

/** A class whose claims look for volumes that are there, and as many volumes, each on a node. */
function localVolumes(matcher: TopologyMatcher, count: number): void {
  const metadata = { name: "local" };
  matcher.storageClasses.upsert({
    metadata,
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  for (let i = 0; i < count; i++) matcher.persistentVolumes.upsert(localVolume(i, `${i + 1}Mi`));
}

const localVolume = (i: number, storage: string) => ({
  metadata: { name: `v${i}`, labels: { number: `${i}` } },
  spec: {
    storageClassName: "local",
    capacity: { storage },
    nodeAffinity: {
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "host", operator: "In", values: [`n${i}`] }] }] },
    },
  },
  status: { phase: "Available" },
});

const localClaim = (name: string, unlike?: string) => ({
  metadata: { name, namespace: "a" },
  spec: {
    storageClassName: "local",
    resources: { requests: { storage: "1Ki" } },
    ...(unlike !== undefined && {
      selector: { matchExpressions: [{ key: "number", operator: "NotIn", values: [unlike] }] },
    }),
  },
});

test("a long text that is replaced again and again is freed, though nobody asks", () => {
  const matcher = withNodes(1);
  let most = 0;
  for (let i = 0; i < 800; i++) {
    matcher.persistentVolumeClaims.upsert(annotated(long(i)));
    most = Math.max(most, matcher.memory.objects);
  }
  assert.ok(most < 40 * MB, `${most} bytes`);
  assert.ok(
    matcher.persistentVolumeClaims.get("a/c")?.metadata?.annotations?.["volume.kubernetes.io/selected-node"] ===
      long(799),
  );
});

test("so is the text of objects that were rejected, or that a question was about", () => {
  const matcher = withNodes(1);
  let most = 0;
  for (let i = 0; i < 400; i++) {
    assert.throws(() => matcher.persistentVolumeClaims.upsert(annotated(long(i), { uid: 5 })), "metadata.uid");
    matcher.evaluatePod(podWith(`q${long(i)}`));
    most = Math.max(most, matcher.memory.objects);
  }
  assert.ok(most < 40 * MB, `${most} bytes`);
});

test("trim gives back text, scratch and every cache, and the answers stay", () => {
  const matcher = withNodes(600, (i) => ({ zone: `z${i % 3}` }));
  localVolumes(matcher, 100);
  matcher.persistentVolumeClaims.upsert(localClaim("c"));
  const before = matcher.memory.objects;
  const verdict = matcher.createVerdict();
  const report = matcher.evaluatePod(podWith("c")).toReport();
  for (let i = 0; i < 50; i++) matcher.evaluatePod(podWith(`q${long(i)}`));
  const set = matcher.createNodeMask(["n1", "n2"]);
  assert.is(verdict.evaluatePod(podWith("c")).countWithin(set), 2);
  matcher.trim();
  const { caches, engine, scratch } = matcher.stats();
  assert.is(engine.used, 0);
  assert.is(scratch.entries, 0);
  assert.ok(matcher.memory.objects <= before + 200_000, `${before} bytes became ${matcher.memory.objects}`);
  for (const name of CACHES) {
    // An empty pool of programs has two; the sets are the caller's; names of nodes are copied for results.
    const most = { selectors: 2, selectorCounts: 64, nodeSets: 1, nodeIndexes: 1 }[name as string] ?? 0;
    assert.ok(caches[name].entries <= most, `${name}: ${caches[name].entries}`);
  }
  assert.equal(matcher.evaluatePod(podWith("c")).toReport(), report);
  assert.is(verdict.evaluatePod(podWith("c")).countWithin(set), 2);
});

test("trim() gives back the row that counts are made in", () => {
  const matcher = createMatcherSync({ filters: ["NodeAffinity"] });
  for (let i = 0; i < 600; i++)
    matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { a: `${i % 2}`, b: `${i % 3}` } } });
  const unlike = (key: string) => ({ key, operator: "NotIn", values: ["0"] });
  const terms = { nodeSelectorTerms: [{ matchExpressions: [unlike("a"), unlike("b")] }] };
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } };
  const id = matcher.pods.upsert({ metadata: { name: "p", namespace: "a" }, spec: { affinity } });
  const counts = new Uint32Array(1);
  matcher.countFeasible(Uint32Array.of(id), counts);
  assert.is(counts[0], 200);
  matcher.trim();
  assert.is(matcher.stats().engine.used, 0);
});

test("lists of free volumes do not outlive many other shapes", () => {
  const matcher = withNodes(100);
  localVolumes(matcher, 60);
  for (let i = 0; i < 300; i++) {
    matcher.persistentVolumeClaims.upsert(localClaim("d", `${i % 60}`.padStart(i < 60 ? 0 : 3, "0")));
    matcher.persistentVolumeClaims.upsert(localClaim("d", `${i}`));
    assert.is(matcher.evaluatePod(podWith("d")).nodes.size, i < 60 ? 59 : 60);
    matcher.persistentVolumeClaims.delete("a/d");
  }
  const { entries } = matcher.stats().caches.freeVolumeLists;
  assert.ok(entries > 0 && entries <= 33, `${entries} lists`);
});

test("a plan is right though the lists of its question had to make room for others", () => {
  const matcher = withNodes(100);
  localVolumes(matcher, 60);
  matcher.persistentVolumeClaims.upsert(localClaim("first"));
  const feasibility = matcher.evaluatePod(podWith("first"));
  const plan = { staticBindings: [{ claim: "a/first", volume: "v7" }], dynamicProvisions: [], score: 0 };
  const claimAlone = (i: number) => matcher.evaluateClaim(localClaim("other", `${i}`));
  for (let i = 0; i < 200; i++) claimAlone(i);
  assert.equal({ ...feasibility.plan("n7"), score: 0 }, plan);
  for (let i = 0; i < 200; i++) claimAlone(i);
  assert.equal({ ...feasibility.plan("n7"), score: 0 }, plan);
  matcher.trim();
  assert.is(matcher.stats().engine.used, 0);
});

test("amounts that no volume has any more are forgotten", () => {
  const matcher = withNodes(100);
  localVolumes(matcher, 60);
  matcher.persistentVolumeClaims.upsert(localClaim("c"));
  matcher.evaluatePod(podWith("c"));
  for (let i = 0; i < 5_000; i++) {
    matcher.persistentVolumes.upsert(localVolume(i % 60, `${1000 + i}Ki`));
    if (i % 100 === 0) assert.is(matcher.evaluatePod(podWith("c")).nodes.size, 60);
  }
  assert.is(matcher.evaluatePod(podWith("c")).nodes.size, 60);
  const { amounts, ranks } = matcher.stats().caches;
  assert.ok(ranks.entries >= 60 && ranks.entries < 60 * 2 + 1_200, `${ranks.entries} ranks`);
  assert.ok(amounts.entries > 0);
});

test("a key that few nodes have costs as many nodes, and a change of a node only its own keys", () => {
  const keys = Array.from({ length: 2_000 }, (_, i) => `key-${i}`);
  const matcher = withNodes(3_000, (i) => (i === 2_999 ? Object.fromEntries(keys.map((key) => [key, "yes"])) : {}));
  const matchExpressions = keys.map((key) => ({ key, operator: "In", values: ["yes"] }));
  const affinity = { required: { nodeSelectorTerms: [{ matchExpressions }] } };
  matcher.persistentVolumes.upsert({ metadata: { name: "v" }, spec: { nodeAffinity: affinity } });
  matcher.persistentVolumeClaims.upsert({
    metadata: { name: "c", namespace: "a", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: { volumeName: "v" },
  });
  const feasible = () => matcher.evaluatePod(podWith("c")).toReport().feasible;
  assert.equal(feasible(), ["n2999"]);
  const { bytes, entries } = matcher.stats().caches.labelColumns;
  assert.is(entries, 2_000);
  assert.ok(bytes < 1 * MB, `${bytes} bytes`);
  const labels = Object.fromEntries(keys.map((key) => [key, "yes"]));
  matcher.nodes.upsert({ metadata: { name: "n7", labels } });
  assert.equal(feasible(), ["n2999", "n7"]);
  matcher.nodes.upsert({ metadata: { name: "n2999", labels: { ...labels, "key-1000": "no" } } });
  assert.equal(feasible(), ["n7"]);
  const { "key-1000": _, ...others } = labels;
  matcher.nodes.upsert({ metadata: { name: "n7", labels: others } });
  assert.equal(feasible(), []);
  matcher.nodes.upsert({ metadata: { name: "n7", labels } });
  assert.equal(feasible(), ["n7"]);
  matcher.nodes.delete("n7");
  assert.equal(feasible(), []);
});

test("a verdict may be read for ever: it takes no more scratch", () => {
  const matcher = withNodes(600, (i) => ({ zone: `z${i % 3}` }));
  localVolumes(matcher, 100);
  matcher.persistentVolumeClaims.upsert(localClaim("c"));
  const set = matcher.createNodeMask(Array.from({ length: 300 }, (_, i) => i));
  const verdict = matcher.createVerdict().evaluatePod(podWith("c"));
  const read = () => [verdict.rejected.length, verdict.message, verdict.error, verdict.countWithin(set)].join();
  const first = read();
  const { used } = matcher.stats().engine;
  for (let i = 0; i < 500; i++) assert.is(read(), first);
  assert.is(matcher.stats().engine.used, used);
});

test("sets of nodes that were dropped leave no row", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const matcher = withNodes(600);
  localVolumes(matcher, 100);
  matcher.persistentVolumeClaims.upsert(localClaim("c"));
  const verdict = matcher.createVerdict().evaluatePod(podWith("c"));
  const use = () => verdict.countWithin(matcher.createNodeMask(["n1"]));
  for (let i = 0; i < 1_000; i++) assert.is(use(), 1);
  for (let i = 0; i < 10 && matcher.stats().caches.nodeSets.entries > 100; i++) {
    await new Promise((done) => setTimeout(done, 1));
    collect();
  }
  assert.ok(matcher.stats().caches.nodeSets.entries <= 100);
  assert.ok(matcher.stats().engine.used < 100_000, `${matcher.stats().engine.used} bytes`);
});

test("combinations of pods that are gone are forgotten", () => {
  const matcher = withNodes(20);
  const affinityTo = (i: number) => localVolume(i, "1Gi").spec.nodeAffinity;
  for (let i = 0; i < 20; i++) {
    matcher.persistentVolumes.upsert({ metadata: { name: `v${i}` }, spec: { nodeAffinity: affinityTo(i) } });
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: `c${i}`, namespace: "a", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
      spec: { volumeName: `v${i}` },
    });
  }
  const counts = new Uint32Array(1);
  for (let i = 0; i < 7_000; i++) {
    const claims = [i % 20, Math.floor(i / 20) % 20, Math.floor(i / 400) % 20].sort((a, b) => a - b);
    claims.push(...Array.from({ length: i % 7 }, (_, more) => (i * 13 + more * 5) % 20));
    const volumes = claims.map((claim) => ({ persistentVolumeClaim: { claimName: `c${claim}` } }));
    const id = matcher.pods.upsert({ metadata: { name: "p", namespace: "a" }, spec: { volumes } });
    matcher.countFeasible(Uint32Array.of(id), counts);
    assert.is(counts[0], new Set(claims).size === 1 ? 1 : 0);
  }
  const { entries } = matcher.stats().caches.combinations;
  assert.ok(entries > 0 && entries < 4_300, `${entries} combinations`);
});

test("figures: objects, masks by container, and what was known", () => {
  const matcher = withNodes(2_000, (i) => ({ zone: `z${i % 3}`, rack: `r${i % 400}` }));
  const selectors = Object.entries({ zone: "z1", rack: "r5", host: "n9" });
  for (const [i, [key, value]] of selectors.entries()) {
    const matchExpressions = [{ key, operator: "In", values: [value] }];
    const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions }] } };
    matcher.persistentVolumes.upsert({ metadata: { name: `v${i}` }, spec: { nodeAffinity } });
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: `c${i}`, namespace: "a", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
      spec: { volumeName: `v${i}` },
    });
    for (let times = 0; times < 2; times++) matcher.evaluatePod(podWith(`c${i}`));
  }
  const { caches, lookups, masks, objects, texts } = matcher.stats();
  assert.is(objects.entries, 2_006);
  assert.ok(texts.entries > 2_400 && texts.bytes > 20_000);
  assert.equal([masks.single, masks.list, masks.row], [1, 1, 1]);
  assert.equal(lookups.masks, { hits: 3, misses: 3 });
  assert.is(caches.labelColumns.entries, 3);
});

test("docs/reliability.md has a line for every cache", () => {
  const text = readFileSync(new URL("../docs/reliability.md", import.meta.url), "utf8");
  const lines = text.split("\n").flatMap((line) => /^\| `(\w+)` +\|/.exec(line)?.[1] ?? []);
  assert.equal([...lines].sort(), [...CACHES].sort());
});

test.run();
