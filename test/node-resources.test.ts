// filters: NodeResourcesFit as pods and nodes come, change and go: what is kept equals what is counted anew.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, KubernetesMinor, NodeLike, PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { PluginConfigs } from "./reference/generator/plugin-config.js";
import { pluginConfigOf } from "./reference/generator/plugin-config.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, reportOf, setOf } from "./support/load.js";

const FILTERS = ["NodeResourcesFit"] as const;
const ENGINES: readonly EngineName[] = ["wasm", "javascript"];

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace}/${metadata?.name}`;
const nameOf = ({ metadata }: KubeObject): string => `${metadata?.namespace ?? "default"}/${metadata?.name}`;

/** Fails unless all reports are those of the reference evaluator; returns how many nodes were told to lack something. */
function checkReports(
  matcher: TopologyMatcher,
  live: Iterable<KubeObject>,
  { kubernetes, pluginConfig }: { readonly kubernetes: string; readonly pluginConfig: PluginConfigs },
  hint: string,
): number {
  const objects = [...live];
  const pods = objects.filter(({ kind }) => kind === "Pod").map(nameOf);
  const { pods: reports } = evaluateCluster(objects, { filters: FILTERS, plans: true, kubernetes, pods, pluginConfig });
  let rejected = 0;
  for (const report of reports) {
    assert.equal(reportOf(matcher, report.pod), JSON.parse(JSON.stringify(report)), `${hint}, ${report.pod}`);
    rejected += report.infeasible.length;
  }
  return rejected;
}

function nodeOf(name: string, allocatable: Record<string, string>): NodeLike {
  return { metadata: { name }, status: { allocatable: { pods: "110", ...allocatable } } };
}

function podOf(name: string, requests: Record<string, string>, nodeName?: string): PodLike {
  return {
    metadata: { name, namespace: "default" },
    spec: { nodeName, containers: [{ name: "c", resources: { requests } }] },
  };
}

const fitting = (matcher: TopologyMatcher, pod: PodLike | string): string[] => [
  ...matcher.evaluatePod(pod).toReport().feasible,
];

for (const engine of ENGINES) {
  for (const kubernetes of ["1.37", "1.36"]) {
    test(`${engine}: ${kubernetes}: what is kept of changing clusters is what their pods come to`, () => {
      let rejected = 0;
      for (let seed = 0; seed < 6; seed++) {
        const random = new Random(seed);
        const knobs = { nodes: random.pick([3, 7, 12]), pods: 14, placedPods: 0.6, resources: 0.9, kubernetes };
        const versions = [0, 1, 2].flatMap((i) => generateCluster(seed * 3 + i, knobs).objects as KubeObject[]);
        const objects = versions.filter(({ kind }) => kind === "Node" || kind === "Pod");
        const pluginConfig = seed % 2 === 0 ? [] : pluginConfigOf(random, objects as never, FILTERS, false);
        const options = { engine, filters: FILTERS, kubernetes: kubernetes as KubernetesMinor, pluginConfig };
        const matcher = createMatcherSync(options);
        const live = new Map<string, KubeObject>();
        for (let round = 0; round < 8; round++) {
          for (let event = 0; event < 30; event++) {
            const object = random.pick(objects);
            if (random.chance(0.3)) {
              setOf(matcher, object.kind).delete(object);
              live.delete(keyOf(object));
            } else {
              setOf(matcher, object.kind).upsert(object);
              live.set(keyOf(object), object);
            }
            const pod = [...live.values()].find(({ kind }) => kind === "Pod");
            if (pod && random.chance(0.3)) matcher.evaluatePod(nameOf(pod));
          }
          if (round === 5) matcher.trim();
          rejected += checkReports(matcher, live.values(), options, `seed ${seed}, round ${round}`);
        }
      }
      assert.ok(rejected > 500, `${rejected} rejections are too few to be evidence`);
    });
  }

  test(`${engine}: nodes that come after their pods, and more of them than there was room for`, () => {
    const matcher = createMatcherSync({ engine, filters: FILTERS });
    matcher.nodes.upsert(nodeOf("n0", { cpu: "1" }));
    assert.equal(fitting(matcher, podOf("p", { cpu: "1" })), ["n0"]);
    for (let i = 1; i < 1200; i++) matcher.pods.upsert(podOf(`on-${i}`, { cpu: `${i % 3}` }, `n${i}`));
    for (let i = 1; i < 1200; i++) matcher.nodes.upsert(nodeOf(`n${i}`, { cpu: "2" }));
    assert.is(fitting(matcher, podOf("p", { cpu: "2" })).length, 399);
    assert.is(fitting(matcher, podOf("p", { cpu: "1" })).length, 800);
    // A node that leaves takes its pods with it, and they are there again when it comes back.
    for (let i = 1; i < 1200; i += 2) matcher.nodes.delete({ metadata: { name: `n${i}` } });
    assert.is(fitting(matcher, podOf("p", { cpu: "2" })).length, 199);
    for (let i = 1; i < 1200; i += 2) matcher.nodes.upsert(nodeOf(`n${i}`, { cpu: "2" }));
    assert.is(fitting(matcher, podOf("p", { cpu: "2" })).length, 399);
  });

  test(`${engine}: more changes between two questions than are remembered one by one`, () => {
    const matcher = createMatcherSync({ engine, filters: FILTERS });
    for (let i = 0; i < 40; i++) matcher.nodes.upsert(nodeOf(`n${i}`, { cpu: "4" }));
    for (const times of [1, 1023, 1024, 1025, 3000]) {
      assert.is(fitting(matcher, podOf("p", { cpu: "4" })).length, 40);
      for (let i = 0; i < times; i++) matcher.pods.upsert(podOf(`x${i % 7}`, { cpu: "1" }, `n${i % 40}`));
      const taken = new Set(Array.from({ length: Math.min(7, times) }, (_, i) => (times - 1 - i) % 40));
      assert.is(fitting(matcher, podOf("p", { cpu: "4" })).length, 40 - taken.size, `${times} changes`);
      for (let i = 0; i < 7; i++) matcher.pods.delete(podOf(`x${i}`, {}));
    }
  });

  test(`${engine}: more requests and more resources than are kept at a time`, () => {
    const nodes = Array.from({ length: 9 }, (_, i) => {
      const scalars = Array.from({ length: 70 }, (_, r) => [`example.com/r${r}`, String((i * 7 + r * 3) % 11)]);
      return { kind: "Node", ...nodeOf(`n${i}`, { cpu: "4", ...Object.fromEntries(scalars) }) };
    });
    const matcher = matcherOf(nodes, { engine, filters: FILTERS });
    const pods = Array.from({ length: 300 }, (_, i) => {
      const names = [i % 70, (i * 13) % 70, ...(i % 50 === 0 ? Array.from({ length: 40 }, (_, r) => r) : [])];
      const requests = Object.fromEntries(names.map((r) => [`example.com/r${r}`, String((i % 5) + 1)]));
      return { kind: "Pod", ...podOf(`p${i}`, { cpu: `${i}m`, ...requests }) };
    });
    for (const pod of pods) setOf(matcher, "Pod").upsert(pod);
    const work = (hint: string): number => {
      checkReports(matcher, [...nodes, ...pods], { kubernetes: "1.37", pluginConfig: [] }, hint);
      matcher.trim();
      return matcher.memory.engine;
    };
    const used = work("at first");
    setOf(matcher, "Node").delete(nodes.pop() as KubeObject);
    // What is evicted, and what is trimmed, is given back.
    assert.is(work("with a node less"), used);
  });

  test(`${engine}: a pod that is only asked about counts nowhere, and stands in for the one of its name`, () => {
    const matcher = createMatcherSync({ engine, filters: FILTERS });
    matcher.nodes.upsert(nodeOf("n1", { cpu: "2", pods: "1" }));
    assert.equal(fitting(matcher, podOf("p", { cpu: "2" }, "n1")), ["n1"]);
    assert.equal(fitting(matcher, podOf("q", { cpu: "2" }, "n1")), ["n1"]);
    matcher.pods.upsert(podOf("p", { cpu: "1" }, "n1"));
    assert.equal(fitting(matcher, podOf("q", { cpu: "2" })), []);
    assert.equal(fitting(matcher, podOf("p", { cpu: "2" })), ["n1"]);
    assert.equal(matcher.evaluatePod(podOf("p", { cpu: "3" })).toReport().infeasible[0].reasons, ["Insufficient cpu"]);
  });

  test(`${engine}: a claim alone needs a place among the pods of a node`, () => {
    const matcher = createMatcherSync({ engine, filters: FILTERS });
    matcher.nodes.upsert(nodeOf("n1", {}));
    matcher.nodes.upsert(nodeOf("n2", { pods: "0" }));
    const claim = { metadata: { name: "c", namespace: "default" }, spec: {} };
    assert.equal(matcher.evaluateClaim(claim).toReport().feasible, ["n1"]);
  });

  test(`${engine}: a verdict that is read later is not that of another request`, () => {
    const matcher = createMatcherSync({ engine, filters: FILTERS });
    for (let i = 0; i < 5; i++) matcher.nodes.upsert(nodeOf(`n${i}`, { cpu: String(i) }));
    const [small, large] = [matcher.createVerdict(), matcher.createVerdict()];
    small.evaluatePod(podOf("small", { cpu: "1" }));
    for (let i = 0; i < 200; i++) large.evaluatePod(podOf("large", { cpu: `${3000 + i}m` }));
    assert.is(small.feasibleCount, 4);
    assert.is(large.feasibleCount, 1);
  });
}

test("a verdict of many nodes that is read later outlives more requests than are kept", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  for (let i = 0; i < 60_000; i++) matcher.nodes.upsert(nodeOf(`n${i}`, { cpu: String(i % 5) }));
  const [small, large] = [matcher.createVerdict(), matcher.createVerdict()];
  small.evaluatePod(podOf("small", { cpu: "1" }));
  // 8 MB are 1,092 rows of so many nodes.
  for (let i = 0; i < 1100; i++) large.evaluatePod(podOf("large", { cpu: `${3000 + i}m` }));
  assert.is(small.feasibleCount, 48_000);
});

test("a node that has gone is counted for no request, the ones that are new included", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  for (const name of ["a", "b", "c"]) matcher.nodes.upsert(nodeOf(name, { cpu: "4" }));
  matcher.pods.replace([podOf("one", { cpu: "1" }), podOf("two", { cpu: "2" }), podOf("none", {})]);
  const count = (key: string): number => {
    const counts = new Uint32Array(1);
    matcher.countFeasible(Uint32Array.of(matcher.podId(`default/${key}`)), counts);
    return counts[0];
  };
  assert.is(count("one"), 3);
  matcher.nodes.delete("b");
  assert.equal(["one", "two", "none"].map(count), [2, 2, 2]);
});

test("R-NOD-25: sidecars are a floor, even where a container asks for less than nothing", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  for (const cpu of ["2", "3"]) matcher.nodes.upsert(nodeOf(`n${cpu}`, { cpu }));
  const asking = (cpu: string) => ({ name: `c${cpu}`, resources: { requests: { cpu } } });
  const sidecar = { ...asking("3"), restartPolicy: "Always" };
  const spec = { containers: [asking("-5")], initContainers: [sidecar] };
  assert.equal(fitting(matcher, { metadata: { name: "p", namespace: "default" }, spec } as PodLike), ["n3"]);
});

test.run();
