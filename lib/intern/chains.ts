// intern: rows of a table by the values of two of their columns; rows with equal values form a chain.
//
//   slots: hash(a, b) -> head row + 1      next[row], previous[row] -> row + 1      0 ends a chain

import { growU32, moreSlots } from "./grow.js";
import { hashPair, tagOf } from "./hash.js";

/** Where a row's key is read from. */
export interface KeyedRows {
  get(row: number, column: number): number;
}

/** A row must be added after its key columns are set, and removed before they change. */
export class Chains {
  #slots = new Uint32Array(64);
  #tags = new Uint8Array(64);
  #chains = 0;
  #next = new Uint32Array(0);
  #previous = new Uint32Array(0);
  // The length of the chain that a row is the head of.
  #length = new Uint32Array(0);

  constructor(
    readonly rows: KeyedRows,
    readonly columnA: number,
    readonly columnB: number,
    /** No two rows have one key: no chains are kept. */
    readonly unique = false,
  ) {}

  /** The first row of the chain of (a, b), or -1. */
  first(a: number, b: number): number {
    return this.#slots[this.#slotOf(a, b)] - 1;
  }

  /** How many rows the chain of (a, b) has. */
  count(a: number, b: number): number {
    const head = this.first(a, b);
    return head < 0 ? 0 : this.unique ? 1 : this.#length[head];
  }

  /** The first row of every chain. */
  *heads(): Iterable<number> {
    for (const head of this.#slots) if (head !== 0) yield head - 1;
  }

  /** The row after `row` in its chain, or -1. */
  next(row: number): number {
    return this.#next[row] - 1;
  }

  add(row: number): void {
    this.#add(row, this.#slotOf(this.rows.get(row, this.columnA), this.rows.get(row, this.columnB)));
  }

  /** The same right after `first` has found no row of its key. */
  addFirst(row: number): void {
    this.#add(row, this.#pendingSlot);
  }

  #add(row: number, slot: number): void {
    const head = this.#slots[slot];
    if (!this.unique) {
      if (row >= this.#next.length) {
        this.#next = growU32(this.#next, row + 1);
        this.#previous = growU32(this.#previous, row + 1);
        this.#length = growU32(this.#length, row + 1);
      }
      this.#next[row] = head;
      this.#previous[row] = 0;
      this.#length[row] = head === 0 ? 1 : this.#length[head - 1] + 1;
      if (head !== 0) this.#previous[head - 1] = row + 1;
    }
    this.#slots[slot] = row + 1;
    this.#tags[slot] = this.#pendingTag;
    if (head === 0 && ++this.#chains * 3 > this.#slots.length * 2) this.#rehash();
  }

  remove(row: number): void {
    const slot = this.#slotOf(this.rows.get(row, this.columnA), this.rows.get(row, this.columnB));
    if (this.unique) {
      this.#vacate(slot);
      return;
    }
    const next = this.#next[row];
    const previous = this.#previous[row];
    if (next !== 0) this.#previous[next - 1] = previous;
    if (previous !== 0) {
      this.#next[previous - 1] = next;
      this.#length[this.#slots[slot] - 1]--;
      return;
    }
    if (next === 0) this.#vacate(slot);
    else {
      this.#slots[slot] = next;
      this.#length[next - 1] = this.#length[row] - 1;
    }
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#slots.byteLength + this.#tags.byteLength + this.#next.byteLength * 3;
  }

  // Of the key that was looked for last: the tag, and where its chain would go.
  #pendingTag = 0;
  #pendingSlot = 0;

  /** The slot that holds the chain of (a, b), or the free one where it would go. */
  #slotOf(a: number, b: number): number {
    const slots = this.#slots;
    const tags = this.#tags;
    const mask = slots.length - 1;
    const hash = hashPair(a, b);
    const tag = tagOf(hash);
    this.#pendingTag = tag;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      if (tags[slot] !== tag) {
        if (tags[slot] !== 0) continue;
        this.#pendingSlot = slot;
        return slot;
      }
      const row = slots[slot] - 1;
      if (this.rows.get(row, this.columnB) === b && this.rows.get(row, this.columnA) === a) return slot;
    }
  }

  /** Empties a slot and moves back those behind it that would no longer be found. */
  #vacate(slot: number): void {
    const slots = this.#slots;
    const tags = this.#tags;
    const mask = slots.length - 1;
    this.#chains--;
    let hole = slot;
    for (let at = (hole + 1) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const home = this.#hashOf(slots[at] - 1) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        tags[hole] = tags[at];
        hole = at;
      }
    }
    slots[hole] = 0;
    tags[hole] = 0;
  }

  #hashOf(row: number): number {
    return hashPair(this.rows.get(row, this.columnA), this.rows.get(row, this.columnB));
  }

  #rehash(): void {
    const old = this.#slots;
    const slots = new Uint32Array(moreSlots(old.length));
    const tags = new Uint8Array(slots.length);
    const mask = slots.length - 1;
    for (const head of old) {
      if (head === 0) continue;
      const hash = this.#hashOf(head - 1);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = head;
      tags[slot] = tagOf(hash);
    }
    this.#slots = slots;
    this.#tags = tags;
  }
}
