// 18.5, claims that compete for volumes, and a claim used twice.

import { claim, pod, ref, selector, volume } from "../build.js";
import { BIND, type ConformanceCase } from "../case.js";
import { twoZones } from "../world.js";

const bindEverywhere = { infeasible: { nodeA: [BIND], nodeB: [BIND] } };
const ssd = { selector: selector(["disk", "In", "ssd"]) };
const trap = (name: string) => [
  volume("fast", { class: name, size: "2Gi", labels: { disk: "ssd" } }),
  volume("slow", { class: name, size: "3Gi", labels: { disk: "hdd" } }),
  claim("x", { class: name, size: "1Gi" }),
  claim("y", { class: name, size: "2Gi", spec: ssd }),
];
const thirteen = Array.from({ length: 13 }, (_, index) => String(index + 1).padStart(2, "0"));
const twelvePairs = thirteen.slice(0, 12).map((number) => [`c-${number}`, `pv-${number}`] as const);
const thirteenUsers = pod(...thirteen.map((number) => `c-${number}`));

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-093",
    title: "the small claim chooses first, so both find their volume",
    rules: ["R-MAT-1"],
    objects: [
      ...twoZones,
      volume("one", { size: "1Gi" }),
      volume("ten", { size: "10Gi" }),
      claim("c", { size: "10Gi" }),
      claim("d", { size: "1Gi" }),
      pod("c", "d"),
    ],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: {
        nodeA: {
          bind: [
            ["d", "one"],
            ["c", "ten"],
          ],
        },
      },
    },
  },
  {
    id: "T-094",
    title: "two claims cannot share one volume",
    rules: ["R-MAT-3", "R-MAT-13"],
    objects: [...twoZones, volume("pv1"), claim("c"), claim("d"), pod("c", "d")],
    expect: bindEverywhere,
  },
  {
    id: "T-095",
    title: "a claim takes the smallest volume even if the next claim then finds none",
    rules: ["R-MAT-11", "R-MAT-12"],
    objects: [...twoZones, ...trap("static"), pod("x", "y")],
    expect: bindEverywhere,
  },
  {
    id: "T-096",
    title: "a claim whose volume was taken is provisioned",
    rules: ["R-MAT-11", "R-MAT-12", "R-MAT-13"],
    objects: [...twoZones, ...trap("wffc"), pod("x", "y")],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { bind: [["x", "fast"]], provision: ["y"] }, nodeB: { bind: [["x", "fast"]], provision: ["y"] } },
    },
  },
  {
    id: "T-116",
    title: "a claim used twice needs two volumes: there is one",
    rules: ["R-CLS-8", "R-MAT-14"],
    objects: [...twoZones, volume("pv1"), claim("c"), pod("c", "c")],
    expect: bindEverywhere,
  },
  {
    id: "T-116",
    title: "a claim used twice that a volume is reserved for takes another one too, from the next claim",
    rules: ["R-MAT-3", "R-MAT-4"],
    objects: [
      ...twoZones,
      volume("reserved", { zone: "a", claimRef: ref("c") }),
      volume("free", { zone: "a" }),
      claim("c"),
      claim("d"),
      pod("c", "c", "d"),
    ],
    expect: { infeasible: { nodeA: [BIND], nodeB: [BIND] } },
  },
  {
    id: "T-116",
    title: "a claim used twice needs two volumes: there are two",
    rules: ["R-CLS-8", "R-MAT-14"],
    objects: [...twoZones, volume("pv1"), volume("pv2", { size: "2Gi" }), claim("c"), pod("c", "c")],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: {
        nodeA: {
          bind: [
            ["c", "pv1"],
            ["c", "pv2"],
          ],
        },
      },
    },
  },
  {
    id: "T-116",
    title: "a claim used twice needs two volumes: one is there, one is provisioned",
    rules: ["R-CLS-8", "R-MAT-14"],
    objects: [...twoZones, volume("pv1", { class: "wffc" }), claim("c", { class: "wffc" }), pod("c", "c")],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeA: { bind: [["c", "pv1"]], provision: ["c"] } } },
  },
  {
    id: "T-117",
    title: "a tie decides what is left for the next claim",
    rules: ["R-ND-6", "R-ND-7"],
    objects: [
      ...twoZones,
      volume("pv-1", { labels: { disk: "ssd" } }),
      volume("pv-2", { labels: { disk: "hdd" } }),
      claim("c"),
      claim("d", { spec: ssd }),
      pod("c", "d"),
    ],
    expect: bindEverywhere,
  },
  {
    id: "T-117",
    title: "of claims of equal size the first volume of the pod chooses first",
    rules: ["R-MAT-1", "R-ND-6"],
    objects: [
      ...twoZones,
      volume("pv-1", { labels: { disk: "ssd" } }),
      volume("pv-2", { labels: { disk: "hdd" } }),
      claim("c", { size: "1024Mi" }),
      claim("d", { spec: ssd }),
      pod("d", "c"),
    ],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: {
        nodeA: {
          bind: [
            ["d", "pv-1"],
            ["c", "pv-2"],
          ],
        },
      },
    },
  },
  {
    id: "T-118",
    title: "thirteen equal claims take thirteen equal volumes",
    rules: ["R-MAT-1", "R-ND-3"],
    objects: [
      ...twoZones,
      ...thirteen.flatMap((number) => [claim(`c-${number}`), volume(`pv-${number}`)]).reverse(),
      thirteenUsers,
    ],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { bind: [...twelvePairs, ["c-13", "pv-13"]] } },
    },
  },
  {
    id: "T-118",
    title: "the thirteenth of equal claims finds no volume",
    rules: ["R-MAT-1"],
    objects: [
      ...twoZones,
      ...thirteen.map((number) => claim(`c-${number}`)),
      ...twelvePairs.map(([, name]) => volume(name)),
      thirteenUsers,
    ],
    expect: bindEverywhere,
  },
  {
    id: "T-118",
    title: "the thirteenth of equal claims is provisioned",
    rules: ["R-MAT-1", "R-MAT-13"],
    objects: [
      ...twoZones,
      ...thirteen.map((number) => claim(`c-${number}`, { class: "wffc" })),
      ...twelvePairs.map(([, name]) => volume(name, { class: "wffc" })),
      thirteenUsers,
    ],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeB: { bind: twelvePairs, provision: ["c-13"] } } },
  },
];
