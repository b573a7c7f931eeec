// B4: pods a second over all nodes, beside the real kube-scheduler's VolumeBinding plugin in Go on all cores.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMatcher } from "../../lib/index.js";
import { podKey } from "../fleet/bound.js";
import type { Bench } from "../lib/bench.js";
import { onBusyCores } from "../lib/busy.js";
import { VOLUME_BINDING } from "../lib/filters.js";
import type { GrowthResult } from "../lib/growth.js";
import { grows } from "../lib/growth.js";
import type { BenchResult } from "../lib/result.js";
import { asked, reported } from "../lib/result.js";
import { median } from "../lib/rounds.js";
import type { PeerShape } from "./cluster.js";
import { DESCRIPTIONS, PeerCluster, SHAPES } from "./cluster.js";
import type { GoOptions, GoReport } from "./go.js";
import { buildOracle, runGo, writeCluster } from "./go.js";

const NODES = 5_000;
const CHECK_NODES = 1_250;
const GROWTH = [1_250, 2_500, 5_000, 10_000];
const PODS = 2_400;
const WARM = 1_440;
const BLOCK = 48;
const WARM_MATCHERS = 3;

interface Plan {
  readonly least: number;
  /** Over all nodes, or over so many of them and scaled. */
  readonly go: GoOptions;
  readonly truncated: GoOptions;
  /** A full pass at 1,250 nodes. */
  readonly check: GoOptions;
  readonly growth: GoOptions;
}

const PLANS: { readonly [Shape in PeerShape]: Plan } = {
  a: { least: 5_000, go: { pods: 60 }, truncated: { pods: 60 }, check: { pods: 60 }, growth: { pods: 30 } },
  "b-free": {
    least: 1_000_000,
    go: { pods: 2, sample: 50 },
    truncated: { pods: 1 },
    check: { pods: 1 },
    growth: { pods: 1, sample: 20 },
  },
  "b-bound": {
    least: 200_000,
    go: { pods: 3, sample: 50 },
    truncated: { pods: 1 },
    check: { pods: 2 },
    growth: { pods: 1, sample: 20 },
  },
  c: {
    least: 200_000,
    go: { pods: 4, sample: 250 },
    truncated: { pods: 4 },
    check: { pods: 4 },
    growth: { pods: 2, sample: 50 },
  },
  d: { least: 20_000, go: { pods: 9 }, truncated: { pods: 9 }, check: { pods: 9 }, growth: { pods: 9, sample: 50 } },
};

/** Pods of (d) are of three sorts, in turn; those of one sort take alike. */
const SORTS = 3;

/** Nanoseconds a pod over all nodes: of each sort the median, which a disturbed pod does not move. */
function perPod({ nodes, pods }: GoReport, truncated: boolean): number {
  const times = pods.map((pod) =>
    truncated ? pod.ns : pod.preFilterNs + pod.filterNs * (nodes / Math.max(1, pod.nodesEvaluated)),
  );
  const sorts = Math.min(SORTS, times.length);
  const medians = Array.from({ length: sorts }, (_, sort) => median(times.filter((_, i) => i % sorts === sort)));
  return medians.reduce((sum, time) => sum + time, 0) / sorts;
}

/** Its processor time a pod, on all cores together. */
function processorTime(report: GoReport): number {
  const pods = report.pods.map((pod) => ({ ...pod, filterNs: pod.filterCpuNs }));
  return perPod({ ...report, pods }, false);
}

/** The wall clock on both sides, while all cores are at work. */
function wallClock(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start);
}

/** Our side: a matcher with the cluster, and how long a new pod takes. */
class Ours {
  readonly counts = new Uint32Array(PODS);

  constructor(readonly nanoseconds: number) {}

  static async on(cluster: PeerCluster): Promise<Ours> {
    const matcher = await createMatcher(VOLUME_BINDING);
    cluster.loadInto(matcher);
    const verdict = matcher.createVerdict();
    const ids = Uint32Array.from({ length: PODS }, (_, pod) => matcher.podId(podKey(pod)));
    const counts = new Uint32Array(PODS);
    const ask = (from: number, to: number): void => {
      for (let pod = from; pod < to; pod++) counts[pod] = verdict.evaluatePod(ids[pod]).feasibleCount;
    };
    ask(0, WARM);
    const blocks: number[] = [];
    for (let from = WARM; from < PODS; from += BLOCK) blocks.push(wallClock(() => ask(from, from + BLOCK)) / BLOCK);
    const ours = new Ours(median(blocks));
    ours.counts.set(counts);
    return ours;
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

class Peers {
  constructor(
    readonly oracle: string,
    readonly file: string,
  ) {}

  go(cluster: PeerCluster, options: GoOptions): Promise<GoReport> {
    writeCluster(this.file, cluster);
    return runGo(this.oracle, this.file, VOLUME_BINDING.filters, options);
  }

  async compare(shape: PeerShape): Promise<BenchResult[]> {
    const { check, go, least, truncated } = PLANS[shape];
    const cluster = new PeerCluster(shape, NODES, PODS);
    // V8 is still compiling after the pods of one matcher.
    for (let i = 0; i < WARM_MATCHERS; i++) await Ours.on(cluster);
    const before = await onBusyCores(() => Ours.on(cluster));
    const full = await this.go(cluster, go);
    const cut = await this.go(cluster, { ...truncated, truncate: true });
    const after = await onBusyCores(() => Ours.on(cluster));
    let checked = after.check(full);
    const small = new PeerCluster(shape, CHECK_NODES, PODS);
    const whole = await this.go(small, check);
    checked += (await Ours.on(small)).check(whole);
    const ours = median([before.nanoseconds, after.nanoseconds]);
    const theirs = perPod(full, false);
    const what = `(${shape}) ${DESCRIPTIONS[shape]}, ${NODES} nodes`;
    const sampled = go.sample === undefined ? "all nodes" : `${go.sample} seeded nodes, scaled`;
    const cores = `${full.maxProcs} cores`;
    const us = ours / 1000;
    const results = [
      asked(
        `B4-${shape}`,
        `${what}: a pod`,
        us,
        "us",
        `kube-scheduler ${full.version}, ${cores}, ${sampled}: ${ms(theirs)}`,
        theirs / ours,
        least,
      ),
      asked(
        `B4-${shape}-truncated`,
        `${what}: a pod`,
        us,
        "us",
        `its truncated search: ${ms(perPod(cut, true))}`,
        perPod(cut, true) / ours,
        least / 5,
      ),
      reported(`B4-${shape}-ours`, `${what}: pods a second on one core`, 1e9 / ours, "1/s"),
      reported(`B4-${shape}-theirs`, `${what}: pods a second of kube-scheduler on ${cores}`, 1e9 / theirs, "1/s"),
      reported(
        `B4-${shape}-cpu`,
        `${what}: processor time of a pod`,
        us,
        "us",
        `kube-scheduler's, of all cores together: ${ms(processorTime(full))}`,
        processorTime(full) / ours,
      ),
      reported(
        `B4-${shape}-checked`,
        `${what}: pods whose counts were compared over all nodes, here and at ${CHECK_NODES}`,
        checked,
        "",
      ),
    ];
    if (go.sample !== undefined) {
      // The same sample on the small cluster against its full pass says how good scaling is.
      const scaled = await this.go(small, { pods: check.pods, sample: go.sample });
      const value = perPod(whole, false) / 1e6;
      results.push(
        reported(
          `B4-${shape}-scaling`,
          `${what}: full pass at ${CHECK_NODES} nodes`,
          value,
          "ms",
          `sampled and scaled there: ${ms(perPod(scaled, false))}`,
          perPod(scaled, false) / perPod(whole, false),
        ),
      );
    }
    return results;
  }

  async growth(shape: PeerShape): Promise<BenchResult[]> {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (const nodes of GROWTH) {
      const cluster = new PeerCluster(shape, nodes, PODS);
      ours.push((await onBusyCores(() => Ours.on(cluster))).nanoseconds);
      theirs.push(perPod(await this.go(cluster, PLANS[shape].growth), false));
    }
    const curve = (name: string, times: readonly number[]): GrowthResult["curve"] => ({
      plot: `peers-${shape}`,
      name,
      xLabel: "nodes",
      yLabel: "ms a pod",
      x: GROWTH,
      y: times.map((time) => time / 1e6),
    });
    const what = `(${shape}) exponent of a pod's time in nodes, at ${GROWTH.join(", ")}`;
    const us = ours.map((time) => `${(time / 1000).toFixed(2)} us`).join(", ");
    return [
      grows(`B4-${shape}-growth`, `${what}: ${us}`, curve("topomatch", ours)),
      grows(`B4-${shape}-growth-theirs`, `${what}: ${theirs.map(ms).join(", ")}`, curve("kube-scheduler", theirs)),
    ];
  }
}

const ms = (nanoseconds: number): string => `${(nanoseconds / 1e6).toPrecision(3)} ms`;

export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), "topomatch-peers-"));
  try {
    const peers = new Peers(buildOracle(process.env.TOPOMATCH_ROOT ?? process.cwd()), join(folder, "cluster.json"));
    const results: BenchResult[] = [];
    for (const shape of SHAPES) {
      results.push(...(await peers.compare(shape)), ...(await peers.growth(shape)));
      console.error(`B4 (${shape}) done`);
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
