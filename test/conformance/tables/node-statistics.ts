// 20.7, T-348: a node for each reason, and the line that counts them.

import { claim, csiCapacity, type KubeObject, limitedClass, node, pod } from "../build.js";
import { AFF, BIND, type ConformanceCase, SPACE } from "../case.js";
import { DRIVER, disks, limits, MAX } from "../limits-world.js";
import { CORDONED, TAINTED, UNMATCHED } from "../node-filters.js";
import { short, tooSmall } from "../resources.js";

const ROOMY = { pods: "10", cpu: "4", memory: "8Gi", "ephemeral-storage": "8Gi", "example.com/gpu": "1" };
/** Reached by the bound volume, allowed by the class, with room for its claims. */
const LABELS = { pool: "x", region: "r", zone: "a", room: "yes" };

function sized(name: string, allocatable: object = {}, labels: object = {}, spec: object = {}): KubeObject {
  return { ...node(name, { ...LABELS, ...labels }, spec), status: { allocatable: { ...ROOMY, ...allocatable } } };
}

const requests = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi", "example.com/gpu": "1" };
const volumes = pod("c", "d");
const [bound, held] = disks("c");
const required = { nodeSelectorTerms: [{ matchExpressions: [{ key: "region", operator: "In", values: ["r"] }] }] };

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-348",
    title: "each reason counts for itself, and the texts are in the order of their bytes",
    rules: ["R-MSG-4", "R-NOD-1", "R-FW-4"],
    objects: [
      sized("cordoned", {}, {}, { unschedulable: true }),
      sized("tainted", {}, {}, { taints: [{ key: "k", effect: "NoExecute" }] }),
      sized("unmatched", {}, { pool: "y" }),
      sized("podless", { pods: "0" }),
      sized("cpu", { cpu: "0" }),
      sized("memory", { memory: "1" }),
      sized("memory-too", { memory: "2" }),
      sized("ephemeral", { "ephemeral-storage": "0" }),
      sized("gpu", { "example.com/gpu": "0" }),
      sized("attached"),
      limits("attached", { [DRIVER]: 0 }),
      sized("far", {}, { region: "s" }),
      sized("unbindable", {}, { zone: "b" }),
      sized("spaceless", {}, { room: "no" }),
      bound,
      { ...held, spec: { ...(held.spec as object), nodeAffinity: { required } } },
      ...limitedClass("limited", { topologies: [[["zone", "a"]]] }),
      csiCapacity("room", { topology: { matchLabels: { room: "yes" } }, capacity: "100Gi" }),
      claim("d", { class: "limited" }),
      {
        ...volumes,
        spec: {
          ...(volumes.spec as object),
          nodeSelector: { pool: "x" },
          containers: [{ name: "c", resources: { requests } }],
        },
      },
    ],
    options: {
      filters: [
        "NodeUnschedulable",
        "TaintToleration",
        "NodeAffinity",
        "NodeResourcesFit",
        "NodeVolumeLimits",
        "VolumeBinding",
      ],
    },
    expect: {
      infeasible: {
        attached: MAX,
        cordoned: CORDONED,
        cpu: tooSmall("Insufficient cpu"),
        ephemeral: tooSmall("Insufficient ephemeral-storage"),
        far: [AFF],
        gpu: tooSmall("Insufficient example.com/gpu"),
        memory: tooSmall("Insufficient memory"),
        "memory-too": tooSmall("Insufficient memory"),
        podless: short("Too many pods"),
        spaceless: [SPACE],
        tainted: TAINTED,
        unbindable: [BIND],
        unmatched: UNMATCHED,
      },
      message:
        "0/13 nodes are available: 1 Insufficient cpu, 1 Insufficient ephemeral-storage, 1 Insufficient " +
        "example.com/gpu, 1 Too many pods, 1 node(s) did not have enough free storage, 1 node(s) didn't find available " +
        "persistent volumes to bind, 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) didn't match " +
        "Pod's node affinity/selector, 1 node(s) exceed max volume count, 1 node(s) had untolerated taint(s), 1 node(s) " +
        "were unschedulable, 2 Insufficient memory.",
    },
  },
];
