// 18.11, which capacity object is recorded, and what comes of none.

import { claim, csiCapacity, limitedClass, pod, volume } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { annotated, hundred, provisioned } from "../scored.js";
import { nodeA, nodeB } from "../world.js";

export const cases: readonly ConformanceCase[] = [
  provisioned(
    "T-200",
    "a driver that tracks no capacity",
    ["R-SCO-5"],
    [],
    { c: { class: "wffc", size: "50Gi" } },
    {
      provision: ["c"],
      score: 0,
    },
  ),
  provisioned(
    "T-200",
    "a claim without a request",
    ["R-SCO-5"],
    [],
    { c: { spec: { resources: {} } } },
    {
      provision: ["c"],
      score: 0,
    },
  ),
  provisioned(
    "T-200",
    "a claim without an object counts for nothing beside one with",
    ["R-SCO-3"],
    [hundred],
    { c: { size: "30Gi" }, d: { class: "wffc", size: "50Gi" } },
    { provision: ["c", "d"], score: 70 },
  ),
  provisioned(
    "T-201",
    "an object without capacity leaves no score",
    ["R-SCO-4"],
    [csiCapacity("room", { maximum: "100Gi" })],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: "none" },
  ),
  provisioned(
    "T-201",
    "a claim without storageClassName leaves no score",
    ["R-SCO-4"],
    [hundred],
    { c: annotated("limited", "50Gi", null) },
    { provision: ["c"], score: "none" },
  ),
  {
    ...provisioned(
      "T-201",
      "where the gate is off nobody panics",
      ["R-SCO-2"],
      [hundred],
      {
        c: annotated("limited", "50Gi", null),
      },
      { provision: ["c"], score: 0 },
    ),
    options: { gates: { StorageCapacityScoring: false } },
  },
  provisioned(
    "T-201",
    "a claim without storageClassName that is bound has a score",
    ["R-SCO-4"],
    [csiCapacity("room", { maximum: "100Gi" }), volume("pv", { class: "limited", size: "100Gi" })],
    { c: annotated("limited", "50Gi", null) },
    { bind: [["c", "pv"]], score: 50 },
  ),
  provisioned(
    "T-201",
    "a claim without storageClassName and without an object has 0",
    ["R-SCO-4"],
    [],
    { c: annotated("wffc", "50Gi", null) },
    { provision: ["c"], score: 0 },
  ),
  {
    id: "T-201",
    title: "one node has no score, another has",
    rules: ["R-SCO-4"],
    objects: [
      nodeA,
      nodeB,
      ...limitedClass("limited"),
      csiCapacity("a", { zone: "a", maximum: "100Gi" }),
      csiCapacity("b", { zone: "b", capacity: "100Gi" }),
      claim("c", { class: "limited", size: "10Gi" }),
      pod("c"),
    ],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { provision: ["c"], score: "none" }, nodeB: { provision: ["c"], score: 90 } },
    },
  },
  provisioned(
    "T-271",
    "the first object by name with room is recorded, be another larger",
    ["R-CAP-7", "R-ND-6"],
    [csiCapacity("b", { capacity: "400Gi" }), csiCapacity("a", { capacity: "100Gi" })],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: 50 },
  ),
  provisioned(
    "T-271",
    "the first object by name with room is recorded, be another smaller",
    ["R-CAP-7", "R-ND-6"],
    [
      csiCapacity("a", { capacity: "40Gi" }),
      csiCapacity("c", { capacity: "100Gi" }),
      csiCapacity("b", { capacity: "400Gi" }),
    ],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: 88 },
  ),
  provisioned(
    "T-271",
    "of objects of one name the first by namespace is recorded",
    ["R-CAP-7", "R-ND-6"],
    [
      csiCapacity("room", { namespace: "two", capacity: "400Gi" }),
      csiCapacity("room", { namespace: "one", capacity: "100Gi" }),
    ],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: 50 },
  ),
  provisioned(
    "T-271",
    "the first object with room that reaches the node is recorded, among objects of many places",
    ["R-CAP-7", "R-ND-6"],
    [
      ...Array.from({ length: 40 }, (_, i) => csiCapacity(`a-${i}`, { zone: `z${i}`, capacity: "1Ti" })),
      csiCapacity("b-small", { zone: "a", capacity: "40Gi" }),
      csiCapacity("c-zone", { zone: "a", capacity: "200Gi" }),
      csiCapacity("d-all", { topology: {}, capacity: "100Gi" }),
    ],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: 75 },
  ),
  {
    id: "T-252",
    title: "an object that is smaller now changes the score",
    rules: ["R-SCO-3", "R-CAP-7"],
    objects: [
      nodeA,
      ...limitedClass("limited"),
      csiCapacity("room", { capacity: "400Gi" }),
      claim("c", { class: "limited", size: "50Gi" }),
      pod("c"),
    ],
    updates: [csiCapacity("room", { capacity: "100Gi" })],
    expect: { feasible: ["nodeA"], plans: { nodeA: { provision: ["c"], score: 50 } } },
  },
];
