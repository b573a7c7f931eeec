// filters: what VolumeBinding would do on a node that it accepts.

import type { NodeStep } from "../plugin.js";

/** Rows of claims and volumes, in the order in which the plugin decides. */
export interface VolumePlan {
  readonly bindings: readonly { readonly claim: number; readonly volume: number }[];
  readonly provisions: readonly number[];
}

export const NOTHING_TO_DO: VolumePlan = { bindings: [], provisions: [] };

/** VolumeBinding's Filter for one pod. */
export interface VolumeStep extends NodeStep {
  /** The plan for a node that `filter` has accepted, as long as nothing has changed since. */
  plan(node: number): VolumePlan;
}
