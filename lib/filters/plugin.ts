// filters: what a plugin of the scheduler is here: PreFilter over a pod, Filter over masks of nodes.

import type { Mask } from "../evaluate/mask.js";

/** The scheduler's plugins that have a place here, in its order. */
// kube: R-FW-1 the order of the default profile, PreFilter and Filter alike.
// kube: R-NOD-1 what looks at the node alone comes before what looks at volumes.
export const FILTERS = [
  "NodeName",
  "NodeUnschedulable",
  "TaintToleration",
  "NodeAffinity",
  "NodeResourcesFit",
  "VolumeRestrictions",
  "NodeVolumeLimits",
  "VolumeBinding",
  "VolumeZone",
] as const;

/** Plugins that the scheduler does not have. They run where they are listed by name, after all others. */
export const OWN_FILTERS = ["SnapshotTopology", "StrictCapacity"] as const;
export type FilterName = (typeof FILTERS)[number] | (typeof OWN_FILTERS)[number];

/** The scheduler's order of a release, 37 for 1.37. */
export function orderOf(minor: number): readonly FilterName[] {
  if (minor >= 37) return FILTERS;
  // kube: R-FW-1 up to 1.36 NodeUnschedulable comes before NodeName.
  return ["NodeUnschedulable", ...FILTERS.filter((name) => name !== "NodeUnschedulable")];
}

/** The plugins that this version carries out: all that have a place here. */
export const FILTERS_CARRIED_OUT: readonly FilterName[] = FILTERS;

export const UNRESOLVABLE = "UnschedulableAndUnresolvable";
export type RejectionCode = "Unschedulable" | typeof UNRESOLVABLE;

/** Who is asked about: the row of a pod, or the row of a claim that a pod uses which has nothing else; the other is -1. */
export interface Candidate {
  readonly pod: number;
  readonly claim: number;
  /** String id of the node that the pod names, where that is to count; its own spec.nodeName is not looked at. */
  readonly nodeName?: number | undefined;
}

/** Why a plugin rejects, in its own order. */
export interface Status {
  readonly code: RejectionCode;
  readonly reasons: readonly string[];
}

/** A status and the plugin that gave it; several that narrowed the nodes are joined by commas. */
export interface PluginStatus extends Status {
  readonly plugin: string;
}

export interface RejectedNodes extends Status {
  readonly nodes: Mask;
}

/** Nodes whose Filter ended in an Error status. */
export interface FailedNodes {
  readonly error: string;
  readonly nodes: Mask;
}

/** What Filter decides over nodes: each of them is accepted, or in one mask of `rejected`, or of `failed`. */
export interface Filtered {
  readonly accepted: Mask;
  /** May be worked out when it is read, in scratch of the question. Masks may be empty. */
  readonly rejected: readonly RejectedNodes[];
  readonly failed?: readonly FailedNodes[] | undefined;
}

/** What PreFilter leaves to Filter. It refers to nothing of the candidate's own row: that may be gone after the question. */
export interface NodeStep {
  readonly kind: "nodes";
  /** String ids of the names of the only nodes that can help. */
  readonly names?: readonly number[] | undefined;
  /** Decides over `nodes`, a mask that holds until the question ends, as the answer does. */
  filter(nodes: Mask): Filtered;
}

/** PreFilter's answer. `skip`: Filter does not run for this pod. `error`: the cycle ends. */
export type PreFiltered =
  | { readonly kind: "skip" }
  | ({ readonly kind: "rejected" } & Status)
  | { readonly kind: "error"; readonly error: string }
  | NodeStep;

export const SKIP: PreFiltered = { kind: "skip" };

/** Where a plugin puts the selectors that a pod comes down to, and the conditions of rows of its own. */
export interface SelectorList {
  /** False where there are more than it holds. */
  push(selector: number): boolean;
  /** The same for the number of a condition that `Plugin.rows` knows. */
  pushCondition(condition: number): boolean;
}

/** Rows of the nodes that meet a condition, kept by a plugin. A condition's number does not depend on what they hold. */
export interface ConditionRows {
  /** Grows with each change after which some row may hold other nodes. */
  readonly epoch: number;
  /** Whether `of` can give a row without one that it has given since `endRound`. */
  hasRoomFor(condition: number): boolean;
  /** The address of a row, which stays until `endRound`. */
  of(condition: number): number;
  endRound(): void;
}

/** How a plugin's verdict on a candidate can be had without asking it. */
export type Resolution = "selectors" | "nowhere" | "open";

export interface Plugin {
  /** The scheduler's; one of FILTERS where it is carried out here. */
  readonly name: string;
  preFilter(candidate: Candidate): PreFiltered;
  /**
   * For batches: `selectors`, the plugin accepts exactly the nodes that match all that it has put into `list`;
   * `nowhere`, it accepts none; `open`, it has to be asked. Absent: it always has to be. No row may go meanwhile.
   */
  resolve?(candidate: Candidate, list: SelectorList): Resolution;
  /** With `resolve`: grows with each change, the pod's own apart, after which `resolve` may answer differently. */
  readonly epoch?: number;
  /** Of the conditions that `resolve` puts into a list. */
  readonly rows?: ConditionRows;
  /** Before a batch: brings up to date what `resolve`, `epoch` and `rows` read. */
  settle?(): void;
}
