// The option pluginConfig: arguments hold in every way of asking, and what cannot be is refused.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, MatcherOptions, NodeLike, PluginConfig, PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcher, createMatcherSync, TopologyError } from "../lib/index.js";
import { createThreadedMatcher } from "../lib/threads.js";

const ENGINES: readonly EngineName[] = ["wasm", "javascript"];
const ENFORCED = "node(s) didn't match scheduler-enforced node affinity";
const GPU = "example.com/gpu";
const inZone = (...values: readonly string[]): PluginConfig => ({
  name: "NodeAffinity",
  args: {
    addedAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values }] }],
      },
    },
  },
});
const ARGUED: readonly PluginConfig[] = [
  inZone("a"),
  { name: "NodeResourcesFit", args: { ignoredResources: [GPU] } },
  // A profile that is taken as it is has these too.
  { name: "PodTopologySpread", args: { defaultingType: "System" } },
  { name: "DefaultPreemption" },
];

const nodeOf = (name: string, zone: string): NodeLike => ({
  metadata: { name, labels: { zone } },
  status: { allocatable: { cpu: "1", pods: "9" } },
});
const podOf = (name: string): PodLike => ({
  metadata: { name, namespace: "default" },
  spec: { containers: [{ name: "c", resources: { requests: { cpu: "600m", [GPU]: "1" } } }] },
});

function filled<M extends TopologyMatcher>(matcher: M): M {
  matcher.nodes.replace([nodeOf("a1", "a"), nodeOf("a2", "a"), nodeOf("b1", "b")]);
  matcher.pods.upsert(podOf("web"));
  matcher.persistentVolumes.upsert({ metadata: { name: "pv" } });
  matcher.persistentVolumeClaims.upsert({
    metadata: { name: "data", namespace: "default", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: { volumeName: "pv" },
  });
  return matcher;
}

function countOf(matcher: TopologyMatcher, key: string): number {
  const counts = new Uint32Array(1);
  matcher.countFeasible(Uint32Array.of(matcher.podId(key)), counts);
  return counts[0];
}

for (const engine of ENGINES) {
  const make = (options: MatcherOptions = {}) =>
    filled(createMatcherSync({ engine, filters: "all", pluginConfig: ARGUED, ...options }));

  test(`${engine}: every way of asking knows the arguments`, () => {
    const matcher = make();
    const { nodes, rejected } = matcher.evaluatePod("default/web");
    assert.equal([...nodes], ["a1", "a2"]);
    assert.equal(
      rejected.map(({ reasons }) => reasons),
      [[ENFORCED]],
    );
    assert.is(countOf(matcher, "default/web"), 2);
    assert.is(matcher.createVerdict().evaluatePod("default/web").feasibleCount, 2);
    assert.is(matcher.evaluatePod(podOf("other")).nodes.size, 2);
    assert.equal([...matcher.evaluateClaim("default/data").nodes], ["a1", "a2"]);
    const counts = new Uint32Array(1);
    matcher.countFeasibleClaims(Uint32Array.of(matcher.claimId("default/data")), counts);
    assert.is(counts[0], 2);
    assert.equal(
      matcher
        .evaluatePod("default/web")
        .best(3)
        .map(({ node }) => node),
      ["a1", "a2"],
    );
  });

  test(`${engine}: counts and verdicts follow nodes that come into the affinity and leave it, also after a sweep`, () => {
    const matcher = make();
    assert.is(countOf(matcher, "default/web"), 2);
    for (let round = 0; round < 3; round++) {
      matcher.nodes.upsert(nodeOf("a1", "b"));
      assert.is(countOf(matcher, "default/web"), 1);
      assert.equal([...matcher.evaluatePod("default/web").nodes], ["a2"]);
      // Texts of nobody go, and so do the ids of the affinity's.
      matcher.trim();
      matcher.nodes.upsert(nodeOf(`other-${round}`, `zone-${round}`));
      matcher.nodes.upsert(nodeOf("a1", "a"));
      assert.equal([...matcher.evaluatePod("default/web").nodes], ["a1", "a2"]);
      assert.is(countOf(matcher, "default/web"), 2);
    }
  });

  test(`${engine}: an overlay and an assumed pod have the arguments`, () => {
    const matcher = make();
    const overlay = matcher.overlay();
    overlay.nodes.upsert(nodeOf("b1", "a"));
    assert.is(overlay.evaluatePod("default/web").nodes.size, 3);
    assert.is(countOf(overlay, "default/web"), 3);
    overlay.assume("default/web", "b1");
    // The ignored resource is there for nobody; cpu is for one.
    assert.equal([...overlay.evaluatePod(podOf("next")).nodes], ["a1", "a2"]);
    overlay.drop();
    assert.is(matcher.evaluatePod("default/web").nodes.size, 2);
    const error = thrown(() => matcher.assume("default/web", "b1"));
    assert.is(error.code, "NotFeasible");
    assert.ok(matcher.wakes({ set: "nodes", upsert: nodeOf("b1", "a") }).has("default/web"));
  });

  test(`${engine}: what is changed in the arguments later has no effect`, () => {
    const values = ["a"];
    const ignoredResources = [GPU];
    const matcher = make({
      pluginConfig: [inZone(...values), { name: "NodeResourcesFit", args: { ignoredResources } }],
    });
    values.push("b");
    ignoredResources.length = 0;
    assert.is(matcher.evaluatePod("default/web").nodes.size, 2);
  });
}

test("VolumeBinding's shape is that of scoring.shape, an empty one the default", () => {
  const shape = [
    { utilization: 0, score: 0 },
    { utilization: 100, score: 7 },
  ];
  const scoreOf = (options: MatcherOptions): number | undefined => {
    const matcher = createMatcherSync(options);
    matcher.nodes.upsert(nodeOf("n", "a"));
    matcher.storageClasses.upsert({ metadata: { name: "slow" }, volumeBindingMode: "WaitForFirstConsumer" });
    const spec = { storageClassName: "slow", accessModes: ["ReadWriteOnce"] };
    matcher.persistentVolumes.upsert({
      metadata: { name: "pv" },
      spec: { ...spec, capacity: { storage: "4Gi" } },
      status: { phase: "Available" },
    });
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: "data", namespace: "default" },
      spec: { ...spec, resources: { requests: { storage: "2Gi" } } },
    });
    return matcher.evaluateClaim("default/data").plan("n")?.score;
  };
  const volumeBinding = (given: typeof shape): PluginConfig[] => [{ name: "VolumeBinding", args: { shape: given } }];
  assert.is(scoreOf({ pluginConfig: volumeBinding(shape) }), 35);
  assert.is(scoreOf({ scoring: { shape } }), 35);
  assert.is(scoreOf({ pluginConfig: volumeBinding([]) }), 50);
});

function thrown(action: () => unknown): TopologyError {
  try {
    action();
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("what kube-scheduler would not start with is refused, with its path", () => {
  const shape = [{ utilization: 0, score: 11 }];
  const cases: readonly (readonly [options: object, path: string])[] = [
    [{ pluginConfig: {} }, "pluginConfig"],
    [{ pluginConfig: ["NodeAffinity"] }, "pluginConfig[0]"],
    [{ pluginConfig: [{}] }, "pluginConfig[0].name"],
    [{ pluginConfig: [{ name: "NodeAffinity", arg: {} }] }, "pluginConfig[0].arg"],
    [{ pluginConfig: [{ name: "NodeAffinity", args: { kind: "NodeResourcesFitArgs" } }] }, "pluginConfig[0].args.kind"],
    [{ pluginConfig: [{ name: "NodeAffinity", args: { apiVersion: "v1" } }] }, "pluginConfig[0].args.apiVersion"],
    [
      { pluginConfig: [{ name: "NodeResourcesFit", args: { ignoredResources: "gpu" } }] },
      "pluginConfig[0].args.ignoredResources",
    ],
    [
      { pluginConfig: [{ name: "NodeResourcesFit", args: { ignoredResources: [7] } }] },
      "pluginConfig[0].args.ignoredResources[0]",
    ],
    [
      { pluginConfig: [{ name: "VolumeBinding", args: { bindTimeoutSeconds: -1 } }] },
      "pluginConfig[0].args.bindTimeoutSeconds",
    ],
    [{ pluginConfig: [{ name: "VolumeBinding", args: { shape } }] }, "pluginConfig[0].args.shape[0]"],
    [
      { kubernetes: "1.36", pluginConfig: [{ name: "VolumeBinding", args: { shape } }] },
      "pluginConfig[0].args.shape[0]",
    ],
    [
      {
        kubernetes: "1.36",
        pluginConfig: [{ name: "VolumeBinding", args: { shape: [{ utilization: 0, score: 1 }] } }],
      },
      "pluginConfig[0].args.shape",
    ],
    [
      {
        scoring: { shape: [{ utilization: 0, score: 1 }] },
        pluginConfig: [{ name: "VolumeBinding", args: { shape: [{ utilization: 0, score: 1 }] } }],
      },
      "pluginConfig[0].args.shape",
    ],
  ];
  for (const [options, path] of cases) {
    const error = thrown(() => createMatcherSync(options as MatcherOptions));
    assert.equal([error.code, error.path], ["BadOption", path]);
    assert.ok(error.message.startsWith(path.replace(/(?<=shape)\[0\]/, "")), error.message);
  }
});

test("createMatcher and threads take the arguments", async () => {
  const options = { filters: "all", pluginConfig: ARGUED } as const;
  assert.is(filled(await createMatcher(options)).evaluatePod("default/web").nodes.size, 2);
  const threaded = filled(await createThreadedMatcher({ ...options, threads: 2 }));
  assert.is(countOf(threaded, "default/web"), 2);
  await threaded.close();
});

test.run();
