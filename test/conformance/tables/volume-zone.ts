// 18.8, VolumeZone: zone and region labels of volumes against those of nodes.

import {
  boundPair,
  claim,
  ephemeral,
  type KubeObject,
  node,
  owner,
  pod,
  type VolumeOptions,
  volume,
} from "../build.js";
import { AFF, type ConformanceCase, type Expectation } from "../case.js";
import {
  ALONE,
  apart,
  BOTH,
  bare,
  CONFLICT,
  nodeA,
  nodeB,
  REGION,
  REGION_BETA,
  secondClaim,
  three,
  ZONE,
  ZONE_BETA,
} from "../zones.js";

/** A claim bound to a volume with these labels. */
function labelled(
  id: string,
  title: string,
  rules: readonly string[],
  nodes: readonly KubeObject[],
  labels: NonNullable<VolumeOptions["labels"]>,
  expect: Expectation,
): ConformanceCase {
  return { id, title, rules, objects: [...nodes, ...boundPair({ labels }), pod("c")], options: ALONE, expect };
}

export const cases: readonly ConformanceCase[] = [
  labelled(
    "T-161",
    "a zone label keeps nodes of other zones away, not nodes without a zone",
    ["R-ZON-9", "R-ZON-10"],
    three,
    { [ZONE]: "a" },
    apart(["bare", "nodeA"], ["nodeB"]),
  ),
  labelled(
    "T-161",
    "a zone is compared as it is written",
    ["R-ZON-12"],
    [nodeA, node("upper", { [ZONE]: "A" })],
    { [ZONE]: "A" },
    apart(["upper"], ["nodeA"]),
  ),
  labelled(
    "T-162",
    "a beta label is compared with today's where the node has no beta one",
    ["R-ZON-10"],
    three,
    { [ZONE_BETA]: "a" },
    apart(["bare", "nodeA"], ["nodeB"]),
  ),
  labelled(
    "T-162",
    "today's label is not compared with a beta one",
    ["R-ZON-10"],
    [node("beta", { [ZONE_BETA]: "a" })],
    { [ZONE]: "a" },
    apart([], ["beta"]),
  ),
  labelled(
    "T-163",
    "a label may name several zones",
    ["R-ZON-7"],
    [...three, node("nodeC", { [ZONE]: "c" })],
    { [ZONE]: " a__b " },
    apart(["bare", "nodeA", "nodeB"], ["nodeC"]),
  ),
  labelled(
    "T-163",
    "one empty part, and it is ignored",
    ["R-ZON-7", "R-ZON-8"],
    three,
    { [ZONE]: "a__" },
    {
      feasible: ["bare", "nodeA", "nodeB"],
    },
  ),
  labelled(
    "T-164",
    "a region label is not met by a node that has only a zone",
    ["R-ZON-11"],
    three,
    { [REGION]: "r" },
    apart(["bare"], ["nodeA", "nodeB"]),
  ),
  labelled(
    "T-165",
    "a volume with both zone labels wants both",
    ["R-ZON-11", "R-ZON-10"],
    [node("both", { [ZONE_BETA]: "a", [ZONE]: "b" }), nodeB, nodeA],
    { [ZONE_BETA]: "a", [ZONE]: "b" },
    apart(["both"], ["nodeA", "nodeB"]),
  ),
  labelled(
    "T-165",
    "zone and region of either family are compared, each by itself",
    ["R-ZON-11"],
    [
      node("fits", { [ZONE_BETA]: "a", [REGION]: "r" }),
      node("other", { [ZONE]: "a", [REGION_BETA]: "s", [REGION]: "r" }),
      node("zonal", { [ZONE]: "a" }),
    ],
    { [ZONE_BETA]: "a", [REGION_BETA]: "r" },
    apart(["fits"], ["other", "zonal"]),
  ),
  {
    id: "T-166",
    title: "the claim of an ephemeral volume is not looked at",
    rules: ["R-ZON-1"],
    objects: [
      ...three,
      claim("pod-vol", { boundTo: "pv1", owners: [owner] }),
      volume("pv1", { labels: { [ZONE]: "a" } }),
      pod(ephemeral),
    ],
    options: ALONE,
    expect: { feasible: ["bare", "nodeA", "nodeB"] },
  },
  {
    id: "T-167",
    title: "a node that VolumeBinding rejects shows its reason alone",
    rules: ["R-ZON-10", "R-FW-4"],
    objects: [
      ...three,
      ...boundPair({ labels: { [ZONE]: "a" }, terms: [[["disk", "In", "ssd"]], [[ZONE, "In", "a", "c"]]] }),
      node("nodeC", { [ZONE]: "c" }),
      pod("c"),
    ],
    options: BOTH,
    expect: { feasible: ["bare", "nodeA"], infeasible: { nodeB: [AFF], nodeC: CONFLICT } },
  },
  labelled(
    "T-273",
    "any of the four labels on a node is enough for it to be compared",
    ["R-ZON-9"],
    [bare, node("region", { [REGION]: "r" }), node("beta", { [REGION_BETA]: "r" })],
    { [ZONE]: "a" },
    apart(["bare"], ["beta", "region"]),
  ),
  {
    id: "T-274",
    title: "volumes of two zones leave only nodes without a zone",
    rules: ["R-ZON-10"],
    objects: [...three, ...boundPair({ labels: { [ZONE]: "a" } }), ...secondClaim({ [ZONE]: "b" }), pod("c", "d")],
    options: ALONE,
    expect: apart(["bare"], ["nodeA", "nodeB"]),
  },
  labelled(
    "T-276",
    "other labels are not looked at",
    ["R-ZON-8"],
    three,
    { zone: "a", disk: "hdd" },
    {
      feasible: ["bare", "nodeA", "nodeB"],
    },
  ),
  labelled(
    "T-276",
    "a label of white space and separators is ignored",
    ["R-ZON-7", "R-ZON-8"],
    three,
    { [ZONE]: " __ " },
    {
      feasible: ["bare", "nodeA", "nodeB"],
    },
  ),
  {
    id: "T-276",
    title: "a label that goes, and a node that is labelled, are seen",
    rules: ["R-ZON-8", "R-ZON-9"],
    objects: [...three, ...boundPair({ labels: { [ZONE]: "a", [REGION]: "r" } }), pod("c")],
    updates: [...boundPair({ labels: { [ZONE]: "a" } }).slice(1), node("bare", { [REGION]: "r" })],
    options: ALONE,
    expect: apart(["nodeA"], ["bare", "nodeB"]),
  },
];
