// Cases of SnapshotTopology, worked out by hand from docs/rules.md.

import {
  BETA_CLASS,
  type ClaimOptions,
  claim,
  ephemeral,
  type KubeObject,
  NO_PROVISIONER,
  owner,
  pod,
  storageClass,
  volume,
} from "../conformance/build.js";
import type { ConformanceCase, Expectation, Rejection } from "../conformance/case.js";
import { nodeC, twoZones, unlabelled } from "../conformance/world.js";

export const filters = ["VolumeBinding", "SnapshotTopology"] as const;
export const ELSEWHERE: Rejection = {
  plugin: "SnapshotTopology",
  code: "Unschedulable",
  reasons: ["node(s) didn't match VolumeSnapshotContent's node affinity"],
};
const everywhere: Expectation = { feasible: ["nodeA", "nodeB"] };
const onlyA: Expectation = { feasible: ["nodeA"], infeasible: { nodeB: ELSEWHERE } };

const GROUP = "snapshot.storage.k8s.io";
const API_VERSION = `${GROUP}/v1`;

/** The terms of a content's nodeAffinity, each a list of [key, ...values]; null for a content that says nothing. */
export type Places = readonly (readonly (readonly string[])[])[] | null;

export function content(name: string, places: Places): KubeObject {
  const nodeAffinity = places?.map((term) =>
    term.length === 0 ? {} : { matchLabelExpressions: term.map(([key, ...values]) => ({ key, values })) },
  );
  return {
    apiVersion: API_VERSION,
    kind: "VolumeSnapshotContent",
    metadata: { name },
    spec: { driver: "wffc.example.com", ...(nodeAffinity && { nodeAffinity }) },
    status: { snapshotHandle: "handle" },
  };
}

/** A snapshot that is bound to a content of this name; null for one that is bound to none. */
export function taken(name: string, contentName: string | null, namespace = "default"): KubeObject {
  const status = contentName === null ? {} : { boundVolumeSnapshotContentName: contentName, readyToUse: true };
  return { apiVersion: API_VERSION, kind: "VolumeSnapshot", metadata: { name, namespace }, spec: {}, status };
}

export const from = (name: string, more: object = {}) => ({ apiGroup: GROUP, kind: "VolumeSnapshot", name, ...more });

/** Claim c (unless it is named) of class wffc that is restored from a snapshot. */
export function restored(snapshot: string, options: ClaimOptions = {}, name = "c"): KubeObject {
  return claim(name, { class: "wffc", ...options, spec: { dataSource: from(snapshot), ...options.spec } });
}

const inA = [taken("snap", "content"), content("content", [[["zone", "a"]]])];

let count = 0;
function given(
  title: string,
  objects: ConformanceCase["objects"],
  expect: Expectation,
  rest: object = {},
): ConformanceCase {
  count++;
  return { id: `SNAP-${count}`, title, objects: [...twoZones, ...objects], options: { filters }, expect, ...rest };
}

export const cases: readonly ConformanceCase[] = [
  given(
    "T-242 a restored claim is provisioned only where its snapshot can be used",
    [...inA, restored("snap"), pod("c")],
    {
      ...onlyA,
      plans: { nodeA: { provision: ["c"] } },
    },
  ),
  given(
    "a claim with another source, or none, goes anywhere",
    [...inA, claim("c", { class: "wffc" }), pod("c")],
    everywhere,
  ),
  given(
    "a content that says nothing can be used everywhere",
    [taken("snap", "content"), content("content", null), restored("snap"), pod("c")],
    everywhere,
  ),
  given(
    "nor does an empty list filter",
    [taken("snap", "content"), content("content", []), restored("snap"), pod("c")],
    everywhere,
  ),
  given(
    "one term of several is enough",
    [
      taken("snap", "content"),
      content("content", [[["zone", "b"]], [["zone", "a", "x"]]]),
      nodeC,
      restored("snap"),
      pod("c"),
    ],
    { feasible: ["nodeA", "nodeB"], infeasible: { nodeC: ELSEWHERE } },
  ),
  given(
    "within a term every expression must hold",
    [
      taken("snap", "content"),
      content("content", [
        [
          ["zone", "a"],
          ["disk", "ssd"],
        ],
      ]),
      restored("snap"),
      pod("c"),
    ],
    { infeasible: { nodeA: ELSEWHERE, nodeB: ELSEWHERE } },
  ),
  given(
    "a term without expressions matches nothing, and a node without the label does not match",
    [taken("snap", "content"), content("content", [[], [["zone", "a"]]]), unlabelled, restored("snap"), pod("c")],
    { feasible: ["nodeA"], infeasible: { nodeB: ELSEWHERE, unlabelled: ELSEWHERE } },
  ),
  given(
    "a term that cannot be read does not match, and others count",
    [taken("snap", "content"), content("content", [[["zone"]], [["zone", "b"]]]), restored("snap"), pod("c")],
    { feasible: ["nodeB"], infeasible: { nodeA: ELSEWHERE } },
  ),
  given(
    "each claim of the pod counts by itself: what one snapshot allows does not help another",
    [
      ...[...inA, taken("other", "elsewhere"), content("elsewhere", [[["zone", "b"]]])],
      ...[restored("snap"), restored("other", {}, "d"), pod("c", "d")],
    ],
    { infeasible: { nodeA: ELSEWHERE, nodeB: ELSEWHERE } },
  ),
  given(
    "two claims of one snapshot go together",
    [...inA, restored("snap"), restored("snap", {}, "d"), pod("c", "d", "c")],
    onlyA,
  ),
  given(
    "the source may be told by dataSourceRef",
    [...inA, claim("c", { class: "wffc", spec: { dataSourceRef: from("snap") } }), pod("c")],
    onlyA,
  ),
  given(
    "which may name the claim's own namespace",
    [...inA, claim("c", { class: "wffc", spec: { dataSourceRef: from("snap", { namespace: "default" }) } }), pod("c")],
    onlyA,
  ),
  given(
    "but not another",
    [
      ...[...inA, taken("snap", "content", "other")],
      claim("c", { class: "wffc", spec: { dataSourceRef: from("snap", { namespace: "other" }) } }),
      pod("c"),
    ],
    everywhere,
  ),
  given(
    "dataSource hides dataSourceRef",
    [
      ...[...inA, taken("anywhere", "free"), content("free", null)],
      claim("c", { class: "wffc", spec: { dataSource: from("anywhere"), dataSourceRef: from("snap") } }),
      pod("c"),
    ],
    everywhere,
  ),
  given(
    "a claim that is cloned is no restored one, whatever group it names",
    [...inA, restored("snap", { spec: { dataSource: from("snap", { kind: "PersistentVolumeClaim" }) } }), pod("c")],
    everywhere,
  ),
  given(
    "nor is one whose source is of another group",
    [...inA, restored("snap", { spec: { dataSource: from("snap", { apiGroup: "example.com" }) } }), pod("c")],
    everywhere,
  ),
  given("a snapshot that is not there says nothing", [restored("snap"), pod("c")], everywhere),
  given("nor does one that is bound to no content", [taken("snap", null), restored("snap"), pod("c")], everywhere),
  given("or to one that is not there", [taken("snap", "content"), restored("snap"), pod("c")], everywhere),
  given(
    "a snapshot of another namespace is another",
    [taken("snap", "content", "other"), content("content", [[["zone", "a"]]]), restored("snap"), pod("c")],
    everywhere,
  ),
  given(
    "a claim that has its volume is where that is",
    [...inA, volume("pv", { class: "wffc", zone: "b" }), restored("snap", { boundTo: "pv" }), pod("c")],
    { feasible: ["nodeB"], infeasible: { nodeA: ["node(s) didn't match PersistentVolume's node affinity"] } },
  ),
  given(
    "a claim that does not wait is not looked at",
    [...inA, restored("snap", { class: "imm" }), pod("c")],
    everywhere,
    { options: { filters: ["SnapshotTopology"] } },
  ),
  given(
    "nor is one without a class that is known",
    [...inA, restored("snap", { class: "none" }), pod("c")],
    everywhere,
    { options: { filters: ["SnapshotTopology"] } },
  ),
  given(
    "the beta annotation names the class",
    [...inA, restored("snap", { class: "imm", annotations: { [BETA_CLASS]: "wffc" } }), pod("c")],
    onlyA,
  ),
  given(
    "that the class provisions nothing is not its business",
    [...inA, storageClass("local", { provisioner: NO_PROVISIONER }), restored("snap", { class: "local" }), pod("c")],
    onlyA,
    { options: { filters: ["SnapshotTopology"] } },
  ),
  given(
    "an ephemeral volume's claim counts",
    [...inA, restored("snap", { owners: [owner] }, "pod-vol"), pod(ephemeral)],
    onlyA,
  ),
  given(
    "unless it is another's",
    [...inA, restored("snap", { owners: [{ ...owner, uid: "another" }] }, "pod-vol"), pod(ephemeral)],
    everywhere,
    { options: { filters: ["SnapshotTopology"] } },
  ),
  given("a claim that is missing is not looked at", [...inA, pod("c", ephemeral)], everywhere, {
    options: { filters: ["SnapshotTopology"] },
  }),
  given(
    "a content that changes is read anew",
    [...inA, restored("snap"), pod("c")],
    { feasible: ["nodeB"], infeasible: { nodeA: ELSEWHERE } },
    { updates: [content("content", [[["zone", "b"]]])] },
  ),
  given(
    "and so is a snapshot",
    [...inA, content("second", [[["zone", "b"]]]), restored("snap"), pod("c")],
    { feasible: ["nodeB"], infeasible: { nodeA: ELSEWHERE } },
    { updates: [taken("snap", "second")] },
  ),
  given(
    "a node that VolumeBinding rejects is its own",
    [...inA, restored("snap", { class: "topo" }), storageClass("topo", { topologies: [[["zone", "b"]]] }), pod("c")],
    {
      infeasible: { nodeA: ["node(s) didn't find available persistent volumes to bind"], nodeB: ELSEWHERE },
    },
  ),
];
