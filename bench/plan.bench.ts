// B17: plan beside B14's loop, shape by shape, on the same clusters; making the plan's objects included, printing not.

import { plan } from "../lib/whatif.js";
import { podKey } from "./fleet/bound.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import { ratioAtMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { DESCRIPTIONS } from "./peers/cluster.js";
import { Sequence, SHAPES, type Shape } from "./peers/sequence.js";

const NODES = 5_000;
const PODS = 10_000;
const QUICK_PODS = 1_500;
const MOST = 1.5;

async function planned(shape: Shape, pods: number): Promise<BenchResult> {
  // V8 is compiling in the first round.
  const warm = await Sequence.of(shape, NODES, QUICK_PODS);
  plan(warm.matcher);
  warm.schedule(QUICK_PODS);
  const keys = Array.from({ length: pods }, (_, pod) => podKey(pod));
  let plans = 0;
  let loop = 0;
  let placed = 0;
  // Whoever comes first pays for what the process does then, so each does once.
  for (const planFirst of [true, false]) {
    const ours = await Sequence.of(shape, NODES, pods);
    const theirs = await Sequence.of(shape, NODES, pods);
    // The first question to a matcher makes what all others use.
    for (const { matcher } of [ours, theirs]) for (const key of keys.slice(0, 50)) matcher.evaluatePod(key);
    collectGarbage();
    if (!planFirst) loop += clock(() => theirs.schedule(pods));
    plans += clock(() => {
      placed = plan(ours.matcher, { pods: keys }).placements.length;
    });
    if (planFirst) loop += clock(() => theirs.schedule(pods));
    if (placed !== theirs.placed) throw new Error(`(${shape}) ${placed} planned, ${theirs.placed} scheduled`);
  }
  return ratioAtMost(
    `B17-${shape}`,
    `(${shape}) ${DESCRIPTIONS[shape]}: plan of ${pods} pods, ${placed} of them placed, ${NODES} nodes, all nine plugins`,
    plans / 2e6,
    "ms",
    `B14's loop: ${(loop / 2e6).toFixed(0)} ms`,
    plans / loop,
    MOST,
  );
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const shape of SHAPES) results.push(await planned(shape, quick ? QUICK_PODS : PODS));
  return results;
};
