// B14: pods scheduled one after another, each seeing those before it, beside the oracle's own sequence with Reserve.

import type { Bench } from "../lib/bench.js";
import { clock, collectGarbage } from "../lib/bench.js";
import { ratioAtMost } from "../lib/limits.js";
import type { BenchResult } from "../lib/result.js";
import { asked, reported } from "../lib/result.js";
import { median } from "../lib/rounds.js";
import { DESCRIPTIONS } from "./cluster.js";
import { buildOracle } from "./go.js";
import { judge, LOCALS_OF, Sequence, type Shape } from "./sequence.js";

const NODES = 5_000;
const PODS = 20_000;
const QUICK_PODS = 3_000;
/** At fewer nodes, where the oracle is asked there. */
const FEWER_PODS = 1_000;
/** The first and the last so many are compared, blocks of both in turn. */
const ENDS = 1_000;
const BLOCK = 20;
/** Scheduled before, in a matcher of their own: V8 is compiling then. */
const WARM = 1_500;

interface Plan {
  readonly least: number;
  /** Pods that the oracle schedules, and at how many nodes. */
  readonly theirs: number;
  readonly nodes: number;
}

const PLANS: { readonly [S in Shape]: Plan } = {
  a: { least: 1_000, theirs: 21, nodes: NODES },
  // It looks at every volume, or capacity object, of the class on each node: at all nodes a pod takes half a minute (c), or
  // minutes (b).
  "b-bound": { least: 20_000, theirs: 2, nodes: 1_000 },
  c: { least: 20_000, theirs: 2, nodes: NODES },
  d: { least: 20_000, theirs: 7, nodes: NODES },
};

async function ours(shape: Shape, pods: number): Promise<{ readonly pod: number; readonly results: BenchResult[] }> {
  (await Sequence.of(shape, NODES, WARM)).schedule(WARM);
  const [early, late] = [await Sequence.of(shape, NODES, pods), await Sequence.of(shape, NODES, pods)];
  collectGarbage();
  const all = clock(() => late.schedule(pods - ENDS));
  const firsts: number[] = [];
  const lasts: number[] = [];
  for (let i = 0; i < ENDS; i += BLOCK) {
    firsts.push(clock(() => early.schedule(BLOCK)) / BLOCK);
    lasts.push(clock(() => late.schedule(BLOCK)) / BLOCK);
  }
  const pod = (all + lasts.reduce((sum, time) => sum + time * BLOCK, 0)) / pods;
  const what = `(${shape}) ${DESCRIPTIONS[shape]}${LOCALS_OF[shape] > 8 ? `, ${LOCALS_OF[shape] / (shape === "d" ? 8 : 1)} locals a node` : ""}`;
  const first = median(firsts);
  const last = median(lasts);
  return {
    pod,
    results: [
      reported(
        `B14-${shape}-rate`,
        `${what}: pods a second of ${pods}, ${late.placed} of them placed, ${NODES} nodes, all nine plugins`,
        1e9 / pod,
        "1/s",
      ),
      ratioAtMost(
        `B14-${shape}-last`,
        `${what}: one of the last ${ENDS} of ${pods}`,
        last / 1000,
        "us",
        `one of the first: ${(first / 1000).toFixed(1)} us`,
        last / first,
        1.3,
      ),
    ],
  };
}

async function besideOracle(shape: Shape, pod: number, oracle: string): Promise<BenchResult[]> {
  const { least, nodes, theirs } = PLANS[shape];
  const placed = (await Sequence.of(shape, nodes, theirs)).told(theirs);
  const judged = await judge(oracle, shape, nodes, theirs, placed);
  const differs = placed.findIndex(({ feasible }, i) => feasible !== judged.feasible[i]);
  if (differs >= 0)
    throw new Error(`(${shape}) pod ${differs}: ${placed[differs].feasible}, oracle ${judged.feasible[differs]}`);
  if (judged.errors.length > 0) throw new Error(`(${shape}) ${judged.errors[0]}`);
  let ourPod = pod;
  if (nodes !== NODES) {
    const small = await Sequence.of(shape, nodes, theirs + FEWER_PODS);
    // The oracle's first pod is not counted either.
    small.schedule(theirs);
    ourPod = clock(() => small.schedule(FEWER_PODS)) / FEWER_PODS;
  }
  return [
    asked(
      `B14-${shape}`,
      `(${shape}) ${DESCRIPTIONS[shape]}: a pod scheduled, ${nodes} nodes, all nine plugins`,
      ourPod / 1000,
      "us",
      `the oracle with Reserve, ${theirs} pods whose feasible nodes are as many, snapshot and report included: ${(judged.nanoseconds / 1e6).toPrecision(3)} ms of processor time`,
      judged.nanoseconds / ourPod,
      least,
    ),
  ];
}

function scheduling(shape: Shape): Bench {
  return async ({ quick }) => {
    const { pod, results } = await ours(shape, quick ? QUICK_PODS : PODS);
    if (quick) return results;
    const oracle = buildOracle(process.env.TOPOMATCH_ROOT ?? process.cwd());
    return [...(await besideOracle(shape, pod, oracle)), ...results];
  };
}

export const a = scheduling("a");
export const bBound = scheduling("b-bound");
export const c = scheduling("c");
export const d = scheduling("d");
