// Claims that name no volume: what the PV controller finds for them, and what it says where it finds none.

import type { Case } from "./case.js";
import { claim, storageClass, volume } from "./objects.js";

const selecting = (selector: object) => ({ spec: { selector } });

export const SEARCHING: readonly Case[] = [
  {
    title: "R-PVC-1: a selector that bars a value takes a volume of another",
    objects: [
      volume("slow", { labels: { disk: "slow" } }),
      volume("fast", { labels: { disk: "fast" } }),
      claim("c", selecting({ matchExpressions: [{ key: "disk", operator: "NotIn", values: ["slow"] }] })),
    ],
    expected: { c: "Bound fast by controller", fast: "Bound c by controller", slow: "Available" },
  },
  {
    title: "R-PVC-1: of the volumes with a label, too, a larger one with fewer access modes comes first",
    objects: [
      volume("more", { labels: { disk: "x" }, size: "5Gi", modes: ["ReadWriteOnce", "ReadOnlyMany"] }),
      volume("few", { labels: { disk: "x" }, size: "50Gi" }),
      claim("c", selecting({ matchLabels: { disk: "x" } })),
    ],
    expected: { c: "Bound few by controller", few: "Bound c by controller", more: "Available" },
  },
  {
    title: "R-PVC-1: the smallest free volume that is large enough, and of equal ones the first by name",
    objects: [
      volume("b", { size: "6Gi" }),
      volume("a", { size: "6Gi" }),
      volume("s", { size: "4Gi" }),
      volume("l"),
      claim("c"),
    ],
    expected: {
      c: "Bound a by controller",
      a: "Bound c by controller",
      b: "Available",
      s: "Available",
      l: "Available",
    },
  },
  {
    title: "R-PVC-1: a larger volume with fewer access modes beats a smaller one with more",
    objects: [
      volume("more", { size: "5Gi", modes: ["ReadWriteOnce", "ReadOnlyMany"] }),
      volume("few", { size: "50Gi" }),
      claim("c"),
    ],
    expected: { c: "Bound few by controller", few: "Bound c by controller", more: "Available" },
  },
  {
    title: "R-PVC-1: a free volume of a smaller set of modes beats one that is reserved for the claim in a larger set",
    objects: [volume("mine", { modes: ["ReadWriteOnce", "ReadWriteMany"], ref: ["c"] }), volume("free"), claim("c")],
    expected: { c: "Bound free by controller", free: "Bound c by controller", mine: "Available c" },
  },
  {
    title: "R-PVC-1: a volume that is reserved for the claim may have just the size that it requests",
    objects: [volume("mine", { size: "5Gi", ref: ["c"] }), volume("free", { size: "5Gi" }), claim("c")],
    expected: { c: "Bound mine by controller", mine: "Bound c", free: "Available" },
  },
  {
    title: "R-PVC-1: modes that are not all there, or that nobody knows, find nothing",
    objects: [volume("v"), claim("many", { modes: ["ReadWriteMany"] }), claim("odd", { modes: ["Odd"] })],
    expected: { v: "Available", many: "Pending", odd: "Pending" },
  },
  {
    title: "R-PVC-1: a class that waits for a pod takes reserved volumes only",
    objects: [
      volume("free", { class: "later" }),
      volume("mine", { class: "later", ref: ["c"] }),
      claim("c", { class: "later" }),
      claim("d", { class: "later" }),
    ],
    expected: { c: "Bound mine by controller", mine: "Bound c", free: "Available", d: "Pending" },
    events: ["d WaitForFirstConsumer: waiting for first consumer to be created before binding"],
  },
  {
    title: "R-PVC-1: of a reserved volume class, phase, labels do not count, size, mode and deletion do",
    objects: [
      volume("other", { class: "later", ref: ["a"], phase: "Failed" }),
      volume("small", { size: "1Gi", ref: ["b"] }),
      volume("block", { ref: ["c"], spec: { volumeMode: "Block" } }),
      volume("going", { ref: ["d"], metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } }),
      ...["a", "b", "c", "d"].map((name) => claim(name, { spec: { selector: { matchLabels: { x: "y" } } } })),
    ],
    expected: {
      a: "Bound other by controller",
      other: "Bound a",
      b: "Pending",
      c: "Pending",
      d: "Pending",
      small: "Available b",
      block: "Available c",
      going: "Available d",
    },
  },
  {
    title: "R-PVC-1: of free volumes class, labels and attributes class count",
    objects: [
      volume("class", { class: "made", size: "5Gi" }),
      volume("labels", { size: "6Gi", labels: { disk: "hdd" } }),
      volume("gold", { size: "7Gi", labels: { disk: "ssd" }, spec: { volumeAttributesClassName: "gold" } }),
      volume("fits", { size: "8Gi", labels: { disk: "ssd" } }),
      claim("c", { spec: { selector: { matchLabels: { disk: "ssd" } } } }),
      claim("bad", { spec: { selector: { matchExpressions: [{ key: "disk", operator: "Gt", values: ["1"] }] } } }),
    ],
    expected: {
      c: "Bound fits by controller",
      fits: "Bound c by controller",
      bad: "Pending",
      gold: "Available",
      labels: "Available",
    },
  },
  {
    title: "R-PVC-1: claims of one selector take volumes by size, one after another",
    objects: [
      ...["3", "1", "2"].map((n) => volume(`v${n}`, { size: `1${n}Gi`, labels: { disk: "ssd" } })),
      volume("v0", { size: "9Gi", labels: { disk: "hdd" } }),
      ...["a", "b", "c", "d"].map((name) => claim(name, { spec: { selector: { matchLabels: { disk: "ssd" } } } })),
    ],
    expected: { a: "Bound v1 by controller", b: "Bound v2 by controller", c: "Bound v3 by controller", d: "Pending" },
  },
  {
    title: "R-PVC-2: the newest default class, then the first by name; the claim is looked at again",
    objects: [
      ...[
        ["old", "2020"],
        ["new-b", "2024"],
        ["new-a", "2024"],
      ].map(([name, year]) =>
        storageClass(name, "csi.example.com", "Immediate", {
          creationTimestamp: `${year}-01-01T00:00:00Z`,
          annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        }),
      ),
      volume("v", { class: "new-a" }),
      claim("c", { class: null }),
      claim("none", { class: "" }),
    ],
    expected: { c: "Bound v by controller", v: "Bound c by controller", none: "Pending" },
    events: ["none FailedBinding: no persistent volumes available for this claim and no storage class is set"],
  },
  {
    title: "R-PVC-2: a provisioner is asked by annotation, a class that is missing or has no plugin is an event",
    objects: [claim("c", { class: "made" }), claim("gone", { class: "gone" }), claim("no", { class: "now" })],
    expected: { c: "Pending", gone: "Pending", no: "Pending" },
    events: [
      "c ExternalProvisioning",
      'gone ProvisioningFailed: storageclass.storage.k8s.io "gone" not found',
      "no ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner",
    ],
  },
  {
    title: "R-PVC-2: pods that wait with the claim are named, those that run or are done are not",
    objects: [
      ...["p", "q"].map((name) => ({
        kind: "Pod",
        metadata: { namespace: "default", name },
        // Twice by one pod.
        spec: { volumes: ["v", "w"].map((v) => ({ name: v, persistentVolumeClaim: { claimName: "c" } })) },
      })),
      { kind: "Pod", metadata: { namespace: "default", name: "d" }, spec: { volumes: [{ name: "e", ephemeral: {} }] } },
      {
        kind: "Pod",
        metadata: { namespace: "default", name: "r" },
        spec: { nodeName: "n", volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] },
      },
      claim("c", { class: "later" }),
      claim("d-e", { class: "later" }),
    ],
    expected: { c: "Pending", "d-e": "Pending" },
    events: [
      "c WaitForPodScheduled: waiting for pods p,q to be scheduled",
      "d-e WaitForPodScheduled: waiting for pod d to be scheduled",
    ],
  },
];
