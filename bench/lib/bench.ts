// What a *.bench.ts offers: one function, called in a process of its own.

import type { BenchResult } from "./result.js";

export interface BenchOptions {
  /** Everything together within 50 seconds: smaller inputs, fewer rounds, marked so. */
  readonly quick: boolean;
  /** How many events the soak has. */
  readonly events?: number;
}

export type Bench = (options: BenchOptions) => readonly BenchResult[] | Promise<readonly BenchResult[]>;

/**
 * Nanoseconds that `work` takes: by the wall clock, or the processor time of this process where that is less, for then
 * somebody else had the core. Whole microseconds in the second case.
 */
export function clock(work: () => void): number {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  work();
  const wall = Number(process.hrtime.bigint() - start);
  const { system, user } = process.cpuUsage(before);
  return Math.min(wall, (system + user) * 1000);
}

/** The value below which a share of ascending values lies. */
export function percentile(ascending: ArrayLike<number>, share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))];
}

/** Twice, for what the first one only made collectable. */
export function collectGarbage(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("needs node --expose-gc");
  gc();
  gc();
}
