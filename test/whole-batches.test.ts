// Counts of many pods under all filters, as objects of every kind come, change and go, against the reference evaluator.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, FILTERS } from "../lib/index.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { PluginConfigs } from "./reference/generator/plugin-config.js";
import { pluginConfigOf } from "./reference/generator/plugin-config.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, setOf } from "./support/load.js";

const ENGINES: readonly EngineName[] = ["wasm", "javascript"];
const DRIVER = "disk.example.com";

const KNOBS = {
  pods: 12,
  placedPods: 0.3,
  resources: 0.6,
  taints: 0.2,
  podAffinity: 0.2,
  sharedClaims: 0.2,
  attachLimits: 0.7,
  attachOddities: 0.1,
  podFaults: 0.02,
  claimKinds: { bound: 6, fixed: 1, provisioned: 2, limited: 1 },
};

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace}/${metadata?.name}`;
const nameOf = ({ metadata }: KubeObject): string => `${metadata?.namespace ?? "default"}/${metadata?.name}`;

function countOf(matcher: TopologyMatcher, pods: readonly string[]): number[] {
  const ids = Uint32Array.from(pods, (pod) => matcher.podId(pod));
  const counts = new Uint32Array(ids.length);
  matcher.countFeasible(ids, counts);
  return [...counts];
}

/** Fails unless the counts are those of the reference evaluator; returns their sum. */
function checkCounts(
  matcher: TopologyMatcher,
  live: Iterable<KubeObject>,
  hint: string,
  pluginConfig: PluginConfigs = [],
): number {
  const objects = [...live];
  const pods = objects.filter(({ kind }) => kind === "Pod").map(nameOf);
  const { pods: reports } = evaluateCluster(objects, { filters: FILTERS, kubernetes: "1.37", pods, pluginConfig });
  const counts = countOf(matcher, pods);
  const expected = reports.map(({ feasible }) => feasible.length);
  assert.equal(counts, expected, hint);
  return counts.reduce((sum, count) => sum + count, 0);
}

for (const engine of ENGINES) {
  test(`${engine}: counts of changing clusters are those of the reference evaluator`, () => {
    let feasible = 0;
    for (let seed = 0; seed < 11; seed++) {
      const random = new Random(seed);
      const knobs = { ...KNOBS, nodes: random.pick([4, 7, 12]) };
      const objects = [0, 1].flatMap((i) => generateCluster(seed * 2 + i, knobs).objects as KubeObject[]);
      const live = new Map<string, KubeObject>();
      const pluginConfig = seed < 8 ? [] : pluginConfigOf(random, objects as never, FILTERS, true);
      const matcher = matcherOf(objects.slice(0, objects.length / 2), { engine, filters: "all", pluginConfig });
      for (const object of objects.slice(0, objects.length / 2)) live.set(keyOf(object), object);
      for (let round = 0; round < 8; round++) {
        for (let event = 0; event < 12; event++) {
          const object = random.pick(objects);
          if (random.chance(0.3)) {
            setOf(matcher, object.kind).delete(object);
            live.delete(keyOf(object));
          } else {
            setOf(matcher, object.kind).upsert(object);
            live.set(keyOf(object), object);
          }
        }
        if (round === 5) matcher.trim();
        feasible += checkCounts(matcher, live.values(), `seed ${seed}, round ${round}`, pluginConfig);
      }
    }
    assert.ok(feasible > 300, `${feasible} feasible nodes are too few to be evidence`);
  });

  test(`${engine}: a count follows each pod that a node takes, and each that leaves it`, () => {
    const matcher = attachedTo(engine, 2);
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
    matcher.pods.upsert(withClaim("first", "c1", "n1"));
    // One of two places is taken.
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
    matcher.pods.upsert(withClaim("second", "c2", "n1"));
    assert.equal(countOf(matcher, ["default/asked"]), [2]);
    // Its own volume is there already: it needs no place.
    matcher.pods.upsert(withClaim("third", "c0", "n1"));
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
    matcher.pods.delete("default/third");
    assert.equal(countOf(matcher, ["default/asked"]), [2]);
    matcher.pods.delete("default/first");
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
  });

  test(`${engine}: a count follows a pod at fault, which ends every cycle on its node`, () => {
    const matcher = attachedTo(engine, 2);
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
    matcher.pods.upsert(withClaim("faulty", "", "n2"));
    assert.equal(countOf(matcher, ["default/asked"]), [2]);
    assert.ok(matcher.evaluatePod("default/asked").error);
    matcher.pods.delete("default/faulty");
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
  });

  test(`${engine}: a count follows a CSINode, and the room that pods leave`, () => {
    const matcher = attachedTo(engine, 1);
    matcher.csiNodes.upsert(csiNode("n2", 0));
    assert.equal(countOf(matcher, ["default/asked"]), [2]);
    matcher.csiNodes.delete("n2");
    // Without a CSINode the driver that must be there is missing.
    assert.equal(countOf(matcher, ["default/asked"]), [2]);
    matcher.csiNodes.upsert(csiNode("n2", 1));
    assert.equal(countOf(matcher, ["default/asked"]), [3]);
    matcher.pods.upsert({
      ...withClaim("big", "c1", "n3"),
      spec: { nodeName: "n3", containers: [{ name: "c", resources: { requests: { cpu: "1700m" } } }] },
    });
    assert.equal(countOf(matcher, ["default/asked"]), [2]);
  });
}

const csiNode = (name: string, count: number) => ({
  metadata: { name },
  spec: { drivers: [{ name: DRIVER, nodeID: name, allocatable: { count } }] },
});

function withClaim(name: string, claimName: string, nodeName?: string) {
  const volumes = [{ name: "v", persistentVolumeClaim: { claimName } }];
  const containers = [{ name: "c", resources: { requests: { cpu: "400m" } } }];
  return { metadata: { name, namespace: "default" }, spec: { nodeName, volumes, containers } };
}

/** Three nodes with so many places for volumes each, and a pod with a volume that all of them reach. */
function attachedTo(engine: EngineName, places: number): TopologyMatcher {
  const matcher = createMatcherSync({ engine, filters: "all" });
  matcher.csiDrivers.upsert({ metadata: { name: DRIVER }, spec: { preventPodSchedulingIfMissing: true } });
  for (const name of ["n1", "n2", "n3"]) {
    matcher.nodes.upsert({ metadata: { name }, status: { allocatable: { cpu: "2", pods: "9" } } });
    matcher.csiNodes.upsert(csiNode(name, places));
  }
  for (const i of [0, 1, 2]) {
    const csi = { driver: DRIVER, volumeHandle: `h${i}` };
    matcher.persistentVolumes.upsert({
      metadata: { name: `pv${i}` },
      spec: { csi, capacity: { storage: "1Gi" }, accessModes: ["ReadWriteMany"] },
    });
    const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
    const metadata = { name: `c${i}`, namespace: "default", annotations };
    matcher.persistentVolumeClaims.upsert({ metadata, spec: { volumeName: `pv${i}`, accessModes: ["ReadWriteMany"] } });
  }
  matcher.pods.upsert(withClaim("asked", "c0"));
  return matcher;
}

test.run();
