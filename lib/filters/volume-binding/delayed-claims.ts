// filters: claims that wait for a node -> the nodes that can serve all of them, and why the others cannot.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES, single } from "../../evaluate/mask.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Capacities } from "./capacities.js";
import { claimsToBind } from "./claims-to-bind.js";
import type { FreeVolumes } from "./free-volumes.js";
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
  let candidates: Mask = ALL_NODES;
  for (const claim of claims) {
    const node = cluster.claimAnnotation(claim, cluster.ids.selectedNode);
    if (node === 0) {
      unselected.push(claim);
      continue;
    }
    // kube: R-FLT-5 any other node, and every node if the name is empty or gone, is rejected before all matching.
    const row = node === EMPTY_TEXT ? -1 : cluster.nodes.find(EMPTY_TEXT, node);
    candidates = row < 0 ? NO_NODES : masks.and(candidates, single(row));
    // kube: R-FLT-6 a claim with a selected node is never matched to an existing volume.
    selected.push(claim);
  }
  return { candidates, selected, unselected };
}

export function checkDelayedClaims(
  context: Context,
  freeVolumes: FreeVolumes,
  capacities: Capacities,
  claims: readonly number[],
): DelayedResult {
  const { masks } = context;
  const { candidates, selected, unselected } = splitBySelectedNode(context, claims);
  let unbindable = masks.andNot(ALL_NODES, candidates);
  let full: Mask = NO_NODES;
  if (candidates === NO_NODES) return { served: NO_NODES, unbindable, full };
  const toBind = claimsToBind(context, freeVolumes, unselected);
  // kube: R-FLT-4 an error leaves the node without reasons.
  if (typeof toBind === "string") {
    return { served: NO_NODES, unbindable, full, failed: { error: toBind, nodes: candidates } };
  }
  const left = matchStatic(context, freeVolumes, toBind, candidates);
  let served = candidates;
  const provision = (claim: number, where: Mask): void => {
    const wanting = masks.and(served, where);
    if (wanting === NO_NODES) return;
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
  for (const claim of selected) provision(claim, ALL_NODES);
  // kube: R-MAT-13 an unmatched claim that can be provisioned is no failure.
  toBind.forEach(({ claim }, i) => {
    provision(claim, left[i]);
  });
  return { served, unbindable, full };
}
