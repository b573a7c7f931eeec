// Every kernel by itself: nanoseconds a call, against nothing.

import { Bench } from "tinybench";
import { Memory } from "../../lib/evaluate/memory.js";
import { selectEngineSync } from "../../lib/evaluate/select-engine.js";
import { fillRow, seeded, shuffled } from "./random.js";
import type { BenchResult } from "./result.js";
import { reported } from "./result.js";

const ROWS = 100;
const CALLS = 100;

/** Reported for both engines, so that the fallback's price is known. */
export async function plainBench(nodes: number, milliseconds: number): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const engine of ["wasm", "javascript"] as const) {
    const memory = new Memory(selectEngineSync(engine));
    const { kernels } = memory.engine;
    const random = seeded(nodes);
    const bytes = Math.ceil(nodes / 512) * 64;
    const first = memory.allocate(bytes * ROWS);
    const [dst, sparse] = [memory.allocate(bytes), memory.allocate(bytes)];
    const ids = memory.allocate(bytes * 32);
    const [offsets, pairs, counts] = [memory.allocate(CALLS * 4 + 4), memory.allocate(CALLS * 8), memory.allocate(400)];
    const { u32 } = memory;
    const row = (i: number) => first + i * bytes;
    for (let i = 0; i < ROWS; i++) fillRow(u32.subarray(row(i) / 4, row(i + 1) / 4), nodes, 0.33, random);
    fillRow(u32.subarray(sparse / 4, (sparse + bytes) / 4), nodes, 0.001, random);
    const a = Array.from(shuffled(CALLS, ROWS, random), row);
    const b = Array.from(shuffled(CALLS, ROWS, random), row);
    for (let i = 0; i <= CALLS; i++) u32[offsets / 4 + i] = i * 2;
    for (let i = 0; i < CALLS; i++) u32.set([a[i], b[i]], pairs / 4 + i * 2);

    const bench = new Bench({ time: milliseconds, warmupTime: milliseconds });
    const add = (name: string, call: (i: number) => void) =>
      bench.add(name, () => {
        for (let i = 0; i < CALLS; i++) call(i);
      });
    add("and", (i) => kernels.and(dst, a[i], b[i], bytes));
    add("or", (i) => kernels.or(dst, a[i], b[i], bytes));
    add("andNot", (i) => kernels.andNot(dst, a[i], b[i], bytes));
    add("andInto", (i) => kernels.andInto(dst, a[i], b[i], bytes));
    add("andCount", (i) => kernels.andCount(a[i], b[i], bytes));
    add("count", (i) => kernels.count(a[i], bytes));
    add("list, a third set", (i) => kernels.list(a[i], ids, bytes));
    add("list, 0.1 % set", () => kernels.list(sparse, ids, bytes));
    bench.add("countEach, a pod of two rows", () => kernels.countEach(offsets, pairs, CALLS, counts, bytes));
    await bench.run();
    for (const { name, result } of bench.tasks) {
      if (!("latency" in result)) throw new Error(`${name} did not run: ${result.state}`);
      const what = `${engine}: ${name}, ${nodes} nodes`;
      const id = `B1-plain-${nodes}-${engine}-${name.replace(/[^\w.]+/g, "-")}`;
      results.push(reported(id, what, (result.latency.p50 * 1e6) / CALLS, "ns"));
    }
  }
  return results;
}
