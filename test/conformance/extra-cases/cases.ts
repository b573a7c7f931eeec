// Situations of upstream's own tests that no family of the tables has: see docs/upstream-cases.md.

import { boundPair, claim, limitedClass, pod, volume } from "../build.js";
import { AFF, BIND, type ConformanceCase, IMM, SPACE } from "../case.js";
import { nodeA, nodeB, twoZones } from "../world.js";

const room = [...twoZones, ...limitedClass("limited")];

export const extraCases: readonly ConformanceCase[] = [
  {
    id: "U-001",
    title: "the volume of a bound claim fits, and the claim beside it finds none",
    rules: ["R-FLT-2", "R-MAT-11", "R-PRV-3"],
    objects: [...twoZones, ...boundPair(), volume("pv2", { zone: "b" }), claim("d"), pod("d", "c")],
    expect: {
      feasible: ["nodeB"],
      infeasible: { nodeA: [BIND] },
      plans: { nodeB: { bind: [["d", "pv2"]] } },
    },
  },
  {
    id: "U-002",
    title: "neither does the volume of a bound claim fit nor is there one for the claim beside it",
    rules: ["R-FLT-1", "R-FLT-2"],
    objects: [...twoZones, ...boundPair({ zone: "a" }), claim("d"), pod("c", "d")],
    expect: { infeasible: { nodeA: [BIND], nodeB: [AFF, BIND] } },
  },
  {
    id: "U-003",
    title: "the volume of a bound claim is of the waiting claim's class and free again, yet too far away for both",
    rules: ["R-FLT-1", "R-BCL-4", "R-MAT-3"],
    objects: [...twoZones, claim("c", { boundTo: "pv1" }), volume("pv1", { zone: "a" }), claim("d"), pod("c", "d")],
    expect: {
      feasible: ["nodeA"],
      infeasible: { nodeB: [AFF, BIND] },
      plans: { nodeA: { bind: [["d", "pv1"]] } },
    },
  },
  {
    id: "U-004",
    title: "an unbound claim of an immediate class beside one that waits and would find its volume",
    rules: ["R-PRE-9"],
    objects: [...twoZones, volume("pv1"), claim("i", { class: "imm" }), claim("d"), pod("i", "d")],
    expect: { preFilter: IMM },
  },
  {
    id: "U-005",
    title: "a bound claim of an immediate class beside one to provision",
    rules: ["R-CLS-6", "R-PRV-6"],
    objects: [
      ...twoZones,
      claim("c", { class: "imm", boundTo: "pv1" }),
      volume("pv1", { class: "imm", zone: "a", phase: "Bound" }),
      claim("d", { class: "wffc" }),
      pod("c", "d"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [AFF] }, plans: { nodeA: { provision: ["d"] } } },
  },
  {
    id: "U-006",
    title: "a bound claim of an immediate class beside one for which there is no room",
    rules: ["R-FLT-1", "R-CAP-9"],
    objects: [
      ...room,
      claim("c", { class: "imm", boundTo: "pv1" }),
      volume("pv1", { class: "imm", zone: "a", phase: "Bound" }),
      claim("d", { class: "limited" }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [AFF, SPACE] } },
  },
  {
    id: "U-007",
    title: "one claim finds a volume, and for the other there is no room",
    rules: ["R-MAT-11", "R-PRV-5", "R-CAP-9"],
    objects: [...room, volume("pv1", { zone: "a" }), claim("d"), claim("e", { class: "limited" }), pod("d", "e")],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [BIND] } },
  },
  {
    id: "U-008",
    title: "of three terms one has bad fields, one a bad key, and the third decides",
    rules: ["R-NS-4", "R-NS-6", "R-NS-7"],
    objects: [
      nodeA,
      nodeB,
      ...boundPair({
        terms: [
          { fields: [["metadata.name", "In", "nodeA", "nodeB"]] },
          { fields: [["metadata.name", "In", "nodeB"]], labels: [["zone", "In", "a"]] },
          [["bad key", "In", "x"]],
        ],
      }),
      pod("c"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [AFF] } },
  },
];
