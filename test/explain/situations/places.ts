// Situations: disks, labels and pods that bar each other's way, and clusters without a place.

import type { KubeObject } from "../../conformance/build.js";
import { claim, csiNode, movedPlugins, node, pod, podOf, ref, volume } from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const ALL = { filters: "all" } as const;
const HOST = "kubernetes.io/hostname";
const bound = { phase: "Bound", claimRef: ref("data", "uid-data") };
const sized = (name: string, labels = {}, pods = "110"): KubeObject => ({
  ...node(name, labels),
  status: { allocatable: { cpu: "4", memory: "8Gi", pods } },
});
const running = (name: string, on: string, volumes: readonly object[] = []): KubeObject => ({
  ...podOf({ nodeName: on, volumes, containers: [] }, "default", name),
  status: { phase: "Running" },
});
const named = (name: string) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        {
          matchFields: [
            { key: "metadata.name", operator: "In", values: [name] },
            { key: "metadata.name", operator: "In", values: ["another"] },
          ],
        },
      ],
    },
  },
});

export const PLACES: readonly Situation[] = [
  {
    name: "as many pods on the node as it takes",
    objects: [sized("n-1", {}, "1"), running("first", "n-1"), podOf({ containers: [] })],
    options: ALL,
    verdict: "1 Too many pods.",
    cause: {
      code: "TooManyPods",
      object: "Node n-1",
      path: "status.allocatable.pods",
      says: /1 of 1 pods are on n-1/,
    },
    gone: ["Pod default/first"],
  },
  {
    name: "a disk of the cloud that another pod has mounted to write",
    objects: [
      node("n-1"),
      running("first", "n-1", [{ name: "d", gcePersistentDisk: { pdName: "disk-1" } }]),
      pod({ name: "d", gcePersistentDisk: { pdName: "disk-1" } }),
    ],
    verdict: "1 node(s) had no available disk.",
    cause: {
      code: "DiskInUse",
      object: "Pod default/first",
      path: "spec.volumes",
      says: /pod default\/first on n-1 has disk disk-1, which cannot be mounted twice/,
    },
    remedy: { says: /end pod default\/first/, opens: 1 },
  },
  {
    name: "an affinity that names two nodes at once",
    objects: [sized("n-1"), podOf({ containers: [], affinity: named("n-1") })],
    options: ALL,
    verdict: "pod affinity terms conflict.",
    cause: {
      code: "AffinityConflict",
      object: "Pod default/pod",
      path: "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
      says: /leaves no name that a node could have/,
    },
    byHand: [podOf({ containers: [] })],
  },
  {
    name: "a cluster without nodes",
    objects: [podOf({ containers: [] })],
    verdict: /no nodes available to schedule pods/,
    cause: { code: "NoNodes", object: "Node ", path: "metadata.name", says: /there are no nodes/ },
    byHand: [node("n-1")],
  },
  {
    name: "a beta zone label on an old volume, where nodes have today's",
    objects: [
      node("n-1", { "topology.kubernetes.io/zone": "eu-1a" }),
      claim("data", { boundTo: "old" }),
      volume("old", { ...bound, labels: { "failure-domain.beta.kubernetes.io/zone": "eu-1b" } }),
      pod("data"),
    ],
    verdict: "1 node(s) had no available volume zone.",
    cause: {
      code: "VolumeZone",
      object: "PersistentVolume old",
      path: 'metadata.labels["failure-domain.beta.kubernetes.io/zone"]',
      says: /label failure-domain\.beta\.kubernetes\.io\/zone=eu-1b/,
    },
    remedy: { says: /take the label .* off volume old/, opens: 1 },
  },
  {
    name: "a volume of another region",
    objects: [
      node("n-1", { "topology.kubernetes.io/region": "eu" }),
      node("n-2", { "topology.kubernetes.io/region": "us" }),
      claim("data", { boundTo: "far" }),
      volume("far", { ...bound, labels: { "topology.kubernetes.io/region": "ap" } }),
      pod("data"),
    ],
    verdict: "2 node(s) had no available volume zone.",
    cause: {
      code: "VolumeZone",
      object: "PersistentVolume far",
      path: 'metadata.labels["topology.kubernetes.io/region"]',
      says: /region=ap: no node has ap; 1 node has eu, 1 node has us/,
    },
    byHand: [node("n-3", { "topology.kubernetes.io/region": "ap" })],
    opens: 1,
  },
  {
    name: "three volumes at once for a node that takes two",
    objects: [
      node("ip-1"),
      csiNode("ip-1", [{ name: "ebs", nodeID: "1", allocatable: { count: 2 } }]),
      node("ip-2"),
      csiNode("ip-2", [{ name: "ebs", nodeID: "2", allocatable: { count: 1 } }]),
      ...["a", "b", "c"].flatMap((name) => [
        claim(name, { boundTo: `vol-${name}` }),
        volume(`vol-${name}`, {
          phase: "Bound",
          claimRef: ref(name, `uid-${name}`),
          spec: { csi: { driver: "ebs", volumeHandle: name } },
        }),
      ]),
      pod("a", "b", "c"),
    ],
    verdict: "2 node(s) exceed max volume count.",
    cause: {
      code: "AttachLimit",
      object: "CSINode ip-1",
      path: "spec.drivers[0].allocatable.count",
      says: /3 new volumes of ebs would be too many: 0 of 2 are attached to ip-1/,
    },
    byHand: [csiNode("ip-1", [{ name: "ebs", nodeID: "1", allocatable: { count: 3 } }])],
    opens: 1,
  },
  {
    name: "a pod that is on the node already, and is not told to end itself",
    objects: [
      node("ip-1"),
      csiNode("ip-1", [{ name: "ebs", nodeID: "1", allocatable: { count: 0 } }]),
      ...["data", "old"].flatMap((name) => [
        claim(name, { boundTo: `vol-${name}` }),
        volume(`vol-${name}`, {
          phase: "Bound",
          claimRef: ref(name, `uid-${name}`),
          spec: { csi: { driver: "ebs", volumeHandle: name } },
        }),
      ]),
      running("pod", "ip-1", [{ name: "d", persistentVolumeClaim: { claimName: "data" } }]),
    ],
    verdict: "1 node(s) exceed max volume count.",
    cause: {
      code: "AttachLimit",
      object: "CSINode ip-1",
      path: "spec.drivers[0].allocatable.count",
      says: /1 new volume of ebs would be too many/,
    },
    byHand: [csiNode("ip-1", [{ name: "ebs", nodeID: "1", allocatable: { count: 2 } }])],
  },
  {
    name: "a nodeSelector with the name of a node that calls itself otherwise",
    objects: [
      sized("worker-1", { [HOST]: "ip-10-0-0-1" }),
      podOf({ containers: [], nodeSelector: { [HOST]: "worker-1" } }),
    ],
    options: ALL,
    verdict: "1 node(s) didn't match Pod's node affinity/selector.",
    cause: {
      code: "NodeSelector",
      object: "Pod default/pod",
      path: 'spec.nodeSelector["kubernetes.io/hostname"]',
      says: /worker-1 is the name of a node, which says ip-10-0-0-1 there/,
    },
    remedy: { says: /let the pod not ask for kubernetes\.io\/hostname/, opens: 1 },
  },
  {
    name: "an in-tree disk with an ID that its driver cannot read",
    objects: [
      node("ip-1"),
      movedPlugins("ip-1", ["aws-ebs"]),
      claim("data", { boundTo: "ebs-1" }),
      volume("ebs-1", { ...bound, spec: { awsElasticBlockStore: { volumeID: "aws://x" } } }),
      pod("data"),
    ],
    options: { filters: ["VolumeBinding"] },
    verdict: /could not translate pv: failed to translate Kubernetes ID to EBS Volume ID/,
    cause: {
      code: "Fault",
      object: "PersistentVolume ebs-1",
      path: "spec.awsElasticBlockStore.volumeID",
      says: /Invalid format for AWS volume \(aws:\/\/x\)/,
    },
    byHand: [volume("ebs-1", { ...bound, spec: { awsElasticBlockStore: { volumeID: "vol-0123456789abcdef0" } } })],
  },
];
