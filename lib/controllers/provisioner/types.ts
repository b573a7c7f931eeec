// controllers: what the provisioner is asked and what it answers, as callers see it.

/** Topology domains of one place: key -> value, as CSI has them. */
export interface Topology {
  readonly segments: { readonly [key: string]: string };
}

/** What a driver is told about where a volume may be made. */
export interface AccessibilityRequirements {
  /** Where it may be made; each once, in the provisioner's order. */
  readonly requisite: readonly Topology[];
  /** The same, the best first. */
  readonly preferred: readonly Topology[];
}

/** The node affinity of a volume: places ORed, keys of a place ANDed. */
export interface VolumeAffinity {
  readonly required: { readonly nodeSelectorTerms: readonly VolumeAffinityTerm[] };
}

export interface VolumeAffinityTerm {
  readonly matchExpressions: readonly VolumeAffinityExpression[];
}

export interface VolumeAffinityExpression {
  readonly key: string;
  readonly operator: "In";
  readonly values: readonly string[];
}

/**
 * What becomes of a claim that is refused.
 * - `Finished`: nothing is under way at the driver. Retried with growing delays.
 * - `NoChange`: what was under way stays so. Retried with growing delays.
 * - `InBackground`: the driver may be at it still. Retried with growing delays.
 * - `Reschedule`: the claim's selected node is taken away, and the scheduler chooses anew.
 * - `Ignored`: left to a volume populator, and not retried.
 * - `NotAttempted`: the provisioner leaves the claim alone, without an event.
 */
export type RefusalState = "Finished" | "NoChange" | "InBackground" | "Reschedule" | "Ignored" | "NotAttempted";

/** Why a volume is not made. */
export interface Refusal {
  readonly state: RefusalState;
  /** The provisioner's own sentence, as its event has it; ours where it says nothing (`NotAttempted`). */
  readonly reason: string;
  /** The rule that decides it; docs/rules.md lists them. */
  readonly rule: string;
}

/** What a driver can be able to do, in CSI's names. */
export type DriverCapability =
  | "CONTROLLER_SERVICE"
  | "VOLUME_ACCESSIBILITY_CONSTRAINTS"
  | "CREATE_DELETE_VOLUME"
  | "CREATE_DELETE_SNAPSHOT"
  | "CLONE_VOLUME"
  | "MODIFY_VOLUME";

/** How the provisioner is deployed: its flags, its gates and its driver. */
export interface ProvisionerOptions {
  /** The flag `--strict-topology`: volumes for the selected node alone. Default: false. */
  readonly strictTopology?: boolean | undefined;
  /** The flag `--immediate-topology`: immediate claims are given all of the cluster's topology. Default: true. */
  readonly immediateTopology?: boolean | undefined;
  /** The flag `--prevent-volume-mode-conversion`. Default: true. */
  readonly preventVolumeModeConversion?: boolean | undefined;
  /** The feature gate CrossNamespaceVolumeDataSource. Default: false. */
  readonly crossNamespaceDataSources?: boolean | undefined;
  /** What drivers report. Default: everything. Without VOLUME_ACCESSIBILITY_CONSTRAINTS there is no topology. */
  readonly capabilities?: readonly DriverCapability[] | undefined;
  /**
   * The Secrets that there are, each by `NAMESPACE/NAME`; their contents are wanted nowhere. Default: those that classes
   * name are taken to be there, as is always one that is named by an annotation which is not kept.
   */
  readonly secrets?: Iterable<string> | undefined;
  /** The flag `--node-deployment`: a provisioner runs on every node, and the one on this node is asked. Default: one for all. */
  readonly nodeDeployment?: NodeDeployment | undefined;
}

/** The provisioner of one node: it takes care of the claims whose selected node that is. */
export interface NodeDeployment {
  readonly node: string;
  /** What the driver's NodeGetInfo says of the node. Default: no topology. */
  readonly segments?: { readonly [key: string]: string } | undefined;
  /** The flag `--node-deployment-immediate-binding`: claims that do not wait for a pod are taken, too. Default: true. */
  readonly immediateBinding?: boolean | undefined;
}

/** What the driver's GetCapacity says of a place; undefined for an error. Without a place: of all. */
export type AvailableCapacity = (place: Topology | undefined) => number | bigint | undefined;

export interface ProvisioningQuestion {
  /** The node that the scheduler has selected; `""` for none. Default: what the claim's annotation says. */
  readonly node?: string | undefined;
  /** What earlier attempts for the same claims have left; see `AttemptMemory`. */
  readonly memory?: AttemptMemory | undefined;
}

/** What the provisioner keeps of attempts that are retried, by the claims' uids. Make one with `new Map()`. */
export type AttemptMemory = Map<string, KeptTopology>;

/** What retries of one claim use again, whatever has become of the cluster meanwhile. */
export interface KeptTopology {
  keys?: readonly string[] | undefined;
  labels?: { readonly [key: string]: string } | undefined;
  terms?: readonly (readonly (readonly [key: string, value: string])[])[] | undefined;
}

/** What a driver says of a volume that it has made. */
export interface CreatedVolume {
  /** 0 or none: as much as was asked for. */
  readonly capacityBytes?: number | bigint | undefined;
  /** Where the volume can be reached; none: everywhere. */
  readonly accessibleTopology?: readonly Topology[] | undefined;
  readonly volumeHandle?: string | undefined;
  /** Whether it names the content that the volume was made from. Default: true. */
  readonly hasContentSource?: boolean | undefined;
}

/** The volume that the provisioner stores, as plain as an API server takes it. */
export interface ProvisionedVolume {
  readonly apiVersion: "v1";
  readonly kind: "PersistentVolume";
  readonly metadata: {
    readonly name: string;
    readonly annotations: { readonly [key: string]: string };
    readonly labels?: { readonly [key: string]: string } | undefined;
  };
  readonly spec: {
    readonly capacity: { readonly storage: string };
    readonly accessModes: readonly string[];
    readonly storageClassName: string;
    readonly volumeMode?: string | undefined;
    readonly volumeAttributesClassName?: string | undefined;
    readonly claimRef: { readonly namespace: string; readonly name: string; readonly uid: string };
    readonly nodeAffinity?: VolumeAffinity | undefined;
    readonly csi?: { readonly driver: string; readonly volumeHandle: string } | undefined;
  };
}

/** Exactly one of the two is set. */
export type Outcome =
  | { readonly volume: ProvisionedVolume; readonly refusal?: undefined }
  | { readonly volume?: undefined; readonly refusal: Refusal };

/** What the provisioner does for a claim. */
export interface Provisioning {
  /** `NAMESPACE/NAME` of the claim. */
  readonly claim: string;
  /** The CSI driver that is to make the volume; `""` where the claim's class is not known or names none. */
  readonly driver: string;
  /** Why the driver is not asked for a volume; undefined where it is. */
  readonly refusal: Refusal | undefined;
  /** What the driver is told about topology; undefined where that is nothing. */
  readonly accessibilityRequirements: AccessibilityRequirements | undefined;
  /** The size that the driver is asked for, in bytes. */
  readonly requestedBytes: bigint;
  /**
   * The node affinity that a volume gets which can be reached from there; undefined for none. A driver that names places
   * without segments only gets an affinity without terms, which the API server refuses: the claim then stays Pending.
   */
  nodeAffinityOf(accessibleTopology: readonly Topology[]): VolumeAffinity | undefined;
  /** What is stored once the driver has made a volume. */
  volumeFrom(created: CreatedVolume): Outcome;
  /** What becomes of the claim once the driver has answered with an error: a gRPC code such as `RESOURCE_EXHAUSTED`. */
  afterError(code: string): RefusalState;
  /** What `JSON.stringify` writes: the bytes are decimal text, as CSI's JSON has its int64. */
  toJSON(): Pick<Provisioning, "claim" | "driver" | "refusal" | "accessibilityRequirements"> & {
    readonly requestedBytes: string;
  };
}

/** Whether the source that a claim is to be filled from can be used now. */
export type DataSourceStatus =
  | {
      readonly ready: true;
      /** `NAMESPACE/NAME` of the source; undefined where the claim names none. */
      readonly source: string | undefined;
      /** `VolumeSnapshot` or `PersistentVolumeClaim`. */
      readonly kind: string | undefined;
    }
  | ({ readonly ready: false } & Refusal);

/** What is known of one object on the way from a disk to a volume that is restored from its snapshot. */
export interface RestoreStep {
  readonly kind: string;
  /** `NAMESPACE/NAME`, or `NAME`; `""` where there is none to name. */
  readonly name: string;
  /** `made`: whoever is in charge of it makes it, once the steps before it are there. */
  readonly state: "there" | "made" | "missing";
  /** What is wrong with it or missing, or what follows from it; `""` for nothing. */
  readonly note: string;
}

/** The way from a snapshot of a disk to a claim that is restored from it. */
export interface RestorePath {
  readonly steps: readonly RestoreStep[];
  /** The driver that takes the snapshot; `""` where none is known. */
  readonly driver: string;
  /** Whether nothing on the way has to be mended: what is not there yet is made. */
  readonly passable: boolean;
  /** Where the restored volume may be made: the requisite topology; undefined where nothing is asked of the driver. */
  readonly topology: readonly Topology[] | undefined;
}
