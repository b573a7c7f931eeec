// Situations: pods that the scheduler fits, and whose claims get no volume all the same.

import type { KubeObject } from "../../conformance/build.js";
import { claim, NO_PROVISIONER, node, pod, podOf, storageClass, volume } from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const HOST = "kubernetes.io/hostname";
const CLAIM = "PersistentVolumeClaim default/data";
const fromSnapshot = {
  dataSource: { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "snap" },
  volumeMode: "Filesystem",
};
const snapshot = (readyToUse: boolean): KubeObject => ({
  apiVersion: "snapshot.storage.k8s.io/v1",
  kind: "VolumeSnapshot",
  metadata: { name: "snap", namespace: "default", uid: "uid-snap" },
  status: { boundVolumeSnapshotContentName: "content", readyToUse },
});
const content = (sourceVolumeMode: string, driver = "rbd.example.com"): KubeObject => ({
  apiVersion: "snapshot.storage.k8s.io/v1",
  kind: "VolumeSnapshotContent",
  metadata: { name: "content" },
  spec: { driver, sourceVolumeMode, volumeSnapshotRef: { namespace: "default", name: "snap", uid: "uid-snap" } },
  status: { snapshotHandle: "handle" },
});
const restored = [node("n-1"), storageClass("rbd"), claim("data", { class: "rbd", spec: fromSnapshot }), pod("data")];

export const AFTER: readonly Situation[] = [
  {
    name: "a claim with a selector, which no provisioner serves",
    objects: [
      node("control", { host: "control" }),
      storageClass("standard"),
      claim("data", { class: "standard", spec: { selector: { matchLabels: { name: "manual" } } } }),
      volume("manual-1", { class: "standard", labels: { name: "manual" }, terms: [[["host", "In", "worker"]]] }),
      pod("data"),
    ],
    verdict: 1,
    cause: {
      code: "SelectorNotProvisioned",
      object: CLAIM,
      path: "spec.selector",
      says: /no provisioner makes a volume .* selector: volume manual-1 is reached only with host=worker/,
    },
    remedy: { says: /make claim default\/data again without its selector/, opens: 0 },
  },
  {
    name: "a pod that names its node, whose claim waits for the scheduler",
    objects: [
      node("n-1"),
      storageClass("lvm"),
      claim("data", { class: "lvm" }),
      podOf({ nodeName: "n-1", volumes: [{ name: "d", persistentVolumeClaim: { claimName: "data" } }] }),
    ],
    verdict: 1,
    cause: {
      code: "NeverBound",
      object: "Pod default/pod",
      path: "spec.nodeName",
      says: /passes by the scheduler, for which class lvm waits: nobody will bind claim default\/data/,
    },
    remedy: {
      says: /say in claim default\/data that it is for node n-1/,
      command: /kubectl annotate -n default pvc data volume\.kubernetes\.io\/selected-node=n-1/,
      opens: 0,
    },
  },
  {
    name: "a snapshot of another volume mode",
    objects: [...restored, snapshot(true), content("Block")],
    verdict: 1,
    cause: {
      code: "SnapshotModeDiffers",
      object: "VolumeSnapshotContent content",
      path: "spec.sourceVolumeMode",
      says: /asks for a Filesystem volume, but its snapshot is of a Block one/,
    },
    remedy: { says: /let claim default\/data ask for a Block volume/, opens: 0 },
  },
  {
    name: "a snapshot that is not ready",
    objects: [...restored, snapshot(false), content("Filesystem")],
    verdict: 1,
    cause: {
      code: "SnapshotNotReady",
      object: "VolumeSnapshot default/snap",
      path: "status.readyToUse",
      says: /snapshot snap, which is not ready/,
    },
    byHand: [snapshot(true)],
  },
  {
    name: "a snapshot that was never taken",
    objects: [
      ...restored,
      { ...snapshot(true), metadata: { name: "other", namespace: "default", uid: "uid-other" } } as KubeObject,
    ],
    verdict: 1,
    cause: {
      code: "SnapshotMissing",
      object: CLAIM,
      path: "spec.dataSource.name",
      says: /is to be restored from snapshot snap, which does not exist/,
    },
    byHand: [snapshot(true), content("Filesystem")],
  },
  {
    name: "a snapshot of another driver",
    objects: [...restored, snapshot(true), content("Filesystem", "cephfs.example.com")],
    verdict: 1,
    cause: {
      code: "SnapshotOfAnotherDriver",
      object: "VolumeSnapshotContent content",
      path: "spec.driver",
      says: /a snapshot of driver cephfs\.example\.com, but its class is of rbd\.example\.com/,
    },
    byHand: [storageClass("rbd", { provisioner: "cephfs.example.com" })],
  },
  {
    name: "a clone that is smaller than what it is a clone of",
    objects: [
      node("n-1"),
      storageClass("rbd"),
      claim("origin", { class: "rbd", size: "10Gi", boundTo: "vol" }),
      volume("vol", {
        class: "rbd",
        size: "10Gi",
        phase: "Bound",
        claimRef: { namespace: "default", name: "origin", uid: "uid-origin" },
        spec: { csi: { driver: "rbd.example.com", volumeHandle: "h" } },
      }),
      claim("data", {
        class: "rbd",
        size: "1Gi",
        spec: { dataSource: { kind: "PersistentVolumeClaim", name: "origin" } },
      }),
      pod("data"),
    ],
    verdict: 1,
    cause: {
      code: "ProvisionerRefuses",
      object: CLAIM,
      path: "spec.dataSource",
      says: /^the provisioner refuses claim default\/data: .*must be greater than or equal in size/,
    },
    byHand: [
      claim("data", {
        class: "rbd",
        size: "10Gi",
        spec: { dataSource: { kind: "PersistentVolumeClaim", name: "origin" } },
      }),
    ],
  },
  {
    name: "a clone whose origin is a local disk of one node",
    objects: [
      ...["n-1", "n-2", "n-3"].map((name) => node(name, { [HOST]: name })),
      storageClass("lvm"),
      claim("origin", { class: "lvm", boundTo: "vol" }),
      volume("vol", {
        class: "lvm",
        phase: "Bound",
        claimRef: { namespace: "default", name: "origin", uid: "uid-origin" },
        terms: [[[HOST, "In", "n-1"]]],
        spec: { csi: { driver: "lvm.example.com", volumeHandle: "h" } },
      }),
      claim("data", { class: "lvm", spec: { dataSource: { kind: "PersistentVolumeClaim", name: "origin" } } }),
      pod("data"),
    ],
    options: { filters: ["VolumeBinding", "NodeAffinity"] },
    verdict: 3,
    cause: {
      code: "SourceOutOfReach",
      object: "PersistentVolume vol",
      path: "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]",
      says: /is filled from volume vol, which cannot be used on 2 of the 3 nodes that the pod fits.*hostname=n-1/,
    },
    remedy: { says: /let the pod's own affinity ask for what volume vol asks of its nodes/, opens: 0 },
  },
  {
    name: "a snapshot of a disk in another zone than the nodes that are left",
    objects: [
      node("n-a", { zone: "a" }),
      node("n-b", { zone: "b" }, { unschedulable: true }),
      storageClass("rbd", { topologies: null }),
      claim("origin", { class: "rbd", boundTo: "vol" }),
      volume("vol", {
        class: "rbd",
        zone: "b",
        phase: "Bound",
        claimRef: { namespace: "default", name: "origin", uid: "uid-origin" },
        spec: { csi: { driver: "rbd.example.com", volumeHandle: "h" } },
      }),
      { ...snapshot(true), spec: { source: { persistentVolumeClaimName: "origin" } } },
      {
        ...content("Filesystem"),
        spec: { ...(content("Filesystem").spec as object), source: { volumeHandle: "h" } },
      },
      claim("data", { class: "rbd", spec: fromSnapshot }),
      pod("data"),
    ],
    options: { filters: ["NodeUnschedulable", "VolumeBinding"] },
    verdict: 1,
    cause: {
      code: "SourceOutOfReach",
      object: "PersistentVolume vol",
      path: "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]",
      says: /which cannot be used on any of the nodes that the pod fits, .*zone=b/,
    },
    remedy: { says: /uncordon node n-b/, opens: 1 },
  },
  {
    name: "three replicas that want one volume",
    objects: [
      node("n-1"),
      storageClass("local", { provisioner: NO_PROVISIONER }),
      volume("only", { class: "local" }),
      ...["data", "data-1", "data-2"].map((name) => claim(name, { class: "local" })),
      pod("data"),
    ],
    verdict: 1,
    cause: {
      code: "Contested",
      object: CLAIM,
      path: "spec.storageClassName",
      says: /3 claims like default\/data wait, and there is 1 volume for them/,
    },
    byHand: [volume("second", { class: "local" }), volume("third", { class: "local" })],
  },
];
