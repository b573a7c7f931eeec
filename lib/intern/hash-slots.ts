// intern: hash -> number, open addressing. A slot keeps the whole hash beside the number, so that looking for what is
// not there, and growing, touch one place a step and nothing else.

import { moreSlots } from "./grow.js";

/** Numbers above 0 by a hash; several may have one hash. */
export class HashSlots {
  // (hash, number)*; a number of 0 is a free slot.
  #slots = new Int32Array(1 << 9);
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

  /** Puts a number at the free place that `first` or `next` has led to. */
  add(place: number, hash: number, number: number): void {
    this.#slots[place] = hash;
    this.#slots[place + 1] = number;
    // Two thirds are taken.
    if (++this.#used * 3 > this.#slots.length) this.#resize(moreSlots(this.#slots.length));
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

  /** Frees the places of all numbers that are not to be kept. */
  filter(keep: (number: number) => boolean): void {
    const slots = this.#slots;
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at + 1] === 0 || keep(slots[at + 1])) continue;
      slots[at + 1] = 0;
      this.#used--;
    }
    this.#resize(slots.length);
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

  #resize(size: number): void {
    const old = this.#slots;
    const slots = new Int32Array(size);
    const mask = size - 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue;
      let at = (old[from] << 1) & mask;
      while (slots[at + 1] !== 0) at = (at + 2) & mask;
      slots[at] = old[from];
      slots[at + 1] = old[from + 1];
    }
    this.#slots = slots;
  }
}
