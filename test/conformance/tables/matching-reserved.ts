// 18.5, volumes that are reserved for a claim by claimRef.

import { claim, pod, ref, selector, type VolumeOptions, volume } from "../build.js";
import { BIND, type ConformanceCase } from "../case.js";
import { twoZones } from "../world.js";

const bindEverywhere = { infeasible: { nodeA: [BIND], nodeB: [BIND] } };

/** A larger volume reserved for c beside a free one that fits. */
function besideFree(id: string, title: string, reserved: VolumeOptions, taken: "free" | "reserved", rules: string[]) {
  return {
    id,
    title,
    rules,
    objects: [
      ...twoZones,
      volume("reserved", { size: "10Gi", claimRef: ref("c"), ...reserved }),
      volume("free", { size: "2Gi" }),
      claim("c", { size: "1Gi" }),
      pod("c"),
    ],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { bind: [["c", taken]] }, nodeB: { bind: [["c", taken]] } },
    },
  } as const;
}

function onlyVolume(id: string, title: string, options: VolumeOptions, found: boolean, rule: string): ConformanceCase {
  return {
    id,
    title,
    rules: [rule],
    objects: [...twoZones, volume("pv1", options), claim("c"), pod("c")],
    expect: found ? { feasible: ["nodeA", "nodeB"], plans: { nodeA: { bind: [["c", "pv1"]] } } } : bindEverywhere,
  };
}

const elsewhere = (name: string) => [
  volume("reserved", { class: name, zone: "b", claimRef: ref("c") }),
  volume("free", { class: name, zone: "a" }),
  claim("c", { class: name }),
  pod("c"),
];

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-101",
    title: "of two claims alike one has a volume reserved, and the other finds the one that is free",
    rules: ["R-MAT-4"],
    objects: [
      ...twoZones,
      volume("reserved", { zone: "a", claimRef: ref("c") }),
      volume("free", { zone: "a" }),
      claim("c"),
      claim("d"),
      pod("c", "d"),
    ],
    expect: {
      feasible: ["nodeA"],
      infeasible: { nodeB: [BIND] },
      plans: {
        nodeA: {
          bind: [
            ["c", "reserved"],
            ["d", "free"],
          ],
        },
      },
    },
  },
  besideFree("T-098", "a volume reserved by name is taken before a smaller free one", {}, "reserved", [
    "R-MAT-4",
    "R-MAT-5",
  ]),
  besideFree(
    "T-098",
    "a volume reserved by name and uid is taken before a smaller free one",
    { claimRef: ref("c", "uid-c") },
    "reserved",
    ["R-MAT-4", "R-MAT-5"],
  ),
  onlyVolume("T-099", "a volume reserved by an empty uid is used", { claimRef: ref("c", "") }, true, "R-MAT-5"),
  onlyVolume(
    "T-099",
    "a volume reserved for another uid is not used",
    { claimRef: ref("c", "uid-x") },
    false,
    "R-MAT-10",
  ),
  onlyVolume("T-099", "a volume reserved for another claim is not used", { claimRef: ref("d") }, false, "R-MAT-10"),
  onlyVolume(
    "T-099",
    "a volume reserved for the name in another namespace is not used",
    { claimRef: { namespace: "other", name: "c", uid: "uid-c" } },
    false,
    "R-MAT-10",
  ),
  onlyVolume(
    "T-099",
    "a volume with an empty claimRef is reserved for nobody known",
    { claimRef: {} },
    false,
    "R-MAT-3",
  ),
  besideFree(
    "T-099",
    "beside a free volume the one reserved for another uid does not matter",
    { claimRef: ref("c", "uid-x"), size: "1Gi" },
    "free",
    ["R-MAT-10"],
  ),
  {
    id: "T-100",
    title: "of a reserved volume phase, labels and access modes do not matter",
    rules: ["R-MAT-8"],
    objects: [
      ...twoZones,
      volume("pv1", { phase: "Released", claimRef: ref("c"), labels: { disk: "hdd" }, zone: "a" }),
      claim("c", { spec: { selector: selector(["disk", "In", "ssd"]), accessModes: ["ReadWriteMany"] } }),
      pod("c"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [BIND] }, plans: { nodeA: { bind: [["c", "pv1"]] } } },
  },
  {
    id: "T-101",
    title: "where the reserved volume is out of reach a free one is not taken",
    rules: ["R-MAT-4"],
    objects: [...twoZones, ...elsewhere("static")],
    expect: { feasible: ["nodeB"], infeasible: { nodeA: [BIND] }, plans: { nodeB: { bind: [["c", "reserved"]] } } },
  },
  {
    id: "T-102",
    title: "where the reserved volume is out of reach the claim is provisioned",
    rules: ["R-MAT-4", "R-MAT-13"],
    objects: [...twoZones, ...elsewhere("wffc")],
    expect: {
      feasible: ["nodeA", "nodeB"],
      plans: { nodeA: { bind: [], provision: ["c"] }, nodeB: { bind: [["c", "reserved"]], provision: [] } },
    },
  },
  besideFree("T-103", "a reserved volume that is too small is skipped", { size: "1023Mi" }, "free", ["R-MAT-8"]),
  besideFree(
    "T-103",
    "a reserved volume that is too small is skipped even out of reach",
    { size: "1023Mi", zone: "z" },
    "free",
    ["R-MAT-8"],
  ),
  besideFree("T-104", "a reserved volume that is being deleted is skipped", { deleting: true }, "free", ["R-MAT-3"]),
  besideFree("T-104", "a reserved volume of another mode is skipped", { spec: { volumeMode: "Block" } }, "free", [
    "R-MAT-3",
  ]),
  besideFree(
    "T-104",
    "a reserved volume of another attributes class is skipped",
    { spec: { volumeAttributesClassName: "gold" } },
    "free",
    ["R-MAT-3"],
  ),
  {
    id: "T-105",
    title: "a volume reserved for the claim in another class is never seen",
    rules: ["R-MAT-9"],
    objects: [...twoZones, volume("pv1", { class: "imm", claimRef: ref("c") }), claim("c"), pod("c")],
    expect: bindEverywhere,
  },
  {
    id: "T-105",
    title: "the claim is provisioned although another class holds a volume reserved for it",
    rules: ["R-MAT-9"],
    objects: [...twoZones, volume("pv1", { claimRef: ref("c") }), claim("c", { class: "wffc" }), pod("c")],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeA: { bind: [], provision: ["c"] } } },
  },
  {
    id: "T-106",
    title: "of two volumes reserved for one claim the first by name decides: in zone a",
    rules: ["R-MAT-4", "R-ND-1", "R-ND-6"],
    objects: [
      ...twoZones,
      volume("pv-2", { zone: "b", claimRef: ref("c") }),
      volume("pv-1", { zone: "a", claimRef: ref("c") }),
      claim("c"),
      pod("c"),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [BIND] }, plans: { nodeA: { bind: [["c", "pv-1"]] } } },
  },
  {
    id: "T-106",
    title: "of two volumes reserved for one claim the first by name decides: in zone b",
    rules: ["R-MAT-4", "R-ND-1", "R-ND-6"],
    objects: [
      ...twoZones,
      volume("pv-1", { zone: "b", claimRef: ref("c") }),
      volume("pv-2", { zone: "a", claimRef: ref("c") }),
      claim("c"),
      pod("c"),
    ],
    expect: { feasible: ["nodeB"], infeasible: { nodeA: [BIND] }, plans: { nodeB: { bind: [["c", "pv-1"]] } } },
  },
  {
    id: "T-106",
    title: "of two volumes reserved for one claim the first that is not skipped decides",
    rules: ["R-MAT-3", "R-MAT-4", "R-ND-6"],
    objects: [
      ...twoZones,
      volume("pv-1", { zone: "a", claimRef: ref("c"), size: "1Mi" }),
      volume("pv-2", { zone: "b", claimRef: ref("c"), size: "9Gi" }),
      volume("pv-3", { zone: "a", claimRef: ref("c") }),
      claim("c"),
      pod("c"),
    ],
    expect: { feasible: ["nodeB"], infeasible: { nodeA: [BIND] }, plans: { nodeB: { bind: [["c", "pv-2"]] } } },
  },
];
