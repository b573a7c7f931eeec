// intern: text -> a small integer, equal text to the same one.
//
// The bytes lie in one arena (intern/arena.ts), so that a million names cost a million times their length plus about
// 25 bytes, and the garbage collector sees none of them.
//
//   slots: hash -> id     places: id -> first word, length     0 is no string, EMPTY is ""

import { Arena, wordsOf } from "./arena.js";
import { growU32, moreSlots } from "./grow.js";
import { tagOf } from "./hash.js";

/** The id of the empty string. */
export const EMPTY = 1;

/** The hash of an id that stands for nothing. */
const FREED = 0;

/** Longer texts hardly ever return. */
const RECENT_LENGTH = 32;
const RECENT_MASK = 1023;

/** Interned strings. All operations are O(length). */
export class Strings {
  /** Ids handed out so far, freed ones included: valid ids are 1 to `limit - 1`. */
  limit = 1;
  /** Ids in use. */
  size = 0;
  readonly #arena = new Arena();
  #places = new Uint32Array(1 << 9);
  #hashes = new Uint32Array(1 << 8);
  #slots = new Uint32Array(1 << 9);
  // A byte of each slot's hash, never 0 where the slot is taken: nearly every miss ends here.
  #tags = new Uint8Array(1 << 9);
  #pendingSlot = 0;
  #free: number[] = [];
  readonly #recentTexts: string[] = new Array(RECENT_MASK + 1).fill("");
  readonly #recentIds = new Uint32Array(RECENT_MASK + 1);

  constructor() {
    this.internRare("");
  }

  /** The id of `text`, which is kept from now on. */
  intern(text: string): number {
    const { length } = text;
    if (length === 0 || length > RECENT_LENGTH) return this.internRare(text);
    // Most texts of a cluster are a few hundred that return in every object; comparing is cheaper than hashing.
    const middle = text.charCodeAt(length >> 1) + text.charCodeAt(length >> 2) * 0x9d;
    const end = text.charCodeAt(length - 1) + text.charCodeAt((length * 3) >> 2) * 0x1f;
    const slot = (middle * 0x25 + end * 0x11 + length * 0x35 + text.charCodeAt(0)) & RECENT_MASK;
    if (this.#recentTexts[slot] === text) return this.#recentIds[slot];
    const id = this.internRare(text);
    this.#recentTexts[slot] = text;
    this.#recentIds[slot] = id;
    return id;
  }

  /** The same, for text that is not likely to return soon. */
  internRare(text: string): number {
    this.#arena.write(text);
    return this.#keep();
  }

  /** The id of `text`, or 0 if nothing holds it. */
  find(text: string): number {
    this.#arena.write(text);
    return this.#probe();
  }

  /** The text of an id; `""` for 0. */
  get(id: number): string {
    return this.#arena.read(this.#places[id * 2], this.#places[id * 2 + 1]);
  }

  /** Order of two ids by the bytes of their UTF-8. */
  compare(a: number, b: number): number {
    const places = this.#places;
    return this.#arena.compare(places[a * 2], places[a * 2 + 1], places[b * 2], places[b * 2 + 1]);
  }

  /** Frees every id that is not `marked` and closes the gaps between the texts. Ids that stay keep their number. */
  sweep(marked: Uint8Array): void {
    this.#recentTexts.fill("");
    const places = this.#places;
    const order: number[] = [];
    for (let id = 1; id < this.limit; id++) {
      if (this.#hashes[id] === FREED) continue;
      if (marked[id] !== 0 || id === EMPTY) order.push(id);
      else {
        this.#hashes[id] = FREED;
        this.#free.push(id);
        this.size--;
      }
    }
    order.sort((a, b) => places[a * 2] - places[b * 2]);
    const arena = this.#arena;
    arena.tail = 0;
    for (const id of order) {
      const start = places[id * 2];
      const count = wordsOf(places[id * 2 + 1]);
      arena.words.copyWithin(arena.tail, start, start + count);
      places[id * 2] = arena.tail;
      arena.tail += count;
    }
    this.#rehash(this.#slots.length);
  }

  /** Bytes held. */
  get byteLength(): number {
    const { byteLength } = this.#arena.words;
    return (
      byteLength + this.#places.byteLength + this.#hashes.byteLength + this.#slots.byteLength + this.#tags.byteLength
    );
  }

  /** The id of the text that the arena was last given. */
  #keep(): number {
    const found = this.#probe();
    if (found !== 0) return found;
    const arena = this.#arena;
    const id = this.#free.length > 0 ? (this.#free.pop() as number) : this.#newId();
    this.#places[id * 2] = arena.keep();
    this.#places[id * 2 + 1] = arena.length;
    this.#hashes[id] = arena.hash;
    this.#slots[this.#pendingSlot] = id;
    this.#tags[this.#pendingSlot] = tagOf(arena.hash);
    if (++this.size * 3 > this.#slots.length * 2) this.#rehash(moreSlots(this.#slots.length));
    return id;
  }

  /** The id of the text that the arena was last given, or 0: then `#pendingSlot` is where it goes. */
  #probe(): number {
    const arena = this.#arena;
    const slots = this.#slots;
    const places = this.#places;
    const tags = this.#tags;
    const { hash, length } = arena;
    const tag = tagOf(hash);
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      if (tags[slot] === tag) {
        const id = slots[slot];
        if (places[id * 2 + 1] === length && arena.equals(places[id * 2])) return id;
      } else if (tags[slot] === 0) {
        this.#pendingSlot = slot;
        return 0;
      }
    }
  }

  #newId(): number {
    if (this.limit === this.#hashes.length) {
      this.#hashes = growU32(this.#hashes, this.limit + 1);
      this.#places = growU32(this.#places, this.#hashes.length * 2);
    }
    return this.limit++;
  }

  #rehash(size: number): void {
    const slots = new Uint32Array(size);
    const tags = new Uint8Array(size);
    const mask = size - 1;
    for (let id = 1; id < this.limit; id++) {
      const hash = this.#hashes[id];
      if (hash === FREED) continue;
      let slot = hash & mask;
      while (tags[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
      tags[slot] = tagOf(hash);
    }
    this.#slots = slots;
    this.#tags = tags;
  }
}
