// report: what a report holds and its page reads: nodes, columns of pods or claims that are alike, and findings.

import type { Severity } from "../lint/types.js";
import type { VerdictKind } from "./kinds.js";

/** All that a page shows. Texts of objects are printable: no control characters, nothing that turns a line around. */
export interface ReportData {
  readonly version: string;
  readonly kubernetes: string;
  /** When it was made, for people; absent where nobody said. */
  readonly made?: string;
  readonly subject: Subject;
  /** Names; those of one class are neighbours. */
  readonly nodes: readonly string[];
  /** How many nodes each class has: nodes that no column tells apart. */
  readonly classes: readonly number[];
  readonly keys: readonly LabelKey[];
  /** The place in `keys` by which nodes are grouped first, or -1 for not at all. */
  readonly groupBy: number;
  /** Those that fit nowhere first, then by how many nodes they fit. */
  readonly columns: readonly Column[];
  readonly findings: readonly FindingGroup[];
}

export type Subject = "pods" | "claims";

/** A label key, and what each node has under it. */
export interface LabelKey {
  readonly key: string;
  readonly values: readonly string[];
  /** For each node a place in `values`, or -1. */
  readonly of: readonly number[];
}

/** Pods or claims with the same verdict on every node, for the same sorts of causes. */
export interface Column {
  /** On how many nodes each of them fits. */
  readonly fits: number;
  /** Every node is in one of them. */
  readonly parts: readonly Part[];
  readonly members: readonly Member[];
}

/** Nodes with one verdict. */
export interface Part {
  readonly kind: VerdictKind;
  readonly count: number;
  /** Classes of nodes as `NodeSets` writes them; absent for all that are in no other part. */
  readonly classes?: string;
  readonly plugin?: string;
  /** kube-scheduler's words. */
  readonly reasons?: readonly string[];
  /** Places in `causes` of each member. */
  readonly causes: readonly number[];
}

/** A pod, or a claim. */
export interface Member {
  readonly name: string;
  /** The scheduler's message or error, where it fits no node. */
  readonly message?: string;
  readonly causes: readonly Told[];
  /** Which of its claims are never on one node together. */
  readonly conflict?: string;
  /** What comes after the scheduler. */
  readonly afterwards?: readonly Told[];
  readonly remedies?: readonly Help[];
}

/** A cause. */
export interface Told {
  readonly text: string;
  /** `KIND NAME: PATH` of the field at fault. */
  readonly place: string;
  readonly nodes: number;
}

/** A remedy that was tried. */
export interface Help {
  readonly text: string;
  readonly command?: string;
  /** How many nodes it opens. */
  readonly opens: number;
}

/** Findings that differ in nothing but the name of their object. */
export interface FindingGroup {
  readonly severity: Severity;
  readonly id: string;
  readonly kind: string;
  readonly names: readonly string[];
  /** How many objects there are beyond `names`. */
  readonly more: number;
  readonly field: string;
  readonly sentence: string;
  readonly remedy: string;
}
