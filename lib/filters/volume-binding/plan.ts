// filters: what VolumeBinding would do on a node that it accepts.

import type { Mask } from "../../evaluate/mask.js";
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

export const NO_CLAIMS: readonly PlannedClaim[] = [];

export function plannedClaim(cluster: Cluster, claim: number): PlannedClaim {
  return {
    claim,
    requested: cluster.requestOf(claim),
    class: cluster.claims.get(claim, CLAIM.class),
    storageClassName: cluster.claims.get(claim, CLAIM.storageClassName),
  };
}

/** What finds room for one claim, node after node. */
export interface RoomSearch {
  /**
   * The row of the CSIStorageCapacity object for which the scheduler finds that the claim can be provisioned on the node;
   * -1 where it asks for none. O(objects that the node reaches).
   */
  at(node: number): number;
}

export const NO_SEARCHES: readonly RoomSearch[] = [];

/** VolumeBinding's Filter for one pod. */
export interface VolumeStep extends NodeStep {
  /** Claims that are provisioned whatever the node, in the order in which the plugin decides. */
  readonly selected: readonly PlannedClaim[];
  /** Claims that take an existing volume or, without one, are provisioned too. */
  readonly toBind: readonly PlannedClaim[];
  /**
   * The row of the volume that each claim of `toBind` takes on a node that `filter` has accepted, -1 for none, as long
   * as nothing has changed since. The list holds until the next call.
   */
  choose(node: number): readonly number[];
  /**
   * Sets of nodes, all nodes together, for each of which `choose` and the searches of `rooms` say one thing; none where it
   * does not know. Masks of the current scratch.
   */
  alike(): readonly Mask[];
  /** What finds room for the claims of `selected`, then for those of `toBind`, as long as nothing has changed since. */
  rooms(): readonly RoomSearch[];
}

/** The plan for a node that `filter` has accepted, as long as nothing has changed since. */
export function planOf(step: VolumeStep | undefined, node: number): VolumePlan {
  if (step === undefined) return NOTHING_TO_DO;
  const { selected, toBind } = step;
  if (selected.length === 0 && toBind.length === 0) return NOTHING_TO_DO;
  const volumes = step.choose(node);
  const bindings = toBind.flatMap((claim, i) => (volumes[i] < 0 ? [] : [{ claim, volume: volumes[i] }]));
  // kube: R-PRV-6 what is left is provisioned.
  return { bindings, provisions: [...selected, ...toBind.filter((_, i) => volumes[i] < 0)] };
}
