// whatif: the shapes of changes that a what-if makes.

import type { ObjectLike, QuantityLike, TopologySelectorTermLike } from "../index.js";

/** A node's name, several, or a label selector as kubectl takes it: `zone=b,!gpu,disk in (ssd,nvme)`. Both may be given. */
export type NodeChoice =
  | string
  | readonly string[]
  | { readonly names?: readonly string[] | undefined; readonly selector?: string | undefined };

/** The nodes go, with their CSINodes. The pods on them look for another node. */
export interface RemoveNodes {
  readonly removeNodes: NodeChoice;
}

/** As `kubectl cordon`: unschedulable, and with the taint that says so. */
export interface CordonNodes {
  readonly cordonNodes: NodeChoice;
}

export interface UncordonNodes {
  readonly uncordonNodes: NodeChoice;
}

/** As `kubectl drain`: the nodes are cordoned, and the pods on them look for another node. */
export interface DrainNodes {
  readonly drainNodes: NodeChoice;
}

/** Labels that are set, or taken away where they are null. */
export interface RelabelNodes {
  readonly relabelNodes: { readonly nodes: NodeChoice; readonly labels: { readonly [key: string]: string | null } };
}

/**
 * Nodes like one that is there: its labels, taints and allocatable, its CSINode with the attach limits, and the
 * CSIStorageCapacity objects that it reaches, rewritten where they do not cover the new node too. Labels that have the
 * node's name or host name for a value have the new one's; a cordon and the taints of an unready node are left out.
 */
export interface AddNodes {
  readonly addNodes: {
    readonly like: string;
    /** Default: 1, or as many as there are names. */
    readonly count?: number | undefined;
    /** Default: the name of the node that they are like, `-new-` and a number. */
    readonly names?: readonly string[] | undefined;
    /** Labels that are set, or left out where they are null. */
    readonly labels?: { readonly [key: string]: string | null } | undefined;
    /** Takes room in every class whose driver publishes capacity for granted on them, in place of rewritten objects. */
    readonly assumeCapacity?: boolean | undefined;
    /** Keys of pods of which each new node has its own, such as those of DaemonSets. */
    readonly pods?: readonly string[] | undefined;
  };
}

/** A class that is there, with other fields: those that are not named stay. */
export interface ChangeClass {
  readonly changeClass: {
    readonly name: string;
    readonly provisioner?: string | undefined;
    readonly volumeBindingMode?: string | undefined;
    readonly allowedTopologies?: readonly TopologySelectorTermLike[] | null | undefined;
  };
}

/** A claim that waits for its volume. */
export interface AddClaim {
  readonly addClaim: {
    /** `NAMESPACE/NAME`. */
    readonly claim: string;
    readonly storage: QuantityLike;
    readonly storageClassName?: string | undefined;
    /** Default: `ReadWriteOnce`. */
    readonly accessModes?: readonly string[] | undefined;
  };
}

export interface ResizeClaim {
  readonly resizeClaim: { readonly claim: string; readonly storage: QuantityLike };
}

/** A claim whose data source is a snapshot. Whether the snapshot can be restored there, no scheduler asks. */
export interface RestoreSnapshot {
  readonly restoreSnapshot: {
    /** `NAMESPACE/NAME` of the VolumeSnapshot; the claim is in its namespace. */
    readonly snapshot: string;
    /** The claim's name. */
    readonly claim: string;
    readonly storageClassName?: string | undefined;
    /** Default: the snapshot's `restoreSize`. */
    readonly storage?: QuantityLike | undefined;
    readonly accessModes?: readonly string[] | undefined;
  };
}

/** A pod that is placed: it must fit there. */
export interface AssumePod {
  readonly assume: { readonly pod: string; readonly node: string };
}

/** An object of any kind that a matcher holds, by its `kind`. */
export interface UpsertObject {
  readonly upsert: ObjectLike & { readonly kind?: string | null | undefined };
}

export interface DeleteObject {
  readonly delete: { readonly kind: string; readonly namespace?: string | undefined; readonly name: string };
}

export type WhatIfChange =
  | RemoveNodes
  | CordonNodes
  | UncordonNodes
  | DrainNodes
  | RelabelNodes
  | AddNodes
  | ChangeClass
  | AddClaim
  | ResizeClaim
  | RestoreSnapshot
  | AssumePod
  | UpsertObject
  | DeleteObject;
