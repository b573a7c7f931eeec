// 18.7, which objects say that a node has room.

import { claim, csiCapacity, csiDriver, pod, selector, storageClass } from "../build.js";
import { type ConformanceCase, SPACE } from "../case.js";
import { asksForRoom, nodeA, nodeB, roomEverywhere, spaceEverywhere, unlabelled } from "../world.js";

export const cases: readonly ConformanceCase[] = [
  ...[null, {}, { storageCapacity: null }, { storageCapacity: false }].map(
    (spec): ConformanceCase => ({
      id: "T-139",
      title: `objects are ignored where the driver's spec is ${JSON.stringify(spec)}`,
      rules: ["R-CAP-3"],
      objects: [
        nodeA,
        nodeB,
        storageClass("limited"),
        csiDriver("limited.example.com", spec),
        csiCapacity("none", { capacity: "0" }),
        claim("c", { class: "limited" }),
        pod("c"),
      ],
      expect: roomEverywhere,
    }),
  ),
  {
    id: "T-140",
    title: "without a CSIDriver no room is needed",
    rules: ["R-CAP-2"],
    objects: [nodeA, nodeB, storageClass("limited"), claim("c", { class: "limited" }), pod("c")],
    expect: roomEverywhere,
  },
  asksForRoom(
    "T-141",
    "a driver that publishes no room has none",
    ["R-CAP-9"],
    [],
    {},
    {
      ...spaceEverywhere,
      message: "0/2 nodes are available: 2 node(s) did not have enough free storage.",
    },
  ),
  asksForRoom(
    "T-142",
    "room in one zone",
    ["R-CAP-4"],
    [csiCapacity("a", { zone: "a", capacity: "100Gi" })],
    {},
    {
      feasible: ["nodeA"],
      infeasible: { nodeB: [SPACE] },
    },
  ),
  asksForRoom(
    "T-143",
    "room without topology is nowhere",
    ["R-CAP-6"],
    [csiCapacity("nowhere", { topology: null, capacity: "1Ti" })],
    {},
    spaceEverywhere,
  ),
  asksForRoom(
    "T-143",
    "room with the empty topology is everywhere",
    ["R-CAP-6", "R-LS-2"],
    [csiCapacity("all", { topology: {}, capacity: "1Ti" })],
    {},
    roomEverywhere,
  ),
  asksForRoom(
    "T-144",
    "room outside one zone is also on nodes without zone",
    ["R-CAP-6", "R-SEL-6"],
    [unlabelled, csiCapacity("not-a", { topology: selector(["zone", "NotIn", "a"]), capacity: "1Ti" })],
    {},
    { feasible: ["nodeB", "unlabelled"], infeasible: { nodeA: [SPACE] } },
  ),
  ...[
    selector(["zone", "Gt", "1"]),
    selector(["a/b/c", "Exists"]),
    { matchLabels: { zone: "a b" } },
    selector(["zone", "NotIn"]),
  ].map((topology, index) =>
    asksForRoom(
      "T-145",
      `room whose topology does not convert is nowhere, and no error (${index + 1})`,
      ["R-CAP-6", "R-LS-5"],
      [csiCapacity("bad", { topology, capacity: "1Ti" }), csiCapacity("good", { zone: "b", capacity: "1Ti" })],
      {},
      { feasible: ["nodeB"], infeasible: { nodeA: [SPACE] } },
    ),
  ),
  asksForRoom(
    "T-149",
    "an object without capacity is no room",
    ["R-CAP-5"],
    [csiCapacity("all", {})],
    {},
    spaceEverywhere,
  ),
  asksForRoom(
    "T-149",
    "an object without capacity is no room even for nothing",
    ["R-CAP-5", "R-CAP-9"],
    [csiCapacity("all", {})],
    { size: "0" },
    spaceEverywhere,
  ),
  asksForRoom(
    "T-150",
    "room of another class does not count",
    ["R-CAP-4"],
    [csiCapacity("all", { class: "Limited", capacity: "1Ti" })],
    {},
    spaceEverywhere,
  ),
  ...["default", "kube-system", "elsewhere-too"].map((namespace) =>
    asksForRoom(
      "T-151",
      `room in namespace ${namespace} counts`,
      ["R-CAP-4", "R-CAP-10"],
      [csiCapacity("all", { namespace, capacity: "1Ti" })],
      {},
      roomEverywhere,
    ),
  ),
  asksForRoom(
    "T-271",
    "one of several objects has the room and reaches the node",
    ["R-CAP-4"],
    [
      csiCapacity("a-small", { zone: "a", capacity: "1Gi" }),
      csiCapacity("b-large", { zone: "b", capacity: "100Gi" }),
      csiCapacity("c-larger", { zone: "a", capacity: "50Gi" }),
      csiCapacity("d-other", { zone: "a", class: "wffc", capacity: "1Ti" }),
    ],
    { size: "50Gi" },
    roomEverywhere,
  ),
  asksForRoom(
    "T-271",
    "the object with the room reaches another node only",
    ["R-CAP-4"],
    [csiCapacity("small", { zone: "a", capacity: "1Gi" }), csiCapacity("large", { zone: "b", capacity: "100Gi" })],
    { size: "50Gi" },
    { feasible: ["nodeB"], infeasible: { nodeA: [SPACE] } },
  ),
];
