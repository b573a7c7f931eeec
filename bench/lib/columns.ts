// B8, one claim: the nodes that have at least so much, out of a column of amounts.

import { Memory } from "../../lib/evaluate/memory.js";
import { selectEngineSync } from "../../lib/evaluate/select-engine.js";
import { seeded, shuffled } from "./random.js";
import type { BenchResult } from "./result.js";
import { asked, reported } from "./result.js";
import type { Effort } from "./rounds.js";
import { compete } from "./rounds.js";
import { branchlessColumnLoop, columnLoop } from "./words.js";

const NODES = 131072;
const CAPACITIES = 2000;
const BOUNDS = 16;
const LEAST = 30;

export function columnBench(effort: Effort): BenchResult[] {
  const random = seeded(8);
  const memory = new Memory(selectEngineSync("wasm"));
  const { atLeast16, atLeast32, count } = memory.engine.kernels;
  const bytes = NODES / 8;
  const wide = memory.allocate(NODES * 4);
  const narrow = memory.allocate(NODES * 2);
  const [dst, other] = [memory.allocate(bytes), memory.allocate(bytes)];
  const { u16, u32 } = memory;
  const amounts = shuffled(NODES, CAPACITIES, random);
  const column32 = u32.subarray(wide / 4, wide / 4 + NODES);
  const column16 = u16.subarray(narrow / 2, narrow / 2 + NODES);
  column32.set(amounts);
  column16.set(amounts);
  const bounds = shuffled(BOUNDS, CAPACITIES, random);
  const each = (answer: (bound: number) => number) => () => {
    let bits = 0;
    for (const bound of bounds) bits += answer(bound);
    return bits;
  };
  const kernel = (atLeast: typeof atLeast32, column: number) =>
    each((bound) => {
      atLeast(dst, column, bound, bytes);
      return count(dst, bytes);
    });
  const results: BenchResult[] = [];
  for (const [width, column, pass] of [
    [32, column32, kernel(atLeast32, wide)],
    [16, column16, kernel(atLeast16, narrow)],
  ] as const) {
    const standings = compete(
      [
        { name: "wasm", pass },
        { name: "column loop", pass: each((bound) => columnLoop(column, bound, u32, other / 4)) },
        { name: "branchless loop", pass: each((bound) => branchlessColumnLoop(column, bound, u32, other / 4)) },
      ],
      BOUNDS,
      effort,
    );
    const what = `nodes of ${NODES} with at least r bytes and their number, u${width} column, k = 1`;
    const value = standings.nanoseconds("wasm");
    const loop = standings.ratio("wasm", "column loop");
    const branchless = standings.ratio("wasm", "branchless loop");
    results.push(
      asked(`B8-1-u${width}`, what, value, "ns", "JS column loop", loop, LEAST),
      reported(`B8-1-u${width}-branchless`, what, value, "ns", "JS column loop without branches", branchless),
    );
  }
  return results;
}
