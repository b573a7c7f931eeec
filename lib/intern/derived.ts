// intern: what is made from objects and can be made again; who owns it, and when all of it is void.

import { asThrown, TopologyError } from "../errors.js";

/** Codes of what ends a piece of work somewhere in the middle. */
const HALFWAY: readonly string[] = ["OutOfMemory", "EngineFailed"];

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
  "scoredRows",
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
  /** Told at once that everything derived is void, its own too, until `dropRows` and `dropIds`; allocates nothing. */
  spoilt?(): void;
}

/** All owners of a matcher, each registered after those whose work it uses. */
export class Derivations {
  /** Counts the drops: what was read before one may be void after it. */
  epoch = 0;
  /** Counts those after which ids may be others'. */
  sweeps = 0;
  /**
   * Something failed halfway, for want of memory mostly. Nothing derived may be read or patched until `mend`, and
   * whatever an answer read in place is stale.
   */
  isVoid = false;
  /** What else there is to do before anything is made anew. Where nobody sets it, nothing is derived that can be void. */
  restore: (() => void) | undefined;
  /** What no lack of memory explains. */
  #fault: unknown;
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

  /** What `work` gives. Where it fails for another reason than its caller's mistake, everything derived is void. */
  guard<R>(work: () => R): R {
    try {
      return work();
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** The same for who has caught the error: what is to be thrown instead of it. */
  failed(error: unknown): unknown {
    const thrown = asThrown(error);
    if (!(thrown instanceof TopologyError) || HALFWAY.includes(thrown.code)) this.#spoil();
    return thrown;
  }

  /**
   * A listener has failed at a change that is carried through all the same. Lack of memory is no fault: what was derived
   * is made anew. Anything else is thrown by the next `raise`.
   */
  listenerFailed(error: unknown): void {
    if (this.restore === undefined) throw error;
    this.#spoil();
    const thrown = asThrown(error);
    if (!(thrown instanceof TopologyError)) this.#fault ??= thrown;
  }

  /** Throws what a listener has thrown. */
  raise(): void {
    const fault = this.#fault;
    if (fault === undefined) return;
    this.#fault = undefined;
    throw fault;
  }

  /** Has everything made anew where it is void. O(1), or as a sweep. @throws TopologyError `OutOfMemory`: it stays void. */
  mend(): void {
    if (this.isVoid) this.#mend();
  }

  #mend(): void {
    this.guard(() => {
      this.dropAll();
      this.restore?.();
      this.isVoid = false;
    });
  }

  #spoil(): void {
    if (this.isVoid || this.restore === undefined) return;
    this.isVoid = true;
    this.epoch++;
    for (const owner of this.#owners) owner.spoilt?.();
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
