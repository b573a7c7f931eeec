// evaluate: a node -> the places whose short masks have it.

import { growU32 } from "../intern/grow.js";
import { RowIndex } from "../intern/row-index.js";
import type { Place } from "./places.js";

export class PlaceCover {
  // Entry -> its node and its place.
  #node = new Uint32Array(0);
  readonly #place: Place[] = [];
  readonly #free: number[] = [];
  readonly #entries = new RowIndex(this, 0, 0);

  /** The node of an entry; for the chains. */
  get(entry: number): number {
    return this.#node[entry];
  }

  /** Appends the places of a node. */
  collect(node: number, into: Place[]): void {
    for (let e = this.#entries.first(node, node); e >= 0; e = this.#entries.next(e)) into.push(this.#place[e]);
  }

  add(node: number, place: Place): void {
    const entry = this.#free.pop() ?? this.#place.length;
    if (entry >= this.#node.length) this.#node = growU32(this.#node, entry + 1);
    this.#node[entry] = node;
    this.#place[entry] = place;
    this.#entries.add(entry);
  }

  remove(node: number, place: Place): void {
    for (let e = this.#entries.first(node, node); e >= 0; e = this.#entries.next(e)) {
      if (this.#place[e] !== place) continue;
      this.#entries.remove(e);
      this.#free.push(e);
      return;
    }
  }
}
