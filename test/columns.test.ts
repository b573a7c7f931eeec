// Local volumes and capacity objects on many nodes: answers come from columns, which events have to keep true.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { reportOf, setOf } from "./support/load.js";

const NODES = 70;
const hostname = (node: number): string => `node-${node}`;

function node(i: number, random: Random): KubeObject {
  const labels: Record<string, string> = { zone: `z${random.int(0, 2)}` };
  // A node without the label, or with another node's, is what makes local volumes move.
  if (!random.chance(0.05))
    labels["kubernetes.io/hostname"] = hostname(random.chance(0.05) ? random.int(0, NODES - 1) : i);
  return { kind: "Node", metadata: { name: hostname(i), labels } };
}

function volume(i: number, random: Random): KubeObject {
  const wide = random.chance(0.1);
  const key = wide ? "zone" : "kubernetes.io/hostname";
  const value = wide ? `z${random.int(0, 2)}` : hostname(i % NODES);
  return {
    kind: "PersistentVolume",
    metadata: { name: `pv-${i}` },
    spec: {
      storageClassName: random.chance(0.8) ? "local" : "provisioned",
      capacity: { storage: `${random.int(1, 40)}Gi` },
      accessModes: random.chance(0.7) ? ["ReadWriteOnce"] : ["ReadWriteOnce", "ReadOnlyMany"],
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values: [value] }] }] },
      },
    },
    status: { phase: random.chance(0.85) ? "Available" : "Released" },
  } as KubeObject;
}

function capacity(i: number, random: Random): KubeObject {
  return {
    kind: "CSIStorageCapacity",
    metadata: { name: `room-${i}`, namespace: "csi" },
    storageClassName: "provisioned",
    nodeTopology: { matchLabels: { "kubernetes.io/hostname": hostname(i % NODES) } },
    capacity: `${random.int(1, 40)}Gi`,
  } as KubeObject;
}

function claim(i: number, random: Random): KubeObject {
  return {
    kind: "PersistentVolumeClaim",
    metadata: { name: `c-${i}`, namespace: "default" },
    spec: {
      storageClassName: random.chance(0.6) ? "local" : "provisioned",
      resources: { requests: { storage: `${random.int(1, 40)}Gi` } },
      accessModes: random.chance(0.8) ? ["ReadWriteOnce"] : ["ReadOnlyMany"],
    },
  } as KubeObject;
}

const FIXED: readonly KubeObject[] = [
  { kind: "StorageClass", metadata: { name: "local" }, provisioner: "kubernetes.io/no-provisioner" },
  { kind: "StorageClass", metadata: { name: "provisioned" }, provisioner: "csi.example.com" },
].map((object) => ({ ...object, volumeBindingMode: "WaitForFirstConsumer" }));
const DRIVER = { kind: "CSIDriver", metadata: { name: "csi.example.com" }, spec: { storageCapacity: true } };

for (const engine of ["wasm", "javascript"] satisfies EngineName[]) {
  test(`${engine}: columns stay true through 400 events`, () => {
    const random = new Random(7);
    const matcher = createMatcherSync({ engine });
    const live = new Map<string, KubeObject>();
    const put = (object: KubeObject): void => {
      setOf(matcher, object.kind).upsert(object);
      live.set(`${object.kind} ${object.metadata?.name}`, object);
    };
    const drop = (kind: string, name: string, namespace?: string): void => {
      setOf(matcher, kind).delete(namespace === undefined ? name : `${namespace}/${name}`);
      live.delete(`${kind} ${name}`);
    };
    for (const object of [...FIXED, DRIVER]) put(object);
    for (let i = 0; i < NODES; i++) put(node(i, random));
    for (let i = 0; i < NODES * 4; i++) put(volume(i, random));
    for (let i = 0; i < NODES; i++) put(capacity(i, random));
    for (let i = 0; i < 40; i++) put(claim(i, random));
    for (let i = 0; i < 20; i++) {
      const claims = Array.from({ length: random.int(1, 4) }, () => ({ claimName: `c-${random.int(0, 39)}` }));
      const volumes = claims.map((source, j) => ({ name: `v${j}`, persistentVolumeClaim: source }));
      put({ kind: "Pod", metadata: { name: `p-${i}`, namespace: "default" }, spec: { volumes } } as KubeObject);
    }
    let some = 0;
    for (let event = 0; event < 400; event++) {
      const i = random.int(0, NODES * 4 - 1);
      const what = random.int(0, 9);
      if (what < 2) put(node(i % NODES, random));
      else if (what < 3) drop("Node", hostname(i % NODES));
      else if (what < 5) put(volume(i, random));
      else if (what < 7) drop("PersistentVolume", `pv-${i}`);
      else if (what < 8) put(capacity(i % NODES, random));
      else if (what < 9) drop("CSIStorageCapacity", `room-${i % NODES}`, "csi");
      else put(claim(i % 40, random));
      if (event % 5 !== 0) continue;
      const pod = `default/p-${random.int(0, 19)}`;
      const [expected] = evaluateCluster([...live.values()], { pods: [pod], plans: true }).pods;
      const report = reportOf(matcher, pod);
      if (report.feasible.length > 0 && report.infeasible.length > 0) some++;
      assert.equal(report, JSON.parse(JSON.stringify(expected)), `event ${event}, pod ${pod}`);
    }
    assert.ok(some >= 20, `${some} verdicts that split the nodes are too few to be evidence`);
  });
}

test.run();
