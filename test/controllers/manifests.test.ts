// settleManifests: plain objects in, settled plain objects and notes out.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../../lib/index.js";
import { ofKind } from "../../lib/manifests.js";
import type { Written } from "./objects.js";
import { claim, storageClass, volume } from "./objects.js";
import { at, settle } from "./settle.js";

const pod = (name: string, spec: object = {}): Written => ({ kind: "Pod", metadata: { name }, spec });
const node = (name: string, status?: object): Written => ({
  kind: "Node",
  metadata: { name },
  ...(status && { status }),
});

test("defaults of the API server, and every field that was written", () => {
  const own = { storageClassName: "s", hostPath: { path: "/x" }, mountOptions: ["ro"] };
  const { found } = settle([
    storageClass("s", "csi.example.com"),
    { kind: "PersistentVolume", metadata: { name: "v", finalizers: ["f"] }, spec: own, extra: [1] },
    {
      kind: "PersistentVolumeClaim",
      metadata: { name: "c", managedFields: [{}] },
      spec: { resources: { limits: { a: 1 } } },
    },
  ]);
  assert.is(at(found.get("s"), "volumeBindingMode"), "Immediate");
  assert.equal(found.get("v"), {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "v", finalizers: ["f"], uid: "PersistentVolume//v" },
    spec: { ...own, volumeMode: "Filesystem" },
    status: { phase: "Available" },
    extra: [1],
  });
  assert.equal(found.get("c"), {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "c", namespace: "default", uid: "PersistentVolumeClaim/default/c", managedFields: [{}] },
    spec: { resources: { limits: { a: 1 } }, volumeMode: "Filesystem" },
    status: { phase: "Pending" },
  });
});

test("R-NOD-24: a limit without a request is the request, also of a workload's pods", () => {
  const containers = [
    { name: "a", resources: { limits: { cpu: "2", memory: "1Gi" }, requests: { cpu: "1" } } },
    { name: "b", resources: { limits: { cpu: 0 }, requests: { memory: 0 } } },
  ];
  const { found } = settle([
    pod("p", { containers, initContainers: [{ resources: { limits: { cpu: "3" } } }] }),
    { kind: "Deployment", metadata: { name: "d" }, spec: { template: { spec: { containers } } } },
  ]);
  for (const name of ["p", "d-0"]) {
    assert.equal(at(found.get(name), "spec", "containers", 0, "resources", "requests"), { cpu: "1", memory: "1Gi" });
    assert.equal(at(found.get(name), "spec", "containers", 1, "resources", "requests"), { cpu: 0, memory: 0 });
  }
  assert.equal(at(found.get("p"), "spec", "initContainers", 0, "resources", "requests"), { cpu: "3" });
});

test("R-NOD-29: a node holds its capacity; one that says nothing holds plenty, extended resources included", () => {
  const requests = {
    "example.com/gpu": 1,
    "hugepages-2Mi": "2Mi",
    "kubernetes.io/batch": 1,
    "requests.x/y": 1,
    "UP.com/x": 1,
  };
  const { found, notes } = settle([
    node("a", { allocatable: { cpu: "1" }, capacity: { cpu: "2" } }),
    node("b", { capacity: { cpu: "2" } }),
    node("c"),
    node("d", {}),
    pod("p", {
      containers: [{ name: "x", resources: { limits: requests } }],
      initContainers: [{ name: "y", resources: { requests: { "example.com/nic": 1 } } }],
      overhead: { "example.com/fpga": 1 },
    }),
  ]);
  const plenty = { cpu: "1000000", memory: "1Ei", "ephemeral-storage": "1Ei", pods: "1000000" };
  const more = { "example.com/fpga": "1000000", "example.com/gpu": "1000000", "example.com/nic": "1000000" };
  const all = { ...plenty, ...more };
  assert.equal(
    ["a", "b", "c", "d"].map((name) => at(found.get(name), "status", "allocatable")),
    [{ cpu: "1" }, { cpu: "2" }, all, all],
  );
  assert.equal(notes, [
    {
      code: "AllocatableAssumed",
      message: "nodes c, d say nothing of capacity: they are taken to have plenty",
      nodes: ["c", "d"],
    },
  ]);
});

test("what is made stands in its owner's place, with its origin, and what exists wins", () => {
  const template = { spec: { volumes: [{ name: "e", ephemeral: { volumeClaimTemplate: { spec: {} } } }] } };
  const set = {
    kind: "StatefulSet",
    metadata: { name: "w" },
    spec: { replicas: 2, template, volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }] },
  };
  const { objects, origins } = settle([pod("first"), set, pod("w-1", { nodeName: "here" })]);
  assert.equal(
    objects.map(({ kind, metadata }, i) => `${origins[i]} ${kind} ${metadata.name}`),
    [
      "0 Pod first",
      "1 PersistentVolumeClaim data-w-0",
      "1 Pod w-0",
      "1 PersistentVolumeClaim w-0-e",
      "1 PersistentVolumeClaim data-w-1",
      "2 Pod w-1",
    ],
  );
  assert.equal(objects[3].metadata.ownerReferences?.[0]?.uid, "Pod/default/w-0");
});

test("as many pods as are asked for: none for no replicas or fewer, one where nothing is said", () => {
  const pods = (replicas?: number): number => {
    const set = { kind: "StatefulSet", metadata: { name: "w" }, spec: { replicas, template: { spec: {} } } };
    return settle([set]).objects.filter(({ kind }) => kind === "Pod").length;
  };
  assert.equal([undefined, 0, -1, 1, 3].map(pods), [1, 0, 0, 1, 3]);
});

test("a claim that was made takes the uid that a volume knows it by, but not one of a claim that is gone", () => {
  const reserved = (name: string, phase: string) => volume(`v-${name}`, { ref: [name, "uid-before"], phase });
  const { found } = settle([
    ...[reserved("bound", "Bound"), reserved("released", "Released"), reserved("failed", "Failed")],
    ...["bound", "released", "failed"].map((name) => ({
      ...claim(name),
      metadata: { name },
    })),
  ]);
  assert.equal(
    ["bound", "released", "failed"].map((name) => [
      at(found.get(name), "status", "phase"),
      at(found.get(name), "metadata", "uid"),
      at(found.get(`v-${name}`), "status", "phase"),
    ]),
    [
      ["Bound", "uid-before", "Bound"],
      ["Pending", "PersistentVolumeClaim/default/released", "Released"],
      ["Pending", "PersistentVolumeClaim/default/failed", "Failed"],
    ],
  );
});

test("written volumes and claims are as if nobody had provisioned, reclaimed or migrated them yet", () => {
  const annotations = { "pv.kubernetes.io/provisioned-by": "kubernetes.io/aws-ebs" };
  const { found } = settle([
    volume("v", {
      ref: ["gone", "uid-gone"],
      phase: "Bound",
      annotations,
      spec: { persistentVolumeReclaimPolicy: "Delete", local: { path: "/mnt" } },
    }),
    volume("w", {
      ref: ["gone", "uid-gone"],
      phase: "Bound",
      spec: { persistentVolumeReclaimPolicy: "Delete", local: { path: "/mnt" } },
    }),
  ]);
  assert.is(at(found.get("v"), "status", "phase"), "Released");
  assert.equal(at(found.get("v"), "metadata", "annotations"), annotations);
  assert.is(at(found.get("w"), "status", "phase"), "Released");
});

test("a driver that tracks capacity has no room before anything runs, unless that is taken for granted", () => {
  const objects = [
    storageClass("later", "csi.example.com", "WaitForFirstConsumer"),
    storageClass("unused", "csi.example.com", "WaitForFirstConsumer"),
    { kind: "CSIDriver", metadata: { name: "csi.example.com" }, spec: { storageCapacity: true } },
    claim("c", { class: "later" }),
    node("n", { capacity: { cpu: "1" } }),
    pod("p", { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] }),
  ];
  const fits = (settled: ReturnType<typeof settle>): boolean => {
    const matcher = createMatcherSync();
    matcher.nodes.replace(ofKind(settled.objects, "Node"));
    matcher.pods.replace(ofKind(settled.objects, "Pod"));
    matcher.storageClasses.replace(ofKind(settled.objects, "StorageClass"));
    matcher.csiDrivers.replace(ofKind(settled.objects, "CSIDriver"));
    matcher.persistentVolumeClaims.replace(ofKind(settled.objects, "PersistentVolumeClaim"));
    matcher.csiStorageCapacities.replace(ofKind(settled.objects, "CSIStorageCapacity"));
    return matcher.evaluatePod("default/p").nodes.has("n");
  };
  const strict = settle(objects);
  assert.equal(strict.notes, [
    {
      code: "CapacityUnknown",
      message:
        "class later: no node has room, because its driver csi.example.com tracks capacity, " +
        "and CSIStorageCapacity objects exist only at run time",
      storageClass: "later",
      driver: "csi.example.com",
    },
  ]);
  assert.is(fits(strict), false);
  const assumed = settle(objects, { assumeProvisioned: true });
  assert.equal(assumed.messages, ["classes later, unused are taken to have room on every node"]);
  assert.is(fits(assumed), true);
  const known = { kind: "CSIStorageCapacity", metadata: { name: "x" }, storageClassName: "later" };
  assert.equal(settle([...objects, known]).notes, []);
});

test("an immediate claim is taken to have been provisioned where its class allows", () => {
  const allowedTopologies = [{ matchLabelExpressions: [{ key: "zone", values: ["a", "b"] }] }, {}];
  const { found, messages, objects, origins } = settle(
    [
      { ...storageClass("made", "csi.example.com"), allowedTopologies },
      {
        ...claim("c", { class: "made", spec: { volumeMode: "Block", volumeAttributesClassName: "gold" } }),
        metadata: { name: "c" },
      },
      claim("d", { class: "made", spec: { selector: {} } }),
      claim("e", { class: "gone" }),
    ],
    { assumeProvisioned: true },
  );
  assert.equal(messages.slice(-1), ["claim default/c is taken to have been provisioned"]);
  assert.is(messages.length, 3);
  assert.equal(
    [at(found.get("c"), "spec", "volumeName"), at(found.get("c"), "status", "phase")],
    ["pvc-default.c", "Bound"],
  );
  assert.equal([at(found.get("d"), "status", "phase"), at(found.get("e"), "status", "phase")], ["Pending", "Pending"]);
  assert.equal([objects[2].metadata.name, origins[2]], ["pvc-default.c", 1]);
  assert.equal(at(objects[2], "spec"), {
    accessModes: ["ReadWriteOnce"],
    capacity: { storage: "5Gi" },
    claimRef: {
      kind: "PersistentVolumeClaim",
      apiVersion: "v1",
      namespace: "default",
      name: "c",
      uid: "PersistentVolumeClaim/default/c",
    },
    csi: { driver: "csi.example.com", volumeHandle: "pvc-default.c" },
    persistentVolumeReclaimPolicy: "Delete",
    storageClassName: "made",
    volumeMode: "Block",
    volumeAttributesClassName: "gold",
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: "zone", operator: "In", values: ["a", "b"] }] },
          { matchExpressions: [] },
        ],
      },
    },
  });
});

test("lists are read as their items, what is unknown or replaced is noted", () => {
  const { messages, objects } = settle([
    { kind: "List", items: [{ kind: "PodList", items: [{ metadata: { name: "p" } }] }, pod("q")] },
    { kind: "Service", metadata: { name: "s" } },
    { apiVersion: "example.com/v1", kind: "Pod", metadata: { name: "s" } },
    { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "d" } },
    pod("p", { nodeName: "n" }),
  ]);
  assert.equal(
    objects.map(({ metadata, spec }) => [metadata.name, at(spec, "nodeName")]),
    [
      ["p", "n"],
      ["q", undefined],
    ],
  );
  assert.equal(messages, [
    "objects[4]: Pod default/p replaces that of objects[0]",
    "skipped 1 object of unknown kind Service",
    "skipped 1 object of unknown kind Pod (example.com)",
    "skipped 1 CronJob: its pods exist only when a job of it runs",
  ]);
});

test("the claim of an ephemeral volume is controlled by its pod", () => {
  const { found } = settle([pod("p", { volumes: [{ name: "v", ephemeral: { volumeClaimTemplate: { spec: {} } } }] })]);
  const owner = (field: string) => at(found.get("p-v"), "metadata", "ownerReferences", 0, field);
  assert.equal(["kind", "name", "uid", "controller"].map(owner), ["Pod", "p", "Pod/default/p", true]);
});

test.run();
