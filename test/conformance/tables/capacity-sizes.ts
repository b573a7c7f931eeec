// 18.7, how much room is enough, and when none is needed.

import {
  boundPair,
  claim,
  csiCapacity,
  csiDriver,
  limitedClass,
  NO_PROVISIONER,
  pod,
  storageClass,
  volume,
} from "../build.js";
import { AFF, BIND, type ConformanceCase, SPACE } from "../case.js";
import {
  asksForRoom,
  capacityPerNode,
  limitName,
  nodeA,
  nodeB,
  room,
  roomEverywhere,
  spaceEverywhere,
  twoZones,
} from "../world.js";

function limits(id: string, size: string, enough: string[], short: string[]): ConformanceCase {
  return {
    id,
    title: `${enough.join(" and ")} is room for ${size}, ${short.join(" and ")} is not`,
    rules: ["R-CAP-5", "R-QTY-5"],
    objects: [
      ...limitedClass("limited"),
      ...capacityPerNode([...enough, ...short]),
      claim("c", { class: "limited", size }),
      pod("c"),
    ],
    expect: {
      feasible: enough.map(limitName).sort(),
      infeasible: Object.fromEntries(short.map((limit) => [limitName(limit), [SPACE]])),
    },
  };
}

const noRequest = { spec: { resources: {} } };

export const cases: readonly ConformanceCase[] = [
  limits("T-146", "10Gi", ["10Gi", "10737418240"], ["10737418239", "10G"]),
  asksForRoom(
    "T-147",
    "the greatest volume size counts, not the smaller capacity",
    ["R-CAP-5"],
    [csiCapacity("all", { capacity: "1Gi", maximum: "100Gi" })],
    { size: "50Gi" },
    roomEverywhere,
  ),
  asksForRoom(
    "T-148",
    "the greatest volume size counts, not the larger capacity",
    ["R-CAP-5"],
    [csiCapacity("all", { capacity: "100Gi", maximum: "1Gi" })],
    { size: "2Gi" },
    spaceEverywhere,
  ),
  limits("T-152", "1500m", ["2", "1001m"], ["1", "999m"]),
  asksForRoom("T-153", "without a request no room is needed", ["R-CAP-1"], [], noRequest, roomEverywhere),
  asksForRoom("T-153", "a request of nothing needs an object", ["R-CAP-9"], [], { size: "0" }, spaceEverywhere),
  asksForRoom(
    "T-153",
    "a request of null needs an object",
    ["R-CAP-1", "R-CAP-9"],
    [],
    { size: null },
    spaceEverywhere,
  ),
  ...["0", null].map((size) =>
    asksForRoom(
      "T-153",
      `a request of ${size} needs no room in it`,
      ["R-CAP-9"],
      [csiCapacity("all", { capacity: "0" })],
      { size },
      roomEverywhere,
    ),
  ),
  {
    id: "T-154",
    title: "two claims are measured one by one against the same room",
    rules: ["R-CAP-8", "R-PRV-9"],
    objects: [
      ...room,
      csiCapacity("all", { capacity: "100Gi" }),
      claim("c", { class: "limited", size: "60Gi" }),
      claim("d", { class: "limited", size: "60Gi" }),
      pod("c", "d"),
    ],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeA: { provision: ["c", "d"] } } },
  },
  asksForRoom(
    "T-155",
    "a request that overflows to zero fits any room",
    ["R-QTY-6"],
    [csiCapacity("all", { capacity: "0" })],
    { size: "10E" },
    roomEverywhere,
  ),
  {
    id: "T-156",
    title: "affinity and room are told together, affinity first",
    rules: ["R-FLT-1", "R-FLT-2"],
    objects: [
      ...twoZones,
      ...limitedClass("limited"),
      ...boundPair({ zone: "b" }),
      claim("d", { class: "limited" }),
      pod("d", "c"),
    ],
    expect: {
      infeasible: { nodeA: [AFF, SPACE], nodeB: [SPACE] },
      message:
        "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, " +
        "2 node(s) did not have enough free storage.",
    },
  },
  asksForRoom(
    "T-157",
    "a claim that finds a volume needs no room",
    ["R-MAT-13"],
    [volume("pv1", { class: "limited", zone: "a" })],
    {},
    { feasible: ["nodeA"], infeasible: { nodeB: [SPACE] }, plans: { nodeA: { bind: [["c", "pv1"]], provision: [] } } },
  ),
  {
    id: "T-158",
    title: "an in-tree provisioner needs no room of the CSI driver that replaced it",
    rules: ["R-CAP-2"],
    objects: [
      nodeA,
      nodeB,
      storageClass("ebs", { provisioner: "kubernetes.io/aws-ebs" }),
      csiDriver("ebs.csi.aws.com", { storageCapacity: true }),
      claim("c", { class: "ebs" }),
      pod("c"),
    ],
    expect: roomEverywhere,
  },
  asksForRoom(
    "T-270",
    "a capacity of nothing is no room",
    ["R-CAP-5"],
    [csiCapacity("all", { capacity: "0" })],
    {},
    spaceEverywhere,
  ),
  asksForRoom(
    "T-270",
    "a greatest volume size of nothing is no room",
    ["R-CAP-5"],
    [csiCapacity("all", { maximum: "0" })],
    {},
    spaceEverywhere,
  ),
  asksForRoom(
    "T-270",
    "a greatest volume size of nothing is room for nothing",
    ["R-CAP-5", "R-CAP-9"],
    [csiCapacity("all", { maximum: "0" })],
    { size: "0" },
    roomEverywhere,
  ),
  {
    id: "T-272",
    title: "where nothing provisions no room is looked for",
    rules: ["R-PRV-3", "R-PRV-5"],
    objects: [...twoZones, csiDriver(NO_PROVISIONER, { storageCapacity: true }), claim("c"), pod("c")],
    expect: { infeasible: { nodeA: [BIND], nodeB: [BIND] } },
  },
];
