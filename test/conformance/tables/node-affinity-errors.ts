// 18.2, requirements that are none, and matchFields.

import { affinity, both, neither, onlyNodeA, onlyNodeB, split, zonal } from "../affinity.js";
import { node } from "../build.js";
import type { ConformanceCase } from "../case.js";

const longValue = "v".repeat(64);

export const cases: readonly ConformanceCase[] = [
  affinity(
    "T-047",
    "a bound is one value, not two",
    ["R-SEL-3"],
    [node("five", { slots: "5" })],
    [[["slots", "Gt", "1", "2"]]],
    split([], ["five"]),
  ),
  affinity(
    "T-047",
    "a bound is one value, not none",
    ["R-SEL-3"],
    [node("five", { slots: "5" })],
    [[["slots", "Gt"]]],
    split([], ["five"]),
  ),
  affinity("T-048", "operators are written as they are: in", ["R-SEL-5"], zonal, [[["zone", "in", "a"]]], neither),
  affinity("T-048", "an unknown operator matches nothing", ["R-SEL-5"], zonal, [[["zone", "Near", "a"]]], neither),
  affinity("T-048", "the empty operator matches nothing", ["R-SEL-5"], zonal, [[["zone", "", "a"]]], neither),
  affinity(
    "T-048",
    "a term that matches outweighs one with an unknown operator",
    ["R-NS-6"],
    zonal,
    [[["zone", "in", "b"]], [["zone", "In", "a"]]],
    onlyNodeA,
  ),
  affinity(
    "T-048",
    "a bad requirement spoils its whole term",
    ["R-NS-6"],
    zonal,
    [
      [
        ["zone", "In", "a"],
        ["zone", "in", "a"],
      ],
    ],
    neither,
  ),
  affinity(
    "T-049",
    "where the second term matches, the bad key of the first does not matter",
    ["R-SEL-1", "R-NS-6", "R-NS-7"],
    zonal,
    [[["a/b/c", "In", "a"]], [["zone", "In", "a"]]],
    onlyNodeA,
  ),
  affinity(
    "T-050",
    "one value of 64 characters spoils the others",
    ["R-SEL-2"],
    zonal,
    [[["zone", "In", "a", longValue]]],
    neither,
  ),
  affinity("T-050", "a bad value spoils NotIn too", ["R-SEL-2"], zonal, [[["zone", "NotIn", longValue]]], neither),
  affinity(
    "T-051",
    "matchFields hold on every node",
    ["R-NS-5"],
    zonal,
    [{ fields: [["metadata.name", "In", "nodeA"]] }],
    both,
  ),
  affinity(
    "T-051",
    "matchFields with NotIn hold on every node too",
    ["R-NS-5"],
    zonal,
    [{ fields: [["metadata.name", "NotIn", "nodeA"]] }],
    both,
  ),
  affinity(
    "T-051",
    "matchFields take any key and a value that no label could have",
    ["R-NS-4", "R-NS-5"],
    zonal,
    [{ fields: [["a/b/c", "In", `no label ${longValue}`]] }],
    both,
  ),
  affinity(
    "T-052",
    "matchFields with two values match nothing",
    ["R-NS-4"],
    zonal,
    [{ fields: [["metadata.name", "In", "nodeA", "nodeB"]] }],
    neither,
  ),
  affinity(
    "T-052",
    "matchFields without a value match nothing",
    ["R-NS-4"],
    zonal,
    [{ fields: [["metadata.name", "In"]] }],
    neither,
  ),
  affinity(
    "T-053",
    "beside matchFields the expressions decide",
    ["R-NS-3", "R-NS-5"],
    zonal,
    [{ fields: [["metadata.name", "In", "nodeA"]], labels: [["zone", "In", "b"]] }],
    onlyNodeB,
  ),
  affinity(
    "T-054",
    "matchFields know no Exists",
    ["R-NS-4"],
    zonal,
    [{ fields: [["metadata.name", "Exists"]] }],
    neither,
  ),
  affinity(
    "T-054",
    "bad matchFields spoil a term whose expressions match, but not the next term",
    ["R-NS-4", "R-NS-6"],
    zonal,
    [{ fields: [["metadata.name", "Exists", "nodeA"]], labels: [["zone", "In", "a"]] }, [["zone", "In", "b"]]],
    onlyNodeB,
  ),
];
