// 18.6: allowedTopologies of a class.

import { boundPair, claim, node, pod, storageClass } from "../build.js";
import { AFF, BIND, type ConformanceCase } from "../case.js";
import { threeZones, twoZones, unlabelled } from "../world.js";

type Topologies = readonly (readonly (readonly string[])[])[] | null;

/** Three zones and a claim of a class with these allowedTopologies. */
function topologies(
  id: string,
  title: string,
  rules: string[],
  terms: Topologies,
  feasible: string[],
): ConformanceCase {
  const rejected = ["nodeA", "nodeB", "nodeC"].filter((name) => !feasible.includes(name));
  return {
    id,
    title,
    rules,
    objects: [...threeZones, storageClass("topo", { topologies: terms }), claim("c", { class: "topo" }), pod("c")],
    expect: { feasible, infeasible: Object.fromEntries(rejected.map((name) => [name, [BIND]])) },
  };
}

export const cases: readonly ConformanceCase[] = [
  topologies("T-128", "no allowedTopologies", ["R-TS-1"], null, ["nodeA", "nodeB", "nodeC"]),
  topologies("T-128", "an empty list of allowedTopologies", ["R-TS-1"], [], ["nodeA", "nodeB", "nodeC"]),
  topologies("T-129", "one empty term matches nothing", ["R-TS-2"], [[]], []),
  topologies("T-129", "an empty term beside another does not matter", ["R-TS-2"], [[], [["zone", "b"]]], ["nodeB"]),
  topologies("T-130", "one zone", ["R-TS-3"], [[["zone", "a"]]], ["nodeA"]),
  topologies("T-130", "two terms", ["R-TS-2"], [[["zone", "a"]], [["zone", "b"]]], ["nodeA", "nodeB"]),
  topologies("T-130", "two values", ["R-TS-3"], [[["zone", "b", "c"]]], ["nodeB", "nodeC"]),
  {
    id: "T-131",
    title: "a node needs every key of a term",
    rules: ["R-TS-3"],
    objects: [
      ...twoZones,
      node("racked", { zone: "a", rack: "r1" }),
      unlabelled,
      storageClass("topo", {
        topologies: [
          [
            ["zone", "a"],
            ["rack", "r1"],
          ],
        ],
      }),
      claim("c", { class: "topo" }),
      pod("c"),
    ],
    expect: { feasible: ["racked"], infeasible: { nodeA: [BIND], nodeB: [BIND], unlabelled: [BIND] } },
  },
  topologies("T-132", "a term with an empty list of values matches nothing", ["R-TS-4"], [[["zone"]]], []),
  topologies(
    "T-132",
    "a term with an empty list of values leaves the other terms as they are",
    ["R-TS-4"],
    [[["zone"], ["zone", "a"]], [["zone", "b"]]],
    ["nodeB"],
  ),
  topologies(
    "T-132",
    "a term with a bad value matches nothing",
    ["R-TS-4"],
    [[["zone", "a", "b c"]], [["zone", "c"]]],
    ["nodeC"],
  ),
  topologies(
    "T-132",
    "a term with a bad key matches nothing",
    ["R-TS-4"],
    [[["a/b/c", "a"]], [["zone", "c"]]],
    ["nodeC"],
  ),
  topologies(
    "T-133",
    "a key given twice without a common value",
    ["R-TS-5"],
    [
      [
        ["zone", "a"],
        ["zone", "b"],
      ],
    ],
    [],
  ),
  topologies(
    "T-133",
    "a key given twice with a common value",
    ["R-TS-5"],
    [
      [
        ["zone", "a", "b"],
        ["zone", "b", "c"],
      ],
    ],
    ["nodeB"],
  ),
  {
    id: "T-134",
    title: "the beta zone key is not read as the newer one",
    rules: ["R-TS-6"],
    objects: [
      node("both", { "topology.kubernetes.io/zone": "a", "failure-domain.beta.kubernetes.io/zone": "a" }),
      node("newer", { "topology.kubernetes.io/zone": "a" }),
      storageClass("topo", { topologies: [[["failure-domain.beta.kubernetes.io/zone", "a"]]] }),
      claim("c", { class: "topo" }),
      pod("c"),
    ],
    expect: { feasible: ["both"], infeasible: { newer: [BIND] } },
  },
  {
    id: "T-135",
    title: "a volume in one zone and a class in another leave no node, each for its own reason",
    rules: ["R-FLT-2", "R-PRV-4"],
    objects: [
      ...threeZones,
      ...boundPair({ zone: "a" }),
      storageClass("topo", { topologies: [[["zone", "b"]]] }),
      claim("d", { class: "topo" }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [BIND], nodeB: [AFF], nodeC: [AFF, BIND] } },
  },
];
