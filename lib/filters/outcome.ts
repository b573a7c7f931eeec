// filters: what one plugin decides over all nodes.

import type { Mask } from "../evaluate/mask.js";

/** Nodes that a plugin's Filter rejected with these reasons. */
export interface RejectedNodes {
  readonly reasons: readonly string[];
  readonly nodes: Mask;
}

/** Every node is in `accepted`, in one of `nodes`, or `failed`. Reading `nodes` may take masks' scratch. */
export interface FilteredOutcome {
  readonly kind: "filtered";
  readonly accepted: Mask;
  readonly nodes: readonly RejectedNodes[];
  /** Nodes whose Filter ended in an Error status. */
  readonly failed?: { readonly error: string; readonly nodes: Mask };
}

/**
 * One plugin's answer. `skipped`: its PreFilter had nothing to do. `rejected`: its PreFilter rejected the pod for all
 * nodes. `error`: its PreFilter ended the cycle.
 */
export type Outcome =
  | { readonly kind: "skipped" }
  | { readonly kind: "rejected"; readonly reason: string }
  | { readonly kind: "error"; readonly error: string }
  | FilteredOutcome;
