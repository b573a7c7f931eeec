// 18.7 and 18.14: messages over many nodes, errors on one of many, limits of labels, and what more volumes change.

import { boundPair, claim, limitedClass, node, pod, ref, selector, volume } from "../build.js";
import { AFF, BIND, type ConformanceCase, FILTER_ERROR, IMM, SPACE } from "../case.js";
import { nodeB, threeZones, twoZones } from "../world.js";

const range = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
const each = (names: string[], ...reasons: string[]) => Object.fromEntries(names.map((name) => [name, reasons]));
const badSelector = { selector: selector(["disk", "Gt", "1"]) };
const badClaim =
  `${FILTER_ERROR}error creating internal label selector for claim: default/d: ` +
  '"Gt" is not a valid label selector operator';

/** Nodes of two pools: a bound volume for the first, room for a claim of the second only where it is in its class. */
function twoPools(affinity: string[], bind: string[]) {
  return [
    ...affinity.map((name) => node(name, { pool: "bind" })),
    ...bind.map((name) => node(name, { pool: "affinity" })),
    ...twoZones.filter(({ kind }) => kind !== "Node"),
    ...boundPair({ terms: [[["pool", "In", "affinity"]]] }),
    volume("pv2", { terms: [[["pool", "In", "bind"]]] }),
    claim("d"),
    pod("c", "d"),
  ];
}

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-159",
    title: "ten nodes without room and two out of the class's reach",
    rules: ["R-MSG-4"],
    objects: [
      ...Array.from({ length: 10 }, (_, index) => node(`pool-${index}`, { pool: "p" })),
      node("other-0"),
      node("other-1"),
      ...limitedClass("limited", { topologies: [[["pool", "p"]]] }),
      claim("c", { class: "limited" }),
      pod("c"),
    ],
    expect: {
      infeasible: {
        ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`pool-${index}`, [SPACE]])),
        "other-0": [BIND],
        "other-1": [BIND],
      },
      message:
        "0/12 nodes are available: 10 node(s) did not have enough free storage, " +
        "2 node(s) didn't find available persistent volumes to bind.",
    },
  },
  {
    id: "T-160",
    title: "a node with two reasons counts in each",
    rules: ["R-MSG-4"],
    objects: [...threeZones, ...boundPair({ zone: "z" }), volume("pv2", { zone: "c" }), claim("d"), pod("c", "d")],
    expect: {
      infeasible: { nodeA: [AFF, BIND], nodeB: [AFF, BIND], nodeC: [AFF] },
      message:
        "0/3 nodes are available: 2 node(s) didn't find available persistent volumes to bind, " +
        "3 node(s) didn't match PersistentVolume's node affinity.",
    },
  },
  {
    id: "T-244",
    title: "counts are sorted as text: 10 before 2",
    rules: ["R-MSG-4"],
    objects: twoPools(range(10, "aff"), range(2, "bind")),
    expect: {
      infeasible: { ...each(range(10, "aff"), AFF), ...each(range(2, "bind"), BIND) },
      message:
        "0/12 nodes are available: 10 node(s) didn't match PersistentVolume's node affinity, " +
        "2 node(s) didn't find available persistent volumes to bind.",
    },
  },
  {
    id: "T-244",
    title: "counts are sorted as text: 1 before 11",
    rules: ["R-MSG-4"],
    objects: twoPools(range(11, "aff"), range(1, "bind")),
    expect: {
      infeasible: { ...each(range(11, "aff"), AFF), ...each(range(1, "bind"), BIND) },
      message:
        "0/12 nodes are available: 1 node(s) didn't find available persistent volumes to bind, " +
        "11 node(s) didn't match PersistentVolume's node affinity.",
    },
  },
  {
    id: "T-244",
    title: "equal counts are sorted by their reasons",
    rules: ["R-MSG-4"],
    objects: twoPools(range(3, "aff"), range(3, "bind")),
    expect: {
      infeasible: { ...each(range(3, "aff"), AFF), ...each(range(3, "bind"), BIND) },
      message:
        "0/6 nodes are available: 3 node(s) didn't find available persistent volumes to bind, " +
        "3 node(s) didn't match PersistentVolume's node affinity.",
    },
  },
  {
    id: "T-245",
    title: "a missing claim hides what the nodes would have said",
    rules: ["R-MSG-3"],
    objects: [...twoZones, ...boundPair({ zone: "z" }), pod("c", "d")],
    expect: {
      preFilter: 'persistentvolumeclaim "d" not found',
      message: '0/2 nodes are available: persistentvolumeclaim "d" not found.',
    },
  },
  {
    id: "T-245",
    title: "an immediate claim hides what the nodes would have said",
    rules: ["R-MSG-3"],
    objects: [...threeZones, claim("c"), claim("d", { class: "imm" }), pod("c", "d")],
    expect: {
      preFilter: IMM,
      message: "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
    },
  },
  {
    id: "T-246",
    title: "nodes that other plugins would refuse are counted and judged",
    rules: ["R-MSG-2", "R-FW-4"],
    objects: [
      ...twoZones,
      node("cordoned", { zone: "a" }, { unschedulable: true }),
      node("tainted", { zone: "b" }, { taints: [{ key: "node.kubernetes.io/unreachable", effect: "NoExecute" }] }),
      ...boundPair({ zone: "z" }),
      pod("c"),
    ],
    expect: {
      infeasible: each(["cordoned", "nodeA", "nodeB", "tainted"], AFF),
      message: "0/4 nodes are available: 4 node(s) didn't match PersistentVolume's node affinity.",
    },
  },
  {
    id: "T-246",
    title: "a node that other plugins would refuse can be feasible",
    rules: ["R-FW-4"],
    objects: [
      nodeB,
      node("cordoned", { zone: "a" }, { unschedulable: true, taints: [{ key: "k", effect: "NoSchedule" }] }),
      ...boundPair({ zone: "a" }),
      pod("c"),
    ],
    expect: { feasible: ["cordoned"], infeasible: { nodeB: [AFF] } },
  },
  {
    id: "T-247",
    title: "an error on one node ends the cycle, and the other nodes are decided all the same",
    rules: ["R-FW-5", "R-FLT-4", "R-FLT-5"],
    objects: [
      ...threeZones,
      claim("c", { class: "wffc", selectedNode: "nodeB" }),
      claim("d", { class: "wffc", spec: badSelector }),
      pod("c", "d"),
    ],
    expect: { error: badClaim, infeasible: { nodeA: [BIND], nodeC: [BIND] } },
  },
  {
    id: "T-247",
    title: "an error discards the reason that its node had already",
    rules: ["R-FLT-4"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "b" }),
      claim("d", { class: "wffc", spec: badSelector }),
      claim("e", { class: "wffc", selectedNode: "nodeA" }),
      pod("c", "d", "e"),
    ],
    expect: { error: badClaim, infeasible: { nodeB: [BIND] } },
  },
  {
    id: "T-250",
    title: "the exception: a volume reserved for the claim elsewhere takes away the nodes of a free one",
    rules: ["R-MAT-4"],
    objects: [...twoZones, volume("free", { zone: "a" }), claim("c"), pod("c")],
    updates: [volume("reserved", { zone: "b", claimRef: ref("c") })],
    expect: { feasible: ["nodeB"], infeasible: { nodeA: [BIND] } },
  },
  {
    id: "T-250",
    title: "a smaller volume changes who takes what, and what was feasible stays so",
    rules: ["R-MAT-7", "R-MAT-12"],
    objects: [
      ...twoZones,
      volume("slow", { size: "3Gi", labels: { disk: "hdd" } }),
      volume("fast", { size: "4Gi", labels: { disk: "ssd" } }),
      claim("x", { size: "1Gi" }),
      claim("y", { size: "2Gi", spec: { selector: selector(["disk", "In", "ssd"]) } }),
      pod("x", "y"),
    ],
    updates: [volume("faster", { size: "2Gi", labels: { disk: "ssd" } })],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: {
        nodeA: {
          bind: [
            ["x", "faster"],
            ["y", "fast"],
          ],
        },
      },
    },
  },
];
