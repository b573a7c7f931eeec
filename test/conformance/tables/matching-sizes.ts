// 18.5, which volume a single claim gets: zones, sizes, ties.

import { claim, pod, volume } from "../build.js";
import { BIND, type ConformanceCase } from "../case.js";
import { limitName, twoZones, volumePerNode } from "../world.js";

const bindEverywhere = { infeasible: { nodeA: [BIND], nodeB: [BIND] } };

/** One volume a size, each on its own node. */
function sizes(id: string, request: string, fits: string[], tooSmall: string[]): ConformanceCase {
  const names = [...fits, ...tooSmall];
  return {
    id,
    title: `a request of ${request} fits ${fits.join(" and ")} but not ${tooSmall.join(" and ")}`,
    rules: ["R-MAT-3", "R-QTY-3", "R-QTY-4"],
    objects: [
      ...volumePerNode(Object.fromEntries(names.map((size) => [limitName(size), { size }]))),
      claim("c", { size: request }),
      pod("c"),
    ],
    expect: {
      feasible: fits.map(limitName).sort(),
      infeasible: Object.fromEntries(tooSmall.map((size) => [limitName(size), [BIND]])),
    },
  };
}

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-087",
    title: "on each node the claim gets the volume that the node reaches",
    rules: ["R-MAT-6", "R-MAT-11"],
    objects: [...twoZones, volume("pvA", { zone: "a" }), volume("pvB", { zone: "b" }), claim("c"), pod("c")],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { bind: [["c", "pvA"]] }, nodeB: { bind: [["c", "pvB"]] } },
    },
  },
  {
    id: "T-087",
    title: "a node that reaches no volume is refused",
    rules: ["R-MAT-6", "R-MAT-13"],
    objects: [...twoZones, volume("pvA", { zone: "a" }), volume("pvZ", { zone: "z" }), claim("c"), pod("c")],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [BIND] }, plans: { nodeA: { bind: [["c", "pvA"]] } } },
  },
  {
    id: "T-088",
    title: "the smallest volume that is large enough is taken",
    rules: ["R-MAT-3", "R-MAT-7"],
    objects: [
      ...twoZones,
      volume("five", { size: "5Gi" }),
      volume("ten", { size: "10Gi" }),
      volume("eight", { size: "8Gi" }),
      claim("c", { size: "6Gi" }),
      pod("c"),
    ],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeA: { bind: [["c", "eight"]] } } },
  },
  ...[
    { local: "7Gi", everywhere: "8Gi", onNodeA: "local" },
    { local: "8Gi", everywhere: "7Gi", onNodeA: "everywhere" },
  ].map(
    ({ local, everywhere, onNodeA }): ConformanceCase => ({
      id: "T-088",
      title: `the smallest volume is taken, be it ${onNodeA === "local" ? "the local one" : "the one for all nodes"}`,
      rules: ["R-MAT-7"],
      objects: [
        ...twoZones,
        volume("local", { size: local, zone: "a" }),
        volume("everywhere", { size: everywhere }),
        claim("c", { size: "6Gi" }),
        pod("c"),
      ],
      expect: {
        feasible: ["nodeA", "nodeB"],
        plans: { nodeA: { bind: [["c", onNodeA]] }, nodeB: { bind: [["c", "everywhere"]] } },
      },
    }),
  ),
  sizes("T-089", "1G", ["1Gi", "1G"], ["999M"]),
  sizes("T-089", "1Gi", ["1024Mi"], ["1G", "1073741823"]),
  sizes("T-090", "1.5Gi", ["1536Mi"], ["1535Mi"]),
  sizes("T-091", "0.5", ["500m", "1"], ["0", "499m"]),
  {
    id: "T-091",
    title: "a missing request and a missing capacity are both nothing",
    rules: ["R-QTY-8", "R-MAT-3"],
    objects: [
      ...volumePerNode({ absent: { spec: { capacity: {} } }, null: { size: null }, zero: { size: "0" } }),
      claim("c", { spec: { resources: {} } }),
      pod("c"),
    ],
    expect: { feasible: ["absent", "null", "zero"] },
  },
  {
    id: "T-091",
    title: "a missing capacity is too small for any request",
    rules: ["R-QTY-8", "R-MAT-3"],
    objects: [
      ...volumePerNode({ absent: { spec: { capacity: null } }, null: { size: null }, zero: { size: "0" } }),
      claim("c", { size: "1n" }),
      pod("c"),
    ],
    expect: { infeasible: { absent: [BIND], null: [BIND], zero: [BIND] } },
  },
  sizes("T-092", "8Ei", ["8Ei", "9223372036854775807", "9Ei"], ["7Ei"]),
  sizes("T-092", "9Ei", ["8192Pi", "8Ei", "9Ei"], ["8191Pi", "9223372036854775806"]),
  {
    id: "T-117",
    title: "of volumes of equal size the first by name is taken",
    rules: ["R-MAT-7", "R-ND-6"],
    objects: [
      ...twoZones,
      volume("pv-2", { size: "1024Mi" }),
      volume("pv-1", { size: "1Gi", zone: "b" }),
      volume("pv-3", { size: "1Gi" }),
      claim("c"),
      pod("c"),
    ],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { bind: [["c", "pv-2"]] }, nodeB: { bind: [["c", "pv-1"]] } },
    },
  },
  {
    id: "T-117",
    title: "names are compared byte by byte",
    rules: ["R-ND-6"],
    objects: [...twoZones, volume("pv-2"), volume("pv-10"), claim("c"), pod("c")],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeA: { bind: [["c", "pv-10"]] } } },
  },
  {
    id: "T-119",
    title: "a claim without class does not wait, so no volume without class is matched to it",
    rules: ["R-CLS-4", "R-PRE-9"],
    objects: [...twoZones, volume("pv1", { class: null }), claim("c", { class: "" }), pod("c")],
    expect: { preFilter: "pod has unbound immediate PersistentVolumeClaims" },
  },
  {
    id: "T-120",
    title: "a volume that no node reaches is no volume, however large",
    rules: ["R-MAT-6"],
    objects: [...twoZones, volume("pv1", { size: "100Ti", zone: "z" }), claim("c"), pod("c")],
    expect: bindEverywhere,
  },
];
