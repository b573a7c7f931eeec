// How fast something grows.

import type { BenchResult } from "./result.js";

/** A figure with the points that it was made from. */
export interface GrowthResult extends BenchResult {
  readonly curve: {
    /** Curves of one plot have one. */
    readonly plot: string;
    readonly name: string;
    readonly xLabel: string;
    readonly yLabel: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
  };
}

export const hasCurve = (result: BenchResult): result is GrowthResult => "curve" in result;

/** Where a curve is small, what does not grow hides what does: the exponent is that of its last points. */
const LAST = 3;

/** The exponent of a curve, as a figure. */
export function grows(id: string, what: string, curve: GrowthResult["curve"]): GrowthResult {
  const value = exponent(curve.x.slice(-LAST), curve.y.slice(-LAST));
  return { id, what, value, unit: "", baseline: "", ratio: null, target: null, met: null, curve };
}

/** The slope of a line through the points in logarithmic scales: 1 is linear, 2 quadratic. */
export function exponent(sizes: readonly number[], values: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = values.map((value) => Math.log(Math.max(value, Number.MIN_VALUE)));
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
