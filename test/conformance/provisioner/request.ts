// What the judge of the provisioner is asked, and what it answers.

import type { CreatedVolume, DriverCapability, NodeDeployment, Topology } from "../../../lib/provisioner.js";

export interface Written {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export interface Flags {
  readonly strictTopology: boolean;
  readonly immediateTopology: boolean;
  readonly preventVolumeModeConversion: boolean;
  readonly crossNamespaceDataSources: boolean;
  readonly capabilities: readonly DriverCapability[];
  readonly nodeDeployment?: NodeDeployment;
}

/** A claim as it stands, the first of the objects; `available`: what GetCapacity answers, by place. */
export interface Check {
  readonly objects: readonly Written[];
  readonly driver: string;
  readonly available: { readonly [place: string]: number };
}

export interface Checked {
  /** Whether an attempt is made, or why the loop fails before. */
  readonly attempted: boolean;
  readonly error?: string;
  /** Whether the provisioner of this node has selected it for the claim. */
  readonly taken: boolean;
}

/** What the driver answers: a code of an error, or a volume. */
export type Response = CreatedVolume & { readonly code?: string };

export interface Attempt {
  readonly objects: readonly Written[];
  readonly claim: string;
  readonly class: string;
  readonly node: string;
  readonly driver: string;
  readonly response: Response;
}

/** Attempts one after another, or the driver whose places are asked for, or a claim as it stands. */
export interface ProvisionerRequest {
  readonly options: Flags;
  readonly attempts: readonly Attempt[];
  readonly segments?: string;
  readonly objects?: readonly Written[];
  readonly check?: Check;
}

export interface JudgedVolume {
  readonly name: string;
  readonly labels?: { readonly [key: string]: string };
  readonly capacity: string;
  readonly accessModes: readonly string[];
  readonly volumeMode?: string;
  readonly volumeAttributesClassName?: string;
  readonly nodeAffinity?: unknown;
}

export interface JudgedAttempt {
  readonly state: string;
  readonly error?: string;
  /** Whether the driver was asked. */
  readonly asked: boolean;
  readonly bytes: number;
  readonly requirements?: { readonly requisite: readonly Topology[]; readonly preferred: readonly Topology[] };
  readonly volume?: JudgedVolume;
}

export interface Judgement {
  readonly attempts?: readonly JudgedAttempt[];
  readonly segments?: readonly { readonly [key: string]: string }[];
  readonly checked?: Checked;
}
