// Situations: volumes of the claim's class, none of which is matched with it.

import { claim, NO_PROVISIONER, node, pod, ref, storageClass, volume } from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const BIND = "node(s) didn't find available persistent volumes to bind.";
const CLAIM = "PersistentVolumeClaim default/data";
const SELECTED = 'metadata.annotations["volume.kubernetes.io/selected-node"]';
const zones = [node("n-a", { zone: "a" }), node("n-b", { zone: "b" })];
const local = storageClass("local", { provisioner: NO_PROVISIONER });

export const MATCHING: readonly Situation[] = [
  {
    name: "a claim of ReadWriteMany, and a volume of ReadWriteOnce",
    objects: [
      node("n-1"),
      local,
      volume("vol", { class: "local" }),
      claim("data", { class: "local", spec: { accessModes: ["ReadWriteMany"] } }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume vol",
      path: "spec.accessModes",
      says: /volume vol has not the access modes ReadWriteMany, but ReadWriteOnce/,
    },
    remedy: { says: /let claim default\/data ask for ReadWriteOnce, which volume vol has/, opens: 1 },
  },
  {
    name: "a raw device for a claim that wants a file system",
    objects: [
      node("n-1"),
      local,
      volume("raw", { class: "local", spec: { volumeMode: "Block" } }),
      claim("data", { class: "local" }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume raw",
      path: "spec.volumeMode",
      says: /volume raw is a Block volume, and Filesystem is asked for/,
    },
    remedy: { says: /let claim default\/data ask for a Block volume, as raw is/, opens: 1 },
  },
  {
    name: "a volume that waits for its finalizers",
    objects: [
      node("n-1"),
      local,
      volume("old", { class: "local", deleting: true }),
      claim("data", { class: "local" }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume old",
      path: "metadata.deletionTimestamp",
      says: /volume old is being deleted/,
    },
    byHand: [volume("new", { class: "local" })],
  },
  {
    name: "a volume that failed, beside one that is too small and raw",
    objects: [
      node("n-1"),
      local,
      volume("broken", { class: "local", size: "10Gi", phase: "Failed" }),
      volume("other", { class: "local", size: "5Gi", spec: { volumeMode: "Block" } }),
      claim("data", { class: "local", size: "10Gi" }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume broken",
      path: "status.phase",
      says: /of 2 volumes none fits \(1 too small, 1 not Available\); volume broken is Failed, not Available/,
    },
    byHand: [volume("broken", { class: "local", size: "10Gi" })],
  },
  {
    name: "a small raw volume, and one of another class that is as small",
    objects: [
      node("n-1"),
      local,
      volume("mine", { class: "local", size: "5Gi", spec: { volumeMode: "Block" } }),
      volume("foreign", { class: "other", size: "5Gi" }),
      claim("data", { class: "local", size: "10Gi" }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: "PersistentVolume mine",
      path: "spec.capacity.storage",
      says: /volume mine is too small by/,
    },
    byHand: [volume("large", { class: "local", size: "10Gi" })],
  },
  {
    name: "a volume kept for the claim, in a zone that is gone",
    objects: [
      ...zones,
      local,
      volume("kept", { class: "local", zone: "c", claimRef: ref("data") }),
      claim("data", { class: "local" }),
      pod("data"),
    ],
    verdict: `2 ${BIND}`,
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume kept",
      path: "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]",
      says: /volume kept reserved for claim default\/data is reached only with zone=c: no node has c/,
    },
    remedy: { says: /let volume kept want zone in \[a, b\]/, opens: 2 },
  },
  {
    name: "a selected node on a claim of a class that provisions nothing",
    objects: [
      node("n-1"),
      local,
      volume("vol", { class: "local" }),
      claim("data", { class: "local", selectedNode: "n-1" }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "NoVolume",
      object: CLAIM,
      path: SELECTED,
      says: /is to be provisioned, for it has a selected node, and its class provisions nothing/,
    },
    remedy: { says: /let claim default\/data forget its node/, opens: 1 },
  },
];
