// whatif: nodes -> the sets of nodes that have them, and the pods that fit those sets.

import type { NodeSets } from "./node-sets.js";

/** Of pods that are not fragile. */
export class CutSets {
  /** Sets that are rows of bits. */
  readonly #wide: number[] = [];
  /** Node -> the short sets that have it. */
  readonly #short = new Map<number, number[]>();
  // Set -> where its pods stand in the list of places, one set behind the other.
  readonly #start: Uint32Array;
  readonly #places: Uint32Array;

  constructor(
    readonly sets: NodeSets,
    setOf: Uint32Array,
    fragile: readonly number[],
  ) {
    const { size } = sets;
    for (let set = 1; set < size; set++) {
      if (!sets.isShort(set)) this.#wide.push(set);
      else for (const node of sets.ids(set)) this.#short.set(node, [...(this.#short.get(node) ?? []), set]);
    }
    const left = new Set(fragile);
    this.#start = new Uint32Array(size + 1);
    for (let i = 0; i < setOf.length; i++) if (!left.has(i)) this.#start[setOf[i] + 1]++;
    for (let set = 0; set < size; set++) this.#start[set + 1] += this.#start[set];
    const next = this.#start.slice();
    this.#places = new Uint32Array(this.#start[size]);
    for (let i = 0; i < setOf.length; i++) if (!left.has(i)) this.#places[next[setOf[i]]++] = i;
  }

  /** Set -> how many of these nodes it has, where it has some. O(wide sets + short ones that have them) a node. */
  cut(nodes: readonly number[]): Map<number, number> {
    const { sets } = this;
    const cut = new Map<number, number>();
    for (const node of nodes) {
      for (const set of this.#wide) if (sets.has(set, node)) cut.set(set, (cut.get(set) ?? 0) + 1);
      for (const set of this.#short.get(node) ?? []) cut.set(set, (cut.get(set) ?? 0) + 1);
    }
    return cut;
  }

  /** The places of the pods that fit exactly the nodes of a set, ascending. */
  places(set: number): Uint32Array {
    return this.#places.subarray(this.#start[set], this.#start[set + 1]);
  }
}
