// explain: what every explainer reads: the outcome of one cycle, while its masks hold, and the state that gave it.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import type { CycleResult } from "../filters/cycle.js";
import type { Candidate, Plugin } from "../filters/plugin.js";
import type { Cluster } from "../intern/cluster.js";
import type { Table } from "../intern/table.js";
import type { NodeIndex } from "../result/node-index.js";
import type { Cause, ObjectReference } from "./causes.js";

export interface Examination {
  readonly context: Context;
  readonly plugins: readonly Plugin[];
  readonly result: CycleResult;
  readonly candidate: Candidate;
  readonly index: NodeIndex;
  readonly provisioner: () => ClaimProvisioner;
}

/** What the provisioner says of claims, by their keys. */
export interface ClaimProvisioner {
  /** Wherever the claim is provisioned. */
  claimRefusal(claim: string): ProvisionerRefusal | undefined;
  /** The name of the volume that the claim's source was taken of. */
  sourceVolume(claim: string): string | undefined;
}

/** In the provisioner's own words. */
export interface ProvisionerRefusal {
  readonly state: string;
  readonly reason: string;
  readonly rule: string;
}

type WithoutRest<C> = C extends Cause ? Omit<C, "plugin" | "nodes" | "message"> : never;

/** A cause before it is known whose verdict it explains, and of how many nodes. */
export type Draft = WithoutRest<Cause>;

/** A cause and the nodes that it keeps the pod from. */
export interface Finding {
  readonly cause: Draft;
  readonly nodes: Mask;
}

/** A reference to the object of a row. */
export function referenceTo(table: Table, row: number): ObjectReference {
  return { kind: table.type.kind, name: table.keyOf(row) };
}

/** The pod that is asked about, or the claim that stands for one. */
export function subjectOf({ candidate, context: { cluster } }: Examination): ObjectReference {
  return candidate.pod >= 0 ? referenceTo(cluster.pods, candidate.pod) : referenceTo(cluster.claims, candidate.claim);
}

/** `a` without `b`; NO_NODES where nothing is left. */
export function without({ context: { masks } }: Examination, a: Mask, b: Mask): Mask {
  const rest = masks.andNot(a, b);
  return rest !== NO_NODES && masks.count(rest) === 0 ? NO_NODES : rest;
}

/** Those in both; NO_NODES where there are none. */
export function both({ context: { masks } }: Examination, a: Mask, b: Mask): Mask {
  const shared = masks.and(a, b);
  return shared !== NO_NODES && masks.count(shared) === 0 ? NO_NODES : shared;
}

/** The row of the node of a mask whose name comes first, or -1. O(nodes). */
export function firstOf({ context: { masks }, index }: Examination, nodes: Mask): number {
  const { places } = index.order;
  let first = -1;
  for (const node of masks.ids(nodes)) if (first < 0 || places[node] < places[first]) first = node;
  return first;
}

/** The text of a string id, `""` where there is none. */
export function textOf({ strings }: Cluster, id: number): string {
  return id === 0 ? "" : strings.get(id);
}
