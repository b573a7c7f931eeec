// T-252 of 18.14: one change after a first answer, and the answer after it.

import {
  boundPair,
  claim,
  csiCapacity,
  csiDriver,
  type KubeObject,
  limitedClass,
  node,
  pod,
  ref,
  storageClass,
  volume,
} from "../build.js";
import { AFF, BIND, type ConformanceCase, type Expectation, IMM, SPACE } from "../case.js";
import { classes, nodeA, nodeB, room, twoZones } from "../world.js";

const bindEverywhere: Expectation = { infeasible: { nodeA: [BIND], nodeB: [BIND] } };
const everywhere: Expectation = { feasible: ["nodeA", "nodeB"] };
const roomInA = csiCapacity("room", { zone: "a", capacity: "1Gi" });
const hosts = Array.from({ length: 40 }, (_, index) => `host-${index}`);

function change(
  title: string,
  rules: string[],
  objects: readonly KubeObject[],
  updates: readonly KubeObject[],
  expect: Expectation,
): ConformanceCase {
  return { id: "T-252", title, rules, objects, updates, expect };
}

export const cases: readonly ConformanceCase[] = [
  change(
    "a node moves to another zone",
    ["R-AFF-3"],
    [...twoZones, ...boundPair({ zone: "a" }), pod("c")],
    [node("nodeA", { zone: "b" }), node("nodeB", { zone: "a" })],
    { feasible: ["nodeB"], infeasible: { nodeA: [AFF] } },
  ),
  change(
    "a node loses its labels",
    ["R-AFF-3"],
    [...twoZones, ...boundPair({ zone: "a" }), pod("c")],
    [node("nodeA")],
    { infeasible: { nodeA: [AFF], nodeB: [AFF] } },
  ),
  change(
    "a node comes that reaches the shared volume and none of forty local ones",
    ["R-AFF-1", "R-MAT-7"],
    [
      ...classes,
      ...hosts.map((host) => volume(`of-${host}`, { terms: [[["host", "In", host]]] })),
      volume("shared", { size: "100Gi" }),
      claim("c", { size: "50Gi" }),
      pod("c"),
      node("first", { host: "host-0" }),
    ],
    [node("late", { host: "late" })],
    {
      feasible: ["first", "late"],
      plans: { first: { bind: [["c", "shared"]] }, late: { bind: [["c", "shared"]] } },
    },
  ),
  change(
    "a node comes that reaches the shared room and none of that of forty places",
    ["R-CAP-6", "R-LS-2"],
    [
      ...limitedClass("limited"),
      ...hosts.map((host) => csiCapacity(`of-${host}`, { topology: { matchLabels: { host } }, capacity: "1Gi" })),
      csiCapacity("shared", { topology: {}, capacity: "100Gi" }),
      claim("c", { class: "limited", size: "50Gi" }),
      pod("c"),
      node("first", { host: "host-0" }),
    ],
    [node("late", { host: "late" })],
    { feasible: ["first", "late"], plans: { late: { provision: ["c"] } } },
  ),
  change(
    "the free volume is reserved for a stranger",
    ["R-MAT-3"],
    [...twoZones, volume("pv1"), claim("c"), pod("c")],
    [volume("pv1", { claimRef: ref("stranger") })],
    bindEverywhere,
  ),
  change(
    "the volume of a stranger becomes free",
    ["R-MAT-6"],
    [...twoZones, volume("pv1", { claimRef: ref("stranger"), phase: "Released" }), claim("c"), pod("c")],
    [volume("pv1")],
    { ...everywhere, plans: { nodeA: { bind: [["c", "pv1"]] } } },
  ),
  change(
    "the free volume shrinks",
    ["R-MAT-3"],
    [...twoZones, volume("pv1", { size: "5Gi" }), claim("c", { size: "2Gi" }), pod("c")],
    [volume("pv1", { size: "1Gi" })],
    bindEverywhere,
  ),
  change(
    "the claim asks for more",
    ["R-MAT-3"],
    [...twoZones, volume("pv1", { size: "5Gi" }), volume("pv2", { size: "20Gi", zone: "b" }), claim("c"), pod("c")],
    [claim("c", { size: "10Gi" })],
    { feasible: ["nodeB"], infeasible: { nodeA: [BIND] }, plans: { nodeB: { bind: [["c", "pv2"]] } } },
  ),
  change(
    "the claim has a node selected",
    ["R-FLT-5", "R-FLT-6"],
    [...twoZones, claim("c", { class: "wffc" }), pod("c")],
    [claim("c", { class: "wffc", selectedNode: "nodeB" })],
    { feasible: ["nodeB"], infeasible: { nodeA: [BIND] }, plans: { nodeB: { provision: ["c"] } } },
  ),
  change(
    "the claim is bound",
    ["R-CLS-6", "R-BCL-3"],
    [...twoZones, claim("c", { class: "wffc" }), volume("pv1", { class: "wffc", zone: "a" }), pod("c")],
    [claim("c", { class: "wffc", boundTo: "pv1" })],
    { feasible: ["nodeA"], infeasible: { nodeB: [AFF] }, plans: { nodeA: { bind: [], provision: [] } } },
  ),
  change(
    "the claim changes its class",
    ["R-CLS-1"],
    [...twoZones, volume("pv1"), claim("c"), pod("c")],
    [claim("c", { class: "wffc" })],
    { ...everywhere, plans: { nodeA: { bind: [], provision: ["c"] } } },
  ),
  change(
    "the class no longer waits",
    ["R-CLS-4"],
    [...twoZones, claim("c", { class: "wffc" }), pod("c")],
    [storageClass("wffc", { mode: "Immediate" })],
    { preFilter: IMM },
  ),
  change(
    "the class appears",
    ["R-CLS-4"],
    [...twoZones, claim("c", { class: "late" }), pod("c")],
    [storageClass("late", { topologies: [[["zone", "b"]]] })],
    { feasible: ["nodeB"], infeasible: { nodeA: [BIND] } },
  ),
  change(
    "the class reaches other zones",
    ["R-TS-3"],
    [nodeA, nodeB, storageClass("topo", { topologies: [[["zone", "a"]]] }), claim("c", { class: "topo" }), pod("c")],
    [storageClass("topo", { topologies: [[["zone", "b", "c"]]] })],
    { feasible: ["nodeB"], infeasible: { nodeA: [BIND] } },
  ),
  change(
    "room is used up",
    ["R-CAP-5"],
    [...room, csiCapacity("all", { capacity: "100Gi" }), claim("c", { class: "limited" }), pod("c")],
    [csiCapacity("all", { capacity: "1Mi" })],
    { infeasible: { nodeA: [SPACE], nodeB: [SPACE] } },
  ),
  change(
    "the driver begins to publish its room",
    ["R-CAP-3"],
    [
      ...[nodeA, nodeB, storageClass("limited"), csiDriver("limited.example.com", {})],
      ...[csiCapacity("b", { zone: "b", capacity: "1Ti" }), claim("c", { class: "limited" }), pod("c")],
    ],
    [csiDriver("limited.example.com", { storageCapacity: true })],
    { feasible: ["nodeB"], infeasible: { nodeA: [SPACE] } },
  ),
  change(
    "the pod uses another claim",
    ["R-PRE-1"],
    [...twoZones, ...boundPair({ zone: "a" }), claim("d", { class: "wffc" }), pod("c")],
    [pod("d")],
    { ...everywhere, plans: { nodeB: { provision: ["d"] } } },
  ),
  change(
    "an object without a limit that comes later has no room, not even for nothing",
    ["R-CAP-5"],
    [...room, roomInA, claim("c", { class: "limited", size: "0" }), pod("c")],
    [csiCapacity("late", { zone: "b" })],
    { feasible: ["nodeA"], infeasible: { nodeB: [SPACE] } },
  ),
  change(
    "an object without a topology that comes later is within reach of no node",
    ["R-CAP-6"],
    [...room, roomInA, claim("c", { class: "limited" }), pod("c")],
    [csiCapacity("late", { topology: null, capacity: "9Gi" })],
    { feasible: ["nodeA"], infeasible: { nodeB: [SPACE] } },
  ),
];
