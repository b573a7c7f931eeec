// 18.1, second half: how a claim's class and annotations sort it into bound, delayed and immediate.

import { BETA_CLASS, boundPair, claim, ephemeral, pod, storageClass, volume } from "../build.js";
import { AFF, BIND, type ConformanceCase, IMM, PRE_FILTER_ERROR } from "../case.js";
import { nodeA, nodeB, twoZones } from "../world.js";

const onlyNodeA = { feasible: ["nodeA"], infeasible: { nodeB: [AFF] } };
const provisioned = {
  feasible: ["nodeA", "nodeB"],
  plans: { nodeA: { provision: ["c"] }, nodeB: { provision: ["c"] } },
};
const free = volume("free", { class: "wffc", size: "10Gi" });

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-016",
    title: "an unbound claim of an immediate class has to be bound first",
    rules: ["R-CLS-6", "R-PRE-9"],
    objects: [...twoZones, claim("c", { class: "imm" }), pod("c")],
    expect: {
      preFilter: IMM,
      message: "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
    },
  },
  {
    id: "T-017",
    title: "a claim without class is immediate",
    rules: ["R-CLS-1", "R-CLS-4"],
    objects: [...twoZones, claim("c", { class: null }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-018",
    title: "a claim of the empty class is immediate",
    rules: ["R-CLS-4"],
    objects: [...twoZones, claim("c", { class: "" }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-019",
    title: "a claim whose class does not exist is immediate",
    rules: ["R-CLS-4"],
    objects: [...twoZones, claim("c", { class: "gone" }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-020",
    title: "a class without binding mode ends the cycle in an error",
    rules: ["R-CLS-5", "R-PRE-8", "R-FW-2"],
    objects: [...twoZones, storageClass("s", { mode: null }), claim("c", { class: "s" }), pod("c")],
    expect: { error: `${PRE_FILTER_ERROR}VolumeBindingMode not set for StorageClass "s"` },
  },
  {
    id: "T-020",
    title: "the class is looked at only after every claim has been found",
    rules: ["R-PRE-8"],
    objects: [...twoZones, storageClass("s", { mode: null }), claim("c", { class: "s" }), pod("c", "d")],
    expect: { preFilter: 'persistentvolumeclaim "d" not found' },
  },
  {
    id: "T-020",
    title: "an error of classification wins over an immediate claim before it",
    rules: ["R-PRE-8", "R-PRE-9"],
    objects: [
      ...twoZones,
      storageClass("s", { mode: null }),
      claim("c", { class: "imm" }),
      claim("d", { class: "s" }),
      pod("c", "d"),
    ],
    expect: { error: `${PRE_FILTER_ERROR}VolumeBindingMode not set for StorageClass "s"` },
  },
  {
    id: "T-020",
    title: "the empty binding mode is immediate",
    rules: ["R-CLS-5"],
    objects: [...twoZones, storageClass("s", { mode: "" }), claim("c", { class: "s" }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-020",
    title: "an unknown binding mode is immediate",
    rules: ["R-CLS-5"],
    objects: [...twoZones, storageClass("s", { mode: "waitforfirstconsumer" }), claim("c", { class: "s" }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-021",
    title: "the class of a bound claim may be missing",
    rules: ["R-CLS-5", "R-CLS-6"],
    objects: [nodeA, nodeB, claim("c", { class: "gone", boundTo: "pv1" }), volume("pv1", { zone: "a" }), pod("c")],
    expect: onlyNodeA,
  },
  {
    id: "T-021",
    title: "the class of a bound claim may have no binding mode",
    rules: ["R-CLS-5"],
    objects: [
      ...twoZones,
      storageClass("s", { mode: null }),
      claim("c", { class: "s", boundTo: "pv1" }),
      volume("pv1", { zone: "a" }),
      pod("c"),
    ],
    expect: onlyNodeA,
  },
  {
    id: "T-022",
    title: "a claim that names its volume but is not bound to it is immediate, whatever its class",
    rules: ["R-CLS-3", "R-CLS-6"],
    objects: [...twoZones, claim("c", { class: "wffc", volumeName: "free" }), free, pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-023",
    title: "a claim is bound by its volume name and annotation, not by its phase",
    rules: ["R-CLS-3"],
    objects: [...twoZones, claim("c", { boundTo: "pv1", phase: "Pending" }), volume("pv1", { zone: "a" }), pod("c")],
    expect: onlyNodeA,
  },
  {
    id: "T-024",
    title: "the annotation without volume name leaves a claim of a waiting class unbound: it is provisioned",
    rules: ["R-CLS-7"],
    objects: [...twoZones, claim("c", { class: "wffc", completed: "yes", phase: "Bound" }), pod("c")],
    expect: provisioned,
  },
  {
    id: "T-024",
    title: "the annotation without volume name leaves a claim of a waiting class unbound: nothing to bind",
    rules: ["R-CLS-7"],
    objects: [...twoZones, claim("c", { completed: "yes", phase: "Bound" }), pod("c")],
    expect: { infeasible: { nodeA: [BIND], nodeB: [BIND] } },
  },
  ...["no", ""].map(
    (completed): ConformanceCase => ({
      id: "T-025",
      title: `the annotation counts by its presence: value "${completed}"`,
      rules: ["R-CLS-3"],
      objects: [...twoZones, claim("c", { boundTo: "pv1", completed }), volume("pv1", { zone: "a" }), pod("c")],
      expect: onlyNodeA,
    }),
  ),
  {
    id: "T-025",
    title: "the annotation counts by its presence: value null",
    rules: ["R-CLS-3"],
    objects: [
      ...twoZones,
      claim("c", { volumeName: "pv1", annotations: { "pv.kubernetes.io/bind-completed": null } }),
      volume("pv1", { zone: "a" }),
      pod("c"),
    ],
    expect: onlyNodeA,
  },
  {
    id: "T-026",
    title: "two immediate claims give one reason",
    rules: ["R-PRE-9"],
    objects: [...twoZones, claim("c", { class: "imm" }), claim("d", { class: "imm" }), pod("c", "d")],
    expect: {
      preFilter: IMM,
      message: "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
    },
  },
  {
    id: "T-027",
    title: "an immediate claim hides that a bound one fits nowhere",
    rules: ["R-PRE-9"],
    objects: [...twoZones, ...boundPair({ zone: "z" }), claim("d", { class: "imm" }), pod("c", "d")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-028",
    title: "the beta annotation wins over the class of the spec",
    rules: ["R-CLS-1"],
    objects: [...twoZones, claim("c", { class: "imm", annotations: { [BETA_CLASS]: "wffc" } }), pod("c")],
    expect: provisioned,
  },
  {
    id: "T-029",
    title: "an empty beta annotation makes the class empty",
    rules: ["R-CLS-1", "R-CLS-4"],
    objects: [...twoZones, claim("c", { class: "wffc", annotations: { [BETA_CLASS]: "" } }), pod("c")],
    expect: { preFilter: IMM },
  },
  {
    id: "T-030",
    title: "a volume that is both a claim and ephemeral is the claim",
    rules: ["R-PRE-1"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "a" }),
      pod({ ...ephemeral, persistentVolumeClaim: { claimName: "c" } }),
    ],
    expect: onlyNodeA,
  },
  {
    id: "T-030",
    title: "a claim without claim name wins over ephemeral too",
    rules: ["R-PRE-1", "R-PRE-2"],
    objects: [...twoZones, pod({ ...ephemeral, persistentVolumeClaim: {} })],
    expect: { preFilter: 'persistentvolumeclaim "" not found' },
  },
  {
    id: "T-258",
    title: "a waiting claim beside one that names its volume: immediate, whatever volumes exist",
    rules: ["R-CLS-6", "R-PRE-9"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc" }),
      claim("d", { class: "wffc", volumeName: "free" }),
      free,
      pod("c", "d"),
    ],
    expect: { preFilter: IMM },
  },
  {
    id: "T-258",
    title: "a bound claim beside one that names its volume: immediate",
    rules: ["R-CLS-6", "R-PRE-9"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "a" }),
      claim("d", { class: "wffc", volumeName: "free" }),
      free,
      pod("c", "d"),
    ],
    expect: { preFilter: IMM },
  },
  {
    id: "T-259",
    title: "a bound claim of an immediate class goes where its volume is",
    rules: ["R-CLS-6", "R-BCL-3"],
    objects: [...twoZones, claim("c", { class: "imm", boundTo: "pv1" }), volume("pv1", { zone: "a" }), pod("c")],
    expect: onlyNodeA,
  },
];
