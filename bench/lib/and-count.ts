// B1: how many nodes are in both of two rows, for 1,000 rows visited in seeded order.

import { createRequire } from "node:module";
import FastBitSet from "fastbitset";
import { TypedFastBitSet } from "typedfastbitset";
import { Memory } from "../../lib/evaluate/memory.js";
import { selectEngineSync } from "../../lib/evaluate/select-engine.js";
import { fillRow, seeded, shuffled } from "./random.js";
import type { BenchResult } from "./result.js";
import { asked, reported } from "./result.js";
import type { Contestant, Effort } from "./rounds.js";
import { compete } from "./rounds.js";
import { andCount32, andCount64 } from "./words.js";

const ROWS = 1000;
const PAIRS = 1000;
const ASKED: Readonly<Record<number, number>> = { 5000: 7, 65536: 8, 131072: 5 };
const DENSITIES = [0.0002, 0.01, 0.33];

interface RoaringBitmap {
  andCardinality(other: RoaringBitmap): number;
}

export function andCountBench(nodes: number, effort: Effort): BenchResult[] {
  const Roaring = roaring();
  const results = dense(nodes, effort);
  for (const density of DENSITIES) {
    const id = `B1-${nodes}-roaring-${density * 100}%`;
    const what = `AND + count at ${nodes} nodes, ${density * 100} % of them set`;
    if (Roaring === undefined) results.push(reported(id, `${what}: roaring is not installed`, null, "ns", "roaring"));
    else results.push(native(id, what, nodes, density, Roaring, effort));
  }
  return results;
}

function dense(nodes: number, effort: Effort): BenchResult[] {
  const { memory, rows, pairs, wasm, words, bytes } = cluster(nodes, 0.33);
  const { u32, u64 } = memory;
  const u8 = new Uint8Array(u32.buffer);
  const row64 = rows.map((row) => u64.subarray(row / 8, (row + bytes) / 8));
  const typed = words.map((row) => {
    const set = new TypedFastBitSet();
    set.words = row.slice();
    return set;
  });
  const fast = words.map((row) => {
    const set = new FastBitSet();
    set.words = Array.from(row, (word) => word | 0);
    return set;
  });
  const into = new BigUint64Array(bytes / 8);
  const halves = new Uint32Array(into.buffer);
  const each = (count: (a: number, b: number) => number) => (from: number, to: number) => {
    let bits = 0;
    for (let i = from; i < to; i++) bits += count(pairs[i], pairs[i + 1]);
    return bits;
  };
  const standings = compete(
    [
      wasm,
      { name: "Uint32Array", pass: each((a, b) => andCount32(u32, rows[a] / 4, rows[b] / 4, bytes / 4)) },
      { name: "BigUint64Array", pass: each((a, b) => andCount64(into, halves, row64[a], row64[b])) },
      { name: "typedfastbitset", pass: each((a, b) => typed[a].intersection_size(typed[b])) },
      { name: "fastbitset", pass: each((a, b) => fast[a].intersection_size(fast[b])) },
    ],
    PAIRS,
    effort,
  );
  // Copies give no count, so they run against a kernel that forgets its own.
  const copies = compete(
    [
      { name: "wasm", pass: (from, to) => wasm.pass(from, to) * 0 },
      {
        name: "memory.copy",
        pass(from, to) {
          for (let i = from; i < to; i++) u8.copyWithin(rows[ROWS], rows[pairs[i]], rows[pairs[i]] + bytes);
          return 0;
        },
      },
    ],
    PAIRS,
    effort,
  );
  const what = `AND + count of two rows at ${nodes} nodes`;
  const value = standings.nanoseconds("wasm");
  const results = [
    asked(`B1-${nodes}`, what, value, "ns", "Uint32Array", standings.ratio("wasm", "Uint32Array"), ASKED[nodes]),
  ];
  for (const name of ["BigUint64Array", "typedfastbitset", "fastbitset"]) {
    results.push(reported(`B1-${nodes}-${name}`, what, value, "ns", name, standings.ratio("wasm", name)));
  }
  const copy = `${what}, beside a copy of one row (${(bytes / copies.nanoseconds("memory.copy")).toFixed(0)} GB/s)`;
  results.push(
    reported(`B1-${nodes}-copy`, copy, value, "ns", "memory.copy", copies.ratio("wasm", "memory.copy")),
    reported(`B1-${nodes}-bandwidth`, `${what}: bytes read`, (2 * bytes) / value, "GB/s"),
  );
  return results;
}

function native(
  id: string,
  what: string,
  nodes: number,
  density: number,
  Roaring: new (ids: Uint32Array) => RoaringBitmap,
  effort: Effort,
): BenchResult {
  const { pairs, wasm, words } = cluster(nodes, density);
  const bitmaps = words.map((row) => new Roaring(idsOf(row)));
  const pass = (from: number, to: number) => {
    let bits = 0;
    for (let i = from; i < to; i++) bits += bitmaps[pairs[i]].andCardinality(bitmaps[pairs[i + 1]]);
    return bits;
  };
  const standings = compete([wasm, { name: "roaring", pass }], PAIRS, effort);
  return reported(id, what, standings.nanoseconds("wasm"), "ns", "roaring", standings.ratio("wasm", "roaring"));
}

/** Rows in an engine's memory, with the order in which they are visited. The last row is free. */
function cluster(nodes: number, density: number) {
  const random = seeded(nodes);
  const memory = new Memory(selectEngineSync("wasm"));
  const bytes = Math.ceil(nodes / 512) * 64;
  const first = memory.allocate(bytes * (ROWS + 1));
  const rows = Array.from({ length: ROWS + 1 }, (_, i) => first + i * bytes);
  const words = rows.map((row) => memory.u32.subarray(row / 4, (row + bytes) / 4));
  for (const row of words.slice(0, ROWS)) fillRow(row, nodes, density, random);
  const pairs = shuffled(PAIRS + 1, ROWS, random);
  const { andCount } = memory.engine.kernels;
  const wasm: Contestant = {
    name: "wasm",
    pass(from, to) {
      let bits = 0;
      for (let i = from; i < to; i++) bits += andCount(rows[pairs[i]], rows[pairs[i + 1]], bytes);
      return bits;
    },
  };
  return { memory, rows, pairs, wasm, words: words.slice(0, ROWS), bytes };
}

function idsOf(row: Uint32Array): Uint32Array {
  const ids: number[] = [];
  row.forEach((word, i) => {
    for (let bits = word; bits !== 0; bits &= bits - 1) ids.push(i * 32 + (31 - Math.clz32(bits & -bits)));
  });
  return Uint32Array.from(ids);
}

/** The native roaring bitmaps, where somebody has installed them. */
function roaring(): (new (ids: Uint32Array) => RoaringBitmap) | undefined {
  try {
    return createRequire(import.meta.url)("roaring").RoaringBitmap32;
  } catch {
    return undefined;
  }
}
