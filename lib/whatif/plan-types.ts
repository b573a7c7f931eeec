// whatif: the shapes of a plan.

import type { ScoreOptions } from "../index.js";

/**
 * In which order pods are placed. `given`: as `pods` lists them, or by the bytes of their keys. `size`: those first whose
 * claims without a volume ask for the most storage together; equal ones as given. Or a comparison of keys, negative where the
 * first goes before the second: by priority, by age, by whatever the caller knows of its pods.
 */
export type PlanOrder = "given" | "size" | ((pod: string, other: string) => number);

export interface PlanOptions {
  /** `NAMESPACE/NAME` of the pods to place. Default: every pod that waits for a node. */
  readonly pods?: Iterable<string> | undefined;
  /** Default: `given`. */
  readonly order?: PlanOrder | undefined;
  /** What is added to VolumeBinding's score, by node id: see `ScoreOptions`. */
  readonly added?: ScoreOptions["added"];
}

/** A pod that has found a node. */
export interface Placement {
  /** `NAMESPACE/NAME`. */
  readonly pod: string;
  readonly node: string;
  /** VolumeBinding's score of the node, 0 to 100: see `Plan.score`. */
  readonly score: number;
  /** The volumes that are bound to claims for it. */
  readonly staticBindings: readonly { readonly claim: string; readonly volume: string }[];
  /** The claims that are provisioned for it. */
  readonly dynamicProvisions: readonly string[];
}

/** A pod that has found none. */
export interface LeftPod {
  readonly pod: string;
  /** What kube-scheduler says of it when its turn comes, those before it being placed. */
  readonly message: string;
}

export interface PlacementPlan {
  /** In the order in which they were placed. */
  readonly placements: readonly Placement[];
  /** In the order in which their turn came. */
  readonly left: readonly LeftPod[];
}
