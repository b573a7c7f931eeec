// 18.8, VolumeZone: which claims it looks at, and which of them reject the pod for all nodes.

import { claim, type KubeObject, pod, storageClass, volume } from "../build.js";
import { by, type ConformanceCase, IMM, PRE_FILTER_ERROR } from "../case.js";
import { classes } from "../world.js";
import { ALONE, apart, BOTH, nodeA, secondClaim, three, ZONE } from "../zones.js";

function rejects(
  id: string,
  title: string,
  rules: readonly string[],
  objects: readonly KubeObject[],
  reason: string,
): ConformanceCase {
  const expect = { preFilter: by("VolumeZone", reason) };
  return { id, title, rules, objects: [nodeA, ...classes, ...objects], options: ALONE, expect };
}

export const cases: readonly ConformanceCase[] = [
  rejects("T-168", "an empty claim name", ["R-ZON-2"], [pod("")], "PersistentVolumeClaim had no name"),
  rejects(
    "T-168",
    "a volume without claim name",
    ["R-ZON-2"],
    [pod({ name: "vol", persistentVolumeClaim: {} })],
    "PersistentVolumeClaim had no name",
  ),
  rejects("T-168", "a missing claim", ["R-ZON-3"], [pod("c")], 'persistentvolumeclaim "c" not found'),
  rejects(
    "T-169",
    "an unbound claim of a class that binds at once",
    ["R-ZON-4"],
    [claim("c", { class: "imm" }), pod("c")],
    "PersistentVolume had no name",
  ),
  rejects(
    "T-169",
    "an unbound claim without a class",
    ["R-ZON-4"],
    [claim("c", { class: null }), pod("c")],
    "PersistentVolumeClaim had no pv name and storageClass name",
  ),
  rejects(
    "T-169",
    "an unbound claim whose class is missing",
    ["R-ZON-4"],
    [claim("c", { class: "s" }), pod("c")],
    'storageclass.storage.k8s.io "s" not found',
  ),
  rejects(
    "T-169",
    "the first claim that rejects is the one that is told",
    ["R-ZON-1"],
    [claim("c", { class: "imm" }), pod("c", "d")],
    "PersistentVolume had no name",
  ),
  {
    id: "T-169",
    title: "a claim that waits for a node is passed over, the next one counts",
    rules: ["R-ZON-4"],
    objects: [...three, ...classes, claim("c", { class: "wffc" }), ...secondClaim({ [ZONE]: "a" }), pod("c", "d")],
    options: ALONE,
    expect: apart(["bare", "nodeA"], ["nodeB"]),
  },
  {
    id: "T-169",
    title: "a claim that names its volume need not be bound to it",
    rules: ["R-ZON-5"],
    objects: [...three, claim("c", { volumeName: "pv1" }), volume("pv1", { labels: { [ZONE]: "a" } }), pod("c")],
    options: ALONE,
    expect: apart(["bare", "nodeA"], ["nodeB"]),
  },
  rejects(
    "T-057",
    "a volume that does not exist",
    ["R-ZON-6"],
    [claim("c", { boundTo: "pv1" }), pod("c")],
    'persistentvolume "pv1" not found',
  ),
  {
    id: "T-057",
    title: "VolumeZone rejects a pod whose volume does not exist before Filter finds out",
    rules: ["R-ZON-6"],
    objects: [nodeA, claim("c", { boundTo: "pv1" }), pod("c")],
    options: BOTH,
    expect: {
      preFilter: by("VolumeZone", 'persistentvolume "pv1" not found'),
      message: '0/1 nodes are available: persistentvolume "pv1" not found.',
    },
  },
  {
    id: "T-057",
    title: "a volume that comes is seen",
    rules: ["R-ZON-6"],
    objects: [...three, claim("c", { boundTo: "pv1" }), pod("c")],
    updates: [volume("pv1", { labels: { [ZONE]: "b" } })],
    options: BOTH,
    expect: apart(["bare", "nodeB"], ["nodeA"]),
  },
  rejects(
    "T-275",
    "a class without a mode",
    ["R-ZON-4"],
    [storageClass("s", { mode: null }), claim("c", { class: "s" }), pod("c")],
    'VolumeBindingMode not set for StorageClass "s"',
  ),
  {
    id: "T-275",
    title: "VolumeBinding comes first, and ends the cycle with an error",
    rules: ["R-ZON-4", "R-CLS-5"],
    objects: [nodeA, storageClass("s", { mode: null }), claim("c", { class: "s" }), pod("c")],
    options: BOTH,
    expect: { error: `${PRE_FILTER_ERROR}VolumeBindingMode not set for StorageClass "s"` },
  },
  {
    id: "T-275",
    title: "VolumeBinding comes first, and rejects an unbound claim in its own words",
    rules: ["R-ZON-4", "R-PRE-9"],
    objects: [nodeA, ...classes, claim("c", { class: "imm" }), pod("c")],
    options: BOTH,
    expect: { preFilter: IMM },
  },
];
