// One figure of the bench.

export interface BenchResult {
  readonly id: string;
  readonly what: string;
  readonly value: number | null;
  readonly unit: string;
  /** What the ratio is taken to; empty where there is none. */
  readonly baseline: string;
  /** Baseline's time through ours. */
  readonly ratio: number | null;
  /** What was asked, such as ">= 7x"; null for a figure that is only reported. */
  readonly target: string | null;
  readonly met: boolean | null;
}

/** A figure that is only reported. */
export function reported(
  id: string,
  what: string,
  value: number | null,
  unit: string,
  baseline = "",
  ratio: number | null = null,
): BenchResult {
  return { id, what, value, unit, baseline, ratio, target: null, met: null };
}

/** A ratio that was asked for. */
export function asked(
  id: string,
  what: string,
  value: number,
  unit: string,
  baseline: string,
  ratio: number,
  least: number,
): BenchResult {
  return { id, what, value, unit, baseline, ratio, target: `>= ${least}x`, met: ratio >= least };
}
