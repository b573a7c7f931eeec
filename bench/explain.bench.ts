// B19: the causes of one pod on 5,000 nodes beside its report, and what a remedy costs, on the clusters of B4.

import { explain, remedies } from "../lib/explain.js";
import type { ObjectLike, TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { podKey } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";
import type { Contestant } from "./lib/rounds.js";
import { compete, FULL, median, QUICK } from "./lib/rounds.js";
import type { PeerShape } from "./peers/cluster.js";
import { DESCRIPTIONS, loadInto, PeerCluster } from "./peers/cluster.js";

const NODES = 5_000;
const PODS = 200;
const QUICK_PODS = 40;
const SHAPES: readonly PeerShape[] = ["a", "b-bound", "c", "d"];
const SEED = 191;
/** Within twice the time of the report. */
const LEAST = 0.5;
const MOST_MILLISECONDS = 20;
const REMEDY_PODS = 12;

/** Of the claims that wait for a node every other one asks for more than there is. */
export function* withoutPlace(cluster: PeerCluster): Iterable<readonly [string, ObjectLike]> {
  let claims = 0;
  for (const [kind, object] of cluster.objects()) {
    const { spec } = object as { readonly spec?: Record<string, unknown> };
    if (kind === "PersistentVolumeClaim" && spec?.volumeName === undefined && hash(claims++, SEED) % 2 === 0) {
      yield [kind, { ...object, spec: { ...spec, resources: { requests: { storage: "90Ti" } } } } as ObjectLike];
    } else yield [kind, object];
  }
}

/** All answer for each pod on how many nodes it was rejected. Causes are read with their lines. */
function contestants(matcher: TopologyMatcher, keys: readonly string[]): Contestant[] {
  const pass = (name: string, of: (key: string) => number): Contestant => ({
    name,
    pass(from, to) {
      let sum = 0;
      for (let i = from; i < to; i++) sum += of(keys[i]);
      return sum;
    },
  });
  return [
    pass("report", (key) => matcher.evaluatePod(key).toReport().infeasible.length),
    pass("causes", (key) => {
      const { causes, groups } = explain(matcher, key);
      const told = causes.every(({ message }) => message !== "");
      return groups.reduce((sum, { count }) => sum + count, told ? 0 : Number.NaN);
    }),
    pass("names", (key) => explain(matcher, key).groups.reduce((sum, { nodes }) => sum + nodes.length, 0)),
  ];
}

async function shapeOf(shape: PeerShape, quick: boolean): Promise<BenchResult[]> {
  const pods = quick ? QUICK_PODS : PODS;
  const matcher = await createMatcher();
  loadInto(matcher, withoutPlace(new PeerCluster(shape, NODES, pods)));
  const keys = Array.from({ length: pods }, (_, pod) => podKey(pod));
  const standings = compete(contestants(matcher, keys), pods, quick ? QUICK : FULL);
  const [report, causes, names] = ["report", "causes", "names"].map((name) => standings.nanoseconds(name) / 1e3);
  const ratio = standings.ratio("causes", "report");
  const what = `(${shape}) ${DESCRIPTIONS[shape]}, ${NODES} nodes`;
  const told = `${what}: the causes of a pod, beside toReport()`;
  const beside = `toReport(): ${report.toFixed(1)} us`;
  return [
    {
      ...reported(`B19-${shape}`, told, causes, "us", beside, ratio),
      target: `>= ${LEAST}x`,
      met: ratio >= LEAST,
    },
    reported(
      `B19-${shape}-names`,
      `${what}: causes and the names of all rejected nodes`,
      names,
      "us",
      beside,
      standings.ratio("names", "report"),
    ),
    remediesOf(`B19-${shape}-remedies`, what, matcher, keys),
  ];
}

/** Of pods that fit nowhere, where there are such; the time is that of all proposals that are tried for one pod. */
function remediesOf(id: string, what: string, matcher: TopologyMatcher, keys: readonly string[]): BenchResult {
  const stuck = keys.filter((key) => !matcher.evaluatePod(key).schedulable);
  const asked = (stuck.length > 0 ? stuck : keys).slice(0, REMEDY_PODS);
  for (const key of asked) remedies(matcher, key);
  collectGarbage();
  let offered = 0;
  const times = asked.map((key) => {
    const explanation = explain(matcher, key);
    return clock(() => {
      offered += remedies(matcher, key, explanation).length;
    });
  });
  const slowest = Math.max(...times) / 1e6;
  const middle = (median(times) / 1e6).toFixed(2);
  const told = `${what}: all remedies of a pod, the slowest of ${asked.length} pods, ${offered} offered; median ${middle} ms`;
  return {
    ...reported(id, told, slowest, "ms"),
    target: `<= ${MOST_MILLISECONDS} ms`,
    met: slowest <= MOST_MILLISECONDS,
  };
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const shape of SHAPES) results.push(...(await shapeOf(shape, quick)));
  return results;
};
