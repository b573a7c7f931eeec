// explain: the shapes of what fails: requirements that nodes do not meet, and tests that volumes do not pass.

/** A value that nodes have under a key, and how many of those that are kept away have it. */
export interface FoundValue {
  readonly value: string;
  readonly nodes: number;
}

/**
 * What else is known of a requirement:
 * - `NoNodeHasKey`, `NoNodeHasValue`: none of all nodes has that label, or one of those values under it.
 * - `NameOfNode`: a wanted value of kubernetes.io/hostname is the name of a node whose label says something else.
 * - `DriverKeys`: CSINodes say that the driver knows other topology keys.
 */
export type Hint =
  | { readonly code: "NoNodeHasKey" | "NoNodeHasValue" }
  | { readonly code: "NameOfNode"; readonly value: string; readonly node: string; readonly label: string | undefined }
  | { readonly code: "DriverKeys"; readonly driver: string; readonly keys: readonly string[] };

/** A requirement that some nodes do not meet, and what these have instead. */
export interface FailedRequirement {
  /** In the object that the cause names. */
  readonly path: string;
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly nodes: number;
  /** What these nodes have under the key, the most frequent first. */
  readonly found: readonly FoundValue[];
  /** How many of them have values that `found` no longer lists, and how many have no such key. */
  readonly others: number;
  readonly absent: number;
  readonly hints: readonly Hint[];
}

/** A term of a selector, none of which holds. */
export interface FailedTerm {
  readonly path: string;
  /** Why Kubernetes takes it to match nothing; `path` leads to the fault then. */
  readonly refused?: string;
  readonly requirements: readonly FailedRequirement[];
}

/**
 * The tests that a volume can fail for a claim, in the scheduler's order: `reserved` is another claim's, `released` was
 * that of a claim that is gone, `taken` serves another claim of this pod.
 */
export type VolumeTest =
  | "class"
  | "taken"
  | "released"
  | "reserved"
  | "size"
  | "volumeMode"
  | "attributesClass"
  | "deletion"
  | "affinity"
  | "phase"
  | "selector"
  | "accessModes";

/** A volume and a test that it fails. */
export interface VolumeFault {
  readonly volume: string;
  readonly test: VolumeTest;
  /** The field of the volume. */
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
  /** Of `size`. */
  readonly missingBytes?: number;
  /** Of `affinity`: the terms that none of the nodes meets. */
  readonly terms?: readonly FailedTerm[];
}

/** The volumes that a claim was matched with. */
export interface Candidates {
  /** How many volumes of the class there are. */
  readonly volumes: number;
  /** How many failed at which test first. */
  readonly failed: { readonly [Test in VolumeTest]?: number };
  /** The one that comes nearest: it fails one test alone, where there is such a volume. */
  readonly nearest?: VolumeFault;
}
