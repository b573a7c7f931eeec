// intern: text -> a small integer, equal text to the same one.
//
// The bytes (UTF-8; a lone surrogate keeps its three-byte form) lie one after another in one arena, so that a
// million names cost a million times their length plus 20 bytes, and the garbage collector sees none of them.
//
//   slots: hash -> id      start[id], length[id] -> bytes      0 is no string, EMPTY is ""

import { growU8, growU32 } from "./grow.js";
import { tagOf } from "./hash.js";
import { readUuid, UUID_LENGTH, writeUuid } from "./uuid.js";

/** The id of the empty string. */
export const EMPTY = 1;

/** No text has this byte. */
const UUID_MARK = 0xff;

/** Longer texts hardly ever return. */
const RECENT_LENGTH = 32;
const RECENT_MASK = 1023;

/** Interned strings. All operations are O(length). */
export class Strings {
  /** Ids handed out so far, freed ones included: valid ids are 1 to `limit - 1`. */
  limit = 1;
  /** Ids in use. */
  size = 0;
  #bytes = new Uint8Array(1 << 12);
  #tail = 0;
  // id * 2 -> start, length
  #places = new Uint32Array(1 << 9);
  #hash = new Uint32Array(1 << 8);
  #slots = new Uint32Array(1 << 9);
  // A byte of each slot's hash, never 0 where the slot is taken: nearly every miss ends here.
  #tags = new Uint8Array(1 << 9);
  #used = 0;
  #free: number[] = [];
  readonly #recentTexts: string[] = new Array(RECENT_MASK + 1).fill("");
  readonly #recentIds = new Uint32Array(RECENT_MASK + 1);
  // Seeded, so that nobody can prepare names that collide; ids do not depend on it.
  readonly #seed = (Math.random() * 0x1_0000_0000) | 0;

  constructor() {
    this.intern("");
  }

  /** The id of `text`, which is kept from now on. */
  intern(text: string): number {
    const { length } = text;
    if (length === 0 || length > RECENT_LENGTH) return this.#intern(text);
    // Most texts of a cluster are a few hundred that return in every object; comparing is cheaper than hashing.
    const middle = text.charCodeAt(length >> 1);
    const slot =
      (middle * 0x1f + text.charCodeAt(length - 1) * 0x9d + length * 0x35 + text.charCodeAt(0)) & RECENT_MASK;
    if (this.#recentTexts[slot] === text) return this.#recentIds[slot];
    const id = this.#intern(text);
    this.#recentTexts[slot] = text;
    this.#recentIds[slot] = id;
    return id;
  }

  /** The id of a uid. One in the usual form of a UUID is kept as 16 bytes; so its id is not that of the same text. */
  internUid(text: string): number {
    const end = text.length === UUID_LENGTH ? this.#encodeUuid(text) : 0;
    return end === 0 ? this.#intern(text) : this.#keep(end);
  }

  #intern(text: string): number {
    return this.#keep(this.#encode(text));
  }

  /** The id of the bytes between the arena's end and `end`. */
  #keep(end: number): number {
    const found = this.#probe(end);
    if (found !== 0) return found;
    const id = this.#free.length > 0 ? (this.#free.pop() as number) : this.#newId();
    this.#places[id * 2] = this.#tail;
    this.#places[id * 2 + 1] = end - this.#tail;
    this.#hash[id] = this.#pendingHash;
    this.#tail = end;
    this.#slots[this.#pendingSlot] = id;
    this.#tags[this.#pendingSlot] = tagOf(this.#pendingHash);
    this.size++;
    if (++this.#used * 3 > this.#slots.length * 2) this.#rehash(this.#slots.length * 2);
    return id;
  }

  /** The id of `text`, or 0 if nothing holds it. */
  find(text: string): number {
    return this.#probe(this.#encode(text));
  }

  /** The text of an id; `""` for 0. */
  get(id: number): string {
    const start = this.#places[id * 2];
    const end = start + this.#places[id * 2 + 1];
    const bytes = this.#bytes;
    if (bytes[start] === UUID_MARK) return readUuid(bytes, start + 1);
    let text = "";
    for (let at = start; at < end; ) {
      const byte = bytes[at++];
      if (byte < 0x80) text += String.fromCharCode(byte);
      else if (byte < 0xe0) text += String.fromCharCode(((byte & 0x1f) << 6) | (bytes[at++] & 0x3f));
      else if (byte < 0xf0) {
        text += String.fromCharCode(((byte & 0x0f) << 12) | ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f));
      } else {
        const high = ((byte & 0x07) << 18) | ((bytes[at++] & 0x3f) << 12);
        text += String.fromCodePoint(high | ((bytes[at++] & 0x3f) << 6) | (bytes[at++] & 0x3f));
      }
    }
    return text;
  }

  /** Order of two ids by the bytes of their UTF-8. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const bytes = this.#bytes;
    const places = this.#places;
    const startA = places[a * 2];
    const startB = places[b * 2];
    const lengthA = places[a * 2 + 1];
    const lengthB = places[b * 2 + 1];
    const length = Math.min(lengthA, lengthB);
    for (let i = 0; i < length; i++) {
      const difference = bytes[startA + i] - bytes[startB + i];
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Frees every id that is not `marked` and closes the gaps between the bytes. Ids that stay keep their number. */
  sweep(marked: Uint8Array): void {
    this.#recentTexts.fill("");
    const order: number[] = [];
    for (let id = 1; id < this.limit; id++) {
      if (this.#hash[id] === FREED) continue;
      if (marked[id] !== 0 || id === EMPTY) order.push(id);
      else {
        this.#hash[id] = FREED;
        this.#places[id * 2 + 1] = 0;
        this.#free.push(id);
        this.size--;
      }
    }
    const places = this.#places;
    order.sort((a, b) => places[a * 2] - places[b * 2]);
    let tail = 0;
    for (const id of order) {
      const start = places[id * 2];
      const length = places[id * 2 + 1];
      this.#bytes.copyWithin(tail, start, start + length);
      places[id * 2] = tail;
      tail += length;
    }
    this.#tail = tail;
    this.#rehash(this.#slots.length);
  }

  /** Bytes held. */
  get byteLength(): number {
    const { byteLength } = this.#bytes;
    return (
      byteLength + this.#places.byteLength + this.#hash.byteLength + this.#slots.byteLength + this.#tags.byteLength
    );
  }

  #pendingHash = 0;
  #pendingSlot = 0;

  /** Writes `text` behind the arena's end and hashes it on the way; returns where it ends. */
  #encode(text: string): number {
    const length = text.length;
    if (this.#tail + length * 3 > this.#bytes.length) this.#bytes = growU8(this.#bytes, this.#tail + length * 3);
    const bytes = this.#bytes;
    let at = this.#tail;
    let hash = this.#seed;
    for (let i = 0; i < length; i++) {
      let code = text.charCodeAt(i);
      if (code < 0x80) {
        bytes[at++] = code;
        hash = Math.imul(hash ^ code, 0x01000193);
        continue;
      }
      const from = at;
      if (code >= 0xd800 && code < 0xdc00 && i + 1 < length) code = text.codePointAt(i) as number;
      if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
        else {
          i++;
          bytes[at++] = 0xf0 | (code >> 18);
          bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
        }
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (code & 0x3f);
      for (let j = from; j < at; j++) hash = Math.imul(hash ^ bytes[j], 0x01000193);
    }
    this.#pendingHash = finish(hash);
    return at;
  }

  /** Writes a UUID behind the arena's end; returns where it ends, or 0 where the text is no UUID in lower case. */
  #encodeUuid(text: string): number {
    if (this.#tail + 17 > this.#bytes.length) this.#bytes = growU8(this.#bytes, this.#tail + 17);
    const bytes = this.#bytes;
    const start = this.#tail + 1;
    if (!writeUuid(text, bytes, start)) return 0;
    bytes[this.#tail] = UUID_MARK;
    let hash = this.#seed;
    for (let i = start; i < start + 16; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    this.#pendingHash = finish(hash);
    return start + 16;
  }

  /** The id whose bytes equal those between the arena's end and `end`, or 0: then `#pendingSlot` is where it goes. */
  #probe(end: number): number {
    const bytes = this.#bytes;
    const slots = this.#slots;
    const tail = this.#tail;
    const hash = this.#pendingHash;
    const mask = slots.length - 1;
    const length = end - tail;
    const tags = this.#tags;
    const places = this.#places;
    const tag = tagOf(hash);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      if (tags[slot] !== tag) {
        if (tags[slot] !== 0) continue;
        this.#pendingSlot = slot;
        return 0;
      }
      const id = slots[slot];
      if (places[id * 2 + 1] !== length) continue;
      const start = places[id * 2];
      let i = 0;
      while (i < length && bytes[start + i] === bytes[tail + i]) i++;
      if (i === length) return id;
    }
  }

  #newId(): number {
    if (this.limit === this.#hash.length) {
      this.#hash = growU32(this.#hash, this.limit + 1);
      this.#places = growU32(this.#places, this.#hash.length * 2);
    }
    return this.limit++;
  }

  #rehash(size: number): void {
    const slots = new Uint32Array(size);
    const tags = new Uint8Array(size);
    const mask = size - 1;
    this.#used = 0;
    for (let id = 1; id < this.limit; id++) {
      const hash = this.#hash[id];
      if (hash === FREED) continue;
      let slot = hash & mask;
      while (tags[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
      tags[slot] = tagOf(hash);
      this.#used++;
    }
    this.#slots = slots;
    this.#tags = tags;
  }
}

/** Mixes a hash once more; never FREED. */
function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 15);
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0 || 1;
}

/** The hash that marks a freed id. */
const FREED = 0;
