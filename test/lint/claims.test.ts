// What is found about claims and pods: for each rule a cluster with exactly that fault, and clusters without.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { capacity, claim, csiDriver, findings, found, lineOf, NODES, node, storageClass, volume } from "./cluster.js";

const BOUND = { annotations: { "pv.kubernetes.io/bind-completed": "yes" } };
const SELECTED = "volume.kubernetes.io/selected-node";
const BETA = "volume.beta.kubernetes.io/storage-class";
const MADE = storageClass("made", "disk.example.com");
const STATIC = storageClass("static", "kubernetes.io/no-provisioner");
const ref = (name: string, uid?: string) => ({ claimRef: { namespace: "d", name, ...(uid !== undefined && { uid }) } });

test("claim-selected-node-gone: a selected node that is not there, or has no name", () => {
  const stale = (name: string, spec: object = {}) => {
    return claim("c", { storageClassName: "made", ...spec }, { annotations: { [SELECTED]: name } });
  };
  assert.equal(found(...NODES, MADE, stale("n9")), [
    `error claim-selected-node-gone PersistentVolumeClaim d/c metadata.annotations["${SELECTED}"]: node n9 was selected for the claim, but there is no such node: kube-scheduler lets no other one through`,
  ]);
  assert.is(found(...NODES, MADE, stale("")).length, 1);
  assert.equal(found(...NODES, MADE, stale("n1")), []);
  assert.equal(found(MADE, stale("n9")), []);
  const bound = volume("v", { storageClassName: "made", ...ref("c", "uid-c") }, {}, "Bound");
  const done = claim("c", { volumeName: "v" }, { annotations: { ...BOUND.annotations, [SELECTED]: "n9" } }, "Bound");
  assert.equal(found(...NODES, MADE, bound, done), []);
});

test("claim-volume-missing: a volume that is not there, or is gone", () => {
  const other = volume("data-1", { storageClassName: "made" });
  assert.equal(found(MADE, other, claim("c", { storageClassName: "made", volumeName: "data-2" })), [
    "error claim-volume-missing PersistentVolumeClaim d/c spec.volumeName: the claim waits for volume data-2, which does not exist",
  ]);
  const [{ remedy }] = findings([MADE, other, claim("c", { storageClassName: "made", volumeName: "data-2" })]);
  assert.match(remedy, /name data-1 if that is meant/);
  const gone = claim("c", { storageClassName: "made", volumeName: "gone" }, BOUND, "Bound");
  assert.equal(found(MADE, other, gone), [
    "error claim-volume-missing PersistentVolumeClaim d/c spec.volumeName: the claim is bound to volume gone, which is gone",
  ]);
  // Volumes may not have been read, but a claim that is Lost says it.
  assert.equal(found(MADE, gone), []);
  assert.is(found(MADE, { ...gone, status: { phase: "Lost" } }).length, 1);
});

test("claim-binding: a volume that does not suit the claim, is another's, or is not bound yet", () => {
  const named = (more: object = {}) => claim("c", { storageClassName: "static", volumeName: "v", ...more });
  assert.equal(found(STATIC, volume("v", { capacity: { storage: "1G" } }), named()), [
    "error claim-binding PersistentVolumeClaim d/c spec.volumeName: the claim waits for volume v, which is too small by 73,741,824 bytes: 1Gi is asked for, and it has 1G",
  ]);
  assert.equal(found(STATIC, MADE, volume("v"), named({ storageClassName: "made" })), [
    "error claim-binding PersistentVolumeClaim d/c spec.volumeName: the claim waits for volume v, which is of class static, not made",
  ]);
  const other = claim("o", { storageClassName: "static", volumeName: "v" }, BOUND, "Bound");
  assert.equal(found(STATIC, volume("v", ref("o", "uid-o"), {}, "Bound"), other, named()), [
    "error claim-binding PersistentVolumeClaim d/c spec.volumeName: the claim waits for volume v, which is that of claim d/o",
  ]);
  const misbound = claim("c", { storageClassName: "static", volumeName: "v" }, BOUND, "Lost");
  assert.equal(found(STATIC, volume("v", ref("o", "uid-o"), {}, "Bound"), other, misbound), [
    "error claim-binding PersistentVolumeClaim d/c spec.volumeName: the claim is Lost: it is bound to volume v, but the volume is that of claim d/o",
  ]);
  const [earlier] = found(STATIC, volume("v", ref("c", "uid-0"), {}, "Bound"), misbound);
  assert.is(
    earlier,
    "error claim-binding PersistentVolumeClaim d/c spec.volumeName: the claim is Lost: it is bound to volume v, but the volume is that of an earlier claim d/c, which had another uid",
  );
  const [fault] = found(STATIC, volume("v"), named());
  assert.match(
    fault,
    /^warning claim-binding PersistentVolumeClaim d\/c spec\.volumeName: the claim names volume v, but has no annotation/,
  );
});

test("claim-binding is silent about a claim that is bound to its volume", () => {
  const bound = claim("c", { storageClassName: "static", volumeName: "v" }, BOUND, "Bound");
  assert.equal(found(STATIC, volume("v", ref("c", "uid-c"), {}, "Bound"), bound), []);
  assert.equal(found(STATIC, volume("v"), bound), []);
});

test("claim-class-unknown: no such class, and no volume of it", () => {
  assert.equal(found(MADE, claim("c", { storageClassName: "mode" })), [
    "error claim-class-unknown PersistentVolumeClaim d/c spec.storageClassName: there is no class mode, and no volume of that class: nobody will make one; made may have been meant",
  ]);
  // A class that is but a name, as in the tutorials.
  assert.equal(found(volume("v", { storageClassName: "manual" }), claim("c", { storageClassName: "manual" })), []);
  // No class was read.
  assert.equal(found(claim("c", { storageClassName: "manual" })), []);
  assert.equal(found(volume("v", { storageClassName: "other" }), claim("c", { storageClassName: "manual" })), []);
  const bound = claim("c", { storageClassName: "old", volumeName: "v" }, BOUND, "Bound");
  assert.equal(found(MADE, volume("v", ref("c", "uid-c"), {}, "Bound"), bound), []);
});

const DEFAULT = { metadata: { name: "made", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } };

test('claim-class-empty: the class "" beside a default class', () => {
  const standard = storageClass("made", "disk.example.com", DEFAULT);
  assert.equal(found(standard, claim("c", { storageClassName: "" })), [
    'warning claim-class-empty PersistentVolumeClaim d/c spec.storageClassName: the class "" asks for a volume without class and is never provisioned, and no such volume is free; the default class is made',
  ]);
  assert.equal(found(standard, volume("v", { storageClassName: "" }), claim("c", { storageClassName: "" })), []);
  assert.equal(found(standard, claim("c")), []);
  assert.equal(found(standard, claim("c", { storageClassName: "made" })), []);
});

test("claim-without-class: no class, no default, and no volume without class", () => {
  assert.equal(found(MADE, claim("c")), [
    "error claim-without-class PersistentVolumeClaim d/c spec.storageClassName: the claim names no class, no class is the default, and no volume without class is free",
  ]);
  assert.equal(found(MADE, volume("v", { storageClassName: "" }), claim("c")), []);
  assert.equal(found(storageClass("made", "disk.example.com", DEFAULT), claim("c")), []);
});

test("claim-without-volume: a class that makes none, and the volume that comes nearest", () => {
  const big = claim("c", { storageClassName: "static", resources: { requests: { storage: "30Gi" } } });
  assert.equal(found(STATIC, volume("v"), big), [
    "error claim-without-volume PersistentVolumeClaim d/c spec: class static makes no volumes: volume v is too small by 21,474,836,480 bytes: 30Gi is asked for, and it has 10Gi",
  ]);
  assert.equal(found(STATIC, volume("v"), claim("c", { storageClassName: "static" })), []);
  // A default class may be on its way to a claim that names none.
  const isDefault = { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } };
  const byDefault = { ...MADE, metadata: { ...MADE.metadata, ...isDefault } };
  const told = found(
    byDefault,
    volume("v", { storageClassName: "" }),
    claim("c", { ...big.spec, storageClassName: undefined }),
  );
  assert.equal(
    told.filter((line) => line.includes("claim-without-volume")),
    [],
  );
  // One that is reserved for the claim is enough, one that is reserved for another is none.
  const large = { capacity: { storage: "30Gi" } };
  assert.equal(found(STATIC, volume("v"), volume("w", { ...large, ...ref("c") }), big), []);
  assert.is(found(STATIC, volume("v"), volume("w", { ...large, ...ref("o", "uid-o") }, {}, "Bound"), big).length, 1);
  // Claims that differ in their size alone are told each.
  const sized = (name: string, storage: string) =>
    claim(name, { storageClassName: "static", resources: { requests: { storage } } });
  const each = findings([
    STATIC,
    volume("v"),
    sized("a", "9Gi"),
    sized("b", "11Gi"),
    sized("c", "12Gi"),
    sized("d", "10Gi"),
  ]);
  assert.equal(
    each.map(({ object }) => object.name),
    ["b", "c"],
  );
  // A class that makes volumes needs none.
  assert.equal(found(MADE, volume("v"), claim("c", { storageClassName: "made" })), []);
});

test("claim-selector-provisioned: a selector, and a class that would have to make the volume", () => {
  const selecting = claim("c", { storageClassName: "made", selector: { matchLabels: { a: "b" } } });
  const [fault] = found(MADE, selecting);
  assert.match(
    fault,
    /^error claim-selector-provisioned PersistentVolumeClaim d\/c spec\.selector: a claim with a selector is never provisioned \(class made, disk\.example\.com\): no volume of that class is free/,
  );
  assert.match(found(MADE, volume("v", { storageClassName: "made" }), selecting).join(), /^warning claim-selector-/);
  // A volume that is reserved for the claim is the claim's, whatever its labels are.
  assert.equal(found(MADE, volume("v", { storageClassName: "made", ...ref("c") }), selecting), []);
  const matching = volume("v", {}, { labels: { a: "b" } });
  assert.equal(found(STATIC, matching, claim("c", { ...selecting.spec, storageClassName: "static" })), []);
});

test("claim-source-unusable: a snapshot of another mode, and one that is not ready yet", () => {
  const source = { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "s" };
  const restored = (more: object = {}) => claim("c", { storageClassName: "made", dataSource: source, ...more });
  const snapshot = (readyToUse: boolean) => ({
    kind: "VolumeSnapshot",
    metadata: { name: "s", namespace: "d", uid: "uid-s" },
    status: { boundVolumeSnapshotContentName: "k", readyToUse, restoreSize: "1Gi" },
  });
  const content = {
    kind: "VolumeSnapshotContent",
    metadata: { name: "k" },
    spec: {
      driver: "disk.example.com",
      sourceVolumeMode: "Filesystem",
      volumeSnapshotRef: { name: "s", namespace: "d", uid: "uid-s" },
    },
    status: { snapshotHandle: "h" },
  };
  assert.equal(found(MADE, snapshot(true), content, restored()), []);
  const [other] = found(MADE, snapshot(true), content, restored({ volumeMode: "Block" }));
  assert.match(
    other,
    /^error claim-source-unusable PersistentVolumeClaim d\/c spec\.dataSource: .* modifies the mode of the source volume/,
  );
  const [unready] = found(MADE, snapshot(false), content, restored());
  assert.match(unready, /^warning claim-source-unusable .*snapshot s is not Ready$/);
  // Snapshots may not have been read.
  assert.equal(found(MADE, restored()), []);
});

test("pod-bypasses-scheduler: a pod with a node of its own, and a claim that waits for a scheduler", () => {
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "c" } }];
  const pod = (name: string, spec: object, status: object = {}) => {
    return { kind: "Pod", metadata: { name, namespace: "d" }, spec: { volumes, ...spec }, status };
  };
  const waiting = claim("c", { storageClassName: "made" });
  assert.equal(found(MADE, waiting, pod("p", { nodeName: "n1" })), [
    "error pod-bypasses-scheduler Pod d/p spec.volumes[0].persistentVolumeClaim: the pod names its node n1, so no scheduler looks at it, but claim d/c of class made waits for one: nobody will bind it",
  ]);
  assert.equal(found(MADE, waiting, pod("p", {})), []);
  assert.equal(found(MADE, waiting, pod("p", { nodeName: "n1" }, { phase: "Running" })), []);
  // Another pod has the scheduler bind it.
  assert.equal(found(MADE, waiting, pod("p", { nodeName: "n1" }), pod("q", {})), []);
  // The volume controller, or a scheduler, has it in hand; or nothing waits.
  const bypassing = (...objects: readonly object[]) =>
    found(...objects, pod("p", { nodeName: "n1" })).filter((line) => line.includes("pod-bypasses-scheduler"));
  const reserved = volume("v", { storageClassName: "made", claimRef: { namespace: "d", name: "c" } });
  assert.equal(bypassing(MADE, waiting, reserved), []);
  const selected = claim("c", { storageClassName: "made" }, { annotations: { [SELECTED]: "n1" } });
  assert.equal(bypassing(MADE, selected), []);
  assert.equal(bypassing({ ...MADE, volumeBindingMode: "Immediate" }, waiting), []);
  const scratch = [
    { name: "tmp", emptyDir: {} },
    { name: "c", ephemeral: { volumeClaimTemplate: { spec: {} } } },
  ];
  const made = claim("p-c", { storageClassName: "made" });
  assert.equal(found(MADE, made, pod("p", { nodeName: "n1", volumes: scratch })), [
    "error pod-bypasses-scheduler Pod d/p spec.volumes[1].ephemeral: the pod names its node n1, so no scheduler looks at it, but claim d/p-c of class made waits for one: nobody will bind it",
  ]);
});

test("nothing is said of claims that are being deleted", () => {
  const deletionTimestamp = "2026-01-01T00:00:00Z";
  const going = (spec: object, meta: object = {}) => claim("c", spec, { deletionTimestamp, ...meta });
  const other = volume("w", { storageClassName: "made" });
  assert.equal(found(MADE, other, going({ storageClassName: "made", volumeName: "gone" }, BOUND)), []);
  assert.equal(found(MADE, going({ storageClassName: "mode" })), []);
  assert.equal(found(...NODES, MADE, going({ storageClassName: "made" }, { annotations: { [SELECTED]: "n9" } })), []);
  assert.equal(found(MADE, going({ storageClassName: "made", selector: { matchLabels: { a: "b" } } })), []);
  const wide = volume("v", { capacity: { storage: "1G" } });
  assert.equal(found(STATIC, wide, going({ storageClassName: "static", volumeName: "v" })), []);
});

test("scheduler-crash-claim: a class in the beta annotation alone, which the scorer does not see", () => {
  const tracked = [node("n1"), MADE, csiDriver("disk.example.com", true), capacity("k", "made")];
  const old = claim("c", {}, { annotations: { [BETA]: "made" } });
  assert.equal(found(...tracked, old), [
    `error scheduler-crash-claim PersistentVolumeClaim d/c metadata.annotations["${BETA}"]: the claim names its class in this annotation alone: kube-scheduler crashes when it scores a node on which the claim is to be made`,
  ]);
  assert.equal(findings([...tracked, old], { kubernetes: "1.36" }).map(lineOf), []);
  assert.equal(found(...tracked, claim("c", { storageClassName: "made" }, { annotations: { [BETA]: "made" } })), []);
  assert.equal(found(node("n1"), MADE, csiDriver("disk.example.com"), capacity("k", "made"), old), []);
});

test.run();
