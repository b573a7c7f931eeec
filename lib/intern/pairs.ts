// intern: a pair of numbers -> a small integer, for as long as somebody refers to the pair.

import { growU32 } from "./grow.js";
import { RowIndex } from "./row-index.js";

/** Pairs with a count of references each. The ids of pairs that nobody refers to any more are used again. O(1) a call. */
export class Pairs {
  /** Every id is below it. */
  limit = 0;
  #first = new Uint32Array(64);
  #second = new Uint32Array(64);
  #references = new Uint32Array(64);
  readonly #free: number[] = [];
  readonly #index = new RowIndex(this, 0, 1, true);

  /** The first (column 0) or the second number of a pair. */
  get(id: number, column: number): number {
    return column === 0 ? this.#first[id] : this.#second[id];
  }

  /** The id of a pair, or -1. */
  find(first: number, second: number): number {
    return this.#index.first(first, second);
  }

  /** How many references a pair has. */
  count(first: number, second: number): number {
    const id = this.find(first, second);
    return id < 0 ? 0 : this.#references[id];
  }

  /** How many references an id has. */
  references(id: number): number {
    return this.#references[id];
  }

  /** Refers to a pair once more; returns its id. */
  take(first: number, second: number): number {
    const known = this.#index.first(first, second);
    if (known >= 0) {
      this.#references[known]++;
      return known;
    }
    const id = this.#free.length > 0 ? (this.#free.pop() as number) : this.#newId();
    this.#first[id] = first;
    this.#second[id] = second;
    this.#references[id] = 1;
    this.#index.addFirst(id);
    return id;
  }

  /** Refers to it once less; true where that was the last reference, and the id is free. */
  release(id: number): boolean {
    if (--this.#references[id] > 0) return false;
    this.#index.remove(id);
    this.#free.push(id);
    return true;
  }

  /** How many pairs somebody refers to. */
  get size(): number {
    return this.limit - this.#free.length;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#first.byteLength * 3 + this.#index.byteLength;
  }

  #newId(): number {
    if (this.limit === this.#first.length) {
      this.#first = growU32(this.#first, this.limit + 1);
      this.#second = growU32(this.#second, this.limit + 1);
      this.#references = growU32(this.#references, this.limit + 1);
    }
    return this.limit++;
  }
}
