// What a *.bench.ts offers: one function, called in a process of its own.

import type { BenchResult } from "./result.js";

export interface BenchOptions {
  /** Everything together within 50 seconds: smaller inputs, fewer rounds, marked so. */
  readonly quick: boolean;
}

export type Bench = (options: BenchOptions) => readonly BenchResult[] | Promise<readonly BenchResult[]>;

/** Nanoseconds since some moment. */
export const now = (): number => Number(process.hrtime.bigint());

/** Nanoseconds that `work` takes. */
export function clock(work: () => void): number {
  const start = now();
  work();
  return now() - start;
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
