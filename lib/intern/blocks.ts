// intern: a sequence of u32 tokens -> a small integer, equal sequences to the same one.
//
// A field that holds a structure becomes a block, so that two equal node affinities, label maps or access mode lists
// anywhere in the cluster are one block, and equal structure means equal number.
//
//   tokens: | length | token | token | ... |      start[id] -> its length      0 is no block, NONE is the empty one

import { growU32 } from "./grow.js";
import { hashTokens } from "./hash.js";
import { HashSlots } from "./hash-slots.js";

/** The id of the empty block. */
export const NONE = 1;

const FEWEST_TOKENS = 1 << 12;

/** Interned token sequences. All operations are O(length). */
export class Blocks {
  /** The arena: a block's tokens lie behind its length. Renewed when it grows. */
  tokens = new Uint32Array(FEWEST_TOKENS);
  /** Where a block's length lies in `tokens`. Renewed when it grows. */
  start = new Uint32Array(1 << 8);
  limit = 1;
  size = 0;
  #tail = 0;
  readonly #slots = new HashSlots();
  #free: number[] = [];

  constructor() {
    this.intern(this.tokens, 0, 0);
  }

  /** The id of the tokens `source[from..to)`, which are kept from now on. */
  intern(source: Uint32Array, from: number, to: number): number {
    const slots = this.#slots;
    const hash = hashTokens(source, from, to);
    let place = slots.first(hash);
    for (let id = slots.at(place); id !== 0; id = slots.at(place)) {
      if (this.equals(id, source, from, to)) return id;
      place = slots.next(place, hash);
    }
    // Whatever may be refused first: then nothing has changed.
    this.#reserve(to - from);
    slots.add(place, hash, this.#nextId);
    return this.#write(source, from, to);
  }

  /** A new block of these tokens, which `intern` will not find. */
  append(source: Uint32Array, from: number, to: number): number {
    this.#reserve(to - from);
    return this.#write(source, from, to);
  }

  /** The number of tokens of a block. */
  length(id: number): number {
    return this.tokens[this.start[id]];
  }

  /** The token at `index` of a block. */
  at(id: number, index: number): number {
    return this.tokens[this.start[id] + 1 + index];
  }

  /** A cursor at the first token of a block. It holds until a block is interned. */
  cursor(id: number): { readonly tokens: Uint32Array; at: number } {
    return { tokens: this.tokens, at: this.start[id] + 1 };
  }

  /** The value of `key` in the block of a map (0 is an absent map), or 0. */
  lookup(id: number, key: number): number {
    if (id === 0) return 0;
    const tokens = this.tokens;
    const first = this.start[id] + 2;
    const end = first + tokens[first - 1] * 2;
    for (let at = first; at < end; at += 2) if (tokens[at] === key) return tokens[at + 1];
    return 0;
  }

  /** Frees every block that is not `marked` and closes the gaps. Ids that stay keep their number. May throw at first. */
  sweep(marked: Uint8Array): void {
    this.#slots.filter((id) => marked[id] !== 0 || id === NONE);
    const order: number[] = [];
    for (let id = 1; id < this.limit; id++) {
      if (this.start[id] === FREED) continue;
      if (marked[id] !== 0 || id === NONE) order.push(id);
      else {
        this.start[id] = FREED;
        this.#free.push(id);
        this.size--;
      }
    }
    order.sort((a, b) => this.start[a] - this.start[b]);
    let tail = 0;
    for (const id of order) {
      const start = this.start[id];
      const end = start + 1 + this.tokens[start];
      this.tokens.copyWithin(tail, start, end);
      this.start[id] = tail;
      tail += end - start;
    }
    this.#tail = tail;
  }

  /** Gives back the room behind the last block. */
  trim(): void {
    this.#slots.trim();
    if (this.#tail * 2 < this.tokens.length) this.tokens = this.tokens.slice(0, Math.max(this.#tail, FEWEST_TOKENS));
  }

  /** Bytes of the tokens and places of blocks, without the room for more. */
  get usedBytes(): number {
    return (this.#tail + this.size * 3) * 4;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.tokens.byteLength + this.start.byteLength + this.#slots.byteLength;
  }

  /** The id that the next new block gets. */
  get #nextId(): number {
    const free = this.#free;
    return free.length > 0 ? free[free.length - 1] : this.limit;
  }

  /** Makes room for a block of so many tokens. */
  #reserve(length: number): void {
    const needed = this.#tail + length + 1;
    if (needed > this.tokens.length) this.tokens = growU32(this.tokens, needed);
    if (this.limit === this.start.length) this.start = growU32(this.start, this.limit + 1);
  }

  /** Writes a block where there is room for it. */
  #write(source: Uint32Array, from: number, to: number): number {
    const { tokens } = this;
    const id = this.#free.length > 0 ? (this.#free.pop() as number) : this.limit++;
    this.start[id] = this.#tail;
    tokens[this.#tail++] = to - from;
    for (let i = from; i < to; i++) tokens[this.#tail++] = source[i];
    this.size++;
    return id;
  }

  /** Whether a block is of the tokens `source[from..to)`. */
  equals(id: number, source: Uint32Array, from: number, to: number): boolean {
    const { tokens } = this;
    const start = this.start[id];
    if (tokens[start] !== to - from) return false;
    for (let i = from, at = start + 1; i < to; i++, at++) if (tokens[at] !== source[i]) return false;
    return true;
  }
}

const FREED = 0xffff_ffff;
