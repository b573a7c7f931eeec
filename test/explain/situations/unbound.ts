// Situations: claims for which there is no volume, or only one that comes near.

import {
  claim,
  csiCapacity,
  limitedClass,
  NO_PROVISIONER,
  node,
  pod,
  storageClass,
  volume,
} from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const BIND = "node(s) didn't find available persistent volumes to bind.";
const SPACE = "node(s) did not have enough free storage.";
const IMMEDIATE = "pod has unbound immediate PersistentVolumeClaims.";
const HOST = "kubernetes.io/hostname";
const hosts = [node("n-1", { [HOST]: "n-1" }), node("n-2", { [HOST]: "n-2" })];
const local = storageClass("local", { provisioner: NO_PROVISIONER });
const CLAIM = "PersistentVolumeClaim default/data";
const reserved = (uid: string, name = "data") => ({ namespace: "default", name, uid });

export const UNBOUND: readonly Situation[] = [
  {
    name: "an immediate claim that names a volume which an earlier claim of its name has left Released",
    objects: [
      ...hosts,
      storageClass("block", { mode: "Immediate" }),
      claim("data", { class: "block", volumeName: "vol-1" }),
      volume("vol-1", { class: "block", phase: "Released", claimRef: reserved("uid-before") }),
      pod("data"),
    ],
    verdict: IMMEDIATE,
    cause: {
      code: "NamedVolumeUnfit",
      object: "PersistentVolume vol-1",
      path: "spec.claimRef.uid",
      says: /still that of an earlier claim default\/data \(Released\)/,
    },
    remedy: {
      says: /free volume vol-1 from the claim that is gone/,
      command: /kubectl patch pv vol-1 .*remove.*claimRef/,
      opens: 2,
    },
  },
  {
    name: "a local volume that fits and is Released",
    objects: [
      ...hosts,
      local,
      claim("data", { class: "local", size: "100Gi" }),
      volume("local-a", {
        class: "local",
        size: "100Gi",
        terms: [[[HOST, "In", "n-1"]]],
        phase: "Released",
        claimRef: reserved("uid-before"),
      }),
      pod("data"),
    ],
    verdict: `2 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume local-a",
      path: "spec.claimRef.uid",
      says: /asks for 100Gi: volume local-a is still that of an earlier claim/,
    },
    remedy: { says: /free volume local-a/, opens: 1 },
  },
  {
    name: "a volume of 1G for a claim of 1Gi",
    objects: [
      ...hosts,
      claim("data", { class: "", size: "1Gi", volumeName: "config" }),
      volume("config", { class: "", size: "1G" }),
      pod("data"),
    ],
    verdict: IMMEDIATE,
    cause: {
      code: "NamedVolumeUnfit",
      object: "PersistentVolume config",
      path: "spec.capacity.storage",
      says: /too small by 73,741,824 bytes: 1Gi is asked for, and it has 1G/,
    },
    remedy: { says: /let claim default\/data ask for 1G, which volume config has/, opens: 2 },
  },
  {
    name: "a volume name that leads nowhere",
    objects: [
      ...hosts,
      claim("data", { class: "", volumeName: "does-not-exist" }),
      volume("efs-data", { class: "" }),
      pod("data"),
    ],
    verdict: IMMEDIATE,
    cause: {
      code: "VolumeMissing",
      object: CLAIM,
      path: "spec.volumeName",
      says: /names volume does-not-exist, which is not there/,
    },
    remedy: { says: /let claim default\/data name volume efs-data/, opens: 2 },
  },
  {
    name: "30Gi asked of 10Gi, in a class that is but a name",
    objects: [
      ...hosts,
      claim("data", { class: "manual", size: "30Gi" }),
      volume("task-pv", { class: "manual", size: "10Gi" }),
      pod("data"),
    ],
    verdict: IMMEDIATE,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume task-pv",
      path: "spec.capacity.storage",
      says: /too small by 21,474,836,480 bytes/,
    },
    remedy: { says: /ask for 10Gi, which volume task-pv has/, opens: 2 },
  },
  {
    name: "a claim bound beforehand to a volume of another class",
    objects: [
      ...hosts,
      storageClass("gp3"),
      claim("data", { class: "gp3", volumeName: "static" }),
      volume("static", { class: "" }),
      pod("data"),
    ],
    verdict: IMMEDIATE,
    cause: {
      code: "NamedVolumeUnfit",
      object: "PersistentVolume static",
      path: "spec.storageClassName",
      says: /is of class "", not gp3/,
    },
    remedy: { says: /let claim default\/data be of class ""/, opens: 2 },
  },
  {
    name: "several volumes, each of which fails at something else",
    objects: [
      ...hosts,
      local,
      claim("data", { class: "local", size: "10Gi" }),
      volume("a-small", { class: "local", size: "5Gi" }),
      volume("b-tiny", { class: "local", size: "1Gi" }),
      volume("c-block", { class: "local", size: "10Gi", spec: { volumeMode: "Block" } }),
      volume("d-other", { class: "local", size: "20Gi", phase: "Bound", claimRef: reserved("uid-other", "other") }),
      claim("other", { class: "local", boundTo: "d-other" }),
      pod("data"),
    ],
    verdict: `2 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume a-small",
      path: "spec.capacity.storage",
      says: /of 4 volumes none fits \(2 too small, 1 of other claims, 1 of another volumeMode\); volume a-small is too small/,
    },
    remedy: { says: /ask for 5Gi/, opens: 2 },
  },
  {
    name: "a claim that no volume's labels suit",
    objects: [
      ...hosts,
      local,
      claim("data", { class: "local", spec: { selector: { matchLabels: { tier: "gold" } } } }),
      volume("a", { class: "local", labels: { tier: "silver" } }),
      pod("data"),
    ],
    verdict: `2 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume a",
      path: "metadata.labels",
      says: /volume a has labels that the claim does not select/,
    },
    remedy: { says: /label volume a with tier=gold/, command: /kubectl label pv a --overwrite tier=gold/, opens: 2 },
  },
  {
    name: "a class of local volumes without any volume",
    objects: [...hosts, local, claim("data", { class: "local" }), pod("data")],
    verdict: `2 ${BIND}`,
    cause: { code: "NoVolume", object: CLAIM, path: "spec.storageClassName", says: /there is no volume of that class/ },
    byHand: [volume("disk", { class: "local", terms: [[[HOST, "In", "n-2"]]] })],
    opens: 1,
  },
  {
    name: "a claim whose node is gone",
    objects: [...hosts, storageClass("disk"), claim("data", { class: "disk", selectedNode: "n-9" }), pod("data")],
    verdict: `2 ${BIND}`,
    cause: {
      code: "SelectedNode",
      object: CLAIM,
      path: 'metadata.annotations["volume.kubernetes.io/selected-node"]',
      says: /is to be provisioned on node n-9, which does not exist/,
    },
    remedy: {
      says: /forget its node/,
      command: /kubectl annotate -n default pvc data volume\.kubernetes\.io\/selected-node-$/,
      opens: 2,
    },
  },
  {
    name: "allowedTopologies with a zone that no node has",
    objects: [
      node("n-1", { zone: "cn-b" }),
      node("n-2", { zone: "cn-b" }),
      storageClass("disk", { topologies: [[["zone", "cn-d"]]] }),
      claim("data", { class: "disk" }),
      pod("data"),
    ],
    verdict: `2 ${BIND}`,
    cause: {
      code: "AllowedTopologies",
      object: "StorageClass disk",
      path: "allowedTopologies[0].matchLabelExpressions[0]",
      says: /class disk of claim default\/data allows only zone=cn-d: no node has cn-d; 2 nodes have cn-b/,
    },
    remedy: {
      says: /let class disk allow zone in \[cn-b\]/,
      command: /kubectl patch sc disk .*\| kubectl replace --force/,
      opens: 2,
    },
  },
  {
    name: "200Gi asked of drivers that have 8Gi, 4Gi and nothing to say",
    objects: [
      node("metal-1", { zone: "1" }),
      node("metal-2", { zone: "2" }),
      node("metal-3", { zone: "3" }),
      ...limitedClass("limited"),
      csiCapacity("cap-1", { zone: "1", capacity: "4Gi" }),
      csiCapacity("cap-2", { zone: "2", capacity: "8589934592" }),
      claim("data", { class: "limited", size: "200Gi" }),
      pod("data"),
    ],
    verdict: `3 ${SPACE}`,
    cause: {
      code: "NotEnoughCapacity",
      object: "CSIStorageCapacity kube-system/cap-2",
      path: "capacity",
      says: /asks for 200Gi .* 8Gi \(kube-system\/cap-2, 1 node\), 4Gi \(kube-system\/cap-1, 1 node\)/,
    },
    remedy: { says: /ask for 8Gi, the most there is room for/, opens: 1 },
  },
  {
    name: "a driver that reports no capacity at all",
    objects: [...hosts, ...limitedClass("limited"), claim("data", { class: "limited" }), pod("data")],
    verdict: `2 ${SPACE}`,
    cause: {
      code: "NoCapacityObject",
      object: "CSIDriver limited.example.com",
      path: "spec.storageCapacity",
      says: /there is none at all/,
    },
    remedy: { says: /look why limited\.example\.com reports nothing/, opens: 2 },
  },
  {
    name: "a class that does not exist, but nearly does",
    objects: [...hosts, storageClass("standard-rwo"), claim("data", { class: "standard-rw0" }), pod("data")],
    verdict: IMMEDIATE,
    cause: {
      code: "ClassMissing",
      object: CLAIM,
      path: "spec.storageClassName",
      says: /of class standard-rw0, which does not exist; is it standard-rwo\?/,
    },
    remedy: { says: /be of class standard-rwo/, opens: 2 },
  },
  {
    name: "an immediate class whose volume the provisioner has not made",
    objects: [...hosts, storageClass("nfs", { mode: "Immediate" }), claim("data", { class: "nfs" }), pod("data")],
    verdict: IMMEDIATE,
    cause: {
      code: "NotProvisioned",
      object: CLAIM,
      path: "spec.storageClassName",
      says: /waits for nfs\.example\.com, which binds class nfs at once/,
    },
    byHand: [
      claim("data", { class: "nfs", boundTo: "made" }),
      volume("made", { class: "nfs", phase: "Bound", claimRef: reserved("uid-data") }),
    ],
  },
  {
    name: "a claim that was never made, and one of nearly its name",
    objects: [...hosts, claim("data-pg-0"), volume("v", { class: "static" }), storageClass("static"), pod("data-pg0")],
    verdict: 'persistentvolumeclaim "data-pg0" not found.',
    cause: {
      code: "ClaimMissing",
      object: "Pod default/pod",
      path: "spec.volumes[0].persistentVolumeClaim.claimName",
      says: /no claim default\/data-pg0; is it data-pg-0\?/,
    },
    remedy: { says: /let the pod use claim data-pg-0/, opens: 2 },
  },
];
