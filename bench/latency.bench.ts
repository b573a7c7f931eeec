// B6: one pod at a time on the cluster of B5, by class of pod; 131,072 nodes beside 5,000.

import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { expectedCount } from "./fleet/expected.js";
import { Fleet, load, loadAll, loadClasses } from "./fleet/fleet.js";
import type { PodClass } from "./fleet/layout.js";
import * as layout from "./fleet/layout.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage, percentile } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import { atMost, ratioAtMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const LARGE = 131_072;
const SMALL = 5_000;
const BLOCK = 16;
const WARM_BLOCKS = 8;

type Verdict = ReturnType<TopologyMatcher["createVerdict"]>;

interface Side {
  readonly nodes: number;
  readonly matcher: TopologyMatcher;
  readonly verdict: Verdict;
}

interface Question {
  readonly podClass: PodClass;
  readonly claims: 1 | 4;
}

const QUESTIONS: readonly Question[] = layout.CLASSES.flatMap((podClass) => [
  { podClass, claims: 1 as const },
  { podClass, claims: 4 as const },
]);

/** The pods that are asked about: distinct, as many as the cluster has of them. */
function podsOf({ claims, podClass }: Question, nodes: number, blocks: number): number[] {
  const there = claims === 4 ? nodes >> 2 : nodes;
  const count = Math.floor(Math.min(there, (blocks + WARM_BLOCKS) * BLOCK) / BLOCK) * BLOCK;
  return Array.from({ length: count }, (_, n) => layout.podOf(podClass, claims, n));
}

async function build(nodes: number, blocks: number, everything: boolean): Promise<Side> {
  const matcher = await createMatcher(VOLUME_BINDING);
  const fleet = new Fleet(nodes, !everything);
  loadAll(matcher, fleet, "nodes");
  loadClasses(matcher, nodes);
  if (everything) {
    for (const kind of ["persistentVolumes", "persistentVolumeClaims", "pods"] as const) loadAll(matcher, fleet, kind);
  } else {
    // All local volumes, since every node's count, and of the rest what the pods asked about refer to.
    const locals = fleet.counts.persistentVolumes / 2;
    for (const page of fleet.pages("persistentVolumes")) {
      load(
        matcher,
        fleet,
        "persistentVolumes",
        page.filter((volume) => volume < locals),
      );
    }
    const pods = QUESTIONS.flatMap((question) => podsOf(question, nodes, blocks));
    const claims = pods.flatMap(layout.claimsOf);
    const zonal = claims.filter((claim) => layout.classOfClaim(claim) === "bound zonal").map(layout.volumeOf);
    load(
      matcher,
      fleet,
      "persistentVolumes",
      zonal.map((volume) => volume + locals),
    );
    load(matcher, fleet, "persistentVolumeClaims", claims);
    load(matcher, fleet, "pods", pods);
  }
  return { nodes, matcher, verdict: matcher.createVerdict() };
}

interface Times {
  /** The very first question of the class. */
  first: number;
  /** Nanoseconds a pod, a block each. */
  readonly blocks: number[];
  /** The same pods once more. */
  readonly again: number[];
}

class Contestant {
  readonly times: Times = { first: 0, blocks: [], again: [] };
  readonly #ids: Uint32Array;
  readonly #counts: Uint32Array;

  constructor(
    readonly side: Side,
    readonly pods: readonly number[],
  ) {
    const key = (pod: number): string => `${layout.namespaceOf(pod)}/${layout.podName(pod)}`;
    this.#ids = Uint32Array.from(pods, (pod) => side.matcher.podId(key(pod)));
    this.#counts = new Uint32Array(pods.length);
  }

  warmUp(): void {
    this.times.first = clock(() => this.#ask(0, 1));
    for (let block = 0; block < WARM_BLOCKS; block++) this.#ask(block * BLOCK, (block + 1) * BLOCK);
  }

  get blocks(): number {
    return this.pods.length / BLOCK - WARM_BLOCKS;
  }

  time(block: number, into: number[]): void {
    const from = ((block % this.blocks) + WARM_BLOCKS) * BLOCK;
    into.push(clock(() => this.#ask(from, from + BLOCK)) / BLOCK);
  }

  check(every: number): void {
    for (let i = 0; i < this.pods.length; i += every) {
      const expected = expectedCount(this.pods[i], this.side.nodes);
      if (this.#counts[i] !== expected) {
        throw new Error(`pod ${this.pods[i]} on ${this.side.nodes} nodes: ${this.#counts[i]}, expected ${expected}`);
      }
    }
  }

  #ask(from: number, to: number): void {
    const { verdict } = this.side;
    for (let i = from; i < to; i++) this.#counts[i] = verdict.evaluatePod(this.#ids[i]).feasibleCount;
  }
}

function ask(question: Question, sides: readonly Side[], blocks: number): BenchResult[] {
  const [large, small] = sides.map((side) => new Contestant(side, podsOf(question, side.nodes, blocks)));
  for (const contestant of [large, small]) contestant.warmUp();
  for (let block = 0; block < large.blocks; block++) {
    large.time(block, large.times.blocks);
    if (block < small.blocks) small.time(block, small.times.blocks);
  }
  for (let block = 0; block < large.blocks; block++) {
    large.time(block, large.times.again);
    if (block < small.blocks) small.time(block, small.times.again);
  }
  large.check(Math.ceil(large.pods.length / 16));
  small.check(16);
  return figures(question, large.times, small.times);
}

function figures({ claims, podClass }: Question, large: Times, small: Times): BenchResult[] {
  const id = `B6-${podClass.replace(" ", "-")}-${claims}`;
  const what = `${podClass}, ${claims} ${claims === 1 ? "claim" : "claims"}, ${LARGE} nodes:`;
  const p50 = median(large.blocks) / 1000;
  const ascending = Float64Array.from(large.blocks).sort();
  const p99 = percentile(ascending, 0.99) / 1000;
  const than = (theirs: number): string => `${SMALL} nodes: ${(theirs / 1000).toFixed(2)} us`;
  const ratio = p50 / (median(small.blocks) / 1000);
  const again = median(large.again) / 1000;
  return [
    ratioAtMost(`${id}-p50`, `${what} p50`, p50, "us", than(median(small.blocks)), ratio, 12),
    ratioAtMost(`${id}-p99`, `${what} p99`, p99, "us", "its p50", p99 / p50, 10),
    reported(
      `${id}-again`,
      `${what} p50 of the same pods again`,
      again,
      "us",
      than(median(small.again)),
      again / (median(small.again) / 1000),
    ),
    atMost(`${id}-first`, `${what} the first pod of its class`, large.first / 1000, "us", null),
  ];
}

export const bench: Bench = async ({ quick }) => {
  const blocks = quick ? 300 : 1_500;
  const sides = [await build(LARGE, blocks, !quick), await build(SMALL, blocks, !quick)];
  collectGarbage();
  return QUESTIONS.flatMap((question) => ask(question, sides, blocks));
};
