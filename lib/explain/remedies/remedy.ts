// explain: what may help against a cause: the shape of a proposal, and of a remedy, which is a proposal that was tried.

import type { KubeObject } from "../../objects/fields.js";
import type { Change } from "./change.js";

/** How much a remedy changes, the least first. */
export const INTRUSIONS = [
  /** An annotation, a cordon or a reservation that nothing needs any more. */
  "state",
  /** The pod, in its workload's template. */
  "pod",
  /** A claim that has no volume yet is made again. */
  "claim",
  /** A label or a taint of nodes. */
  "node",
  /** A class or a driver, which others use too. */
  "class",
  /** A volume says something else of itself. */
  "volume",
  /** Another pod ends. */
  "eviction",
  /** A claim is made again without what it holds. */
  "data",
] as const;
export type Intrusion = (typeof INTRUSIONS)[number];

export interface Proposal {
  readonly intrusion: Intrusion;
  /** One line: what to do. */
  readonly message: string;
  /** What to know before. */
  readonly caution?: string;
  /** To paste into a shell; absent where what is to be changed is a template that is not known. */
  readonly command?: string;
  readonly changes: readonly Change[];
  /** What controllers do then by themselves. */
  readonly follows?: readonly Change[];
}

export interface Remedy extends Proposal {
  /** The causes against which it is, by their places. */
  readonly causes: readonly number[];
  /** How many nodes the pod fits with it that it does not fit without; 0 for one against what comes after. */
  readonly opens: number;
}

/** The cluster's objects, as plain ones. */
export interface Reader {
  get(kind: string, key: string): KubeObject | undefined;
  keys(kind: string): Iterable<string>;
}
