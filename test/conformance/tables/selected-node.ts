// 18.4: claims that a node was already selected for.

import { boundPair, claim, csiCapacity, limitedClass, pod, storageClass, volume } from "../build.js";
import { AFF, BIND, type ConformanceCase, IMM, SPACE } from "../case.js";
import { room, threeZones, twoZones } from "../world.js";

const bindEverywhere = { infeasible: { nodeA: [BIND], nodeB: [BIND] } };

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-078",
    title: "the selected node is judged by provisioning, every other node is refused",
    rules: ["R-FLT-5", "R-FLT-6"],
    objects: [...threeZones, claim("c", { class: "wffc", selectedNode: "nodeA" }), pod("c")],
    expect: {
      feasible: ["nodeA"],
      infeasible: { nodeB: [BIND], nodeC: [BIND] },
      plans: { nodeA: { bind: [], provision: ["c"] } },
    },
  },
  {
    id: "T-078",
    title: "the selected node is refused where its class does not reach it",
    rules: ["R-FLT-5", "R-PRV-4"],
    objects: [
      ...twoZones,
      storageClass("zoneB", { topologies: [[["zone", "b"]]] }),
      claim("c", { class: "zoneB", selectedNode: "nodeA" }),
      pod("c"),
    ],
    expect: bindEverywhere,
  },
  {
    id: "T-078",
    title: "the selected node is refused where there is no room, the others without looking for any",
    rules: ["R-FLT-5", "R-PRV-5"],
    objects: [
      ...twoZones,
      ...limitedClass("limited"),
      claim("c", { class: "limited", selectedNode: "nodeA" }),
      pod("c"),
    ],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [BIND] } },
  },
  {
    id: "T-079",
    title: "the empty selected node is no node's name",
    rules: ["R-FLT-5"],
    objects: [...twoZones, claim("c", { class: "wffc", selectedNode: "" }), pod("c")],
    expect: bindEverywhere,
  },
  {
    id: "T-079",
    title: "a selected node of null is there and reads as empty",
    rules: ["R-FLT-5"],
    objects: [...twoZones, claim("c", { class: "wffc", selectedNode: null }), pod("c")],
    expect: bindEverywhere,
  },
  {
    id: "T-080",
    title: "a selected node that is gone leaves no node",
    rules: ["R-FLT-5"],
    objects: [...twoZones, claim("c", { class: "wffc", selectedNode: "nodeC" }), pod("c")],
    expect: {
      ...bindEverywhere,
      message: "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.",
    },
  },
  {
    id: "T-081",
    title: "a volume that fits is no use on the selected node of a class that nothing provisions",
    rules: ["R-FLT-6", "R-PRV-3"],
    objects: [...twoZones, claim("c", { selectedNode: "nodeA" }), volume("pv1", { zone: "a" }), pod("c")],
    expect: bindEverywhere,
  },
  {
    id: "T-081",
    title: "a volume that fits is passed over on the selected node: the claim is provisioned",
    rules: ["R-FLT-6"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc", selectedNode: "nodeA" }),
      volume("pv1", { class: "wffc", zone: "a" }),
      pod("c"),
    ],
    expect: {
      feasible: ["nodeA"],
      infeasible: { nodeB: [BIND] },
      plans: { nodeA: { bind: [], provision: ["c"] } },
    },
  },
  {
    id: "T-082",
    title: "another claim's selected node refuses a node before room is looked for",
    rules: ["R-FLT-5"],
    objects: [
      ...twoZones,
      ...limitedClass("limited"),
      claim("c", { class: "limited" }),
      claim("d", { class: "wffc", selectedNode: "nodeB" }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [BIND], nodeB: [SPACE] } },
  },
  {
    id: "T-083",
    title: "the reasons of a bound claim and of a selected node stand together, affinity first",
    rules: ["R-FLT-1", "R-FLT-2", "R-FLT-5"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "b" }),
      claim("d", { class: "wffc", selectedNode: "nodeB" }),
      pod("d", "c"),
    ],
    expect: { feasible: ["nodeB"], infeasible: { nodeA: [AFF, BIND] } },
  },
  {
    id: "T-084",
    title: "two claims with different selected nodes fit nowhere",
    rules: ["R-FLT-5"],
    objects: [
      ...threeZones,
      claim("c", { class: "wffc", selectedNode: "nodeA" }),
      claim("d", { class: "wffc", selectedNode: "nodeB" }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [BIND], nodeB: [BIND], nodeC: [BIND] } },
  },
  {
    id: "T-084",
    title: "two claims with the same selected node are provisioned there in volume order, whatever their sizes",
    rules: ["R-FLT-7"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc", size: "5Gi", selectedNode: "nodeA" }),
      claim("d", { class: "wffc", size: "1Gi", selectedNode: "nodeA" }),
      pod("c", "d"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [BIND] }, plans: { nodeA: { provision: ["c", "d"] } } },
  },
  {
    id: "T-084",
    title: "claims with a selected node are provisioned before those that found no volume, by size",
    rules: ["R-FLT-7", "R-MAT-1"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc", size: "3Gi" }),
      claim("d", { class: "wffc", size: "9Gi", selectedNode: "nodeA" }),
      claim("e", { class: "wffc", size: "2Gi" }),
      pod("c", "d", "e"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [BIND] }, plans: { nodeA: { provision: ["d", "e", "c"] } } },
  },
  {
    id: "T-085",
    title: "the selected node of a bound claim no longer matters",
    rules: ["R-CLS-6", "R-BCL-4"],
    objects: [
      ...twoZones,
      claim("c", { boundTo: "pv1", selectedNode: "nodeB" }),
      volume("pv1", { zone: "a" }),
      pod("c"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [AFF] } },
  },
  {
    id: "T-086",
    title: "a selected node does not make an immediate claim wait",
    rules: ["R-PRE-9"],
    objects: [...twoZones, claim("c", { class: "imm", selectedNode: "nodeA" }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-131",
    title: "of two claims with a selected node the first in volume order decides",
    rules: ["R-FLT-7", "R-PRV-7"],
    objects: [
      ...[...room, ...twoZones.slice(2), csiCapacity("room", { zone: "a", capacity: "1Gi" })],
      claim("much", { class: "limited", size: "2Gi", selectedNode: "nodeA" }),
      claim("none", { class: "static", selectedNode: "nodeA" }),
      pod("much", "none"),
    ],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [BIND] } },
  },
];
