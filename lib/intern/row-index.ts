// intern: rows of a table by the values of two of their columns; rows with equal values form a chain.
//
//   slots: hash(a, b) -> head row + 1      next[row], previous[row] -> row + 1      0 ends a chain

import { growU32 } from "./grow.js";
import { hashPair } from "./hash.js";
import { HashSlots } from "./hash-slots.js";

/** Where a row's key is read from. */
export interface KeyedRows {
  get(row: number, column: number): number;
}

/** A row must be added after its key columns are set, and removed before they change. */
export class RowIndex {
  readonly #slots = new HashSlots();
  #next = new Uint32Array(0);
  #previous = new Uint32Array(0);

  constructor(
    readonly rows: KeyedRows,
    readonly columnA: number,
    readonly columnB: number,
    /** No two rows have one key: no chains are kept. */
    readonly unique = false,
  ) {}

  /** The first row of the chain of (a, b), or -1. */
  first(a: number, b: number): number {
    return this.#slots.at(this.#placeOf(a, b)) - 1;
  }

  /** The row after `row` in its chain, or -1. */
  next(row: number): number {
    return this.#next[row] - 1;
  }

  /** Makes room for so many rows, before the first is added. */
  reserve(rows: number): void {
    if (!this.unique && rows > this.#next.length) this.#grow(rows);
  }

  /** Makes room for so many more keys. The place that `first` has found is another one then. */
  reserveKeys(keys: number): boolean {
    return this.#slots.reserve(keys);
  }

  add(row: number): void {
    const a = this.rows.get(row, this.columnA);
    const b = this.rows.get(row, this.columnB);
    // Rows often come in runs of one key.
    const head = this.#slots.at(this.#pendingPlace) - 1;
    this.#add(row, head >= 0 && this.#hasKey(head, a, b) ? this.#pendingPlace : this.#placeOf(a, b));
  }

  /** The same right after `first` has found no row of its key. */
  addFirst(row: number): void {
    this.#add(row, this.#pendingPlace);
  }

  #add(row: number, place: number): void {
    const head = this.#slots.at(place);
    if (!this.unique) {
      if (row >= this.#next.length) this.#grow(row + 1);
      this.#next[row] = head;
      this.#previous[row] = 0;
      if (head !== 0) this.#previous[head - 1] = row + 1;
    }
    if (head === 0) this.#slots.add(place, this.#pendingHash, row + 1);
    else this.#slots.set(place, row + 1);
  }

  remove(row: number): void {
    const place = this.#placeOf(this.rows.get(row, this.columnA), this.rows.get(row, this.columnB));
    if (this.unique) {
      this.#slots.remove(place);
      return;
    }
    const next = this.#next[row];
    const previous = this.#previous[row];
    if (next !== 0) this.#previous[next - 1] = previous;
    if (previous !== 0) {
      this.#next[previous - 1] = next;
      return;
    }
    if (next === 0) this.#slots.remove(place);
    else this.#slots.set(place, next);
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#slots.byteLength + this.#next.byteLength * 2;
  }

  /** Both or none. */
  #grow(rows: number): void {
    const next = growU32(this.#next, rows);
    this.#previous = growU32(this.#previous, rows);
    this.#next = next;
  }

  // Of the key that was looked for last: its hash, and the place of its chain.
  #pendingHash = 0;
  #pendingPlace = 0;

  /** The place that holds the chain of (a, b), or the free one where it would go. */
  #placeOf(a: number, b: number): number {
    const slots = this.#slots;
    const hash = hashPair(a, b);
    let place = slots.first(hash);
    for (let row = slots.at(place) - 1; row >= 0; row = slots.at(place) - 1) {
      if (this.#hasKey(row, a, b)) break;
      place = slots.next(place, hash);
    }
    this.#pendingHash = hash;
    this.#pendingPlace = place;
    return place;
  }

  #hasKey(row: number, a: number, b: number): boolean {
    return this.rows.get(row, this.columnB) === b && this.rows.get(row, this.columnA) === a;
  }
}
