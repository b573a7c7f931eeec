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
const BOUNDS = 20;
const LEAST = 30;

export function columnBench(effort: Effort): BenchResult[] {
  const random = seeded(8);
  const memory = new Memory(selectEngineSync("wasm"));
  const { atLeast32, count } = memory.engine.kernels;
  const bytes = NODES / 8;
  const ptr = memory.allocate(NODES * 4);
  const [dst, other] = [memory.allocate(bytes), memory.allocate(bytes)];
  const { u32 } = memory;
  const column = u32.subarray(ptr / 4, ptr / 4 + NODES);
  column.set(shuffled(NODES, CAPACITIES, random));
  const bounds = shuffled(BOUNDS, CAPACITIES, random);
  const each = (answer: (bound: number) => number) => (from: number, to: number) => {
    let bits = 0;
    for (let i = from; i < to; i++) bits += answer(bounds[i]);
    return bits;
  };
  const standings = compete(
    [
      {
        name: "wasm",
        pass: each((bound) => {
          atLeast32(dst, ptr, bound, bytes);
          return count(dst, bytes);
        }),
      },
      { name: "column loop", pass: each((bound) => columnLoop(column, bound, u32, other / 4)) },
      { name: "branchless loop", pass: each((bound) => branchlessColumnLoop(column, bound, u32, other / 4)) },
    ],
    BOUNDS,
    effort,
  );
  const what = `nodes of ${NODES} with at least r bytes and their number, u32 column, k = 1`;
  const value = standings.nanoseconds("wasm");
  const branchless = standings.ratio("wasm", "branchless loop");
  return [
    asked("B8-1-u32", what, value, "ns", "JS column loop", standings.ratio("wasm", "column loop"), LEAST),
    reported("B8-1-u32-branchless", what, value, "ns", "JS column loop without branches", branchless),
  ];
}
