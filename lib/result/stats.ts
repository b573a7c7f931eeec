// result: what a matcher keeps, in figures.

import type { Context } from "../evaluate/context.js";
import type { Cluster } from "../intern/cluster.js";
import type { CacheName, Held } from "../intern/derived.js";

export type { CacheName, Held } from "../intern/derived.js";

/** How often something was asked for that is kept, and how often it had to be made. They count up from the start. */
export interface Lookups {
  readonly hits: number;
  readonly misses: number;
}

/**
 * What a matcher keeps: what its objects need, and what was made from them to answer. `trim()` gives back `caches`,
 * `masks`, `scratch`, and texts and structures that no object holds. Bytes are those held, room for more included.
 */
export interface MatcherStats {
  /** The objects of all sets, and the rows that they lie in: as many as there ever were at one time. */
  readonly objects: Held;
  /** Distinct texts: names, label values, annotations. Between two sweeps they at most double, and 16 MiB. */
  readonly texts: Held;
  /** Distinct structures: label maps, affinities, lists of access modes. Bounded together with texts. */
  readonly structures: Held;
  /** The linear memory: bytes in use, and bytes of all of it, which never become fewer. */
  readonly engine: { readonly used: number; readonly capacity: number };
  /** Kept masks of selectors by container: one node in the mask itself, a short sorted list, a row of bits. */
  readonly masks: { readonly single: number; readonly list: number; readonly row: number; readonly bytes: number };
  /** Rows of bits that questions and reusable verdicts work in: as many as one of them ever needed, for each verdict. */
  readonly scratch: Held;
  /** Each cache by its name; docs/reliability.md says who owns it and what bounds it. */
  readonly caches: { readonly [Cache in CacheName]: Held };
  /** Masks of selectors, and pods in batches. */
  readonly lookups: { readonly masks: Lookups; readonly pods: Lookups };
}

export function statsOf(cluster: Cluster, context: Context, objects: number, pods: Lookups): MatcherStats {
  const { blocks, strings } = cluster;
  const { derivations, masks, selectors } = context;
  const { memory, scratch } = masks;
  const bytes = Object.values(cluster.tables).reduce((sum, table) => sum + table.byteLength, 0);
  return {
    objects: { entries: objects, bytes },
    texts: { entries: strings.size, bytes: strings.byteLength },
    structures: { entries: blocks.size, bytes: blocks.byteLength },
    engine: { used: memory.used, capacity: memory.capacity },
    masks: selectors.forms(),
    scratch: { entries: scratch.size, bytes: scratch.size * masks.bytes },
    caches: derivations.held,
    lookups: { masks: { hits: selectors.asked - selectors.made, misses: selectors.made }, pods },
  };
}
