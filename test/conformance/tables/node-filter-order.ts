// 20.7, who decides where several filters would fail.

import { boundPair, type KubeObject, node, pod } from "../build.js";
import { AFF, type ConformanceCase } from "../case.js";
import { affine, CORDONED, NARROWED, NODE_FILTERS, named, OK, outcome, TAINTED, UNMATCHED } from "../node-filters.js";

const taints = [{ key: "k", effect: "NoSchedule" }];
const everything: ConformanceCase["options"] = { filters: [...NODE_FILTERS, "VolumeBinding"] };

/** A pod of zone a whose volume is in region r too. */
function askedFor(spec: object): KubeObject[] {
  const volumes = pod("c");
  return [
    ...boundPair({ terms: [[["region", "In", "r"]]] }),
    { ...volumes, spec: { ...(volumes.spec as object), ...spec } },
  ];
}

const nodes = [
  node("n1", {}, { unschedulable: true, taints }),
  node("n2", { zone: "a", region: "r" }, { unschedulable: true, taints }),
  node("n3", {}, { taints }),
  node("n4", { zone: "a" }, { taints }),
  node("n5"),
  node("n6", { region: "r" }),
  node("n7", { zone: "a" }),
  node("n8", { zone: "a", region: "r" }),
  node("n9", { region: "r" }, { unschedulable: true }),
];

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-349",
    title: "a tainted node whose volume does not match either",
    rules: ["R-FW-4", "R-NOD-1"],
    objects: [node("n1", {}, { taints }), node("n2"), ...askedFor({})],
    options: everything,
    expect: { infeasible: { n1: TAINTED, n2: [AFF] } },
  },
  {
    id: "T-352",
    title: "cordon, taint, affinity and volume decide in this order",
    rules: ["R-NOD-1", "R-FW-4"],
    objects: [...nodes, ...askedFor({ nodeSelector: { zone: "a" } })],
    options: everything,
    expect: {
      feasible: ["n8"],
      infeasible: {
        n1: CORDONED,
        n2: CORDONED,
        n3: TAINTED,
        n4: TAINTED,
        n5: UNMATCHED,
        n6: UNMATCHED,
        n7: [AFF],
        n9: CORDONED,
      },
    },
  },
  {
    id: "T-352",
    title: "the order is the same up to 1.36",
    rules: ["R-NOD-1"],
    objects: [
      node("n1", {}, { unschedulable: true, taints }),
      node("n2", {}, { taints }),
      node("n3"),
      ...askedFor({ nodeSelector: { zone: "a" } }),
    ],
    options: { ...everything, kubernetes: "1.36" },
    expect: { infeasible: { n1: CORDONED, n2: TAINTED, n3: UNMATCHED } },
  },
  {
    id: "T-352",
    title: "nodes outside the names show nothing else, and NodeAffinity as their plugin",
    rules: ["R-NOD-44", "R-NOD-21"],
    objects: [...nodes.slice(0, 4), nodes[7], ...askedFor(affine(named("n8"), named("n4")))],
    options: everything,
    expect: outcome({ n1: NARROWED, n2: NARROWED, n3: NARROWED, n4: TAINTED, n8: OK }),
  },
];
