// 18.2, what is checked of a bound claim: its volume's node affinity and nothing else.

import { boundPair, claim, ephemeral, node, owner, pod, ref, type VolumeOptions, volume } from "../build.js";
import { AFF, type ConformanceCase, NOPV } from "../case.js";
import { threeZones, twoZones } from "../world.js";

const onlyNodeA = { feasible: ["nodeA"], infeasible: { nodeB: [AFF] } };
const everywhere = { feasible: ["nodeA", "nodeB"] };
const nowhere = { infeasible: { nodeA: [AFF], nodeB: [AFF] } };

function affinity(
  title: string,
  nodeAffinity: object | null,
  expect: ConformanceCase["expect"],
  id: string,
  rule: string,
) {
  return {
    id,
    title,
    rules: [rule],
    objects: [...twoZones, ...boundPair({ spec: { nodeAffinity } }), pod("c")],
    expect,
  };
}

const ignored: Readonly<Record<string, VolumeOptions>> = {
  "is Released": { phase: "Released" },
  "is Failed": { phase: "Failed" },
  "has no phase": { phase: null },
  "is being deleted": { deleting: true },
  "is reserved for another claim": { claimRef: ref("other", "uid-other") },
  "is reserved for an earlier claim of the same name": { claimRef: ref("c", "uid-earlier") },
  "is of another class": { class: "imm" },
  "is smaller than the request": { size: "1Mi" },
  "has another mode, attributes class and access modes": {
    spec: { volumeMode: "Block", volumeAttributesClassName: "gold", accessModes: ["ReadOnlyMany"] },
  },
};

export const cases: readonly ConformanceCase[] = [
  affinity("a volume without node affinity is reached everywhere", null, everywhere, "T-031", "R-AFF-1"),
  affinity("an empty node affinity requires nothing", {}, everywhere, "T-032", "R-AFF-2"),
  affinity(
    "a node affinity whose required is null requires nothing",
    { required: null },
    everywhere,
    "T-032",
    "R-AFF-2",
  ),
  affinity(
    "required with an empty list of terms is met nowhere",
    { required: { nodeSelectorTerms: [] } },
    nowhere,
    "T-033",
    "R-AFF-5",
  ),
  affinity("required without terms is met nowhere", { required: {} }, nowhere, "T-033", "R-AFF-5"),
  affinity(
    "required with one empty term is met nowhere",
    { required: { nodeSelectorTerms: [{}] } },
    nowhere,
    "T-034",
    "R-NS-2",
  ),
  affinity(
    "a term with empty lists is an empty term",
    { required: { nodeSelectorTerms: [{ matchExpressions: [], matchFields: [] }] } },
    nowhere,
    "T-034",
    "R-NS-2",
  ),
  affinity("a null term is an empty term", { required: { nodeSelectorTerms: [null] } }, nowhere, "T-034", "R-NS-2"),
  {
    id: "T-035",
    title: "an empty term beside a term that matches does not matter",
    rules: ["R-NS-2"],
    objects: [...twoZones, ...boundPair({ terms: [[], [["zone", "In", "a"]]] }), pod("c")],
    expect: onlyNodeA,
  },
  {
    id: "T-055",
    title: "two bound claims in two zones fit nowhere, and every node is counted once",
    rules: ["R-BCL-1", "R-MSG-4"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "a" }),
      claim("d", { boundTo: "pv2" }),
      volume("pv2", { zone: "b" }),
      pod("c", "d"),
    ],
    expect: {
      infeasible: { nodeA: [AFF], nodeB: [AFF] },
      message: "0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.",
    },
  },
  {
    id: "T-055",
    title: "a node that neither of two volumes reaches shows the reason once",
    rules: ["R-BCL-1", "R-FLT-3"],
    objects: [
      ...threeZones,
      ...boundPair({ zone: "a" }),
      claim("d", { boundTo: "pv2" }),
      volume("pv2", { zone: "b" }),
      pod("c", "d"),
    ],
    expect: {
      infeasible: { nodeA: [AFF], nodeB: [AFF], nodeC: [AFF] },
      message: "0/3 nodes are available: 3 node(s) didn't match PersistentVolume's node affinity.",
    },
  },
  {
    id: "T-056",
    title: "the volume of a bound ephemeral claim does not exist",
    rules: ["R-BCL-2"],
    objects: [...threeZones, claim("pod-vol", { boundTo: "pv1", owners: [owner] }), pod(ephemeral)],
    expect: {
      infeasible: { nodeA: [NOPV], nodeB: [NOPV], nodeC: [NOPV] },
      message: "0/3 nodes are available: 3 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s).",
    },
  },
  {
    id: "T-057",
    title: "the volume of an ordinary bound claim does not exist",
    rules: ["R-BCL-2"],
    objects: [...twoZones, claim("c", { boundTo: "pv1" }), volume("pv2"), pod("c")],
    expect: { infeasible: { nodeA: [NOPV], nodeB: [NOPV] } },
  },
  {
    id: "T-057",
    title: "the volume comes back",
    rules: ["R-BCL-2"],
    objects: [...twoZones, claim("c", { boundTo: "pv1" }), pod("c")],
    updates: [volume("pv1", { zone: "a" })],
    expect: onlyNodeA,
  },
  {
    id: "T-058",
    title: "of two bound claims the first failure decides: affinity, then a missing volume",
    rules: ["R-BCL-1", "R-FLT-3"],
    objects: [...twoZones, ...boundPair({ zone: "z" }), claim("d", { boundTo: "pv2" }), pod("c", "d")],
    expect: { infeasible: { nodeA: [AFF], nodeB: [AFF] } },
  },
  {
    id: "T-058",
    title: "of two bound claims the first failure decides: a missing volume, then affinity",
    rules: ["R-BCL-1", "R-FLT-3"],
    objects: [...twoZones, ...boundPair({ zone: "z" }), claim("d", { boundTo: "pv2" }), pod("d", "c")],
    expect: { infeasible: { nodeA: [NOPV], nodeB: [NOPV] } },
  },
  {
    id: "T-058",
    title: "where the first claim's volume fits, the missing volume of the second is told",
    rules: ["R-BCL-1"],
    objects: [...twoZones, ...boundPair({ zone: "a" }), claim("d", { boundTo: "pv2" }), pod("c", "d")],
    expect: { infeasible: { nodeA: [NOPV], nodeB: [AFF] } },
  },
  ...Object.entries(ignored).map(
    ([title, options]): ConformanceCase => ({
      id: "T-059",
      title: `only affinity counts of a bound volume that ${title}`,
      rules: ["R-BCL-4"],
      objects: [...twoZones, ...boundPair({ zone: "a", ...options }), pod("c")],
      expect: onlyNodeA,
    }),
  ),
  {
    id: "T-060",
    title: "affinity that changed after binding is the one that counts",
    rules: ["R-AFF-3", "R-GATE-4"],
    objects: [...twoZones, ...boundPair({ zone: "b" }), pod("c")],
    updates: [volume("pv1", { zone: "a", claimRef: ref("c", "uid-c"), phase: "Bound" })],
    expect: onlyNodeA,
  },
  {
    id: "T-060",
    title: "affinity that was taken away requires nothing",
    rules: ["R-AFF-1"],
    objects: [...twoZones, ...boundPair({ zone: "b" }), pod("c")],
    updates: [volume("pv1", { claimRef: ref("c", "uid-c"), phase: "Bound" })],
    expect: everywhere,
  },
  {
    id: "T-061",
    title: "label values differ by case",
    rules: ["R-SEL-6"],
    objects: [...twoZones, node("upper", { zone: "A" }), ...boundPair({ zone: "a" }), pod("c")],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [AFF], upper: [AFF] } },
  },
  {
    id: "T-061",
    title: "label keys differ by case",
    rules: ["R-SEL-6"],
    objects: [...twoZones, node("upper", { Zone: "a" }), ...boundPair({ zone: "a" }), pod("c")],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [AFF], upper: [AFF] } },
  },
  ...["1.33", "1.34", "1.35", "1.36", "1.37"].map(
    (kubernetes): ConformanceCase => ({
      id: "T-062",
      title: `a hostname is a label and not the node's name, and narrows no nodes in ${kubernetes}`,
      rules: ["R-AFF-3", "R-GATE-10"],
      objects: [
        node("n1", { "kubernetes.io/hostname": "h1" }),
        node("h1", { "kubernetes.io/hostname": "n1" }),
        ...boundPair({ terms: [[["kubernetes.io/hostname", "In", "h1"]]] }),
        pod("c"),
      ],
      options: { kubernetes },
      expect: { feasible: ["n1"], infeasible: { h1: [AFF] } },
    }),
  ),
  ...["1.33", "1.34", "1.35", "1.36", "1.37"].map(
    (kubernetes): ConformanceCase => ({
      id: "T-063",
      title: `${kubernetes} says node affinity in the new words`,
      rules: ["R-GATE-9"],
      objects: [...twoZones, ...boundPair({ zone: "z" }), pod("c")],
      options: { kubernetes },
      expect: {
        infeasible: { nodeA: [AFF], nodeB: [AFF] },
        message: "0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.",
      },
    }),
  ),
  {
    id: "T-063",
    title: "1.32, which had the old words, is not offered",
    rules: ["R-GATE-9"],
    objects: [...twoZones, ...boundPair({ zone: "z" }), pod("c")],
    options: { kubernetes: "1.32" },
    expect: { refused: { code: "BadOption", text: "1.32" } },
  },
];
