// How many clusters go through each check. All are asked about by key, half of them come through updates; what is asked
// besides costs more than it would show if every cluster went through it.

import { DEFAULT_KUBERNETES } from "../../../lib/options.js";
import type { Random } from "../../reference/generator/random.js";
import { ENTRY_POINTS } from "./entry-points.js";

/** One cluster in so many. */
const EVERY = { updates: 2, javascript: 10, reference: 12, referenceOfLong: 60, program: 50, entryPoint: 6 };
/** Releases before the newest share nearly all code with it: there it is one in so many times as many. */
const FEWER_IN_OLDER = 2;
/** Of the clusters of each sort, those whose batches are counted at all, and before anything else is asked. */
const BATCHES_ASKED = 0.3;
const BATCHES_FIRST = { usual: 0.35, batch: 0.9 };
/** A cluster that costs the scheduler more steps than this costs the reference evaluator seconds. */
const LONG = 60_000;

export const BATCHES: readonly string[] = ["countFeasible", "countFeasibleClaims"];

export interface Checks {
  readonly updates: boolean;
  readonly javascript: boolean;
  readonly reference: boolean;
  /** Whether a program that runs beside the library is asked. */
  readonly program: () => boolean;
  /** Entry points before the pods are asked about by key, and behind them, in their order. */
  readonly first: readonly string[];
  readonly behind: readonly string[];
}

/** Equal for equal states of the random source. `steps`: what the cluster costs the scheduler. */
export function checksOf(random: Random, kubernetes: string, profile: string, steps: number): Checks {
  const fewer = kubernetes === DEFAULT_KUBERNETES ? 1 : FEWER_IN_OLDER;
  const oneIn = (count: number): boolean => random.int(1, count * fewer) === 1;
  const updates = random.int(1, EVERY.updates) === 1;
  const javascript = oneIn(EVERY.javascript);
  const reference = oneIn(steps > LONG ? EVERY.referenceOfLong : EVERY.reference);
  // Batches first for once: later there are masks of every selector.
  const isFirst = random.chance(profile === "batch" ? BATCHES_FIRST.batch : BATCHES_FIRST.usual);
  const asked = Object.keys(ENTRY_POINTS).filter((name) =>
    BATCHES.includes(name) ? !isFirst && random.chance(BATCHES_ASKED / fewer) : oneIn(EVERY.entryPoint),
  );
  return {
    updates,
    javascript,
    reference,
    program: () => oneIn(EVERY.program),
    first: isFirst ? BATCHES : [],
    behind: random.shuffle(asked),
  };
}
