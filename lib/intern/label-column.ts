// intern: one label key, or one field, over all nodes: the value on each, and the nodes with each value.

import { LabelPlaces } from "./label-places.js";

/** So many nodes are kept one by one; where more have the key, every node has a place. */
const FEW = 32;
/** Bytes of a node that is kept so, about. */
const BYTES_A_NODE = 48;

/** Takes what the nodes that have the key take: a selector may name thousands of keys that no node has. */
export class LabelColumn {
  /** The value that the last change took from its node, 0 for none. */
  lost = 0;
  // Node -> value, as long as they are few.
  readonly #few = new Map<number, number>();
  #places: LabelPlaces | undefined;
  #nodes = 0;

  constructor(readonly key: number) {}

  /** Nodes that have the key. */
  get present(): number {
    return this.#places?.present ?? this.#few.size;
  }

  /** String id of the value on a node (of a field: its token); 0 where the node lacks the key. */
  get(node: number): number {
    if (this.#places === undefined) return this.#few.get(node) ?? 0;
    const { value } = this.#places;
    return node < value.length ? value[node] : 0;
  }

  /** Says how many nodes there are, before the first is set. */
  reserve(nodes: number): void {
    this.#nodes = nodes;
  }

  set(node: number, value: number): void {
    this.lost = this.get(node);
    if (this.#places !== undefined) this.#places.set(node, value);
    else if (value === 0) this.#few.delete(node);
    else if (this.lost === 0 && this.#few.size === FEW) this.#spread(node, value);
    else this.#few.set(node, value);
  }

  /** Sets the bits of the nodes with this value in the words that begin at `first`. */
  mark(value: number, words: Uint32Array, first: number): void {
    if (this.#places !== undefined) this.#places.mark(value, words, first);
    else for (const node of this.#fewWith(value)) words[first + (node >>> 5)] |= 1 << (node & 31);
  }

  /** How many nodes have this value. O(1). */
  count(value: number): number {
    return this.#places?.count(value) ?? this.#fewWith(value).length;
  }

  /** The values that some node has. */
  values(): Iterable<number> {
    return this.#places?.values() ?? new Set(this.#few.values());
  }

  /** Appends the nodes with this value to `into`, in no order. */
  collect(value: number, into: number[]): void {
    if (this.#places !== undefined) this.#places.collect(value, into);
    else into.push(...this.#fewWith(value));
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#places?.byteLength ?? this.#few.size * BYTES_A_NODE;
  }

  #fewWith(value: number): number[] {
    const nodes: number[] = [];
    for (const [node, there] of this.#few) if (there === value) nodes.push(node);
    return nodes;
  }

  /** Gives every node a place. */
  #spread(node: number, value: number): void {
    const places = new LabelPlaces(Math.max(this.#nodes, node + 1, ...this.#few.keys()));
    for (const [there, kept] of this.#few) places.set(there, kept);
    places.set(node, value);
    this.#places = places;
    this.#few.clear();
  }
}
