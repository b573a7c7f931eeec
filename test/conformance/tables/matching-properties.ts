// 18.5, what a free volume must have: phase, mode, access modes, labels, attributes class, class.

import { BETA_CLASS, type ClaimOptions, claim, pod, selector, type VolumeOptions } from "../build.js";
import { BIND, type ConformanceCase, FILTER_ERROR } from "../case.js";
import { volumePerNode } from "../world.js";

type Rows = Readonly<Record<string, VolumeOptions>>;

/** One volume a row, each on a node of its own: which of them suit the claim. */
function suits(
  id: string,
  title: string,
  rules: readonly string[],
  rows: Rows,
  options: ClaimOptions,
  feasible: readonly string[],
  settings?: ConformanceCase["options"],
): ConformanceCase {
  const rejected = Object.keys(rows).filter((name) => !feasible.includes(name));
  return {
    id,
    title,
    rules,
    objects: [...volumePerNode(rows), claim("c", options), pod("c")],
    ...(settings && { options: settings }),
    expect: { feasible, infeasible: Object.fromEntries(rejected.map((name) => [name, [BIND]])) },
  };
}

const phases: Rows = {
  Available: { phase: "Available" },
  Bound: { phase: "Bound" },
  Failed: { phase: "Failed" },
  Pending: { phase: "Pending" },
  Released: { phase: "Released" },
  absent: { phase: null },
  "lower case": { phase: "available" },
};

const modes: Rows = {
  Block: { spec: { volumeMode: "Block" } },
  Filesystem: { spec: { volumeMode: "Filesystem" } },
  absent: {},
  empty: { spec: { volumeMode: "" } },
};

const RWO = "ReadWriteOnce";
const ROX = "ReadOnlyMany";
const RWX = "ReadWriteMany";
const RWOP = "ReadWriteOncePod";
const accessModes: Rows = {
  none: { spec: { accessModes: null } },
  rwo: { spec: { accessModes: [RWO] } },
  "rwo-rox": { spec: { accessModes: [RWO, ROX] } },
  rwop: { spec: { accessModes: [RWOP] } },
  rwx: { spec: { accessModes: [RWX] } },
};

const labels: Rows = {
  "hdd-east": { labels: { disk: "hdd", region: "east" } },
  "ssd-east": { labels: { disk: "ssd", region: "east" } },
  "ssd-west": { labels: { disk: "ssd", region: "west" } },
  unlabelled: {},
};
const allLabels = Object.keys(labels);

const attributes: Rows = {
  absent: {},
  empty: { spec: { volumeAttributesClassName: "" } },
  gold: { spec: { volumeAttributesClassName: "gold" } },
  silver: { spec: { volumeAttributesClassName: "silver" } },
};
const gold = { spec: { volumeAttributesClassName: "gold" } };
const off = { kubernetes: "1.35", gates: { VolumeAttributesClass: false } };
const unsupported =
  "unsupported volumeAttributesClassName is set on claim default/c when the feature-gate VolumeAttributesClass is disabled";

const classRows: Rows = {
  "annotated null": { annotations: { [BETA_CLASS]: null } },
  "annotated static": { class: "imm", annotations: { [BETA_CLASS]: "static" } },
  "annotated static only": { class: null, annotations: { [BETA_CLASS]: "static" } },
  "annotated otherwise": { annotations: { [BETA_CLASS]: "imm" } },
  "annotated with nothing": { annotations: { [BETA_CLASS]: "" } },
  "by its spec": {},
};

function mode(volumeMode: string | null, feasible: string[]): ConformanceCase {
  const title = `a claim of volume mode ${volumeMode === null ? "absent" : `"${volumeMode}"`}`;
  return suits("T-107", title, ["R-MAT-3"], modes, { spec: { volumeMode } }, feasible);
}

function access(wanted: string[] | null, feasible: string[]): ConformanceCase {
  const title = `a claim of access modes ${wanted === null ? "absent" : `[${wanted}]`}`;
  return suits("T-108", title, ["R-MAT-6", "R-MAT-15"], accessModes, { spec: { accessModes: wanted } }, feasible);
}

function labelled(title: string, given: object | null, feasible: string[]): ConformanceCase {
  return suits("T-109", title, ["R-MAT-6", "R-LS-2", "R-LS-3"], labels, { spec: { selector: given } }, feasible);
}

export const cases: readonly ConformanceCase[] = [
  suits("T-097", "only an Available volume is free", ["R-MAT-6"], phases, {}, ["Available"]),
  mode(null, ["Filesystem", "absent"]),
  mode("Filesystem", ["Filesystem", "absent"]),
  mode("Block", ["Block"]),
  mode("", ["empty"]),
  access([RWO], ["rwo", "rwo-rox"]),
  access([RWO, ROX], ["rwo-rox"]),
  access([RWX], ["rwx"]),
  access([RWOP], ["rwop"]),
  access([], ["none", "rwo", "rwo-rox", "rwop", "rwx"]),
  access(null, ["none", "rwo", "rwo-rox", "rwop", "rwx"]),
  suits("T-109", "without selector every volume suits", ["R-LS-1"], labels, { spec: { selector: null } }, allLabels),
  labelled("the empty selector suits every volume", {}, allLabels),
  labelled("matchLabels must all hold", { matchLabels: { disk: "ssd", region: "east" } }, ["ssd-east"]),
  labelled(
    "matchLabels and matchExpressions must all hold",
    { matchLabels: { disk: "ssd" }, ...selector(["region", "NotIn", "west"]) },
    ["ssd-east"],
  ),
  labelled("NotIn suits a volume without the label", selector(["disk", "NotIn", "ssd"]), ["hdd-east", "unlabelled"]),
  labelled("Exists", selector(["disk", "Exists"]), ["hdd-east", "ssd-east", "ssd-west"]),
  labelled("DoesNotExist", selector(["disk", "DoesNotExist"]), ["unlabelled"]),
  labelled("In with several values", selector(["region", "In", "east", "north"]), ["hdd-east", "ssd-east"]),
  suits("T-112", "a claim that names an attributes class", ["R-MAT-3"], attributes, gold, ["gold"]),
  suits("T-112", "a claim that names no attributes class", ["R-MAT-3"], attributes, {}, ["absent", "empty"]),
  suits(
    "T-112",
    "a claim that names the empty attributes class",
    ["R-MAT-3"],
    attributes,
    { spec: { volumeAttributesClassName: "" } },
    ["absent", "empty"],
  ),
  suits("T-113", "1.34 compares attributes classes", ["R-GATE-3"], attributes, gold, ["gold"], { kubernetes: "1.34" }),
  suits("T-113", "1.33 compares attributes classes where the gate is on", ["R-GATE-3"], attributes, gold, ["gold"], {
    kubernetes: "1.33",
    gates: { VolumeAttributesClass: true },
  }),
  suits(
    "T-113",
    "with the gate off a volume with an attributes class is skipped",
    ["R-MAT-3"],
    attributes,
    {},
    ["absent", "empty"],
    off,
  ),
  suits(
    "T-113",
    "with the gate off an empty attributes class names none",
    ["R-MAT-2"],
    attributes,
    { spec: { volumeAttributesClassName: "" } },
    ["absent", "empty"],
    off,
  ),
  ...[off, { kubernetes: "1.33" }, { kubernetes: "1.34", gates: { VolumeAttributesClass: false } }].map(
    (options): ConformanceCase => ({
      id: "T-113",
      title: `with the gate off a claim that names an attributes class is an error in ${options.kubernetes}`,
      rules: ["R-MAT-2", "R-GATE-3"],
      objects: [...volumePerNode(attributes), claim("c", gold), pod("c")],
      options,
      expect: { error: FILTER_ERROR + unsupported },
    }),
  ),
  {
    id: "T-113",
    title: "with the gate off the attributes class is told before a selector that does not convert",
    rules: ["R-MAT-2"],
    objects: [
      ...volumePerNode(attributes),
      claim("c", { spec: { volumeAttributesClassName: "gold", selector: selector(["disk", "Gt", "1"]) } }),
      pod("c"),
    ],
    options: off,
    expect: { error: FILTER_ERROR + unsupported },
  },
  {
    id: "T-113",
    title: "the gate is locked from 1.36 on",
    rules: ["R-GATE-3"],
    objects: [...volumePerNode(attributes), claim("c"), pod("c")],
    options: { kubernetes: "1.36", gates: { VolumeAttributesClass: false } },
    expect: { refused: { code: "BadOption", text: "VolumeAttributesClass" } },
  },
  suits(
    "T-114",
    "a volume that is being deleted is not taken",
    ["R-MAT-3"],
    { deleting: { deleting: true }, kept: {} },
    {},
    ["kept"],
  ),
  suits("T-115", "a volume's class is its beta annotation where there is one", ["R-CLS-2"], classRows, {}, [
    "annotated static",
    "annotated static only",
    "by its spec",
  ]),
];
