// 18.11, what a shape and the sizes make of a score. Sizes are round, so that percents can be read off them.

import { claim, type KubeObject, NO_PROVISIONER, pod, storageClass, volume } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { classes, nodeA } from "../world.js";

type Shape = readonly (readonly [utilization: number, score: number])[];
type Sizes = readonly (readonly [requested: string, capacity: string])[];

/** Before 1.33: the fullest node was the best. */
const OLD: Shape = [
  [0, 0],
  [100, 10],
];

type Options = NonNullable<ConformanceCase["options"]>;

function scoringOf(shape: Shape): Options {
  return { scoring: { shape: shape.map(([utilization, score]) => ({ utilization, score })) } };
}

/** A class, a claim and a volume a pair of sizes; every claim finds its volume. */
function bindings(sizes: Sizes): KubeObject[] {
  const names = sizes.map((_, i) => `c${i}`);
  return [
    nodeA,
    ...classes,
    ...sizes.flatMap(([requested, capacity], i) => [
      storageClass(`class-${i}`, { provisioner: NO_PROVISIONER }),
      claim(names[i], { class: `class-${i}`, size: requested }),
      volume(`pv-${i}`, { class: `class-${i}`, size: capacity }),
    ]),
    pod(...names),
  ];
}

function scored(
  id: string,
  title: string,
  rules: string[],
  sizes: Sizes,
  score: number,
  shape?: Shape,
): ConformanceCase {
  return {
    id,
    title,
    rules,
    objects: bindings(sizes),
    options: shape === undefined ? {} : scoringOf(shape),
    expect: {
      feasible: ["nodeA"],
      plans: { nodeA: { bind: bySize(sizes).map((i) => [`c${i}`, `pv-${i}`] as const), score } },
    },
  };
}

/** Claims are bound by size; those of a case are written in one unit, and in any order. */
function bySize(sizes: Sizes): number[] {
  const amount = (i: number) => Number.parseFloat(sizes[i][0]);
  return sizes.map((_, i) => i).sort((a, b) => amount(a) - amount(b));
}

function refused(title: string, text: string, scoring: object | undefined, options: Options = {}) {
  return {
    id: "T-202",
    title,
    rules: ["R-SCO-9"],
    objects: [nodeA, pod()],
    options: { ...options, scoring: scoring as NonNullable<Options["scoring"]> },
    expect: { refused: { code: "BadOption" as const, text } },
  };
}

const ONE_THIRD: Sizes = [["30Gi", "100Gi"]];

export const cases: readonly ConformanceCase[] = [
  ...["1.33", "1.34", "1.35", "1.36"].flatMap((kubernetes): ConformanceCase[] => [
    {
      ...scored("T-194", `${kubernetes} does not score`, ["R-SCO-1", "R-SCO-2", "R-GATE-1"], ONE_THIRD, 0),
      options: { kubernetes },
    },
    {
      ...scored("T-194", `${kubernetes} scores where its gate is on`, ["R-SCO-1"], ONE_THIRD, 70),
      options: { kubernetes, gates: { StorageCapacityScoring: true } },
    },
  ]),
  {
    ...scored("T-194", "1.37 does not score where its gate is off", ["R-SCO-1", "R-SCO-2"], ONE_THIRD, 0),
    options: { kubernetes: "1.37", gates: { StorageCapacityScoring: false } },
  },
  {
    id: "T-194",
    title: "a pod without claims has 0",
    rules: ["R-SCO-2"],
    objects: [nodeA, pod()],
    expect: { feasible: ["nodeA"], plans: { nodeA: { score: 0 } } },
  },
  {
    id: "T-194",
    title: "a pod whose claims are all bound has 0",
    rules: ["R-SCO-5"],
    objects: [nodeA, claim("c", { boundTo: "pv", size: "30Gi" }), volume("pv", { size: "100Gi" }), pod("c")],
    expect: { feasible: ["nodeA"], plans: { nodeA: { score: 0 } } },
  },
  scored("T-195", "30 of 100, the emptiest first", ["R-SCO-9", "R-SCO-11"], ONE_THIRD, 70),
  scored("T-195", "30 of 100, the fullest first", ["R-SCO-9"], ONE_THIRD, 30, OLD),
  scored("T-195", "nothing of 100", ["R-SCO-11"], [["0", "100Gi"]], 100),
  scored("T-195", "all of 100", ["R-SCO-11"], [["100Gi", "100Gi"]], 0),
  scored("T-195", "percents are truncated", ["R-SCO-6"], [["339M", "1000M"]], 67),
  scored(
    "T-196",
    "two classes weigh the same",
    ["R-SCO-8", "R-SCO-11"],
    [
      ["0Gi", "100Gi"],
      ["30Gi", "100Gi"],
    ],
    85,
  ),
  {
    // 40 of 200 is 20 %, 60 of 100 is 60 %: 80 and 40.
    id: "T-196",
    title: "a class of two claims weighs no more than one of one",
    rules: ["R-SCO-8"],
    objects: [
      nodeA,
      ...["pair", "lone"].map((name) => storageClass(name, { provisioner: NO_PROVISIONER })),
      claim("a", { class: "pair", size: "10Gi" }),
      claim("b", { class: "pair", size: "30Gi" }),
      claim("c", { class: "lone", size: "60Gi" }),
      volume("pv-a", { class: "pair", size: "50Gi" }),
      volume("pv-b", { class: "pair", size: "150Gi" }),
      volume("pv-c", { class: "lone", size: "100Gi" }),
      pod("a", "b", "c"),
    ],
    expect: {
      feasible: ["nodeA"],
      plans: {
        nodeA: {
          bind: [
            ["a", "pv-a"],
            ["b", "pv-b"],
            ["c", "pv-c"],
          ],
          score: 60,
        },
      },
    },
  },
  scored("T-199", "nothing of nothing is all of it", ["R-SCO-6"], [["0", "0"]], 0),
  scored("T-202", "a falling line is truncated toward zero", ["R-SCO-7"], [["1Gi", "100Gi"]], 84, [
    [0, 10],
    [3, 5],
  ]),
  ...(
    [
      [60, 10],
      [90, 40],
      [50, 0],
      [20, 0],
      [100, 50],
    ] as const
  ).map(([used, score]) =>
    scored("T-202", `${used} of 100 between points`, ["R-SCO-7"], [[`${used}Gi`, "100Gi"]], score, [
      [50, 0],
      [80, 3],
      [100, 5],
    ]),
  ),
  ...(
    [
      [25, 35],
      [33, 46],
    ] as const
  ).map(([used, score]) =>
    scored("T-202", `${used} of 100 under a bent line`, ["R-SCO-7", "R-SCO-11"], [[`${used}Gi`, "100Gi"]], score, [
      [0, 0],
      [50, 7],
      [100, 10],
    ]),
  ),
  ...(
    [
      [1, 99],
      [31, 69],
    ] as const
  ).map(([used, score]) =>
    scored("T-202", `${used} of 100 under a falling line`, ["R-SCO-7", "R-SCO-11"], [[`${used}Gi`, "100Gi"]], score, [
      [0, 10],
      [30, 7],
      [100, 0],
    ]),
  ),
  scored("T-202", "beyond the last point the score is the last one", ["R-SCO-7"], [["80Gi", "100Gi"]], 40, [
    [0, 10],
    [50, 4],
  ]),
  scored("T-202", "one point is a level line", ["R-SCO-7", "R-SCO-9"], [["80Gi", "100Gi"]], 70, [[40, 7]]),
  refused("a shape without points", "at least one point", { shape: [] }),
  refused(
    "points that do not grow",
    "10 comes after 50",
    scoringOf([
      [50, 1],
      [10, 2],
    ]).scoring,
  ),
  refused(
    "two points of one utilization",
    "50 comes after 50",
    scoringOf([
      [50, 1],
      [50, 2],
    ]).scoring,
  ),
  refused("a utilization beyond 100", "from 0 to 100: 101", scoringOf([[101, 1]]).scoring),
  refused("a utilization below 0", "from 0 to 100: -1", scoringOf([[-1, 1]]).scoring),
  refused("a score beyond 10", "from 0 to 10: 11", scoringOf([[0, 11]]).scoring),
  refused("a score that is no whole number", "from 0 to 10: 0.5", scoringOf([[0, 0.5]]).scoring),
  refused("a point without a score", "from 0 to 10: undefined", { shape: [{ utilization: 0 }] }),
  refused("a point that is null", "from 0 to 100: undefined", { shape: [null] }),
  refused("a shape that is no list", "must be a list", { shape: "steep" }),
  refused("a shape where the gate is off", "StorageCapacityScoring, which is off", scoringOf(OLD).scoring, {
    kubernetes: "1.36",
  }),
  scored(
    "T-203",
    "83.5 is 84",
    ["R-SCO-8", "R-SCO-11"],
    [
      ["0Gi", "100Gi"],
      ["33Gi", "100Gi"],
    ],
    84,
  ),
  scored("T-204", "a product that wraps below zero is taken for nothing", ["R-SCO-6"], [["100P", "200P"]], 100),
  scored("T-204", "a product that wraps to little", ["R-SCO-6"], [["400P", "1000P"]], 97),
  ...(
    [
      [38, OLD],
      [63, undefined],
    ] as const
  ).map(([score, shape]) =>
    scored(
      "T-292",
      `a quarter and a half: ${score}`,
      ["R-SCO-8", "R-SCO-12"],
      [
        ["50Gi", "200Gi"],
        ["100Gi", "200Gi"],
      ],
      score,
      shape,
    ),
  ),
  ...(
    [
      ["200Gi", 15],
      ["100Gi", 30],
    ] as const
  ).map(([capacity, score]) =>
    scored("T-292", `50Gi of ${capacity}, three points`, ["R-SCO-12"], [["50Gi", capacity]], score, [
      [0, 0],
      [50, 3],
      [100, 5],
    ]),
  ),
];
