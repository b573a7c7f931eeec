// explain: the shape of an explanation: causes, the nodes that have the same ones, and the claims whose places do not meet.

import type { Cause, ObjectReference } from "./causes.js";

/** Nodes that one plugin rejected with one list of reasons, and for the same causes. */
export interface NodeGroup {
  readonly plugin: string;
  /** kube-scheduler's words. */
  readonly reasons: readonly string[];
  /** Places in `causes` of the explanation. */
  readonly causes: readonly number[];
  readonly count: number;
  /** Names in the order of their bytes, made when they are first read. */
  readonly nodes: readonly string[];
}

/** A claim of the pod, and where it could be, were it the pod's only one. */
export interface ClaimPlaces {
  /** `NAMESPACE/NAME`. */
  readonly claim: string;
  /** The volume that it is bound to. */
  readonly volume?: string;
  readonly count: number;
  /** Names of the first of these nodes. */
  readonly nodes: readonly string[];
}

/**
 * What will keep a claim from getting a volume, or may (`SourceOutOfReach`), though the scheduler fits the pod: no verdict
 * of the scheduler's.
 */
export interface Afterwards {
  readonly code:
    | "NeverBound"
    | "Contested"
    | "SelectorNotProvisioned"
    | "SnapshotMissing"
    | "SnapshotNotReady"
    | "SnapshotOfAnotherDriver"
    | "SnapshotModeDiffers"
    | "ProvisionerRefuses"
    | "SourceOutOfReach";
  /** `NAMESPACE/NAME`. */
  readonly claim: string;
  readonly object: ObjectReference;
  readonly path: string;
  /** On how many of the nodes that the pod fits. */
  readonly nodes: number;
  /** One line for people. */
  readonly message: string;
}

/** Why a pod does not fit, or does not fit a node. */
export interface Explanation {
  readonly apiVersion: "topomatch/v1";
  readonly kind: "Explanation";
  /** `NAMESPACE/NAME`. */
  readonly pod: string;
  /** The node that was asked about; absent where all were. */
  readonly node?: string;
  /** Whether the pod fits some node, or the one that was asked about. */
  readonly feasible: boolean;
  /** How many nodes there are, and how many the pod fits. */
  readonly nodes: number;
  readonly feasibleNodes: number;
  /** The scheduler's own message, where the pod fits no node; its error, where the cycle ends in one. */
  readonly message?: string;
  readonly error?: string;
  /** The cause of the most nodes first. */
  readonly causes: readonly Cause[];
  /** The largest group first. None where the pod was rejected before any node was looked at. */
  readonly groups: readonly NodeGroup[];
  /** The pod's claims, in the order of its volumes; none where PreFilter rejected it. */
  readonly claims: readonly ClaimPlaces[];
  /** The fewest claims that are never on one node together, by places in `claims`; absent where all can be. */
  readonly conflict?: readonly number[];
  /** What comes after the scheduler: the provisioner refuses a claim, or nobody will bind it. */
  readonly afterwards: readonly Afterwards[];
}
