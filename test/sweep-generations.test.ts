// Between the generations of a cluster everything goes, and a sweep frees all texts and structures: those of the next
// generation take the numbers of those before, and mean something else. Freed numbers are given out the highest first,
// so that from the second generation on each structure gets the very number of its like.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import * as build from "./conformance/build.js";
import type { KubeObject } from "./support/load.js";
import { load, setOf } from "./support/load.js";
import { sweep } from "./support/sweep.js";

const COUNT = 16;
const ALL = Array.from({ length: COUNT }, (_, i) => i);
/** What the i-th object of a generation is about: in each another node. */
const ORDERS = [
  (i: number) => i,
  (i: number) => (i * 7 + 3) % COUNT,
  (i: number) => (i * 5 + 9) % COUNT,
  (i: number) => (i * 11 + 2) % COUNT,
];
const PLACED = ["selector", "affinity", "toleration", "bound", "topology", "free", "disk", "class"];
const SIZED = ["memory", "room"];
const ZONE = "topology.kubernetes.io/zone";

/** Whether the plugin of the in-tree disk has moved there, where it wants a label that no node has. */
const isMoved = (g: number, j: number): boolean => ORDERS[g](j) % 2 === 0;

/** Node j is the only one of its zone, taint and disks, and has j + 1 of everything. */
function generation(g: number): KubeObject[] {
  const nameOf = (j: number) => `g${g}-${j}`;
  const everywhere = { operator: "Exists" };
  const objects: unknown[] = [];
  for (const j of ALL) {
    const spec = { taints: [{ key: nameOf(j), effect: "NoSchedule" }] };
    const allocatable = { cpu: "9", memory: `${j + 1}.${g}5k`, pods: "99" };
    objects.push(
      { ...build.node(`n${j}`, { zone: nameOf(j), [ZONE]: "z" }, spec), status: { allocatable } },
      build.movedPlugins(`n${j}`, `${isMoved(g, j) ? "kubernetes.io/aws-ebs" : "none"},${nameOf(j)}`),
      build.storageClass(`class-${nameOf(ORDERS[g](j))}`, { provisioner: "limited.example.com" }),
      build.csiCapacity(`class-${j}`, { class: `class-${nameOf(j)}`, zone: nameOf(j), capacity: "9Gi" }),
      build.volume(`free-${j}`, { class: "free", zone: nameOf(j), labels: { disk: nameOf(j) } }),
      build.csiCapacity(`room-${j}`, { zone: nameOf(j), capacity: `${j + 1}.${g}5Gi` }),
      build.storageClass(`topology-${j}`, { topologies: [[["zone", nameOf(ORDERS[g](j))]]] }),
      build.volume(`bound-${j}`, { zone: nameOf(ORDERS[g](j)) }),
      build.claim(`bound-${j}`, { boundTo: `bound-${j}` }),
    );
  }
  objects.push(
    build.volume("disk", { terms: [[[ZONE, "In", "z"]]], spec: { awsElasticBlockStore: { volumeID: "vol-1" } } }),
    build.claim("disk", { boundTo: "disk" }),
    build.podOf({ tolerations: [{ operator: "Exists" }], ...using("disk") }, "default", "in-tree"),
    build.storageClass("free", { provisioner: build.NO_PROVISIONER }),
    ...build.limitedClass("limited"),
    build.storageClass("static", { provisioner: build.NO_PROVISIONER }),
  );
  for (const i of ALL) {
    const at = ORDERS[g](i);
    const zone = nameOf(at);
    const asked = (sort: string, spec: object): void => {
      objects.push(build.podOf({ tolerations: [everywhere], ...spec }, "default", `${sort}-${i}`));
    };
    const claimed = (sort: string, options: build.ClaimOptions): void => {
      objects.push(build.claim(`${sort}-${i}`, options));
      asked(sort, using(`${sort}-${i}`));
    };
    asked("selector", { nodeSelector: { zone } });
    const required = { nodeSelectorTerms: [build.termOf([["zone", "In", zone, "nowhere"]])] };
    asked("affinity", { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } } });
    asked("toleration", { tolerations: [{ key: zone, operator: "Exists" }] });
    asked("memory", { containers: [{ name: "c", resources: { requests: { memory: `${at + 1}.${g}1k` } } }] });
    asked("bound", using(`bound-${i}`));
    claimed("topology", { class: `topology-${i}` });
    claimed("free", { class: "free", spec: { selector: { matchLabels: { disk: zone } } } });
    claimed("class", { class: `class-${zone}` });
    claimed("room", { class: "limited", size: `${at + 1}.${g}1Gi` });
    // A disk that is attached, and may not be twice: every node but one has it.
    asked("disk", { volumes: [{ name: "v", gcePersistentDisk: { pdName: zone } }] });
    for (const j of ALL) {
      if (j !== at) objects.push(build.podOf(withDisk(zone, `n${j}`), "default", `user-${i}-${j}`));
    }
  }
  return objects as KubeObject[];
}

const using = (claimName: string) => ({ volumes: [{ name: "v", persistentVolumeClaim: { claimName } }] });
const withDisk = (pdName: string, nodeName: string) => ({
  nodeName,
  volumes: [{ name: "v", gcePersistentDisk: { pdName } }],
});

function check(matcher: TopologyMatcher, g: number): void {
  const feasible = (pod: string) => [...matcher.evaluatePod(`default/${pod}`).nodes].sort();
  const staying = ALL.filter((j) => !isMoved(g, j)).map((j) => `n${j}`);
  assert.equal(feasible("in-tree"), staying.sort(), `generation ${g}`);
  for (const i of ALL) {
    const at = ORDERS[g](i);
    for (const sort of PLACED) assert.equal(feasible(`${sort}-${i}`), [`n${at}`], `${sort} ${i} of generation ${g}`);
    const larger = ALL.filter((j) => j >= at).map((j) => `n${j}`);
    for (const sort of SIZED) assert.equal(feasible(`${sort}-${i}`), larger.sort(), `${sort} ${i} of generation ${g}`);
  }
}

test("answers of a generation are not those of the one before", () => {
  const matcher = createMatcherSync({ filters: "all" });
  for (const g of ORDERS.keys()) {
    const objects = generation(g);
    load(matcher, objects);
    check(matcher, g);
    for (const { kind, metadata } of objects) {
      const { name, namespace } = metadata as { name: string; namespace?: string };
      assert.ok(setOf(matcher, kind).delete(namespace === undefined ? name : `${namespace}/${name}`), name);
    }
    sweep(matcher);
  }
});

test.run();
