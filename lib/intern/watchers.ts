// intern: numbered items by the one name that each of them watches.

import { growU32 } from "./grow.js";
import { RowIndex } from "./row-index.js";

/** O(1) a change. */
export class Watchers {
  #name = new Uint32Array(64);
  readonly #items = new RowIndex(this, 0, 0);

  get(item: number): number {
    return this.#name[item];
  }

  /** Lets an item watch a name (a string id), or nothing (0). */
  set(item: number, name: number): void {
    if (item >= this.#name.length) this.#name = growU32(this.#name, item + 1);
    if (this.#name[item] === name) return;
    if (this.#name[item] !== 0) this.#items.remove(item);
    this.#name[item] = name;
    if (name !== 0) this.#items.add(item);
  }

  /** The items that watch a name, which must not change meanwhile. */
  *of(name: number): Iterable<number> {
    for (let item = this.#items.first(name, name); item >= 0; item = this.#items.next(item)) yield item;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#name.byteLength + this.#items.byteLength;
  }
}
