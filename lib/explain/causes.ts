// explain: the shapes of causes: which field of which object keeps a pod from which nodes, what is wanted and what was found.

import type { Candidates, FailedRequirement, FailedTerm, VolumeFault } from "./faults.js";

export type * from "./faults.js";

/** An object by its kind and key: `NAME`, or `NAMESPACE/NAME`. */
export interface ObjectReference {
  readonly kind: string;
  readonly name: string;
}

/** What every cause says. */
export interface CauseOf<Code extends string> {
  readonly code: Code;
  /** The plugin whose verdict it explains. */
  readonly plugin: string;
  readonly object: ObjectReference;
  /** The field at fault, such as `spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[1]`. */
  readonly path: string;
  /** From how many nodes it keeps the pod: from all, where the pod was rejected before any node was looked at. */
  readonly nodes: number;
  /** One line for people. */
  readonly message: string;
}

/** The same about one of the pod's claims. */
export interface ClaimCauseOf<Code extends string> extends CauseOf<Code> {
  /** `NAMESPACE/NAME`. */
  readonly claim: string;
}

export interface VolumeNodeAffinityCause extends ClaimCauseOf<"VolumeNodeAffinity"> {
  readonly volume: string;
  /** The claim is not bound yet: the volume is reserved for it, and it may take no other. */
  readonly reserved: boolean;
  /** The driver's zone key, where nodes read the volume as their CSI driver does. */
  readonly translated?: string;
  readonly terms: readonly FailedTerm[];
}

export interface VolumeMissingCause extends ClaimCauseOf<"VolumeMissing"> {
  readonly volume: string;
  /** Volumes with names that are near. */
  readonly near: readonly string[];
  /** A volume that would fit the claim, which is not bound yet. */
  readonly fitting?: string;
}

export interface NamedVolumeCause extends ClaimCauseOf<"NamedVolumeUnfit"> {
  /** Every test of the volume controller that the volume fails which the claim names. */
  readonly faults: readonly VolumeFault[];
}

export interface ClaimMissingCause extends ClaimCauseOf<"ClaimMissing"> {
  /** Claims of that namespace with names that are near, and namespaces in which there is a claim of that name. */
  readonly near: readonly string[];
  readonly elsewhere: readonly string[];
}

/**
 * - `ClaimNotCreated`, `ClaimNotOwned`: the claim of an ephemeral volume is not there, or is not this pod's.
 * - `ClaimNameMissing`: a volume of the pod names no claim.
 * - `ClaimDeleting`: the claim is being deleted.
 * - `BindingIncomplete`: nothing is wrong with the volume that the claim names, or that fits it: the volume controller
 *   has not bound them yet.
 */
export type ClaimStateCause =
  | ClaimCauseOf<"ClaimNotCreated">
  | ClaimCauseOf<"ClaimNotOwned">
  | ClaimCauseOf<"ClaimNameMissing">
  | ClaimCauseOf<"ClaimDeleting">
  | (ClaimCauseOf<"BindingIncomplete"> & { readonly volume: string })
  | (ClaimCauseOf<"ClaimLost"> & { readonly volume: string; readonly exists: boolean });

export interface ClassCause extends ClaimCauseOf<"ClassMissing" | "ClassWithoutMode"> {
  /** `""` where the claim has none. */
  readonly storageClass: string;
  readonly near: readonly string[];
}

/** No volume fits a claim, and none is made for it. */
export interface NoVolumeCause extends ClaimCauseOf<"NoVolume"> {
  readonly storageClass: string;
  readonly requested: string;
  readonly candidates: Candidates;
}

/** A claim that binds immediately waits for the provisioner of its class. */
export interface NotProvisionedCause extends ClaimCauseOf<"NotProvisioned"> {
  readonly storageClass: string;
  readonly provisioner: string;
  /** The claim has a selector: provisioners make no volumes for such claims. */
  readonly selector: boolean;
  readonly candidates: Candidates;
}

/** A claim was to be provisioned on one node, and is on no other. */
export interface SelectedNodeCause extends ClaimCauseOf<"SelectedNode"> {
  readonly node: string;
  readonly exists: boolean;
}

export interface AllowedTopologiesCause extends ClaimCauseOf<"AllowedTopologies"> {
  readonly storageClass: string;
  readonly terms: readonly FailedTerm[];
  /** Where the claim could have taken an existing volume instead. */
  readonly candidates?: Candidates;
}

/** A CSIStorageCapacity object and its limit. */
export interface CapacityObject {
  readonly name: string;
  /** `capacity` or `maximumVolumeSize`. */
  readonly path: string;
  readonly limit: string;
  readonly nodes: number;
}

export interface CapacityCause extends ClaimCauseOf<"NotEnoughCapacity" | "NoCapacityObject"> {
  readonly storageClass: string;
  readonly driver: string;
  readonly requested: string;
  /** The largest objects that these nodes reach, the largest first; of `NoCapacityObject` none. */
  readonly reachable: readonly CapacityObject[];
  /** How many objects of the class there are in all. */
  readonly objects: number;
}

export interface NodeSelectorCause extends CauseOf<"NodeSelector"> {
  /** NodeAffinity's own arguments ask for it, not the pod. */
  readonly enforced: boolean;
  readonly terms: readonly FailedTerm[];
}

export interface TaintCause extends CauseOf<"Taint"> {
  readonly taint: { readonly key: string; readonly value: string; readonly effect: string };
}

/** How much of a resource a node has. */
export interface NodeRoom {
  readonly node: string;
  readonly allocatable: string;
  readonly used: string;
  readonly free: string;
}

export interface ResourceCause extends CauseOf<"InsufficientResource" | "TooManyPods"> {
  readonly resource: string;
  readonly requested: string;
  /** Of how many nodes not even all that they have would do. */
  readonly never: number;
  /** The node with the most that is free. */
  readonly roomiest: NodeRoom;
}

export interface AttachLimitCause extends CauseOf<"AttachLimit"> {
  readonly driver: string;
  /** How many new volumes the pod would attach. */
  readonly wanted: number;
  /** The node that comes nearest. */
  readonly nearest: { readonly node: string; readonly limit: number; readonly attached: number };
}

export interface DriverMissingCause extends CauseOf<"DriverMissing"> {
  readonly driver: string;
}

export interface ZoneLabelCause extends ClaimCauseOf<"VolumeZone"> {
  readonly volume: string;
  readonly requirement: FailedRequirement;
}

/** Another pod has a disk that cannot be mounted twice, or uses a claim that is for one pod alone. */
export interface InUseCause extends CauseOf<"DiskInUse" | "ClaimInUse"> {
  readonly disk: string;
  readonly pod: string;
  readonly node: string;
}

/** StrictCapacity: what the pod's claims and others' want together is more than there is. */
export interface OverbookedCause extends ClaimCauseOf<"Overbooked"> {
  readonly claims: readonly string[];
  readonly storageClass: string;
  readonly requested: string;
}

/** What ends the scheduling cycle with an error, in the scheduler's own words. */
export interface FaultCause extends CauseOf<"Fault"> {
  readonly reason: string;
}

/** No more than the scheduler says is known: `Other` is what a plugin says that does not run here. */
export interface OtherCause extends CauseOf<"Cordoned" | "AffinityConflict" | "NoNodes" | "Other"> {
  readonly reasons: readonly string[];
}

export type Cause =
  | VolumeNodeAffinityCause
  | VolumeMissingCause
  | NamedVolumeCause
  | ClaimMissingCause
  | ClaimStateCause
  | ClassCause
  | NoVolumeCause
  | NotProvisionedCause
  | SelectedNodeCause
  | AllowedTopologiesCause
  | CapacityCause
  | NodeSelectorCause
  | TaintCause
  | ResourceCause
  | AttachLimitCause
  | DriverMissingCause
  | ZoneLabelCause
  | InUseCause
  | OverbookedCause
  | FaultCause
  | OtherCause;
export type CauseCode = Cause["code"];
