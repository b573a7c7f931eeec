// intern: text -> a small integer, equal text to the same one.
//
// The bytes (UTF-8; a lone surrogate keeps its three-byte form) lie one after another in one arena, so that a
// million names cost a million times their length plus 20 bytes, and the garbage collector sees none of them.
//
//   slots: hash -> id      start[id], length[id] -> bytes      0 is no string, EMPTY is ""

import { growU8, growU32 } from "./grow.js";

/** The id of the empty string. */
export const EMPTY = 1;

/** Interned strings. All operations are O(length). */
export class Strings {
  /** Ids handed out so far, freed ones included: valid ids are 1 to `limit - 1`. */
  limit = 1;
  /** Ids in use. */
  size = 0;
  #bytes = new Uint8Array(1 << 12);
  #tail = 0;
  #start = new Uint32Array(1 << 8);
  #length = new Uint32Array(1 << 8);
  #hash = new Uint32Array(1 << 8);
  #slots = new Uint32Array(1 << 9);
  #used = 0;
  #free: number[] = [];
  // Seeded, so that nobody can prepare names that collide; ids do not depend on it.
  readonly #seed = (Math.random() * 0x1_0000_0000) | 0;

  constructor() {
    this.intern("");
  }

  /** The id of `text`, which is kept from now on. */
  intern(text: string): number {
    const end = this.#encode(text);
    const found = this.#probe(end);
    if (found !== 0) return found;
    const id = this.#free.length > 0 ? (this.#free.pop() as number) : this.#newId();
    this.#start[id] = this.#tail;
    this.#length[id] = end - this.#tail;
    this.#hash[id] = this.#pendingHash;
    this.#tail = end;
    this.#slots[this.#pendingSlot] = id;
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
    const start = this.#start[id];
    const end = start + this.#length[id];
    const bytes = this.#bytes;
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
    const startA = this.#start[a];
    const startB = this.#start[b];
    const lengthA = this.#length[a];
    const lengthB = this.#length[b];
    const length = Math.min(lengthA, lengthB);
    for (let i = 0; i < length; i++) {
      const difference = bytes[startA + i] - bytes[startB + i];
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Frees every id that is not `marked` and closes the gaps between the bytes. Ids that stay keep their number. */
  sweep(marked: Uint8Array): void {
    const order: number[] = [];
    for (let id = 1; id < this.limit; id++) {
      if (this.#hash[id] === FREED) continue;
      if (marked[id] !== 0 || id === EMPTY) order.push(id);
      else {
        this.#hash[id] = FREED;
        this.#length[id] = 0;
        this.#free.push(id);
        this.size--;
      }
    }
    order.sort((a, b) => this.#start[a] - this.#start[b]);
    let tail = 0;
    for (const id of order) {
      const start = this.#start[id];
      this.#bytes.copyWithin(tail, start, start + this.#length[id]);
      this.#start[id] = tail;
      tail += this.#length[id];
    }
    this.#tail = tail;
    this.#rehash(this.#slots.length);
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#bytes.byteLength + this.#start.byteLength * 3 + this.#slots.byteLength;
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
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    this.#pendingHash = hash >>> 0 || 1;
    return at;
  }

  /** The id whose bytes equal those between the arena's end and `end`, or 0: then `#pendingSlot` is where it goes. */
  #probe(end: number): number {
    const bytes = this.#bytes;
    const slots = this.#slots;
    const tail = this.#tail;
    const hash = this.#pendingHash;
    const mask = slots.length - 1;
    const length = end - tail;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot];
      if (id === 0) {
        this.#pendingSlot = slot;
        return 0;
      }
      if (this.#hash[id] !== hash || this.#length[id] !== length) continue;
      const start = this.#start[id];
      let i = 0;
      while (i < length && bytes[start + i] === bytes[tail + i]) i++;
      if (i === length) return id;
    }
  }

  #newId(): number {
    if (this.limit === this.#start.length) {
      this.#start = growU32(this.#start, this.limit + 1);
      this.#length = growU32(this.#length, this.limit + 1);
      this.#hash = growU32(this.#hash, this.limit + 1);
    }
    return this.limit++;
  }

  #rehash(size: number): void {
    const slots = size === this.#slots.length ? this.#slots.fill(0) : new Uint32Array(size);
    const mask = size - 1;
    this.#used = 0;
    for (let id = 1; id < this.limit; id++) {
      if (this.#hash[id] === FREED) continue;
      let slot = this.#hash[id] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
      this.#used++;
    }
    this.#slots = slots;
  }
}

/** The hash that marks a freed id; `#encode` never yields it. */
const FREED = 0;
