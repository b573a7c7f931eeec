// evaluate: the kernels of assembly/ once more, in plain JavaScript.
//
// What is only combined goes 64 bits at a time, which V8 compiles to machine words (2x of 32 bits at a time, node 20);
// what is counted or listed goes 32 bits at a time, for a bigint has no population count.

import type { Kernels } from "./engine.js";

/** The views of the memory, read anew by every kernel: growth replaces them. */
interface Views {
  readonly u32: Uint32Array;
  readonly u64: BigUint64Array;
}

// A program is run by blocks of 2 KiB, so that a term's partial result stays in the first-level cache.
const BLOCK = 256;

export function javascriptKernels(memory: Views): Kernels {
  const term = new BigUint64Array(BLOCK);
  const any = new BigUint64Array(BLOCK);

  function count(a: number, bytes: number): number {
    const { u32 } = memory;
    const end = (a >>> 2) + (bytes >>> 2);
    let bits = 0;
    for (let i = a >>> 2; i < end; i++) bits += popcount(u32[i]);
    return bits;
  }

  function andCount(a: number, b: number, bytes: number): number {
    const { u32 } = memory;
    const words = bytes >>> 2;
    const p = a >>> 2;
    const q = b >>> 2;
    let bits = 0;
    for (let i = 0; i < words; i++) bits += popcount(u32[p + i] & u32[q + i]);
    return bits;
  }

  function and(dst: number, a: number, b: number, bytes: number): void {
    const { u64 } = memory;
    const words = bytes >>> 3;
    const d = dst >>> 3;
    const p = a >>> 3;
    const q = b >>> 3;
    for (let i = 0; i < words; i++) u64[d + i] = u64[p + i] & u64[q + i];
  }

  function countEach(offsets: number, rows: number, n: number, out: number, bytes: number): void {
    const { u32 } = memory;
    const words = bytes >>> 2;
    for (let pod = 0; pod < n; pod++) {
      const first = (rows >>> 2) + u32[(offsets >>> 2) + pod];
      const end = (rows >>> 2) + u32[(offsets >>> 2) + pod + 1];
      let bits = 0;
      if (end === first + 2) bits = andCount(u32[first], u32[first + 1], bytes);
      else if (end > first) {
        for (let i = 0; i < words; i++) {
          let word = u32[(u32[first] >>> 2) + i];
          for (let at = first + 1; at < end; at++) word &= u32[(u32[at] >>> 2) + i];
          bits += popcount(word);
        }
      }
      u32[(out >>> 2) + pod] = bits;
    }
  }

  function list(a: number, dst: number, bytes: number): number {
    const { u32 } = memory;
    const words = bytes >>> 2;
    const start = dst >>> 2;
    let at = start;
    for (let i = 0; i < words; i++) {
      let word = u32[(a >>> 2) + i];
      while (word !== 0) {
        const lowest = word & -word;
        u32[at++] = (i << 5) + (31 - Math.clz32(lowest));
        word ^= lowest;
      }
    }
    return at - start;
  }

  function run(program: number, dst: number, all: number, bytes: number): number {
    const { u32, u64 } = memory;
    const terms = u32[program >>> 2];
    for (let at = 0; at < bytes; at += BLOCK * 8) {
      const words = Math.min(bytes - at, BLOCK * 8) >>> 3;
      const base = (all + at) / 8;
      any.fill(0n);
      let pc = (program >>> 2) + 1;
      for (let t = 0; t < terms; t++) {
        const loads = u32[pc++];
        if (loads === 0) continue;
        for (let i = 0; i < words; i++) term[i] = u64[base + i];
        for (const end = pc + loads; pc < end; pc++) {
          const row = (u32[pc] >>> 3) + (at >>> 3);
          if (u32[pc] & 1) for (let i = 0; i < words; i++) term[i] ^= term[i] & u64[row + i];
          else for (let i = 0; i < words; i++) term[i] &= u64[row + i];
        }
        for (let i = 0; i < words; i++) any[i] |= term[i];
      }
      const into = (dst + at) / 8;
      for (let i = 0; i < words; i++) u64[into + i] = any[i];
    }
    return count(dst, bytes);
  }

  function atLeast(column: Uint32Array | Uint16Array, first: number, dst: number, bound: number, bytes: number): void {
    const { u32 } = memory;
    const limit = bound >>> 0;
    const words = bytes >>> 2;
    let at = first;
    for (let i = 0; i < words; i++) {
      let word = 0;
      for (let bit = 0; bit < 32; bit++) word |= Number(column[at++] >= limit) << bit;
      u32[(dst >>> 2) + i] = word;
    }
  }

  return {
    name: "javascript",
    and,
    count,
    andCount,
    list,
    run,
    countEach,
    or(dst, a, b, bytes) {
      const { u64 } = memory;
      const words = bytes >>> 3;
      for (let i = 0; i < words; i++) u64[(dst >>> 3) + i] = u64[(a >>> 3) + i] | u64[(b >>> 3) + i];
    },
    andNot(dst, a, b, bytes) {
      const { u64 } = memory;
      const words = bytes >>> 3;
      // a AND NOT b without a complement: a bigint's would be negative.
      for (let i = 0; i < words; i++) {
        const word = u64[(a >>> 3) + i];
        u64[(dst >>> 3) + i] = word ^ (word & u64[(b >>> 3) + i]);
      }
    },
    andInto(dst, a, b, bytes) {
      and(dst, a, b, bytes);
      return count(dst, bytes);
    },
    atLeast32(dst, column, bound, bytes) {
      atLeast(memory.u32, column >>> 2, dst, bound, bytes);
    },
    atLeast64(dst, column, low, high, bytes) {
      const { u32 } = memory;
      const least = low >>> 0;
      const most = high | 0;
      const words = bytes >>> 2;
      let at = column >>> 2;
      for (let i = 0; i < words; i++) {
        let word = 0;
        for (let bit = 0; bit < 32; bit++, at += 2) {
          const upper = u32[at + 1] | 0;
          word |= Number(upper > most || (upper === most && u32[at] >= least)) << bit;
        }
        u32[(dst >>> 2) + i] = word;
      }
    },
  };
}

function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
