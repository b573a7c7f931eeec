// intern: hash -> number, open addressing. A slot keeps the whole hash beside the number, so that looking for what is
// not there, and growing, touch one place a step and nothing else.

import { moreSlots, newI32 } from "./grow.js";

/** A table that nothing was put into; it is never written to. */
const NO_SLOTS = new Int32Array(2);
const FEWEST_SLOTS = 1 << 9;

/** Numbers above 0 by a hash; several may have one hash. */
export class HashSlots {
  // (hash, number)*; a number of 0 is a free slot.
  #slots = NO_SLOTS;
  #used = 0;

  /** The place of the first number with this hash, or the free place where one would go. */
  first(hash: number): number {
    return this.#from((hash << 1) & (this.#slots.length - 1), hash);
  }

  /** The place of the next number with this hash, or the free place. */
  next(place: number, hash: number): number {
    return this.#from((place + 2) & (this.#slots.length - 1), hash);
  }

  /** The number at a place, or 0. */
  at(place: number): number {
    return this.#slots[place + 1];
  }

  /** Puts a number at the free place that `first` or `next` has led to. Where it throws, nothing has changed. */
  add(place: number, hash: number, number: number): void {
    // Grown beforehand: a full table has no end for who looks for what is not there.
    const at = this.reserve(1) ? freePlace(this.#slots, hash) : place;
    this.#used++;
    this.#slots[at] = hash;
    this.#slots[at + 1] = number;
  }

  /** Makes room for so many more, of which two thirds of the places may be taken; whether places have moved. */
  reserve(more: number): boolean {
    const needed = (this.#used + more) * 3;
    if (needed <= this.#slots.length) return false;
    let size = Math.max(moreSlots(this.#slots.length), FEWEST_SLOTS);
    while (needed > size) size = moreSlots(size);
    this.#slots = this.#resized(size);
    return true;
  }

  /** Puts another number in place of one with the same hash. */
  set(place: number, number: number): void {
    this.#slots[place + 1] = number;
  }

  /** Frees a place and moves back those behind it that would no longer be found. */
  remove(place: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    this.#used--;
    let hole = place;
    for (let at = (hole + 2) & mask; slots[at + 1] !== 0; at = (at + 2) & mask) {
      const home = (slots[at] << 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at];
      slots[hole + 1] = slots[at + 1];
      hole = at;
    }
    slots[hole + 1] = 0;
  }

  /** Frees the places of all numbers that are not to be kept. Throws as `add` does. */
  filter(keep: (number: number) => boolean): void {
    let used = 0;
    for (let at = 1; at < this.#slots.length; at += 2) if (this.#slots[at] !== 0 && keep(this.#slots[at])) used++;
    this.#slots = this.#resized(this.#slots.length, keep);
    this.#used = used;
  }

  /** Gives back room for more. */
  trim(): void {
    let size = FEWEST_SLOTS;
    while (this.#used * 3 > size) size = moreSlots(size);
    if (size < this.#slots.length) this.#slots = this.#resized(size);
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#slots.byteLength;
  }

  #from(place: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = place;
    while (slots[at + 1] !== 0 && slots[at] !== hash) at = (at + 2) & mask;
    return at;
  }

  #resized(size: number, keep?: (number: number) => boolean): Int32Array<ArrayBuffer> {
    const old = this.#slots;
    const slots = newI32(size);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0 || keep?.(old[from + 1]) === false) continue;
      const at = freePlace(slots, old[from]);
      slots[at] = old[from];
      slots[at + 1] = old[from + 1];
    }
    return slots;
  }
}

function freePlace(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1;
  let at = (hash << 1) & mask;
  while (slots[at + 1] !== 0) at = (at + 2) & mask;
  return at;
}
