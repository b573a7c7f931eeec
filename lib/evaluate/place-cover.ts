// evaluate: a node -> the places whose short masks have it.

import { Chains } from "../intern/chains.js";
import type { Place } from "./places.js";

export class PlaceCover {
  // A list for each node; its items are entries, each with its place.
  readonly #entries = new Chains();
  readonly #place: Place[] = [];
  readonly #free: number[] = [];

  /** Writes the places of a node from an index on; the index behind the last. */
  collect(node: number, into: Place[], from: number): number {
    let count = from;
    for (let e = this.#entries.first(node); e >= 0; e = this.#entries.next(e)) into[count++] = this.#place[e];
    return count;
  }

  /** Bytes held, about. */
  get byteLength(): number {
    return this.#entries.byteLength + this.#place.length * 8;
  }

  add(node: number, place: Place): void {
    const entry = this.#free.pop() ?? this.#place.length;
    this.#place[entry] = place;
    this.#entries.add(node, entry);
  }

  remove(node: number, place: Place): void {
    for (let e = this.#entries.first(node); e >= 0; e = this.#entries.next(e)) {
      if (this.#place[e] !== place) continue;
      this.#entries.remove(node, e);
      this.#free.push(e);
      return;
    }
  }
}
