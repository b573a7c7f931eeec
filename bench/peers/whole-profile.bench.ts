// B13: one pod under all nine plugins, beside kube-scheduler's own; and how it grows to 131,072 nodes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TopologyMatcher } from "../../lib/index.js";
import { createMatcher, FILTERS } from "../../lib/index.js";
import { podKey } from "../fleet/bound.js";
import type { Bench } from "../lib/bench.js";
import { clock, collectGarbage, percentile } from "../lib/bench.js";
import { ratioAtMost } from "../lib/limits.js";
import type { BenchResult } from "../lib/result.js";
import { asked, reported } from "../lib/result.js";
import { median } from "../lib/rounds.js";
import type { PeerShape } from "./cluster.js";
import { DESCRIPTIONS } from "./cluster.js";
import type { GoOptions, GoReport } from "./go.js";
import { buildOracle, runGo, writeCluster } from "./go.js";
import { WholeCluster } from "./whole-cluster.js";

const NODES = 5_000;
const LARGE = 131_072;
const QUICK_LARGE = 16_384;
const QUICK_SHAPES: readonly Shape[] = ["a", "d"];
const QUICK_PODS = 2_400;
const CHECK_NODES = 1_250;
const PODS = 4_800;
const WARM = 1_600;
const BLOCK = 16;
/** As much more as there are nodes. */
const MOST_GROWTH = 26;

type Shape = Exclude<PeerShape, "b-bound">;

interface Plan {
  readonly least: number;
  readonly go: GoOptions;
  /** Over all of CHECK_NODES nodes: the counts are compared. */
  readonly check: GoOptions;
}

const PLANS: { readonly [S in Shape]: Plan } = {
  a: { least: 2_000, go: { pods: 30 }, check: { pods: 60 } },
  // The first pod has a node selector: few nodes come as far as VolumeBinding.
  "b-free": { least: 200_000, go: { pods: 5, sample: 30 }, check: { pods: 2 } },
  c: { least: 200_000, go: { pods: 5, sample: 250 }, check: { pods: 4 } },
  d: { least: 20_000, go: { pods: 9 }, check: { pods: 9 } },
};
const SHAPES = Object.keys(PLANS) as Shape[];

const ascendingOf = (times: readonly number[]): Float64Array => Float64Array.from(times).sort();

class Side {
  readonly counts = new Uint32Array(PODS);
  /** Nanoseconds a pod that was never asked about, a block each; and of the same pods again. */
  readonly first: number[] = [];
  /** The first time by the wall clock, as the other side is timed, a pod each. */
  readonly wall: number[] = [];
  readonly again: number[] = [];
  readonly #ids: Uint32Array;
  readonly #verdict: ReturnType<TopologyMatcher["createVerdict"]>;

  private constructor(
    readonly nodes: number,
    matcher: TopologyMatcher,
  ) {
    this.#verdict = matcher.createVerdict();
    this.#ids = Uint32Array.from({ length: PODS }, (_, pod) => matcher.podId(podKey(pod)));
  }

  static async of(shape: Shape, nodes: number): Promise<Side> {
    const matcher = await createMatcher({ filters: "all" });
    new WholeCluster(shape, nodes, PODS).loadInto(matcher);
    return new Side(nodes, matcher);
  }

  warmUp(): this {
    this.ask(0, WARM);
    return this;
  }

  ask(from: number, to: number, wall?: number[]): void {
    for (let pod = from; pod < to; pod++) {
      const start = process.hrtime.bigint();
      this.counts[pod] = this.#verdict.evaluatePod(this.#ids[pod]).feasibleCount;
      wall?.push(Number(process.hrtime.bigint() - start));
    }
  }

  /** Both sides fit every pod on as many nodes. */
  check({ nodes, pods }: GoReport): number {
    let checked = 0;
    for (const { feasible, nodesEvaluated, pod } of pods) {
      if (nodesEvaluated !== nodes) continue;
      const number = Number(pod.slice(pod.lastIndexOf("-") + 1));
      if (this.counts[number] !== feasible) {
        throw new Error(`${pod}: ${this.counts[number]} of ${nodes} nodes, kube-scheduler ${feasible}`);
      }
      checked++;
    }
    return checked;
  }
}

/** Blocks of pods in turn on both sides, so that what disturbs the machine disturbs both. */
function alternate(sides: readonly Side[], pods: number): void {
  for (const times of ["first", "again"] as const) {
    for (let from = WARM; from < pods; from += BLOCK) {
      for (const side of sides) {
        const wall = times === "first" ? side.wall : undefined;
        side[times].push(clock(() => side.ask(from, from + BLOCK, wall)) / BLOCK);
      }
    }
  }
}

const us = (nanoseconds: number): string => `${(nanoseconds / 1000).toFixed(2)} us`;
const ms = (nanoseconds: number): string => `${(nanoseconds / 1e6).toPrecision(3)} ms`;

function latency(shape: Shape, sides: readonly Side[]): BenchResult[] {
  return sides.flatMap((side) => {
    const what = `(${shape}) all nine plugins, ${side.nodes} nodes:`;
    const id = `B13-${shape}-${side.nodes}`;
    const p50 = median(side.first);
    const p99 = percentile(ascendingOf(side.first), 0.99);
    const [small] = sides;
    const growth = p50 / median(small.first);
    const most = (MOST_GROWTH * side.nodes) / LARGE;
    return [
      ...(side === small
        ? []
        : [
            ratioAtMost(
              `${id}-p50`,
              `${what} p50`,
              p50 / 1000,
              "us",
              `${small.nodes} nodes: ${us(median(small.first))}`,
              growth,
              most,
            ),
          ]),
      ratioAtMost(
        `${id}-p99`,
        `${what} p99 of blocks of ${BLOCK}`,
        p99 / 1000,
        "us",
        `its p50, ${us(p50)}`,
        p99 / p50,
        10,
      ),
      reported(`${id}-again`, `${what} p50 of the same pods again`, median(side.again) / 1000, "us"),
    ];
  });
}

/** Nanoseconds a pod over all nodes: of each sort (three in turn in (d)) the median. */
function perPod({ nodes, pods }: GoReport, sorts: number): number {
  const times = pods.map((pod) => pod.preFilterNs + pod.filterNs * (nodes / Math.max(1, pod.nodesEvaluated)));
  const medians = Array.from({ length: sorts }, (_, sort) => median(times.filter((_, i) => i % sorts === sort)));
  return medians.reduce((sum, time) => sum + time, 0) / sorts;
}

async function besideGo(shape: Shape, ours: Side, oracle: string, file: string): Promise<BenchResult[]> {
  const { check, go, least } = PLANS[shape];
  const run = (nodes: number, options: GoOptions): Promise<GoReport> => {
    writeCluster(file, new WholeCluster(shape, nodes, PODS));
    return runGo(oracle, file, FILTERS, options);
  };
  const full = await run(NODES, go);
  let checked = ours.check(full);
  const small = (await Side.of(shape, CHECK_NODES)).warmUp();
  checked += small.check(await run(CHECK_NODES, check));
  const theirs = perPod(full, shape === "d" ? 3 : 1);
  const pod = median(ours.wall);
  const what = `(${shape}) ${DESCRIPTIONS[shape]}, all nine plugins, ${NODES} nodes`;
  const sampled = go.sample === undefined ? "all nodes" : `${go.sample} seeded nodes, scaled`;
  const baseline = `kube-scheduler ${full.version}, ${full.maxProcs} cores, ${sampled}: ${ms(theirs)}`;
  return [
    asked(`B13-${shape}`, `${what}: a pod`, pod / 1000, "us", baseline, theirs / pod, least),
    reported(
      `B13-${shape}-checked`,
      `${what}: pods whose counts were compared over all nodes, here and at ${CHECK_NODES}`,
      checked,
      "",
    ),
  ];
}

export const bench: Bench = async ({ quick }) => {
  const folder = mkdtempSync(join(tmpdir(), "topomatch-peers-"));
  try {
    const results: BenchResult[] = [];
    for (const shape of quick ? QUICK_SHAPES : SHAPES) {
      const sides = [await Side.of(shape, NODES), await Side.of(shape, quick ? QUICK_LARGE : LARGE)];
      for (const side of sides) side.warmUp();
      collectGarbage();
      alternate(sides, quick ? QUICK_PODS : PODS);
      if (!quick) {
        const oracle = buildOracle(process.env.TOPOMATCH_ROOT ?? process.cwd());
        results.push(...(await besideGo(shape, sides[0], oracle, join(folder, "cluster.json"))));
      }
      results.push(...latency(shape, sides));
      console.error(`B13 (${shape}) done`);
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
