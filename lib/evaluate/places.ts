// evaluate: places, which are things with one node selector, and the nodes that reach the same of them.

import type { Mask } from "./mask.js";
import { NO_NODES } from "./mask.js";
import type { Masks } from "./masks.js";
import type { NodeSelectors } from "./node-selectors.js";

/** The things of one node selector, by amount and then by their own order. */
export interface Place {
  readonly selector: number;
  readonly items: number[];
}

/** Nodes that reach the same places. */
export interface Pattern {
  readonly nodes: Mask;
  readonly places: readonly Place[];
}

/** Splits `nodes` by the places they reach: each place cuts every part in two. Gives up above `most` parts. */
export function splitByPlaces(
  masks: Masks,
  selectors: NodeSelectors,
  nodes: Mask,
  places: readonly Place[],
  most = Number.POSITIVE_INFINITY,
): Pattern[] {
  let parts: Pattern[] = masks.count(nodes) === 0 ? [] : [{ nodes, places: [] }];
  for (const place of places) {
    if (parts.length > most) break;
    const mask = selectors.mask(place.selector);
    parts = parts.flatMap((part) => {
      const inside = masks.and(part.nodes, mask);
      if (inside === NO_NODES) return [part];
      const outside = masks.andNot(part.nodes, mask);
      const reached = { nodes: inside, places: [...part.places, place] };
      return masks.count(outside) === 0 ? [reached] : [reached, { nodes: outside, places: part.places }];
    });
  }
  return parts;
}
