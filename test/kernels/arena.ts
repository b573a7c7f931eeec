// Rows in an engine's memory beside the same rows as arrays of booleans, for tests of the kernels.

import * as assert from "uvu/assert";
import type { Engine, Kernels } from "../../lib/evaluate/engine.js";
import { Memory } from "../../lib/evaluate/memory.js";

const GUARD = 0xa5a5a5a5;
const GUARD_WORDS = 16;

export type Bits = readonly boolean[];

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An engine's kernels, each noted in `called` when used, over blocks with a guard on either side. */
export class Arena {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly #guarded: { ptr: number; words: number }[] = [];

  constructor(engine: Engine, called: Set<string> = new Set()) {
    this.memory = new Memory(engine);
    this.kernels = new Proxy(engine.kernels, {
      get(target, name: keyof Kernels) {
        called.add(name);
        return target[name];
      },
    });
  }

  /** A block full of rubbish between two guards. */
  block(bytes: number): number {
    const words = bytes / 4;
    const ptr = this.memory.allocate(bytes + GUARD_WORDS * 8) + GUARD_WORDS * 4;
    this.memory.u32.fill(GUARD, ptr / 4 - GUARD_WORDS, ptr / 4 + words + GUARD_WORDS);
    this.#guarded.push({ ptr, words });
    return ptr;
  }

  row(bits: Bits, bytes = rowBytes(bits.length)): number {
    const ptr = this.block(bytes);
    this.write(ptr, bits, bytes);
    return ptr;
  }

  write(ptr: number, bits: Bits, bytes = rowBytes(bits.length)): void {
    const { u32 } = this.memory;
    u32.fill(0, ptr / 4, (ptr + bytes) / 4);
    bits.forEach((bit, i) => {
      if (bit) u32[ptr / 4 + (i >>> 5)] |= 1 << (i & 31);
    });
  }

  /** A block that holds these numbers and nothing else. */
  words(values: ArrayLike<number>): number {
    const ptr = this.block(Math.max(64, Math.ceil(values.length / 16) * 64));
    this.memory.u32.set(values, ptr / 4);
    return ptr;
  }

  /** Every bit of a row, those past the last node as well. */
  read(ptr: number, bytes: number): boolean[] {
    const { u32 } = this.memory;
    return Array.from({ length: bytes * 8 }, (_, i) => (u32[ptr / 4 + (i >>> 5)] & (1 << (i & 31))) !== 0);
  }

  /** Says whether a row holds these bits and zeros after them, and whether all guards stand. */
  expectRow(ptr: number, bits: Bits, sentence: string): void {
    const bytes = rowBytes(bits.length);
    const found = this.read(ptr, bytes);
    const wrong = found.findIndex((bit, i) => bit !== (bits[i] ?? false));
    assert.is(wrong, -1, `${sentence}: bit ${wrong} of ${bits.length}`);
    this.expectGuards(sentence);
  }

  expectGuards(sentence: string): void {
    const { u32 } = this.memory;
    for (const { ptr, words } of this.#guarded) {
      for (let i = 1; i <= GUARD_WORDS; i++) {
        assert.is(u32[ptr / 4 - i], GUARD, `${sentence}: the word ${i} before ${ptr}`);
        assert.is(u32[ptr / 4 + words + i - 1], GUARD, `${sentence}: the word ${i} after ${ptr + words * 4}`);
      }
    }
  }

  /** Gives all blocks back. */
  clear(): void {
    for (const { ptr, words } of this.#guarded) {
      this.memory.free(ptr - GUARD_WORDS * 4, words * 4 + GUARD_WORDS * 8);
    }
    this.#guarded.length = 0;
  }
}

export function rowBytes(nodes: number): number {
  return Math.ceil(nodes / 512) * 64;
}

/** `density` 0 is the empty row, 1 the row of all nodes. */
export function randomBits(random: () => number, nodes: number, density: number): boolean[] {
  return Array.from({ length: nodes }, () => random() < density);
}
