// intern: numbered lists of numbered items, each item in one list at most.
//
//   head[list] -> item + 1      next[item], previous[item] -> item + 1      0 ends a list

import { growU32 } from "./grow.js";

/** Lists that are linked in both directions: O(1) to add and to remove. */
export class Chains {
  #head = new Uint32Array(64);
  #next = new Uint32Array(64);
  #previous = new Uint32Array(64);

  /** Makes room for so many items, before the first is added. */
  reserve(items: number): void {
    this.#next = new Uint32Array(items);
    this.#previous = new Uint32Array(items);
  }

  /** The first item of a list, or -1. */
  first(list: number): number {
    return list < this.#head.length ? this.#head[list] - 1 : -1;
  }

  /** The item after `item` in its list, or -1. */
  next(item: number): number {
    return this.#next[item] - 1;
  }

  /** The items of a list, which must not change meanwhile. */
  *items(list: number): Iterable<number> {
    for (let item = this.first(list); item >= 0; item = this.next(item)) yield item;
  }

  /** Puts an item in front of a list. */
  add(list: number, item: number): void {
    if (list >= this.#head.length) this.#head = growU32(this.#head, list + 1);
    if (item >= this.#next.length) {
      this.#next = growU32(this.#next, item + 1);
      this.#previous = growU32(this.#previous, item + 1);
    }
    const head = this.#head[list];
    this.#next[item] = head;
    this.#previous[item] = 0;
    if (head !== 0) this.#previous[head - 1] = item + 1;
    this.#head[list] = item + 1;
  }

  /** Takes an item out of its list. */
  remove(list: number, item: number): void {
    const next = this.#next[item];
    const previous = this.#previous[item];
    if (next !== 0) this.#previous[next - 1] = previous;
    if (previous !== 0) this.#next[previous - 1] = next;
    else this.#head[list] = next;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#head.byteLength + this.#next.byteLength * 2;
  }
}
