// intern: text -> a small integer, equal text to the same one.
//
// The bytes lie in one arena (intern/arena.ts), so that a million names cost a million times their length plus about
// 25 bytes, and the garbage collector sees none of them.
//
//   slots: hash -> id     places: id -> first word, length     0 is no string, EMPTY_TEXT is ""

import { Arena, wordsOf } from "./arena.js";
import { growU32 } from "./grow.js";
import { HashSlots } from "./hash-slots.js";

/** The id of the empty string. */
export const EMPTY_TEXT = 1;
/** The id of `default`, the namespace of objects that name none. */
export const DEFAULT_NAMESPACE = 2;

/** The length of an id that stands for nothing. */
const FREED = 0xffff_ffff;

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
  readonly #slots = new HashSlots();
  #pendingPlace = 0;
  #free: number[] = [];
  readonly #recentTexts: string[] = new Array(RECENT_MASK + 1).fill("");
  readonly #recentIds = new Uint32Array(RECENT_MASK + 1);

  constructor() {
    this.internRare("");
    this.internRare("default");
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

  /** Copies the UTF-8 of an id to the front of `into`; returns its length, or -1 where it is longer. */
  copy(id: number, into: Uint8Array): number {
    const length = this.#places[id * 2 + 1];
    if (length > into.length) return -1;
    this.#arena.copy(this.#places[id * 2], length, into);
    return length;
  }

  /** Order of two ids by the bytes of their UTF-8. */
  compare(a: number, b: number): number {
    const places = this.#places;
    return this.#arena.compare(places[a * 2], places[a * 2 + 1], places[b * 2], places[b * 2 + 1]);
  }

  /**
   * Frees every id that is not `marked` and closes the gaps between the texts. Ids that stay keep their number. May throw
   * at first.
   */
  sweep(marked: Uint8Array): void {
    this.#recentTexts.fill("");
    this.#slots.filter((id) => marked[id] !== 0 || id <= DEFAULT_NAMESPACE);
    const places = this.#places;
    const order: number[] = [];
    for (let id = 1; id < this.limit; id++) {
      if (places[id * 2 + 1] === FREED) continue;
      if (marked[id] !== 0 || id <= DEFAULT_NAMESPACE) order.push(id);
      else {
        places[id * 2 + 1] = FREED;
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
  }

  /** Gives back the room behind the last text. */
  trim(): void {
    this.#arena.trim();
    this.#slots.trim();
  }

  /** Bytes of the texts and places of ids, without the room for more. */
  get usedBytes(): number {
    return this.#arena.tail * 4 + this.size * 20;
  }

  /** Bytes of the texts alone, each filled up to four. */
  get textBytes(): number {
    return this.#arena.tail * 4;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#arena.words.byteLength + this.#places.byteLength + this.#slots.byteLength;
  }

  /** The id of the text that the arena was last given. */
  #keep(): number {
    const found = this.#probe();
    if (found !== 0) return found;
    const free = this.#free;
    // Whatever may be refused first: then nothing has changed.
    if (this.limit * 2 === this.#places.length) this.#places = growU32(this.#places, this.limit * 2 + 2);
    const id = free.length > 0 ? free[free.length - 1] : this.limit;
    const arena = this.#arena;
    this.#slots.add(this.#pendingPlace, arena.hash, id);
    if (free.length > 0) free.length--;
    else this.limit++;
    this.#places[id * 2] = arena.keep();
    this.#places[id * 2 + 1] = arena.length;
    this.size++;
    return id;
  }

  /** The id of the text that the arena was last given, or 0: then `#pendingPlace` is where it goes. */
  #probe(): number {
    const arena = this.#arena;
    const slots = this.#slots;
    const places = this.#places;
    const { hash, length } = arena;
    let place = slots.first(hash);
    for (let id = slots.at(place); id !== 0; id = slots.at(place)) {
      if (places[id * 2 + 1] === length && arena.equals(places[id * 2])) return id;
      place = slots.next(place, hash);
    }
    this.#pendingPlace = place;
    return 0;
  }
}
