// Live mode: a kind without any object that the verdict rests on has a line on standard error, and no other has.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { evaluatedPods } from "../../lib/cli/notes/evaluated.js";
import { MissingKinds } from "../../lib/cli/notes/missing-kinds.js";
import { createMatcherSync } from "../../lib/index.js";
import type { Written } from "./objects.js";
import { claim, delayed, list, node, pod, storageClass, volume } from "./objects.js";
import { Files } from "./program.js";

const files = new Files();

const BOUND = { namespace: "default", annotations: { "pv.kubernetes.io/bind-completed": "yes" } };
const boundTo = (name: string, volumeName: string): Written => claim(name, { volumeName }, BOUND);
const provisioned = storageClass("fast", { provisioner: "csi.example.com", ...delayed });
const local = storageClass("local", delayed);
const waiting = claim("c", { storageClassName: "fast" });
const driver = (storageCapacity: boolean): Written => ({
  kind: "CSIDriver",
  metadata: { name: "csi.example.com" },
  spec: { storageCapacity },
});
const csiNode = (...drivers: readonly string[]): Written => ({
  kind: "CSINode",
  metadata: { name: "a" },
  spec: { drivers: drivers.length > 0 ? drivers.map((name) => ({ name })) : null },
});
const capacity: Written = {
  kind: "CSIStorageCapacity",
  metadata: { name: "x", namespace: "kube-system" },
  storageClassName: "fast",
  nodeTopology: {},
  capacity: "1Gi",
};
const inTree = (source: Written): Written => volume("pv", source);

/** The objects of the input besides a node and a pod that uses claim `c` -> the line. */
const NOTED: readonly (readonly [title: string, objects: readonly Written[], line: string])[] = [
  [
    "StorageClass",
    [waiting, claim("unused", { storageClassName: "fast" })],
    "no StorageClass in the input, but 1 claim names one (first: default/c -> fast): such claims are judged as immediate",
  ],
  [
    "PersistentVolumeClaim",
    [],
    "no PersistentVolumeClaim in the input, but 1 pod names one (first: default/p -> default/c): such pods are judged " +
      "as if their claims did not exist",
  ],
  [
    "PersistentVolume, of a bound claim",
    [boundTo("c", "pv")],
    "no PersistentVolume in the input, but 1 claim needs one (first: default/c -> pv): pods with such claims fit no node",
  ],
  [
    "PersistentVolume, of a claim that nothing is provisioned for",
    [local, claim("c", { storageClassName: "local" })],
    "no PersistentVolume in the input, but 1 claim needs one (first: default/c): pods with such claims fit no node",
  ],
  [
    "CSIDriver",
    [provisioned, waiting],
    "no CSIDriver in the input, but 1 class has an external provisioner (first: fast -> csi.example.com): storage " +
      "capacity is not checked",
  ],
  [
    "CSIDriver, where a node has the driver",
    [provisioned, waiting, csiNode("other.example.com", "csi.example.com")],
    "no CSIDriver in the input, but 1 class has an external provisioner (first: fast -> csi.example.com): storage " +
      "capacity is not checked",
  ],
  [
    "CSIStorageCapacity",
    [provisioned, waiting, driver(true)],
    "no CSIStorageCapacity in the input, but 1 class is of a driver that tracks capacity (first: fast -> " +
      "csi.example.com): no node has room for a claim of such a class",
  ],
  [
    "CSINode, of an in-tree volume",
    [boundTo("c", "pv"), inTree({ awsElasticBlockStore: { volumeID: "vol-1" } })],
    "no CSINode in the input, but 1 volume is of an in-tree plugin (first: pv): zones of such volumes are compared as " +
      "if no plugin were migrated to CSI",
  ],
];

/** Where there is no CSINode, NodeVolumeLimits would miss it: a test of its own. */
const filtersFor = (objects: readonly Written[]): string[] =>
  objects.some(({ kind }) => kind === "CSINode") ? [] : ["--filters", "VolumeBinding"];

for (const [title, objects, line] of NOTED) {
  test(`noted: ${title}`, async () => {
    const input = list(node("a"), ...objects, pod("p", ["c"]));
    const { stderr } = await files.check("x.json", input, "-o", "json", ...filtersFor(objects));
    assert.is(stderr, `topomatch: ${line}\n`);
    assert.is((await files.check("x.json", input, "--print-objects")).stderr, "", "nothing is judged");
  });
}

const SILENT: readonly (readonly [title: string, ...objects: readonly Written[]])[] = [
  ["a class of that name is missing, but others are there", waiting, local],
  ["a bound claim needs no class", boundTo("c", "pv"), volume("pv")],
  ["a claim without a class needs none", claim("c")],
  ["a claim that is provisioned needs no volume", provisioned, waiting, driver(false)],
  ["a driver that tracks nothing needs no capacities", provisioned, waiting, driver(false)],
  ["capacities are there", provisioned, waiting, driver(true), capacity],
  ["a provisioner that no CSINode lists is none of CSI's", provisioned, waiting, csiNode()],
  [
    "in-tree provisioners track nothing",
    storageClass("fast", { provisioner: "kubernetes.io/aws-ebs", ...delayed }),
    waiting,
  ],
  ["an immediate claim waits for no capacity", storageClass("fast", { provisioner: "csi.example.com" }), waiting],
  [
    "a claim that names its volume is immediate",
    provisioned,
    claim("c", { storageClassName: "fast", volumeName: "pv" }),
  ],
  ["a claim without a size needs no room", provisioned, claim("c", { storageClassName: "fast", resources: {} })],
  [
    "a volume of CSI is not migrated",
    boundTo("c", "pv"),
    inTree({ csi: { driver: "csi.example.com", volumeHandle: "h" } }),
  ],
  ["zones of Azure's disks are not rewritten", boundTo("c", "pv"), inTree({ azureDisk: { diskName: "d" } })],
];

for (const [title, ...objects] of SILENT) {
  test(`silent: ${title}`, async () => {
    const input = list(node("a"), ...objects, pod("p", ["c"]));
    assert.is((await files.check("x.json", input, "-o", "json", ...filtersFor(objects))).stderr, "");
  });
}

test("noted: CSINode, of attach limits, where the plugin runs", async () => {
  const input = list(node("a"), provisioned, waiting, driver(false), pod("p", ["c"]));
  const line =
    "topomatch: no CSINode in the input, but 1 pod has volumes of CSI drivers (first: default/p -> csi.example.com): " +
    "attach limits are not checked\n";
  assert.is((await files.check("x.json", input, "-o", "json", "--filters", "NodeVolumeLimits")).stderr, line);
  assert.is((await files.check("x.json", input, "-o", "json", "--filters", "VolumeBinding")).stderr, "");
});

test("no kind is missed by pods without claims, and none by claims that nobody asks about", async () => {
  const onNode = pod("placed", ["c"], { status: { phase: "Running" } });
  const placed = { ...onNode, spec: { ...(onNode.spec as Written), nodeName: "a" } };
  const input = list(node("a"), waiting, placed, pod("p"));
  assert.is((await files.check("x.json", input)).stderr, "");
  assert.match((await files.check("x.json", input, "placed")).stderr, /^topomatch: no StorageClass in the input/);
});

test("several pods: everything is counted once, the first is named, one line a kind", async () => {
  const input = list(
    ...["c", "d"].map((name) => claim(name, { storageClassName: "fast" })),
    boundTo("e", "pv-e"),
    pod("p", ["c", "e"]),
    pod("q", ["c", "d"]),
    pod("r"),
  );
  assert.equal((await files.check("x.json", input, "-o", "json")).stderr.trimEnd().split("\n"), [
    "topomatch: no Node in the input, but 3 pods wait for one (first: default/p): such pods fit nowhere",
    "topomatch: no PersistentVolume in the input, but 1 claim needs one (first: default/e -> pv-e): pods with such " +
      "claims fit no node",
    "topomatch: no StorageClass in the input, but 2 claims name one (first: default/c -> fast): such claims are judged " +
      "as immediate",
  ]);
});

test("a claim of a generic ephemeral volume is one like others", async () => {
  const ephemeral = { kind: "Pod", metadata: { name: "p" }, spec: { volumes: [{ name: "tmp", ephemeral: {} }] } };
  const { stderr } = await files.check("x.json", list(node("a"), ephemeral));
  assert.match(
    stderr,
    /no PersistentVolumeClaim in the input, but 1 pod names one \(first: default\/p -> default\/p-tmp\)/,
  );
});

test("attach limits are missed where NodeVolumeLimits runs, in the line of CSINode", () => {
  const matcher = createMatcherSync();
  const linesFor = (...running: readonly string[]): string[] => {
    const missing = new MissingKinds(matcher, new Set(), running);
    for (const evaluated of evaluatedPods(matcher, ["default/p", "default/q"])) missing.add(evaluated);
    return missing.lines().filter((line) => line.includes("CSINode"));
  };
  const handle = { csi: { driver: "csi.example.com", volumeHandle: "h" } };
  matcher.persistentVolumes.upsert({ metadata: { name: "pv" }, spec: { cinder: { volumeID: "v" } } });
  matcher.persistentVolumes.upsert({ metadata: { name: "pv2" }, spec: handle });
  for (const [name, volumeName] of [
    ["c", "pv"],
    ["d", "pv2"],
  ]) {
    matcher.persistentVolumeClaims.upsert({ ...boundTo(name, volumeName), metadata: { ...BOUND, name } });
  }
  matcher.pods.upsert({ ...pod("p", ["c"]), metadata: { name: "p", namespace: "default" } });
  matcher.pods.upsert({ ...pod("q", ["d"]), metadata: { name: "q", namespace: "default" } });
  const migrated =
    "no CSINode in the input, but 1 volume is of an in-tree plugin (first: pv): zones of such volumes are compared as " +
    "if no plugin were migrated to CSI";
  const limits =
    "1 pod has volumes of CSI drivers (first: default/q -> csi.example.com): attach limits are not checked";
  assert.equal(linesFor("VolumeBinding"), [migrated]);
  assert.equal(linesFor("NodeVolumeLimits"), [`no CSINode in the input, but ${limits}`]);
  assert.equal(linesFor("NodeVolumeLimits", "VolumeBinding"), [`${migrated}; and ${limits}`]);
});

test("manifests never have kinds that come about at run time, so none is noted", async () => {
  const input = list(node("a"), provisioned, waiting, pod("p", ["c"]));
  assert.is((await files.check("x.json", input, "--mode", "manifests")).stderr, "");
});

test.after(() => files.remove());

test.run();
