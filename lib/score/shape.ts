// score: points of a shape -> the score of any utilization, along straight lines between them.

import { TopologyError } from "../errors.js";

/** A point of a shape, in kube-scheduler's terms (`VolumeBindingArgs.shape`). Whole numbers. */
export interface ShapePoint {
  /** How much of its capacity a class would have given away, in percent: 0 to 100. */
  readonly utilization: number;
  /** 0 to 10. */
  readonly score: number;
}

/** Points by utilization, ascending. */
export type Shape = readonly ShapePoint[];

// kube: R-SCO-9 the emptiest node is the best.
export const DEFAULT_SHAPE: Shape = [
  { utilization: 0, score: 10 },
  { utilization: 100, score: 0 },
];

const MOST_UTILIZATION = 100;
const MOST_SCORE = 10;

/**
 * A copy of a shape. One point is enough, as it is for kube-scheduler. `path`: where it was given.
 * @throws TopologyError `BadOption`.
 */
export function checkedShape(given: Shape, path: string): Shape {
  const refusal = (what: string, point?: number): TopologyError => {
    return new TopologyError("BadOption", `${path} ${what}`, point === undefined ? path : `${path}[${point}]`);
  };
  if (!Array.isArray(given) || given.length === 0) throw refusal("must be a list of at least one point");
  let before = -1;
  return given.map((point: ShapePoint | null | undefined, i) => {
    const utilization = point?.utilization;
    const score = point?.score;
    if (!isWhole(utilization, MOST_UTILIZATION)) {
      throw refusal(`has a utilization that is no whole number from 0 to ${MOST_UTILIZATION}: ${utilization}`, i);
    }
    if (!isWhole(score, MOST_SCORE)) {
      throw refusal(`has a score that is no whole number from 0 to ${MOST_SCORE}: ${score}`, i);
    }
    if (utilization <= before) {
      throw refusal(`must have growing utilizations, but ${utilization} comes after ${before}`, i);
    }
    before = utilization;
    return { utilization, score };
  });
}

/** The score, 0 to 100, of a utilization; a whole number of any size. */
export function scoreAt(shape: Shape, utilization: number): number {
  let next = 0;
  while (next < shape.length && utilization > shape[next].utilization) next++;
  // kube: R-SCO-7 before the first point and beyond the last one the line is level; between two it is truncated.
  if (next === 0 || next === shape.length) return shape[Math.max(0, next - 1)].score * SCALE;
  const left = shape[next - 1];
  const right = shape[next];
  const rise = (right.score - left.score) * SCALE * (utilization - left.utilization);
  return left.score * SCALE + Math.trunc(rise / (right.utilization - left.utilization));
}

/** A point's score is 0 to 10, a node's 0 to 100. */
const SCALE = 10;

function isWhole(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}
