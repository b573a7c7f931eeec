// 18.11, what is added up: classes of volumes and claims, and the capacity of objects.

import { BETA_CLASS, claim, csiCapacity, limitedClass, pod, volume } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { annotated, hundred, provisioned } from "../scored.js";
import { nodeA } from "../world.js";

export const cases: readonly ConformanceCase[] = [
  provisioned(
    "T-195",
    "a claim is measured by its own object",
    ["R-SCO-3"],
    [hundred],
    { c: { size: "30Gi" } },
    {
      provision: ["c"],
      score: 70,
    },
  ),
  provisioned(
    "T-195",
    "a selected node's claim too",
    ["R-SCO-3"],
    [hundred],
    { c: { size: "30Gi", selectedNode: "nodeA" } },
    { provision: ["c"], score: 70 },
  ),
  provisioned(
    "T-197",
    "beside a binding, provisions do not count",
    ["R-SCO-3"],
    [hundred, volume("pv", { size: "100Gi" })],
    { bound: { class: "static", size: "30Gi" }, made: { size: "50Gi" } },
    { bind: [["bound", "pv"]], provision: ["made"], score: 70 },
  ),
  provisioned(
    "T-197",
    "nor does a claim with a selected node",
    ["R-SCO-3"],
    [hundred, volume("pv", { size: "100Gi" })],
    { bound: { class: "static", size: "30Gi" }, made: { size: "50Gi", selectedNode: "nodeA" } },
    { bind: [["bound", "pv"]], provision: ["made"], score: 70 },
  ),
  provisioned(
    "T-198",
    "two claims of one class share one object's capacity",
    ["R-SCO-3"],
    [hundred],
    { c: { size: "50Gi" }, d: { size: "50Gi" } },
    { provision: ["c", "d"], score: 0 },
  ),
  provisioned(
    "T-198",
    "30 and 50 of 100",
    ["R-SCO-3"],
    [hundred],
    { c: { size: "30Gi" }, d: { size: "50Gi" } },
    { provision: ["c", "d"], score: 20 },
  ),
  {
    ...provisioned(
      "T-198",
      "a claim that is used twice asks twice",
      ["R-SCO-3"],
      [hundred],
      { c: { size: "30Gi" } },
      {
        provision: ["c", "c"],
        score: 40,
      },
    ),
    objects: [
      nodeA,
      ...limitedClass("limited"),
      hundred,
      claim("c", { class: "limited", size: "30Gi" }),
      pod("c", "c"),
    ],
  },
  provisioned(
    "T-198",
    "the last claim's object is the capacity of a class that two others share",
    ["R-SCO-3"],
    [hundred, ...limitedClass("roomy"), csiCapacity("roomy", { class: "roomy", capacity: "400Gi" })],
    { c: annotated("limited", "30Gi", "named"), d: annotated("roomy", "50Gi", "named") },
    { provision: ["c", "d"], score: 80 },
  ),
  provisioned(
    "T-198",
    "the last claim is the largest",
    ["R-SCO-3"],
    [hundred, ...limitedClass("roomy"), csiCapacity("roomy", { class: "roomy", capacity: "400Gi" })],
    { c: annotated("limited", "50Gi", "named"), d: annotated("roomy", "30Gi", "named") },
    { provision: ["d", "c"], score: 20 },
  ),
  provisioned(
    "T-198",
    "a claim's class is the one that its spec names",
    ["R-SCO-3"],
    [hundred],
    { c: annotated("limited", "30Gi", "one"), d: annotated("limited", "50Gi", "other") },
    { provision: ["c", "d"], score: 60 },
  ),
  provisioned(
    "T-198",
    "a claim's class may be the empty one",
    ["R-SCO-3"],
    [hundred],
    { c: annotated("limited", "30Gi", "") },
    { provision: ["c"], score: 70 },
  ),
  provisioned(
    "T-196",
    "two claims of one class share two volumes' capacities",
    ["R-SCO-3"],
    [volume("pv1", { size: "100Gi" }), volume("pv2", { size: "200Gi" })],
    { c: { class: "static", size: "30Gi" }, d: { class: "static", size: "50Gi" } },
    {
      bind: [
        ["c", "pv1"],
        ["d", "pv2"],
      ],
      score: 74,
    },
  ),
  provisioned(
    "T-196",
    "a volume's class is the one that its spec names",
    ["R-SCO-3"],
    [
      volume("pv1", { class: "one", size: "100Gi", annotations: { [BETA_CLASS]: "static" } }),
      volume("pv2", { class: null, size: "200Gi", annotations: { [BETA_CLASS]: "static" } }),
    ],
    { c: { class: "static", size: "30Gi" }, d: { class: "static", size: "50Gi" } },
    {
      bind: [
        ["c", "pv1"],
        ["d", "pv2"],
      ],
      score: 73,
    },
  ),
  provisioned(
    "T-199",
    "60 and 60 of 100",
    ["R-SCO-6"],
    [hundred],
    { c: { size: "60Gi" }, d: { size: "60Gi" } },
    { provision: ["c", "d"], score: 0 },
  ),
  provisioned(
    "T-199",
    "not the largest volume counts, but the capacity",
    ["R-SCO-3", "R-SCO-6"],
    [csiCapacity("room", { capacity: "200Gi", maximum: "100Gi" })],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: 75 },
  ),
  provisioned(
    "T-199",
    "a capacity below the request",
    ["R-SCO-6"],
    [csiCapacity("room", { capacity: "40Gi", maximum: "100Gi" })],
    { c: { size: "50Gi" } },
    { provision: ["c"], score: 0 },
  ),
  provisioned(
    "T-199",
    "nothing of nothing",
    ["R-SCO-6"],
    [csiCapacity("room", { capacity: "0" })],
    { c: { size: "0" } },
    {
      provision: ["c"],
      score: 0,
    },
  ),
];
