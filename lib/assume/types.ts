// assume: the shapes of what a placed pod says.

import type { ObjectLike } from "../objects/types.js";

/** A JSON merge patch (RFC 7396) of one object. */
export interface BindPatch {
  readonly kind: "PersistentVolume" | "PersistentVolumeClaim";
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly patch: object;
}

/** How far the binding of a pod's volumes has come. */
export interface BindingStatus {
  /** `bound`: the pod can be bound to its node. `failed`: take the assumption back and try again. */
  readonly state: "waiting" | "bound" | "failed" | "reverted";
  /** Why it failed, as kube-scheduler words it, or what is waited for. */
  readonly reason?: string | undefined;
}

/** What an assumption says of itself, as a plain object. */
export type AssumptionReport = Omit<Assumption, "written" | "status" | "revert" | "toJSON">;

/** A pod that a matcher or an overlay counts on a node, with the volumes that it has reserved there. */
export interface Assumption {
  /** `NAMESPACE/NAME` of the pod. */
  readonly pod: string;
  readonly node: string;
  /** Whether it still stands: false from `revert` on. The lists below are empty then. */
  readonly active: boolean;
  /** Nothing is to be written: all of the pod's claims were bound before. */
  readonly allBound: boolean;
  /** The volumes that are to be bound to claims, in the order in which the scheduler writes them. */
  readonly staticBindings: readonly { readonly claim: string; readonly volume: string }[];
  /** The claims that are to be provisioned on the node. */
  readonly dynamicProvisions: readonly string[];
  /**
   * What starts binding and provisioning, in the order in which it is to be written: JSON merge patches, each with the
   * `resourceVersion` that the verdict rests on, so that an API server refuses a stale one.
   */
  readonly patches: readonly BindPatch[];
  /**
   * Tells that one of the patches was written, and what the API server answered. `status` waits until the matcher is given
   * the object of that version, and `revert` leaves a volume that was written to the update that will come.
   * @throws TopologyError `BadArgument` for another patch, or an answer without `metadata.resourceVersion`.
   */
  written(patch: BindPatch, answer: ObjectLike): void;
  /** How far binding has come, by the objects that the matcher has been given. O(claims). */
  status(): BindingStatus;
  /**
   * Takes the pod off its node again, and gives back what was reserved, as the scheduler's Unreserve does: of an object
   * that several pods share, what any of them has assumed in the same view; what was assumed below it stays. The first
   * time only; later calls do nothing.
   */
  revert(): void;
  /** A plain object, for logs and other threads. */
  toJSON(): AssumptionReport;
}
