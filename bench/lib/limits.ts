// Figures that must stay below something.

import type { BenchResult } from "./result.js";

/** A value that must be at most `most`; without a limit it is only reported. */
export function atMost(id: string, what: string, value: number, unit: string, most: number | null): BenchResult {
  const target = most === null ? null : `<= ${most} ${unit}`;
  return { id, what, value, unit, baseline: "", ratio: null, target, met: most === null ? null : value <= most };
}

/** A ratio (ours through the baseline) that must be at most `most`. */
export function ratioAtMost(
  id: string,
  what: string,
  value: number,
  unit: string,
  baseline: string,
  ratio: number,
  most: number | null,
): BenchResult {
  const target = most === null ? null : `<= ${most}x`;
  return { id, what, value, unit, baseline, ratio, target, met: most === null ? null : ratio <= most };
}
