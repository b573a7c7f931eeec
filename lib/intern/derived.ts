// intern: what is made from objects and can be made again; who owns it, and when all of it is void.

/** Every cache of a matcher. What each is, and its bound, stands in docs/reliability.md. */
export const CACHES = [
  "tableIndexes",
  "labelColumns",
  "selectors",
  "podSelectors",
  "amounts",
  "labelIntegers",
  "selectorMasks",
  "selectorCounts",
  "freeVolumeLists",
  "capacities",
  "pendingClaims",
  "ranks",
  "boundVolumes",
  "zoneSelectors",
  "migratedNodes",
  "combinations",
  "podsByVolume",
  "attachedVolumes",
  "limitColumns",
  "nodeResources",
  "fittingNodes",
  "conditionRows",
  "nodeIndexes",
  "nodeSets",
] as const;
export type CacheName = (typeof CACHES)[number];

/** What is kept in one place. */
export interface Held {
  /** How many things, of whatever kind the owner keeps. */
  readonly entries: number;
  /** About how many bytes they take, in the engine's memory and outside. */
  readonly bytes: number;
}

/**
 * The owner of something that was derived: masks, columns, programs, counts. What a change of one object touches, its
 * owner patches by itself, as a listener of the table. What no patch can save is dropped here, whole.
 */
export interface Derived {
  /** What it keeps, under the name that it has in the figures. Several may have one name. O(entries) at the most. */
  readonly cache: CacheName;
  held(): Held;
  /** Gives back what lies in rows of bits, or was counted from them: rows are about to get another length. */
  dropRows?(): void;
  /** Forgets what was made from ids, because a sweep may give them to others. Rows were dropped before. */
  dropIds?(): void;
}

/** All owners of a matcher, each registered after those whose work it uses. */
export class Derivations {
  /** Counts the drops: what was read before one may be void after it. */
  epoch = 0;
  /** Counts those after which ids may be others'. */
  sweeps = 0;
  readonly #owners: Derived[] = [];

  add(owner: Derived): void {
    this.#owners.push(owner);
  }

  /** What all owners keep. */
  get held(): { readonly [Cache in CacheName]: Held } {
    const held = Object.fromEntries(CACHES.map((name) => [name, { entries: 0, bytes: 0 }]));
    for (const owner of this.#owners) {
      const { bytes, entries } = owner.held();
      held[owner.cache].entries += entries;
      held[owner.cache].bytes += bytes;
    }
    return held as { [Cache in CacheName]: Held };
  }

  dropRows(): void {
    this.epoch++;
    for (let i = this.#owners.length - 1; i >= 0; i--) this.#owners[i].dropRows?.();
  }

  dropAll(): void {
    this.dropRows();
    this.sweeps++;
    for (let i = this.#owners.length - 1; i >= 0; i--) this.#owners[i].dropIds?.();
  }
}
