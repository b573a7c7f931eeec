// filters: what VolumeBinding would do on a node that it accepts.

import type { Cluster } from "../../intern/cluster.js";
import { CLAIM } from "../../intern/cluster.js";
import type { NodeStep } from "../plugin.js";

/** A claim and what is asked about it later: taken while it has its row, which an object of the question alone leaves. */
export interface PlannedClaim {
  readonly claim: number;
  /** The token of the storage that it requests; 0 where it requests none. */
  readonly requested: number;
  readonly class: number;
  /** `spec.storageClassName`, 0 where it is absent: its class is that of the annotation then. */
  readonly storageClassName: number;
}

/** Claims and rows of volumes, in the order in which the plugin decides. */
export interface VolumePlan {
  readonly bindings: readonly { readonly claim: PlannedClaim; readonly volume: number }[];
  readonly provisions: readonly PlannedClaim[];
}

export const NOTHING_TO_DO: VolumePlan = { bindings: [], provisions: [] };

export function plannedClaim(cluster: Cluster, claim: number): PlannedClaim {
  return {
    claim,
    requested: cluster.requestOf(claim),
    class: cluster.claims.get(claim, CLAIM.class),
    storageClassName: cluster.claims.get(claim, CLAIM.storageClassName),
  };
}

/** VolumeBinding's Filter for one pod. */
export interface VolumeStep extends NodeStep {
  /** The plan for a node that `filter` has accepted, as long as nothing has changed since. */
  plan(node: number): VolumePlan;
  /**
   * The row of the CSIStorageCapacity object for which the scheduler finds that a claim of the plan can be provisioned
   * on the node; -1 where it asks for none. O(objects that the node reaches).
   */
  recorded(claim: PlannedClaim, node: number): number;
}
