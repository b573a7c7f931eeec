// controllers: what somebody who settles objects should know about how they were settled.

import { counted, listed } from "../../objects/sentence.js";
import type { Obstacle } from "../persistent-volume/obstacle.js";

/** Claims that bind immediately, or name a volume, and got none; their pods are rejected. One note a cause. */
export interface ClaimsUnboundNote {
  readonly code: "ClaimsUnbound";
  readonly message: string;
  /** `NAMESPACE/NAME` of each claim, in the order of the objects. */
  readonly claims: readonly string[];
  /** Their class; `""` for none. */
  readonly storageClass: string;
  readonly cause: UnboundCause;
  /** The volume that they name, or the one that comes nearest to fitting. */
  readonly volume?: string;
  /** Why that volume was not taken: the PV controller's tests, in its order. */
  readonly obstacles?: readonly Obstacle[];
}

/**
 * - `NoVolume`: no free volume fits, and no provisioner is asked.
 * - `NoClass`: the same, and there is no class of that name.
 * - `Provisioner`: no free volume fits, and the provisioner of the class does not run here.
 * - `VolumeMissing`, `VolumeTaken`, `VolumeMismatch`: the volume that the claim names is not there, is reserved for
 *   another claim, or does not fit.
 * - `Selector`: the claim is not provisioned, because it has a selector.
 * - `Error`: the PV controller ends in an error.
 */
export type UnboundCause =
  | "NoVolume"
  | "NoClass"
  | "Provisioner"
  | "VolumeMissing"
  | "VolumeTaken"
  | "VolumeMismatch"
  | "Selector"
  | "Error";

/** Claims wait for their pods, and the driver tracks capacity that only a running cluster knows: no node has room. */
export interface CapacityUnknownNote {
  readonly code: "CapacityUnknown";
  readonly message: string;
  readonly storageClass: string;
  readonly driver: string;
}

/** What was taken for granted, as it was asked for: room for volumes, or volumes that would have been made. */
export interface ProvisioningAssumedNote {
  readonly code: "CapacityAssumed" | "VolumesAssumed";
  readonly message: string;
  /** The classes that are taken to have room, or the claims (`NAMESPACE/NAME`) that are taken to have been served. */
  readonly subjects: readonly string[];
}

/** Nodes that do not say what they hold, and are taken to hold plenty. */
export interface AllocatableAssumedNote {
  readonly code: "AllocatableAssumed";
  readonly message: string;
  readonly nodes: readonly string[];
}

/** Objects that a later one of their kind, namespace and name replaces. */
export interface ObjectReplacedNote {
  readonly code: "ObjectReplaced";
  readonly message: string;
  /** `KIND KEY` of the object. */
  readonly object: string;
  /** Which of the given objects was dropped, and which one stands in its place. */
  readonly dropped: number;
  readonly kept: number;
}

/** Objects of a kind that is not looked at, or workloads of which no pods are made. */
export interface ObjectsSkippedNote {
  readonly code: "ObjectsSkipped";
  readonly message: string;
  readonly kind: string;
  readonly count: number;
}

export type ManifestNote =
  | ClaimsUnboundNote
  | CapacityUnknownNote
  | ProvisioningAssumedNote
  | AllocatableAssumedNote
  | ObjectReplacedNote
  | ObjectsSkippedNote;

/** Notes of one kind of thing that are gathered while objects come. */
export class Skips {
  readonly #skipped = new Map<string, { readonly reason: string; count: number }>();

  add(kind: string, reason = ""): void {
    const known = this.#skipped.get(kind);
    if (known === undefined) this.#skipped.set(kind, { reason, count: 1 });
    else known.count++;
  }

  notes(): ObjectsSkippedNote[] {
    return [...this.#skipped].map(([kind, { count, reason }]) => {
      const what =
        reason === ""
          ? counted(count, `object of unknown kind ${kind}`, `objects of unknown kind ${kind}`)
          : `${counted(count, kind)}: ${reason}`;
      return { code: "ObjectsSkipped", kind, count, message: `skipped ${what}` };
    });
  }
}

export function capacityUnknown(storageClass: string, driver: string): CapacityUnknownNote {
  const message =
    `class ${storageClass}: no node has room, because its driver ${driver} tracks capacity, ` +
    "and CSIStorageCapacity objects exist only at run time";
  return { code: "CapacityUnknown", message, storageClass, driver };
}

export function capacityAssumed(classes: readonly string[]): ProvisioningAssumedNote {
  const [noun, verb] = classes.length === 1 ? ["class", "is"] : ["classes", "are"];
  const message = `${noun} ${listed(classes)} ${verb} taken to have room on every node`;
  return { code: "CapacityAssumed", message, subjects: classes };
}

export function volumesAssumed(claims: readonly string[]): ProvisioningAssumedNote {
  const [noun, verb] = claims.length === 1 ? ["claim", "is"] : ["claims", "are"];
  const message = `${noun} ${listed(claims)} ${verb} taken to have been provisioned`;
  return { code: "VolumesAssumed", message, subjects: claims };
}

export function allocatableAssumed(nodes: readonly string[]): AllocatableAssumedNote {
  const [noun, verb] = nodes.length === 1 ? ["node", "says"] : ["nodes", "say"];
  const [pronoun, taken] = nodes.length === 1 ? ["it", "is"] : ["they", "are"];
  const message = `${noun} ${listed(nodes)} ${verb} nothing of capacity: ${pronoun} ${taken} taken to have plenty`;
  return { code: "AllocatableAssumed", message, nodes };
}
