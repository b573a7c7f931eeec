// Cases of StrictCapacity, worked out by hand from docs/rules.md.

import { claim, csiCapacity, csiDriver, limitedClass, pod, storageClass, volume } from "../conformance/build.js";
import { BIND, by, type ConformanceCase, SPACE } from "../conformance/case.js";
import { capacityPerNode, limitName, room } from "../conformance/world.js";

export const filters = ["VolumeBinding", "StrictCapacity"] as const;
export const FULL = by("StrictCapacity", "node(s) did not have enough free storage for all claims");
const full = (...names: string[]) => ({ infeasible: Object.fromEntries(names.map((name) => [name, FULL])) });
const both = { feasible: ["nodeA", "nodeB"] };

let count = 0;
function given(
  title: string,
  objects: ConformanceCase["objects"],
  expect: ConformanceCase["expect"],
  rest: object = {},
): ConformanceCase {
  count++;
  return { id: `S-${count}`, title, objects: [...room, ...objects], options: { filters }, expect, ...rest };
}

export const wants = (name: string, size: string, more: object = {}) =>
  claim(name, { class: "limited", size, ...more });
const onA = { selectedNode: "nodeA" };

export const cases: readonly ConformanceCase[] = [
  given(
    "two claims that fit alone do not fit together",
    [csiCapacity("all", { capacity: "100Gi" }), wants("c", "60Gi"), wants("d", "60Gi"), pod("c", "d")],
    full("nodeA", "nodeB"),
  ),
  given(
    "as much as there is fits to the byte",
    [csiCapacity("all", { capacity: "100Gi" }), wants("c", "60Gi"), wants("d", "40Gi"), pod("c", "d")],
    both,
  ),
  {
    ...given(
      "of objects of other nodes each is for its own",
      [...capacityPerNode(["10Gi", "10737418239"]), wants("c", "4Gi"), wants("d", "6Gi"), pod("c", "d")],
      {},
    ),
    objects: [
      ...limitedClass("limited"),
      ...capacityPerNode(["10Gi", "10737418239"]),
      wants("c", "4Gi"),
      wants("d", "6Gi"),
      pod("c", "d"),
    ],
    expect: { feasible: [limitName("10Gi")], infeasible: { [limitName("10737418239")]: FULL } },
  },
  given(
    "a claim whose node is selected is charged to what covers that node, and to nothing else",
    [
      csiCapacity("in-a", { zone: "a", capacity: "100Gi" }),
      csiCapacity("in-b", { zone: "b", capacity: "100Gi" }),
      wants("other", "60Gi", onA),
      wants("c", "60Gi"),
      pod("c"),
    ],
    { feasible: ["nodeB"], infeasible: { nodeA: FULL } },
  ),
  given(
    "a claim is charged to every object that covers its node, and one object with room is enough",
    [
      csiCapacity("all", { capacity: "100Gi" }),
      csiCapacity("in-b", { zone: "b", capacity: "50Gi" }),
      wants("other", "60Gi", onA),
      wants("c", "45Gi"),
      pod("c"),
    ],
    { feasible: ["nodeB"], infeasible: { nodeA: FULL } },
  ),
  given(
    "both objects of a node are charged",
    [
      csiCapacity("all", { capacity: "100Gi" }),
      csiCapacity("in-a", { zone: "a", capacity: "80Gi" }),
      wants("other", "60Gi", onA),
      wants("c", "41Gi"),
      pod("c"),
    ],
    full("nodeA", "nodeB"),
  ),
  given(
    "a claim that has its volume is charged no more",
    [
      csiCapacity("all", { capacity: "100Gi" }),
      wants("other", "60Gi", { ...onA, boundTo: "pv9" }),
      wants("half", "60Gi", { ...onA, volumeName: "pv8" }),
      wants("c", "60Gi"),
      pod("c"),
    ],
    both,
  ),
  given(
    "one of another class, of a node that is not known, without node, or without a request is not charged",
    [
      ...limitedClass("more"),
      csiCapacity("all", { capacity: "100Gi" }),
      claim("other", { class: "more", size: "60Gi", ...onA }),
      wants("gone", "60Gi", { selectedNode: "nodeX" }),
      wants("nowhere", "60Gi", { selectedNode: "" }),
      wants("unasked", "60Gi"),
      wants("any", "1Gi", { ...onA, spec: { resources: {} } }),
      wants("c", "60Gi"),
      pod("c"),
    ],
    both,
  ),
  given(
    "the pod's own claim is not charged twice where its node is selected",
    [csiCapacity("all", { capacity: "100Gi" }), wants("c", "60Gi", onA), wants("d", "40Gi"), pod("c", "d")],
    {
      feasible: ["nodeA"],
      infeasible: { nodeB: by("VolumeBinding", BIND) },
    },
  ),
  given(
    "a claim that the pod uses twice is made once",
    [csiCapacity("all", { capacity: "100Gi" }), wants("c", "60Gi"), pod("c", "c")],
    both,
  ),
  given(
    "a claim that finds a volume on a node wants no room there",
    [
      csiCapacity("all", { capacity: "100Gi" }),
      volume("pv1", { class: "limited", size: "60Gi", zone: "a" }),
      wants("c", "60Gi"),
      wants("d", "60Gi"),
      pod("c", "d"),
    ],
    { feasible: ["nodeA"], infeasible: { nodeB: FULL } },
  ),
  given(
    "capacity counts beside the greatest size of a volume",
    [csiCapacity("all", { capacity: "10Gi", maximum: "100Gi" }), wants("c", "50Gi"), pod("c")],
    full("nodeA", "nodeB"),
  ),
  given(
    "an object that says only how large a volume can be has room for one such volume",
    [csiCapacity("all", { maximum: "100Gi" }), wants("c", "50Gi"), wants("d", "51Gi"), pod("c", "d")],
    full("nodeA", "nodeB"),
  ),
  given(
    "one object must do for the largest claim and for all",
    [
      csiCapacity("wide", { capacity: "1Ti", maximum: "10Gi" }),
      csiCapacity("tall", { capacity: "50Gi" }),
      wants("c", "45Gi"),
      wants("d", "10Gi"),
      pod("c", "d"),
    ],
    full("nodeA", "nodeB"),
  ),
  given(
    "classes are added up one by one",
    [
      ...limitedClass("more"),
      csiCapacity("all", { capacity: "60Gi" }),
      csiCapacity("more", { class: "more", capacity: "60Gi" }),
      wants("c", "60Gi"),
      claim("d", { class: "more", size: "60Gi" }),
      pod("c", "d"),
    ],
    both,
  ),
  given(
    "where the driver reports no capacity nothing is added up",
    [
      storageClass("free"),
      csiDriver("free.example.com", { storageCapacity: false }),
      csiCapacity("all", { class: "free", capacity: "1Gi" }),
      claim("c", { class: "free", size: "60Gi" }),
      pod("c"),
    ],
    both,
  ),
  given("VolumeBinding is asked first", [wants("c", "1Gi"), pod("c")], {
    infeasible: { nodeA: [SPACE], nodeB: [SPACE] },
  }),
  given("a pod without claims is not asked about", [pod()], both),
  given(
    "what was charged is free when the claim has its volume",
    [csiCapacity("all", { capacity: "100Gi" }), wants("other", "60Gi", onA), wants("c", "60Gi"), pod("c")],
    both,
    { updates: [wants("other", "60Gi", { ...onA, boundTo: "pv9" })] },
  ),
  given(
    "and taken when another node is selected, and the claim is larger",
    [
      csiCapacity("in-a", { zone: "a", capacity: "100Gi" }),
      csiCapacity("in-b", { zone: "b", capacity: "100Gi" }),
      wants("other", "10Gi", onA),
      wants("c", "60Gi"),
      pod("c"),
    ],
    { feasible: ["nodeA"], infeasible: { nodeB: FULL } },
    { updates: [wants("other", "60Gi", { selectedNode: "nodeB" })] },
  ),
  given(
    "charges of several nodes to one object are added up",
    [
      csiCapacity("all", { capacity: "100Gi" }),
      wants("one", "30Gi", onA),
      wants("two", "40Gi", { selectedNode: "nodeB" }),
      wants("c", "31Gi"),
      pod("c"),
    ],
    full("nodeA", "nodeB"),
  ),
  given(
    "the pod's own claim of another class takes nothing off what is charged",
    [
      ...limitedClass("more"),
      csiCapacity("all", { capacity: "100Gi" }),
      csiCapacity("more", { class: "more", capacity: "100Gi" }),
      wants("other", "60Gi", onA),
      wants("c", "60Gi", onA),
      claim("d", { class: "more", size: "60Gi", ...onA }),
      pod("c", "d"),
    ],
    { infeasible: { nodeA: FULL, nodeB: by("VolumeBinding", BIND) } },
  ),
  given(
    "the largest claim need not be the last",
    [
      csiCapacity("wide", { capacity: "1Ti", maximum: "10Gi" }),
      csiCapacity("tall", { capacity: "50Gi" }),
      wants("c", "45Gi", onA),
      wants("d", "10Gi", onA),
      pod("c", "d"),
    ],
    { infeasible: { nodeA: FULL, nodeB: by("VolumeBinding", BIND) } },
  ),
  given(
    "an object that says only how large a volume can be holds one of that size",
    [csiCapacity("all", { maximum: "100Gi" }), wants("c", "100Gi"), pod("c")],
    both,
  ),
];
