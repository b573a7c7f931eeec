// Queueing hints: whoever becomes schedulable by a change, or gains a node, was woken by it; and not everybody is.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Change, MatcherOptions, ObjectLike, ObjectSet, SetName, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { claim, localCluster, node, pod, volume } from "./assume/local-cluster.js";
import * as build from "./conformance/build.js";
import { generateCluster } from "./reference/generator/generate.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { load } from "./support/load.js";
import { sweep } from "./support/sweep.js";

const SETS: { readonly [kind: string]: SetName } = {
  Node: "nodes",
  Pod: "pods",
  PersistentVolume: "persistentVolumes",
  PersistentVolumeClaim: "persistentVolumeClaims",
  StorageClass: "storageClasses",
  CSIDriver: "csiDrivers",
  CSINode: "csiNodes",
  CSIStorageCapacity: "csiStorageCapacities",
  VolumeAttachment: "volumeAttachments",
};

function make(matcher: TopologyMatcher, change: Change): void {
  const set = matcher[change.set];
  if ("upsert" in change) set.upsert(change.upsert as never);
  else set.delete(change.delete);
}

/** Of each pending pod the nodes that it fits; none where its cycle ends in an error. */
function fits(matcher: TopologyMatcher): Map<string, readonly string[]> {
  const answers = new Map<string, readonly string[]>();
  for (const key of matcher.pods.keys()) {
    const pod = matcher.pods.get<{ spec?: { nodeName?: string }; status?: { phase?: string } }>(key);
    if (pod?.spec?.nodeName || /Succeeded|Failed/.test(pod?.status?.phase ?? "")) continue;
    const { nodes, schedulable } = matcher.evaluatePod(key);
    answers.set(key, schedulable ? nodes.toArray() : []);
  }
  return answers;
}

const KNOBS = {
  placedPods: 0.3,
  podFaults: 0.03,
  attachLimits: 0.6,
  volumeAttachments: 0.3,
  sharedClaims: 0.4,
  rawDisks: 0.15,
  taints: 0.15,
  unschedulable: 0.1,
  podAffinity: 0.2,
  resources: 0.4,
  inTreeVolumes: 0.2,
  zoneLabels: 0.3,
  claimSelectorErrors: 0.02,
};

/** Claims of few classes that want room, many of them with a node. */
const CROWDED = { ...KNOBS, selectedNode: 0.4, claimKinds: { limited: 60, fixed: 5, provisioned: 5, bound: 5 } };

for (const filters of ["all", "volumes", ["VolumeBinding", "StrictCapacity"]] as const) {
  test(`${filters}: no pod gains a node by a change that did not wake it`, () => {
    const counts = { asleep: 0, changes: 0, gained: 0, woken: 0 };
    const knobs = typeof filters === "string" ? KNOBS : CROWDED;
    for (let seed = 0; seed < 16; seed++) {
      const random = new Random(seed);
      const versions = [0, 1].map(
        (i) => generateCluster(seed * 2 + i, { ...knobs, nodes: 5, pods: 10 }).objects as KubeObject[],
      );
      const matcher = createMatcherSync({ filters });
      load(matcher, versions[0]);
      let known = fits(matcher);
      let undo: Change | undefined;
      for (let step = 0; step < 50; step++) {
        // Whatever took nodes from somebody is undone next.
        const object = random.pick(random.pick(versions));
        const set = SETS[object.kind ?? ""];
        const gone = random.chance(0.35);
        const change = undo ?? ((gone ? { set, delete: object } : { set, upsert: object }) as Change);
        const earlier = (matcher[change.set] as ObjectSet<ObjectLike>).get(
          "upsert" in change ? (change.upsert as KubeObject) : change.delete,
        );
        const wake = matcher.wakes(change);
        const woken = new Set(wake.pods());
        make(matcher, change);
        counts.changes++;
        const before = known;
        known = fits(matcher);
        undo = undefined;
        for (const [key, nodes] of known) {
          const lost = before.get(key)?.some((name) => !nodes.includes(name)) ?? false;
          if (lost && earlier !== undefined) undo = { set: change.set, upsert: earlier } as Change;
          if (lost && earlier === undefined)
            undo = { set: change.set, delete: (change as { upsert: KubeObject }).upsert } as Change;
          if (wake.has(key)) counts.woken++;
          else counts.asleep++;
          const had = before.get(key);
          if (had === undefined || nodes.every((name) => had.includes(name))) continue;
          counts.gained++;
          assert.ok(wake.has(key), `seed ${seed}, step ${step}: ${JSON.stringify(change)} did not wake ${key}`);
          assert.ok(woken.has(key), `seed ${seed}, step ${step}: ${key} is not listed`);
        }
      }
    }
    assert.ok(counts.gained > 40, `${counts.gained} pods gained a node`);
    assert.ok(counts.asleep > counts.changes, `${counts.asleep} of ${counts.woken + counts.asleep} were left asleep`);
  });
}

test("a claim wakes the pods that use it, by an ephemeral volume too; capacity those of its class", () => {
  const matcher = localCluster();
  const ephemeral = { volumes: [{ name: "data", ephemeral: { volumeClaimTemplate: {} } }] };
  matcher.pods.upsert({ metadata: { name: "e", namespace: "default" }, spec: ephemeral });
  // Whoever is done waits for nothing.
  for (const phase of ["Succeeded", "Failed"]) matcher.pods.upsert({ ...pod(phase, ["a"]), status: { phase } });
  const wake = (change: Change) => [...matcher.wakes(change).pods()].sort();
  assert.equal(wake({ set: "persistentVolumeClaims", upsert: claim("a", { resourceVersion: "2" }) }), []);
  assert.equal(wake({ set: "persistentVolumeClaims", upsert: claim("a", {}, { volumeName: "pv1" }) }), ["default/a"]);
  assert.equal(wake({ set: "persistentVolumeClaims", upsert: claim("e-data") }), ["default/e"]);
  assert.equal(wake({ set: "persistentVolumeClaims", delete: "default/b" }), ["default/b"]);
  const capacity = {
    metadata: { name: "k", namespace: "x" },
    storageClassName: "csi",
    nodeTopology: {},
    capacity: "1Gi",
  };
  assert.equal(wake({ set: "csiStorageCapacities", upsert: capacity }), ["default/d"]);
  matcher.csiStorageCapacities.upsert(capacity);
  // Room that goes helps nobody, and room of another class not those that had it before.
  assert.equal(wake({ set: "csiStorageCapacities", delete: "x/k" }), []);
  assert.equal(wake({ set: "csiStorageCapacities", upsert: { ...capacity, storageClassName: "other" } }), []);
  const all = ["default/a", "default/b", "default/c", "default/d", "default/e"];
  assert.equal(wake({ set: "persistentVolumes", upsert: volume("pv3", "n1") }), all);
  matcher.pods.upsert(pod("none", []));
  assert.equal(wake({ set: "nodes", upsert: node("n3") }), [...all, "default/none"]);
  assert.equal(wake({ set: "nodes", upsert: node("n2") }), []);
  assert.equal(wake({ set: "nodes", delete: "n9" }), []);
  assert.equal(wake({ set: "csiNodes", upsert: { metadata: { name: "n1" } } }), all);
  assert.equal(wake({ set: "pods", upsert: pod("none", [], { nodeName: "n1" }) }), ["default/none"]);
});

test("a change that could not be made is told as it would be", () => {
  const matcher = localCluster();
  const refused = (code: string) => (error: unknown) => error instanceof TopologyError && error.code === code;
  assert.throws(() => matcher.wakes({ set: "nodes", upsert: {} }), refused("MissingName"));
  assert.throws(() => matcher.wakes({ set: "nope", delete: "x" } as never), refused("BadArgument"));
  assert.throws(() => matcher.wakes({ set: "nodes" } as never), refused("BadArgument"));
  assert.throws(() => matcher.wakes(undefined as never), refused("BadArgument"));
  const wake = matcher.wakes({ set: "nodes", upsert: node("n3") });
  assert.throws(() => wake.has("default/x"), refused("UnknownPod"));
  assert.is(matcher.nodes.size, 2);
});

test("a claim of a pod on a node wakes whoever attaches volumes", () => {
  const matcher = createMatcherSync({ filters: "all" });
  const on = (spec: object) => ({ tolerations: [], ...spec });
  load(matcher, [
    { ...build.node("n"), status: { allocatable: { pods: "9" } } },
    build.csiNode("n", [{ name: "csi.example.com", nodeID: "n", allocatable: { count: 1 } }]),
    ...["used", "wanted"].flatMap((name) => [
      build.claim(name, { boundTo: `pv-${name}` }),
      build.volume(`pv-${name}`, { spec: { csi: { driver: "csi.example.com", volumeHandle: name } } }),
      { ...build.podOf(on(using(name)), "default", name) },
    ]),
  ] as KubeObject[]);
  matcher.pods.upsert(build.podOf({ ...using("used"), nodeName: "n" }, "default", "used") as KubeObject);
  assert.is(matcher.evaluatePod("default/wanted").nodes.size, 0);
  const change = { set: "persistentVolumeClaims", delete: "default/used" } as const;
  assert.ok(matcher.wakes(change).has("default/wanted"));
  make(matcher, change);
  assert.is(matcher.evaluatePod("default/wanted").nodes.size, 1);
});

const using = (claimName: string) => ({ volumes: [{ name: "v", persistentVolumeClaim: { claimName } }] });

/** Two pods that wait, one of a claim and one of nothing, and one of another namespace with a claim of the same name. */
function waiting(filters: MatcherOptions["filters"]): TopologyMatcher {
  const matcher = createMatcherSync({ filters });
  matcher.nodes.upsert(node("n1"));
  matcher.pods.replace([pod("a", ["a"]), pod("none", []), pod("there", ["x"], { nodeName: "n1" })]);
  const { metadata, spec } = pod("a", ["a"]);
  matcher.pods.upsert({ metadata: { ...metadata, namespace: "other" }, spec });
  return matcher;
}

const pending = (matcher: TopologyMatcher, change: Change) => [...matcher.wakes(change).pods()].sort();

test("a pod that leaves a node wakes whoever has volumes, and where resources are counted everybody", () => {
  const leaves: Change = { set: "pods", delete: "default/there" };
  assert.equal(pending(waiting("volumes"), leaves), ["default/a", "other/a"]);
  assert.equal(pending(waiting(["VolumeBinding", "NodeResourcesFit"]), leaves), [
    "default/a",
    "default/none",
    "other/a",
  ]);
});

test("a pod that comes to a node with volumes wakes whoever has volumes: what both use is attached there now", () => {
  const comes = (claims: readonly string[]): Change => ({
    set: "pods",
    upsert: pod("comes", claims, { nodeName: "n1" }),
  });
  assert.equal(pending(waiting("volumes"), comes(["a"])), ["default/a", "other/a"]);
  assert.equal(pending(waiting("volumes"), comes([])), []);
});

test("a claim wakes pods of its own namespace alone", () => {
  assert.equal(pending(waiting(["VolumeBinding"]), { set: "persistentVolumeClaims", upsert: claim("a") }), [
    "default/a",
  ]);
});

test("whom a change wakes cannot be told once the matcher has swept", () => {
  const matcher = waiting(["VolumeBinding"]);
  const wake = matcher.wakes({ set: "nodes", upsert: node("n2") });
  assert.ok(wake.has("default/a"));
  sweep(matcher);
  const isStale = (error: unknown) => error instanceof TopologyError && error.code === "Stale";
  assert.throws(() => wake.has("default/a"), isStale);
  assert.throws(() => [...wake.pods()], isStale);
});

test.run();
