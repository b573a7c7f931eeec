// B18: one what-if of a node that goes: which of the pods lose their last node, and where those that were on it could go.

import { whatIf } from "../lib/whatif.js";
import { podKey } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeName } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";
import { DESCRIPTIONS } from "./peers/cluster.js";
import { Sequence, type Shape } from "./peers/sequence.js";

const NODES = 5_000;
const PODS = 10_000;
const QUICK_PODS = 2_000;
const WARM = 500;
const REMOVALS = 2_000;
const LEAST = 1_000;
/** Each node has so many running pods, which are asked where they could go. */
const SHAPES: readonly Shape[] = ["a", "d"];

async function removals(shape: Shape, pods: number): Promise<BenchResult[]> {
  const { matcher } = await Sequence.of(shape, NODES, pods);
  const keys = Array.from({ length: pods }, (_, pod) => podKey(pod));
  const what = `(${shape}) ${DESCRIPTIONS[shape]}, ${NODES} nodes with 10 pods each, ${pods} pods, all nine plugins`;
  const first = clock(() => whatIf(matcher, [{ removeNodes: nodeName(0) }], { pods: keys }));
  const remove = (i: number) => whatIf(matcher, [{ removeNodes: nodeName(hash(i, 181) % NODES) }], { pods: keys });
  // V8 is compiling meanwhile.
  for (let i = 0; i < WARM; i++) remove(i);
  collectGarbage();
  let losing = 0;
  let last = 0;
  let stranded = 0;
  const all = clock(() => {
    for (let i = 0; i < REMOVALS; i++) {
      const answer = remove(WARM + i);
      losing += answer.losing;
      last += answer.unschedulable.length;
      stranded += answer.displaced.filter(({ nodes }) => nodes === 0).length;
    }
  });
  const rate = (REMOVALS * 1e9) / all;
  const found = `${(losing / REMOVALS).toFixed(0)} pods lose a node, ${last} in all their last one, ${stranded} stranded`;
  return [
    {
      ...reported(`B18-${shape}`, `${what}: what-ifs of a node that goes, a second; ${found}`, rate, "1/s"),
      target: `>= ${LEAST}/s`,
      met: rate >= LEAST,
    },
    reported(`B18-${shape}-first`, `${what}: the first, which asks about every pod`, first / 1e6, "ms"),
  ];
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const shape of SHAPES) results.push(...(await removals(shape, quick ? QUICK_PODS : PODS)));
  return results;
};
