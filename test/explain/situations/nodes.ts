// Situations: nodes that are full, tainted, cordoned, of another sort, or have no room for one more volume.

import type { KubeObject } from "../../conformance/build.js";
import { claim, csiDriver, csiNode, node, pod, podOf, ref, storageClass, volume } from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const ALL = { filters: "all" } as const;
const BIG = { cpu: "4", memory: "8Gi", pods: "110" };
const sized = (name: string, labels = {}, spec = {}, allocatable: object = BIG): KubeObject => ({
  ...node(name, labels, spec),
  status: { allocatable },
});
const asking = (requests: object, rest: object = {}) =>
  podOf({ containers: [{ name: "main", resources: { requests } }], ...rest });
const csi = (handle: string) => ({ csi: { driver: "ebs", volumeHandle: handle } });

/** A pod on a node with a bound volume of the driver ebs. */
const attached = (name: string, on: string): KubeObject[] => [
  claim(`data-${name}`, { boundTo: `vol-${name}` }),
  volume(`vol-${name}`, { phase: "Bound", claimRef: ref(`data-${name}`, `uid-data-${name}`), spec: csi(name) }),
  {
    ...podOf(
      { nodeName: on, volumes: [{ name: "d", persistentVolumeClaim: { claimName: `data-${name}` } }] },
      "default",
      name,
    ),
    status: { phase: "Running" },
  },
];

export const NODES: readonly Situation[] = [
  {
    name: "every node has as many volumes attached as it takes",
    objects: [
      node("ip-1"),
      csiNode("ip-1", [{ name: "ebs", nodeID: "1", allocatable: { count: 1 } }]),
      ...attached("old", "ip-1"),
      claim("data", { boundTo: "vol-new" }),
      volume("vol-new", { phase: "Bound", claimRef: ref("data", "uid-data"), spec: csi("new") }),
      pod("data"),
    ],
    verdict: "1 node(s) exceed max volume count.",
    cause: {
      code: "AttachLimit",
      object: "CSINode ip-1",
      path: "spec.drivers[0].allocatable.count",
      says: /1 new volume of ebs would be too many: 1 of 1 are attached to ip-1/,
    },
    remedy: { says: /end pod default\/old/, command: /kubectl delete -n default pod old/, opens: 1 },
  },
  {
    name: "a driver that is not on the node",
    objects: [
      node("n-1"),
      csiNode("n-1"),
      csiDriver("ebs", { preventPodSchedulingIfMissing: true }),
      claim("data", { boundTo: "vol-new" }),
      volume("vol-new", { phase: "Bound", claimRef: ref("data", "uid-data"), spec: csi("new") }),
      pod("data"),
    ],
    options: { gates: { VolumeLimitScaling: true } },
    verdict: "1 ebs CSI driver is not installed on the node.",
    cause: {
      code: "DriverMissing",
      object: "CSINode n-1",
      path: "spec.drivers",
      says: /the driver ebs is not on the node/,
    },
    byHand: [csiNode("n-1", [{ name: "ebs", nodeID: "1" }])],
  },
  {
    name: "a taint that the pod does not tolerate",
    objects: [
      sized("n-1", {}, { taints: [{ key: "dedicated", value: "db", effect: "NoSchedule" }] }),
      sized("n-2", {}, { taints: [{ key: "dedicated", value: "db", effect: "NoSchedule" }] }),
      asking({ cpu: "1" }),
    ],
    options: ALL,
    verdict: "2 node(s) had untolerated taint(s).",
    cause: {
      code: "Taint",
      object: "Node n-1",
      path: "spec.taints[0]",
      says: /does not tolerate the taint dedicated=db:NoSchedule/,
    },
    remedy: {
      says: /let the pod tolerate the taint dedicated=db:NoSchedule/,
      command: /kubectl patch -n default pod pod/,
      opens: 2,
    },
  },
  {
    name: "all nodes are cordoned",
    objects: [
      sized("n-1", {}, { unschedulable: true }),
      sized("n-2", {}, { unschedulable: true }),
      asking({ cpu: "1" }),
    ],
    options: ALL,
    verdict: "2 node(s) were unschedulable.",
    cause: { code: "Cordoned", object: "Node n-1", path: "spec.unschedulable", says: /nodes that are cordoned/ },
    remedy: { says: /uncordon n-1, n-2/, command: /^kubectl uncordon n-1 n-2$/, opens: 2 },
  },
  {
    name: "a nodeSelector that no node meets",
    objects: [sized("n-1", { disk: "hdd" }), sized("n-2"), asking({ cpu: "1" }, { nodeSelector: { disk: "ssd" } })],
    options: ALL,
    verdict: "2 node(s) didn't match Pod's node affinity/selector.",
    cause: {
      code: "NodeSelector",
      object: "Pod default/pod",
      path: 'spec.nodeSelector["disk"]',
      says: /asks for disk=ssd: no node has ssd; 1 node has hdd, 1 has no such label/,
    },
    remedy: { says: /label node n-1 with disk=ssd/, command: /kubectl label node n-1 --overwrite disk=ssd/, opens: 1 },
  },
  {
    name: "more cpu than any node has free",
    objects: [
      sized("n-1"),
      {
        ...podOf(
          { nodeName: "n-1", containers: [{ name: "m", resources: { requests: { cpu: "2500m" } } }] },
          "default",
          "busy",
        ),
        status: { phase: "Running" },
      },
      asking({ cpu: "2" }),
    ],
    options: ALL,
    verdict: "1 Insufficient cpu.",
    cause: {
      code: "InsufficientResource",
      object: "Pod default/pod",
      path: 'spec.containers[0].resources.requests["cpu"]',
      says: /asks for 2 of cpu, and at most 1500m of 4 is free \(n-1, 2500m used\)/,
    },
    remedy: { says: /let container main ask for 1500m of cpu/, opens: 1 },
  },
  {
    name: "more memory than any node would have when empty",
    objects: [sized("n-1"), sized("n-2", {}, {}, { cpu: "4", memory: "4Gi", pods: "10" }), asking({ memory: "16Gi" })],
    options: ALL,
    verdict: "2 Insufficient memory.",
    cause: {
      code: "InsufficientResource",
      object: "Pod default/pod",
      path: 'spec.containers[0].resources.requests["memory"]',
      says: /at most 8Gi of 8Gi is free \(n-1, 0 used\); not even empty would they do/,
    },
    remedy: { says: /ask for 8Gi of memory/, opens: 1 },
  },
  {
    name: "a claim for one pod alone, and another pod has it",
    objects: [
      node("n-1"),
      claim("data", { boundTo: "vol", spec: { accessModes: ["ReadWriteOncePod"] } }),
      volume("vol", { phase: "Bound", claimRef: ref("data", "uid-data"), spec: { accessModes: ["ReadWriteOncePod"] } }),
      {
        ...podOf(
          { nodeName: "n-1", volumes: [{ name: "d", persistentVolumeClaim: { claimName: "data" } }] },
          "default",
          "first",
        ),
        status: { phase: "Running" },
      },
      pod("data"),
    ],
    verdict:
      "1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod.",
    cause: {
      code: "ClaimInUse",
      object: "PersistentVolumeClaim default/data",
      path: "spec.accessModes",
      says: /ReadWriteOncePod, and pod default\/first on n-1 uses it/,
    },
    remedy: { says: /end pod default\/first/, opens: 1 },
  },
  {
    name: "a class that the taint hides: the disk is bound to one node, which is cordoned",
    objects: [
      sized("n-1", { zone: "a" }, { unschedulable: true }),
      sized("n-2", { zone: "b" }),
      storageClass("static"),
      claim("data", { boundTo: "vol" }),
      volume("vol", { zone: "a", phase: "Bound", claimRef: ref("data", "uid-data") }),
      pod("data"),
    ],
    options: ALL,
    verdict: "1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) were unschedulable.",
    cause: { code: "Cordoned", object: "Node n-1", path: "spec.unschedulable", says: /cordoned/ },
    remedy: { says: /uncordon node n-1/, opens: 1 },
  },
];
