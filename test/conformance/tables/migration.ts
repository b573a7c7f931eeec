// 18.3, bound volumes of in-tree plugins: where their plugin has moved to CSI, zones are wanted under the driver's key.

import { boundPair, movedPlugins, node, pod } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { bound, EBS, EBS_ZONE, ebs, GCE, GKE_ZONE, moved, nodesBy, split, ZONE, ZONE_BETA, zoneIn } from "../zones.js";

const byKey = [node("a", { [EBS_ZONE]: "a" }), node("old", { [EBS_ZONE]: "a" })];

/** The zones of a label, as nodes with the driver's key that they let pass. */
function zones(id: string, title: string, label: string, nodes: readonly string[], fit: readonly string[]) {
  return bound(
    id,
    title,
    ["R-MIG-5"],
    [...nodesBy(EBS_ZONE, ...nodes), ...moved(...nodes)],
    { spec: EBS, labels: { [ZONE]: label } },
    split(
      nodes.filter((name) => fit.includes(name)),
      nodes.filter((name) => !fit.includes(name)),
    ),
  );
}

const WHITE = ["a", "b", "\ufeffa", "\u200ba"];

export const cases: readonly ConformanceCase[] = [
  bound(
    "T-064",
    "the zone of a label is wanted under the driver's key, where the plugin has moved",
    ["R-MIG-5", "R-MIG-3"],
    [...nodesBy(GKE_ZONE, "a", "b"), node("old", { [GKE_ZONE]: "b" }), node("bare"), ...moved("a", "b", "bare")],
    { spec: GCE, labels: { [ZONE]: "a" } },
    split(["a", "old"], ["b", "bare"]),
  ),
  bound(
    "T-065",
    "a zone in the affinity is wanted under the driver's key",
    ["R-MIG-5", "R-BCL-3"],
    [...byKey, ...moved("a")],
    ebs([zoneIn(ZONE, "a")]),
    split(["a"], ["old"]),
  ),
  bound(
    "T-065",
    "a CSINode without the annotation has moved nothing",
    ["R-MIG-3"],
    [...byKey, ...moved("a"), { ...movedPlugins("old", []), metadata: { name: "old" } }],
    ebs([zoneIn(ZONE, "a")]),
    split(["a"], ["old"]),
  ),
  {
    id: "T-065",
    title: "a node that gets its CSINode later is seen anew",
    rules: ["R-MIG-3", "R-BCL-5"],
    objects: [...byKey, ...moved("a"), ...boundPair(ebs([zoneIn(ZONE, "a")])), pod("c")],
    updates: [movedPlugins("a", ["gce-pd"]), movedPlugins("old", ["aws-ebs"])],
    expect: split(["old"], ["a"]),
  },
  bound(
    "T-066",
    "a blank before a plugin's name is part of the name",
    ["R-MIG-3"],
    [...byKey, movedPlugins("a", "kubernetes.io/gce-pd, kubernetes.io/aws-ebs"), ...moved("old")],
    ebs([zoneIn(ZONE, "a")]),
    split(["old"], ["a"]),
  ),
  bound(
    "T-066",
    "of a list each name counts",
    ["R-MIG-3"],
    [...byKey, movedPlugins("a", "kubernetes.io/gce-pd,kubernetes.io/aws-ebs"), movedPlugins("old", "aws-ebs")],
    ebs([zoneIn(ZONE, "a")]),
    split(["a"], ["old"]),
  ),
  bound(
    "T-067",
    "the beta label's zones become one requirement",
    ["R-MIG-5"],
    [...nodesBy(EBS_ZONE, "a", "b", "c"), ...moved("a", "b", "c")],
    { spec: EBS, labels: { [ZONE_BETA]: "a__b" } },
    split(["a", "b"], ["c"]),
  ),
  zones("T-068", "white space around a zone goes, and so do empty parts", " a__", ["a", "b"], ["a"]),
  zones("T-068", "an empty label adds nothing", "", ["a", "b"], ["a", "b"]),
  zones("T-068", "no-break space and next line are white space", "\u00a0a\u0085", WHITE, ["a"]),
  zones("T-068", "a byte order mark is none, and the zone is no label value then", "\ufeffa", WHITE, []),
  zones("T-068", "nor is a zero width space", "\u200ba", WHITE, []),
];
