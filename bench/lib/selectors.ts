// B2: compiled selectors over 200 shared rows against the same selectors written by hand.

import { Memory } from "../../lib/evaluate/memory.js";
import { selectEngineSync } from "../../lib/evaluate/select-engine.js";
import { fillRow, seeded, shuffled } from "./random.js";
import type { BenchResult } from "./result.js";
import { asked } from "./result.js";
import type { Effort } from "./rounds.js";
import { compete } from "./rounds.js";
import type { HandWritten } from "./words.js";
import { oneComplement, oneLoad, tenLoads, tenWithComplements, threeLoads, threeWithComplement } from "./words.js";

const ROWS = 200;
const SELECTORS = 500;

interface Form {
  readonly name: string;
  /** Loads of each term. */
  readonly terms: readonly number[];
  /** Which loads are complements in every other selector; the rest have none. */
  readonly complements: readonly number[];
  readonly plain: HandWritten;
  readonly complemented: HandWritten;
  readonly least: (nodes: number) => number;
}

export const FORMS: readonly Form[] = [
  { name: "1 load", terms: [1], complements: [0], plain: oneLoad, complemented: oneComplement, least: () => 8 },
  {
    name: "3 loads",
    terms: [3],
    complements: [1],
    plain: threeLoads,
    complemented: threeWithComplement,
    least: () => 8,
  },
  {
    name: "10 loads in two terms",
    terms: [5, 5],
    complements: [2, 6],
    plain: tenLoads,
    complemented: tenWithComplements,
    least: (nodes) => (nodes > 100_000 ? 7 : 8),
  },
];

export function selectorBench(nodes: number, form: Form, effort: Effort): BenchResult {
  const random = seeded(nodes + form.terms.length);
  const memory = new Memory(selectEngineSync("wasm"));
  const { run } = memory.engine.kernels;
  const bytes = Math.ceil(nodes / 512) * 64;
  const loads = form.terms.reduce((sum, n) => sum + n, 0);
  const stride = 64;
  const first = memory.allocate(bytes * (ROWS + 3) + stride * SELECTORS);
  const { u32 } = memory;
  const row = (i: number) => first + i * bytes;
  for (let i = 0; i < ROWS; i++) fillRow(u32.subarray(row(i) / 4, row(i + 1) / 4), nodes, 0.3 + random() / 2, random);
  const [all, dst, other] = [row(ROWS), row(ROWS + 1), row(ROWS + 2)];
  fillRow(u32.subarray(all / 4, dst / 4), nodes, 1, random);

  const program = row(ROWS + 3);
  const byHand: { run: HandWritten; rows: Int32Array }[] = [];
  for (let s = 0; s < SELECTORS; s++) {
    const picked = shuffled(loads, ROWS, random);
    const complemented = random() < 0.5;
    const words = [form.terms.length];
    let load = 0;
    for (const count of form.terms) {
      words.push(count);
      for (let i = 0; i < count; i++, load++) {
        words.push(row(picked[load]) + Number(complemented && form.complements.includes(load)));
      }
    }
    u32.set(words, (program + s * stride) / 4);
    byHand.push({
      run: complemented ? form.complemented : form.plain,
      rows: Int32Array.from(picked, (i) => row(i) / 4),
    });
  }

  const standings = compete(
    [
      {
        name: "wasm",
        pass(from, to) {
          let bits = 0;
          for (let s = from; s < to; s++) bits += run(program + s * stride, dst, all, bytes);
          return bits;
        },
      },
      {
        name: "Uint32Array",
        pass(from, to) {
          let bits = 0;
          for (let s = from; s < to; s++) bits += byHand[s].run(u32, other / 4, byHand[s].rows, all / 4, bytes / 4);
          return bits;
        },
      },
    ],
    SELECTORS,
    effort,
  );
  return asked(
    `B2-${nodes}-${loads}`,
    `selector of ${form.name} at ${nodes} nodes`,
    standings.nanoseconds("wasm"),
    "ns",
    "Uint32Array by hand",
    standings.ratio("wasm", "Uint32Array"),
    form.least(nodes),
  );
}
