// Situations: pods whose claims are bound to volumes that no node reaches, or that are gone.

import { claim, csiNode, movedPlugins, node, pod, ref, storageClass, volume } from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const AFFINITY = "node(s) didn't match PersistentVolume's node affinity.";
const ZONE = "topology.disk.example.com/zone";
const FIRST = "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]";
const bound = { phase: "Bound", claimRef: ref("data", "uid-data") };

export const BOUND: readonly Situation[] = [
  {
    name: "a disk that says of itself that it is in the zone of no name",
    objects: [
      node("w-1", { [ZONE]: "west-1" }),
      node("w-2", { [ZONE]: "west-2" }),
      node("w-0", { [ZONE]: "0" }),
      claim("data", { boundTo: "disk-1" }),
      volume("disk-1", { ...bound, terms: [[[ZONE, "In", ""]]] }),
      pod("data"),
    ],
    verdict: `3 ${AFFINITY}`,
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume disk-1",
      path: FIRST,
      says: /disk-1 .*zone="": no node has ""; 1 node has 0, 1 node has west-1, 1 node has west-2/,
    },
    remedy: {
      says: /let volume disk-1 want .* in \[0, west-1, west-2\]/,
      command: /^kubectl patch pv disk-1 /,
      opens: 3,
    },
  },
  {
    name: "a local volume that names the node where its hostname belongs",
    objects: [
      node("vm-a", { "kubernetes.io/hostname": "10.0.0.1" }),
      node("vm-b", { "kubernetes.io/hostname": "10.0.0.2" }),
      claim("data", { boundTo: "host-1" }),
      volume("host-1", { ...bound, terms: [[["kubernetes.io/hostname", "In", "vm-a"]]] }),
      pod("data"),
    ],
    verdict: `2 ${AFFINITY}`,
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume host-1",
      path: FIRST,
      says: /vm-a is the name of a node, which says 10\.0\.0\.1 there/,
    },
    remedy: { says: /want kubernetes\.io\/hostname in \[10\.0\.0\.1\]/, opens: 1 },
  },
  {
    name: "an in-tree disk with beta zone keys where the plugin has moved: the node without the driver's key is left",
    objects: [
      node("ip-1", { "topology.ebs.csi.aws.com/zone": "eu-1b" }),
      node("ip-2", { "topology.ebs.csi.aws.com/zone": "eu-1c" }),
      movedPlugins("ip-1", ["aws-ebs"]),
      movedPlugins("ip-2", ["aws-ebs"]),
      claim("data", { boundTo: "ebs-1" }),
      volume("ebs-1", {
        ...bound,
        labels: { "failure-domain.beta.kubernetes.io/zone": "eu-1a" },
        spec: { awsElasticBlockStore: { volumeID: "aws://eu-1a/vol-1" } },
      }),
      pod("data"),
    ],
    verdict: `2 ${AFFINITY}`,
    options: { filters: ["VolumeBinding"] },
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume ebs-1",
      path: 'metadata.labels["failure-domain.beta.kubernetes.io/zone"]',
      says: /as its CSI driver reads it, is reached only with topology\.ebs\.csi\.aws\.com\/zone=eu-1a: no node has eu-1a/,
    },
    byHand: [node("ip-3", { "topology.ebs.csi.aws.com/zone": "eu-1a" }), movedPlugins("ip-3", ["aws-ebs"])],
    opens: 1,
  },
  {
    name: "a key that no node has, where the driver's CSINode knows another one",
    objects: [
      node("n-1", { "topology.disk.example.com/zone": "a" }),
      csiNode("n-1", [{ name: "disk.example.com", nodeID: "1", topologyKeys: ["topology.disk.example.com/zone"] }]),
      claim("data", { boundTo: "disk-1" }),
      volume("disk-1", {
        ...bound,
        terms: [[["zone", "In", "a"]]],
        spec: { csi: { driver: "disk.example.com", volumeHandle: "h" } },
      }),
      pod("data"),
    ],
    verdict: `1 ${AFFINITY}`,
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume disk-1",
      path: FIRST,
      says: /zone=a: no node has that label; its driver disk\.example\.com knows topology\.disk\.example\.com\/zone/,
    },
    byHand: [
      volume("disk-1", {
        ...bound,
        terms: [[["topology.disk.example.com/zone", "In", "a"]]],
        spec: { csi: { driver: "disk.example.com", volumeHandle: "h" } },
      }),
    ],
  },
  {
    name: "a term that Kubernetes' parser refuses",
    objects: [
      node("n-1", { zone: "a" }),
      claim("data", { boundTo: "disk-1" }),
      volume("disk-1", { ...bound, terms: [[["zone", "In"]]] }),
      pod("data"),
    ],
    verdict: `1 ${AFFINITY}`,
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume disk-1",
      path: FIRST,
      says: /what does not count \(.*matchExpressions\[0\]: .*values set can't be empty\)/,
    },
    byHand: [volume("disk-1", { ...bound, terms: [[["zone", "In", "a"]]] })],
  },
  {
    name: "three disks in three zones",
    objects: [
      ...["a", "b", "c"].map((zone) => node(`n-${zone}`, { zone })),
      ...["a", "b", "c"].flatMap((zone) => [
        claim(`data-${zone}`, { boundTo: `disk-${zone}` }),
        volume(`disk-${zone}`, { zone, phase: "Bound", claimRef: ref(`data-${zone}`, `uid-data-${zone}`) }),
      ]),
      pod("data-a", "data-b", "data-c"),
    ],
    verdict: `3 ${AFFINITY}`,
    cause: {
      code: "VolumeNodeAffinity",
      object: "PersistentVolume disk-a",
      path: FIRST,
      says: /zone=a: 1 node has b, 1 node has c/,
    },
    byHand: ["b", "c"].map((zone) =>
      volume(`disk-${zone}`, { zone: "a", phase: "Bound", claimRef: ref(`data-${zone}`, `uid-data-${zone}`) }),
    ),
    opens: 1,
  },
  {
    name: "a bound volume that was deleted, and its claim not",
    objects: [node("n-1"), storageClass("fast"), claim("data", { boundTo: "gone", class: "fast" }), pod("data")],
    verdict: 'persistentvolume "gone" not found.',
    cause: {
      code: "VolumeMissing",
      object: "PersistentVolumeClaim default/data",
      path: "spec.volumeName",
      says: /names volume gone, which is not there/,
    },
    remedy: { says: /make claim default\/data again without a volume/, command: /replace --force/, opens: 1 },
  },
  {
    name: "a claim that is Lost",
    objects: [
      node("n-1"),
      storageClass("fast"),
      claim("data", { boundTo: "gone", class: "fast", phase: "Lost" }),
      pod("data"),
    ],
    verdict: 'persistentvolumeclaim "data" bound to non-existent persistentvolume "gone".',
    cause: {
      code: "ClaimLost",
      object: "PersistentVolumeClaim default/data",
      path: "status.phase",
      says: /is Lost: its volume gone is gone/,
    },
    remedy: { says: /make claim default\/data again without a volume/, opens: 1 },
  },
  {
    name: "a zone label that contradicts the nodes'",
    objects: [
      node("n-1", { "topology.kubernetes.io/zone": "a" }),
      claim("data", { boundTo: "disk-1" }),
      volume("disk-1", { ...bound, labels: { "topology.kubernetes.io/zone": "b" } }),
      pod("data"),
    ],
    verdict: "1 node(s) had no available volume zone.",
    cause: {
      code: "VolumeZone",
      object: "PersistentVolume disk-1",
      path: 'metadata.labels["topology.kubernetes.io/zone"]',
      says: /label topology\.kubernetes\.io\/zone=b: no node has b; 1 node has a/,
    },
    remedy: {
      says: /take the label .* off volume disk-1/,
      command: /kubectl label pv disk-1 topology\.kubernetes\.io\/zone-/,
      opens: 1,
    },
  },
];
