// 18.2, terms and operators of a volume's node selector.

import { affinity, neither, onlyNodeA, split, zonal } from "../affinity.js";
import { node } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { nodeA, nodeC, unlabelled } from "../world.js";

const counted = [
  node("absent"),
  node("decimal", { slots: "5.0" }),
  node("empty", { slots: "" }),
  node("five", { slots: "5" }),
  node("four", { slots: "4" }),
  node("hexadecimal", { slots: "0x5" }),
  node("largest", { slots: "9223372036854775807" }),
  node("minus-five", { slots: "-5" }),
  node("padded", { slots: "005" }),
  node("plus-five", { slots: "+5" }),
  node("separated", { slots: "5_0" }),
  node("too-large", { slots: "9223372036854775808" }),
  node("word", { slots: "abc" }),
];
const noNumber = ["absent", "decimal", "empty", "hexadecimal", "separated", "too-large", "word"];

export const cases: readonly ConformanceCase[] = [
  affinity("T-036", "one zone", ["R-AFF-3"], zonal, [[["zone", "In", "a"]]], onlyNodeA),
  affinity("T-037", "a value given twice", ["R-SEL-7"], zonal, [[["zone", "In", "a", "a"]]], onlyNodeA),
  affinity(
    "T-038",
    "terms are alternatives",
    ["R-NS-1"],
    [...zonal, nodeC],
    [[["zone", "In", "a"]], [["zone", "In", "b"]]],
    split(["nodeA", "nodeB"], ["nodeC"]),
  ),
  affinity(
    "T-039",
    "two requirements on one key must both hold",
    ["R-SEL-7", "R-NS-3"],
    zonal,
    [
      [
        ["zone", "In", "a"],
        ["zone", "In", "b"],
      ],
    ],
    neither,
  ),
  affinity(
    "T-039",
    "two requirements on one key meet in the values that they share",
    ["R-SEL-7", "R-NS-3"],
    [...zonal, nodeC],
    [
      [
        ["zone", "In", "a", "b"],
        ["zone", "In", "b", "c"],
      ],
    ],
    split(["nodeB"], ["nodeA", "nodeC"]),
  ),
  affinity(
    "T-039",
    "the requirements of a term must all hold",
    ["R-NS-3"],
    [nodeA, node("fast", { zone: "a", disk: "ssd" })],
    [
      [
        ["disk", "In", "ssd"],
        ["zone", "In", "a"],
      ],
    ],
    split(["fast"], ["nodeA"]),
  ),
  affinity(
    "T-040",
    "NotIn holds where the key is absent",
    ["R-SEL-6"],
    [...zonal, unlabelled],
    [[["zone", "NotIn", "a"]]],
    split(["nodeB", "unlabelled"], ["nodeA"]),
  ),
  affinity(
    "T-041",
    "NotIn without values is no requirement, and no error",
    ["R-SEL-3"],
    zonal,
    [[["zone", "NotIn"]]],
    neither,
  ),
  affinity(
    "T-041",
    "In without values is no requirement, and no error",
    ["R-SEL-3"],
    zonal,
    [[["zone", "In"]]],
    neither,
  ),
  affinity(
    "T-042",
    "an empty label value exists",
    ["R-SEL-6"],
    [nodeA, node("special", { special: "" })],
    [[["special", "Exists"]]],
    split(["special"], ["nodeA"]),
  ),
  affinity(
    "T-042",
    "DoesNotExist fails on an empty label value",
    ["R-SEL-6"],
    [nodeA, node("special", { special: "" })],
    [[["special", "DoesNotExist"]]],
    split(["nodeA"], ["special"]),
  ),
  affinity("T-043", "Exists takes no value", ["R-SEL-3"], zonal, [[["zone", "Exists", "x"]]], neither),
  affinity("T-043", "DoesNotExist takes no value", ["R-SEL-3"], zonal, [[["other", "DoesNotExist", "x"]]], neither),
  affinity(
    "T-044",
    "Gt compares numbers and fails where there is none",
    ["R-SEL-4", "R-SEL-6"],
    counted,
    [[["slots", "Gt", "4"]]],
    split(["five", "largest", "padded", "plus-five"], ["four", "minus-five", ...noNumber]),
  ),
  affinity(
    "T-044",
    "Lt compares numbers and fails where there is none",
    ["R-SEL-4", "R-SEL-6"],
    counted,
    [[["slots", "Lt", "5"]]],
    split(["four", "minus-five"], ["five", "largest", "padded", "plus-five", ...noNumber]),
  ),
  affinity(
    "T-044",
    "nothing is greater than the greatest number",
    ["R-SEL-4"],
    counted,
    [[["slots", "Gt", "9223372036854775807"]]],
    split(
      [],
      counted.map(({ metadata }) => metadata.name),
    ),
  ),
  affinity(
    "T-044",
    "a bound beyond 64 bits is no requirement",
    ["R-SEL-4"],
    counted,
    [[["slots", "Lt", "9223372036854775808"]]],
    split(
      [],
      counted.map(({ metadata }) => metadata.name),
    ),
  ),
  ...(["-1", "+1", "4.0", "x", ""] as const).map((bound) =>
    affinity(
      "T-045",
      `"${bound}" is no bound`,
      ["R-SEL-2", "R-SEL-4"],
      [node("five", { slots: "5" })],
      [[["slots", "Gt", bound]]],
      split([], ["five"]),
    ),
  ),
  affinity(
    "T-046",
    "leading zeros of a lower bound do not matter",
    ["R-SEL-4"],
    [node("eight", { slots: "8" }), node("seven", { slots: "7" })],
    [[["slots", "Gt", "007"]]],
    split(["eight"], ["seven"]),
  ),
  affinity(
    "T-046",
    "leading zeros of an upper bound do not matter",
    ["R-SEL-4"],
    [node("seven", { slots: "7" }), node("six", { slots: "6" })],
    [[["slots", "Lt", "007"]]],
    split(["six"], ["seven"]),
  ),
];
