// B15: a pod assumed and given back, beside its evaluation; and an overlay entered, asked once and left.

import type { TopologyMatcher, Verdict } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { podKey } from "./fleet/bound.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import { atMost, ratioAtMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";
import { LOCALS_OF, SHAPES, type Shape } from "./peers/sequence.js";
import { WholeCluster } from "./peers/whole-cluster.js";

const NODES = 5_000;
const PODS = 400;
const ROUNDS = 15;
const WARM = 5;
const SIZES = [1, 100, 10_000];
const QUICK_SIZES = [1, 100, 1_000];
/** V8 is compiling before an overlay was entered so often. */
const WARM_ENTRIES = 20_000;
/** A pod is asked about so often in an overlay of a size. */
const ENTRIES: { readonly [size: number]: number } = { 1: 400, 100: 100, 1000: 20, 10000: 6 };
/** What would live on is far more than V8 leaves lying about. */
const MOST_BYTES = 16;
const LEAKS = 10_000;

let sink = 0;

const us = (nanoseconds: number): string => `${(nanoseconds / 1000).toFixed(1)} us`;

class Side {
  readonly verdict: Verdict;
  readonly #ids: Uint32Array;
  readonly #one = new Uint32Array(1);

  private constructor(
    readonly matcher: TopologyMatcher,
    pods: number,
  ) {
    this.verdict = matcher.createVerdict();
    this.#ids = Uint32Array.from({ length: pods }, (_, pod) => matcher.podId(podKey(pod)));
  }

  static async of(shape: Shape, pods: number): Promise<Side> {
    const matcher = await createMatcher({ filters: "all" });
    new WholeCluster(shape, NODES, pods, LOCALS_OF[shape]).loadInto(matcher);
    return new Side(matcher, pods);
  }

  /** Nanoseconds of an evaluation, and of an assumption that is taken back. */
  round(): { readonly evaluate: number; readonly assume: number } {
    let placed = 0;
    const [verdict, one] = [this.verdict, this.#one];
    const evaluate = clock(() => {
      for (let pod = 0; pod < PODS; pod++) sink += verdict.evaluatePod(this.#ids[pod]).feasibleCount;
    });
    const both = clock(() => {
      for (let pod = 0; pod < PODS; pod++) {
        if (verdict.evaluatePod(this.#ids[pod]).first(1, one) === 0) continue;
        verdict.assume(one[0]).revert();
        placed++;
      }
    });
    return { evaluate: evaluate / PODS, assume: Math.max(0, both - evaluate) / placed };
  }

  /** How many nodes each pod fits. */
  counts(): string {
    return Array.from(this.#ids, (pod) => this.verdict.evaluatePod(pod).feasibleCount).join();
  }

  /** Assumes and takes back again and again; bytes that are there afterwards, an assumption. */
  leak(): number {
    const bytes = (): number => {
      collectGarbage();
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      return heapUsed + arrayBuffers + this.matcher.memory.engine;
    };
    const before = bytes();
    for (let i = 0; i < LEAKS; i++) {
      if (this.verdict.evaluatePod(this.#ids[i % PODS]).first(1, this.#one) > 0) {
        this.verdict.assume(this.#one[0]).revert();
      }
    }
    return Math.max(0, bytes() - before) / LEAKS;
  }
}

async function assumed(shape: Shape, rounds: number): Promise<BenchResult[]> {
  const side = await Side.of(shape, PODS);
  const before = side.counts();
  for (let i = 0; i < WARM; i++) side.round();
  const times = Array.from({ length: rounds }, () => side.round());
  const leak = side.leak();
  if (side.counts() !== before) throw new Error(`(${shape}): what was taken back is not as it was`);
  const evaluate = median(times.map((time) => time.evaluate));
  const ratio = median(times.map((time) => time.assume / time.evaluate));
  const what = `(${shape}) assumed on its first node and taken back, all nine plugins, ${NODES} nodes`;
  return [
    ratioAtMost(
      `B15-${shape}`,
      `${what}: a pod, what its change costs the next evaluation included`,
      median(times.map((time) => time.assume)) / 1000,
      "us",
      `its evaluation: ${us(evaluate)}`,
      ratio,
      2,
    ),
    atMost(`B15-${shape}-memory`, `${what}: bytes that live on, of ${LEAKS} times`, leak, "B", MOST_BYTES),
  ];
}

/** Nanoseconds of a question in an overlay, with the way in and out, and of the same one to the matcher. */
async function overlaid(size: number, rounds: number): Promise<BenchResult> {
  const { matcher } = await Side.of("a", size + 1);
  const overlay = matcher.overlay();
  const one = new Uint32Array(1);
  const verdict = overlay.createVerdict();
  let held = 0;
  for (let pod = 0; pod < size; pod++) {
    if (verdict.evaluatePod(matcher.podId(podKey(pod))).best(1, one) === 0) continue;
    verdict.assume(one[0]);
    held++;
  }
  const asked = matcher.podId(podKey(size));
  const below = matcher.createVerdict();
  const other = matcher.overlay().createVerdict();
  const often = ENTRIES[size];
  const there = (): number => verdict.evaluatePod(asked).feasibleCount;
  const answer = there();
  const expected = below.evaluatePod(asked).feasibleCount;
  const round = (): readonly [number, number, number] => {
    const inside = clock(() => {
      for (let i = 0; i < often; i++) {
        if (there() !== answer) throw new Error("the overlay answers otherwise");
        sink += below.evaluatePod(asked).feasibleCount;
      }
    });
    const empty = clock(() => {
      for (let i = 0; i < often; i++) sink += other.evaluatePod(asked).feasibleCount;
    });
    const plain = clock(() => {
      for (let i = 0; i < often; i++) {
        if (below.evaluatePod(asked).feasibleCount !== expected) throw new Error("the matcher answers otherwise");
      }
    });
    return [(inside - plain) / often, plain / often, empty / often];
  };
  const warm = size === 1 ? WARM_ENTRIES / often : WARM;
  for (let i = 0; i < warm; i++) round();
  const times = Array.from({ length: rounds }, round);
  const what = `an overlay with ${held} pods assumed entered, one pod asked, left; all nine plugins, ${NODES} nodes`;
  const inside = median(times.map(([time]) => time));
  const plain = median(times.map(([, time]) => time));
  const ratio = median(times.map(([time, than]) => time / than));
  const id = `B15'-${size}`;
  if (size === 1) return ratioAtMost(id, what, inside / 1000, "us", `the matcher: ${us(plain)}`, ratio, 3);
  return reported(id, what, inside / 1000, "us", `the matcher: ${us(plain)}`, 1 / ratio);
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const shape of quick ? (["a", "c"] as const) : SHAPES)
    results.push(...(await assumed(shape, quick ? 5 : ROUNDS)));
  for (const size of quick ? QUICK_SIZES : SIZES) results.push(await overlaid(size, quick ? 5 : ROUNDS));
  return sink < 0 ? [] : results;
};
