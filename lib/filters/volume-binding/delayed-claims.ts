// filters: claims that wait for a node -> the nodes that can serve all of them, and why the others cannot.

import type { Mask } from "../../evaluate/mask.js";
import { ALL, EMPTY, single } from "../../evaluate/mask.js";
import { EMPTY as NO_TEXT } from "../../intern/strings.js";
import type { Capacities } from "./capacities.js";
import { contendersOf } from "./contenders.js";
import type { Context } from "./context.js";
import type { Pools } from "./pools.js";
import { provisionable } from "./provisioning.js";
import { matchStatic } from "./static-matching.js";

export interface DelayedResult {
  readonly served: Mask;
  /** Nodes without a volume to bind or to make. */
  readonly unbindable: Mask;
  /** Nodes on which a volume could be made, were there room. */
  readonly full: Mask;
  readonly failed?: { readonly error: string; readonly nodes: Mask };
}

/** Claims to be provisioned on a selected node come first, in volume order; the others may match a volume. */
export interface Delayed {
  /** The nodes that no claim's selected node rules out. */
  readonly candidates: Mask;
  readonly selected: readonly number[];
  readonly unselected: readonly number[];
}

export function splitBySelectedNode({ cluster, masks }: Context, claims: readonly number[]): Delayed {
  const selected: number[] = [];
  const unselected: number[] = [];
  let candidates: Mask = ALL;
  for (const claim of claims) {
    const node = cluster.claimAnnotation(claim, cluster.ids.selectedNode);
    if (node === 0) {
      unselected.push(claim);
      continue;
    }
    // kube: R-FLT-5 any other node, and every node if the name is empty or gone, is rejected before all matching.
    const row = node === NO_TEXT ? -1 : cluster.nodes.find(NO_TEXT, node);
    candidates = row < 0 ? EMPTY : masks.and(candidates, single(row));
    // kube: R-FLT-6 a claim with a selected node is never matched to an existing volume.
    selected.push(claim);
  }
  return { candidates, selected, unselected };
}

export function checkDelayedClaims(
  context: Context,
  pools: Pools,
  capacities: Capacities,
  claims: readonly number[],
): DelayedResult {
  const { masks } = context;
  const { candidates, selected, unselected } = splitBySelectedNode(context, claims);
  let unbindable = masks.andNot(ALL, candidates);
  let full: Mask = EMPTY;
  if (candidates === EMPTY) return { served: EMPTY, unbindable, full };
  const contenders = contendersOf(context, pools, unselected);
  // kube: R-FLT-4 an error leaves the node without reasons.
  if (typeof contenders === "string") {
    return { served: EMPTY, unbindable, full, failed: { error: contenders, nodes: candidates } };
  }
  const left = matchStatic(context, pools, contenders, candidates);
  let served = candidates;
  const provision = (claim: number, where: Mask): void => {
    const wanting = masks.and(served, where);
    if (wanting === EMPTY) return;
    // kube: R-PRV-7 the first claim that fails on a node decides its reason.
    // kube: R-PRV-9 claims are checked one by one.
    const { allowed, roomy } = provisionable(context, capacities, claim);
    const refused = masks.andNot(wanting, allowed);
    const crowded = masks.andNot(masks.and(wanting, allowed), roomy);
    unbindable = masks.or(unbindable, refused);
    full = masks.or(full, crowded);
    served = masks.andNot(masks.andNot(served, refused), crowded);
  };
  // kube: R-FLT-7 selected claims in volume order, then unmatched ones by size.
  for (const claim of selected) provision(claim, ALL);
  // kube: R-MAT-13 an unmatched claim that can be provisioned is no failure.
  contenders.forEach(({ claim }, i) => {
    provision(claim, left[i]);
  });
  return { served, unbindable, full };
}
