// filters: the node filters in batches, for claims alone, and for ever new pods: as one evaluation after another has it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { Knobs } from "./reference/generator/knobs.js";
import { pluginConfigOf } from "./reference/generator/plugin-config.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, reportOf, setOf } from "./support/load.js";

const FILTERS = ["NodeName", "NodeUnschedulable", "TaintToleration", "NodeAffinity", "VolumeBinding"] as const;
const KNOBS: Partial<Knobs> = { taints: 0.4, unschedulable: 0.15, podAffinity: 0.6, matchFields: 0.3, pods: 8 };
const ENGINES: readonly EngineName[] = ["wasm", "javascript"];

const podKeys = (objects: Iterable<KubeObject>): string[] =>
  [...objects]
    .filter(({ kind }) => kind === "Pod")
    .map(({ metadata }) => `${metadata?.namespace ?? "default"}/${metadata?.name}`);

/** Fails unless a batch counts what evaluation counts; returns how many pods fit somewhere. */
function checkCounts(matcher: TopologyMatcher, keys: readonly string[], hint: string): number {
  const pods = Uint32Array.from(keys, (key) => matcher.podId(key));
  const counts = new Uint32Array(pods.length);
  matcher.countFeasible(pods, counts);
  const expected = keys.map((key) => matcher.evaluatePod(key).nodes.size);
  assert.equal([...counts], expected, hint);
  return expected.filter((count) => count > 0).length;
}

for (const engine of ENGINES) {
  test(`${engine}: reports of changing clusters are those of the reference evaluator, and batches agree`, () => {
    let fitting = 0;
    for (let seed = 0; seed < 5; seed++) {
      const random = new Random(seed);
      const nodes = random.pick([9, 33, 70]);
      const live = new Map<string, KubeObject>();
      const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace}/${metadata?.name}`;
      // Objects of one name in several versions: nodes lose and get taints, cordons and labels.
      const versions = [0, 1, 2].map((i) => generateCluster(seed * 3 + i, { ...KNOBS, nodes }).objects);
      const pluginConfig = seed % 2 === 0 ? [] : pluginConfigOf(random, versions.flat(), FILTERS, true);
      const matcher = createMatcherSync({ engine, filters: FILTERS, pluginConfig });
      const put = (object: KubeObject): void => {
        setOf(matcher, object.kind).upsert(object);
        live.set(keyOf(object), object);
      };
      for (const object of versions[0]) put(object as KubeObject);
      for (let round = 0; round < 5; round++) {
        const hint = `seed ${seed}, round ${round}`;
        const keys = podKeys(live.values());
        const reports = evaluateCluster([...live.values()], {
          filters: FILTERS,
          plans: true,
          pods: keys,
          pluginConfig,
        });
        for (const report of reports.pods) {
          assert.equal(reportOf(matcher, report.pod), JSON.parse(JSON.stringify(report)), `${hint}, ${report.pod}`);
        }
        fitting += checkCounts(matcher, keys, hint);
        for (let event = 0; event < 10; event++) {
          const object = random.pick(random.pick(versions)) as KubeObject;
          if (object.kind !== "Node" || random.chance(0.8)) put(object);
          else if (live.delete(keyOf(object))) matcher.nodes.delete(object);
          checkCounts(matcher, keys.slice(0, 1), hint);
        }
      }
    }
    assert.ok(fitting > 30, `${fitting} pods that fit are too few to be evidence`);
  });

  test(`${engine}: a claim alone is judged as a pod without tolerations`, () => {
    const { objects } = generateCluster(3, { ...KNOBS, nodes: 40 });
    const matcher = matcherOf(objects as KubeObject[], { engine, filters: FILTERS });
    const names = (objects as KubeObject[]).filter(({ kind }) => kind === "PersistentVolumeClaim");
    const keys = names.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
    const counts = new Uint32Array(keys.length);
    matcher.countFeasibleClaims(
      Uint32Array.from(keys, (key) => matcher.claimId(key)),
      counts,
    );
    const expected = keys.map((key) => matcher.evaluateClaim(key).nodes.size);
    assert.equal([...counts], expected);
    assert.ok(expected.some((count) => count > 0));
    assert.ok(
      matcher
        .evaluateClaim(keys[0])
        .toReport()
        .infeasible.some(({ plugin }) => plugin === "TaintToleration"),
    );
  });

  test(`${engine}: nodes whose taints, cordon or being there are all that changes`, () => {
    const unnamed = { key: "metadata.name", operator: "NotIn", values: ["a"] };
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [unnamed] }] },
    };
    const pods: KubeObject[] = [
      { kind: "Pod", metadata: { name: "plain", namespace: "d" }, spec: {} } as KubeObject,
      {
        kind: "Pod",
        metadata: { name: "unnamed", namespace: "d" },
        spec: { affinity: { nodeAffinity } },
      } as KubeObject,
    ];
    const taint = (effect: string) => ({ taints: [{ key: "k", effect }] });
    const changes: readonly (readonly [name: string, spec: object | undefined])[] = [
      ...["a", "b", "c"].map((name) => [name, {}] as const),
      ["b", taint("NoSchedule")],
      ["b", taint("PreferNoSchedule")],
      ["c", { unschedulable: true }],
      ["a", taint("NoExecute")],
      ["a", undefined],
      ["c", { unschedulable: false }],
      ["b", taint("NoExecute")],
      ["b", undefined],
      ["d", { unschedulable: true }],
      ["a", {}],
      ["d", undefined],
    ];
    const filters = ["TaintToleration", "NodeUnschedulable", "NodeAffinity"] as const;
    for (const [filter, evaluated] of filters.flatMap((name) => [[name, true] as const, [name, false] as const])) {
      const matcher = matcherOf(pods, { engine, filters: [filter] });
      const nodes = new Map<string, KubeObject>();
      for (const [name, spec] of changes) {
        const node = { kind: "Node", metadata: { name, labels: { zone: "z" } }, spec: spec ?? {} } as KubeObject;
        if (spec === undefined) {
          nodes.delete(name);
          matcher.nodes.delete(name);
        } else {
          nodes.set(name, node);
          matcher.nodes.upsert(node);
        }
        const hint = `${filter}, ${name} ${JSON.stringify(spec)}`;
        const { pods: expected } = evaluateCluster([...nodes.values(), ...pods], { filters: [filter] });
        const counts = new Uint32Array(2);
        matcher.countFeasible(Uint32Array.of(matcher.podId("d/plain"), matcher.podId("d/unnamed")), counts);
        assert.equal(
          [...counts],
          expected.map(({ feasible }) => feasible.length),
          hint,
        );
        // Counts come from masks where there are some, which evaluation makes, and else from columns.
        if (!evaluated) continue;
        for (const { feasible, pod } of expected) assert.equal(reportOf(matcher, pod).feasible, feasible, hint);
      }
    }
  });

  test(`${engine}: pods that are asked about once, each with other tolerations, take no more memory with time`, () => {
    const matcher = createMatcherSync({ engine, filters: ["TaintToleration", "NodeAffinity"] });
    for (let i = 0; i < 100; i++) {
      const taints = i % 4 === 0 ? [{ key: "k", value: `${i}`, effect: "NoSchedule" }] : [];
      matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { slots: `${i}` } }, spec: { taints } });
    }
    // 75 nodes have no taint, one has the taint that is tolerated; of these the affinity takes those above a bound.
    const pod = (i: number): PodLike => ({
      metadata: { name: "pod", namespace: "default" },
      spec: {
        tolerations: [{ key: "k", value: "0" }, { key: `other-${i}` }],
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: "slots", operator: "Gt", values: [`${i % 50}`] },
                    { key: `x-${i}`, operator: "DoesNotExist" },
                  ],
                },
              ],
            },
          },
        },
      },
    });
    const ask = (from: number, to: number): void => {
      for (let i = from; i < to; i++) {
        let fitting = 0;
        for (let node = (i % 50) + 1; node < 100; node++) if (node % 4 !== 0 || node === 0) fitting++;
        assert.is(matcher.evaluatePod(pod(i)).nodes.size, fitting, `pod ${i}`);
      }
    };
    ask(0, 6000);
    // 4,096 masks and 4,096 rows of requirements of 64 bytes each, and what there is besides.
    const { engine: bytes } = matcher.memory;
    assert.ok(bytes < 2 * 4096 * 64 + 65_536, `${bytes} bytes`);
  });
}

test("a claim alone tolerates nothing: it fits no node that is cordoned", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding", "NodeUnschedulable"] });
  matcher.nodes.replace([{ metadata: { name: "a" } }, { metadata: { name: "b" }, spec: { unschedulable: true } }]);
  matcher.storageClasses.upsert({
    metadata: { name: "csi" },
    provisioner: "csi",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  const claim = { metadata: { name: "c", namespace: "d" }, spec: { storageClassName: "csi" } };
  matcher.persistentVolumeClaims.upsert(claim);
  assert.equal(matcher.evaluateClaim("d/c").nodes.toArray(), ["a"]);
  const counts = new Uint32Array(1);
  matcher.countFeasibleClaims(Uint32Array.of(matcher.claimId("d/c")), counts);
  assert.equal([...counts], [1]);
});

test.run();
