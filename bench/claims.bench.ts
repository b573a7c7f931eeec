// B3: 5,000 nodes x 10,000 bound claims, how many nodes each claim fits, against naive JS over the JSON objects, and
// against JS with a Map by affinity and an index of label values.

import type { NodeLike, PersistentVolumeClaimLike, PersistentVolumeLike, TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import type { AffinityShape } from "./fleet/bound.js";
import { boundClaim, boundVolume, SHAPES, termsOf } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { fullNode } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import { countWithMemo } from "./lib/memo.js";
import { countReached, countReachedTuned } from "./lib/naive.js";
import { inFreshProcess } from "./lib/processes.js";
import type { BenchResult } from "./lib/result.js";
import { asked, reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const NODES = 5_000;
const CLAIMS = 10_000;
const SAMPLE = 500;
const WARM_ROUNDS = 12;
/** A naive loop slower than this a pair would flatter us: it is reckoned as if it took no more. */
const MOST_NANOSECONDS = 60;
const ASKED: { readonly [Shape in AffinityShape]: number } = { zonal: 2_000, local: 2_000, mixed: 400 };

interface Objects {
  readonly nodes: readonly NodeLike[];
  readonly volumes: readonly PersistentVolumeLike[];
  readonly claims: readonly PersistentVolumeClaimLike[];
}

/** Parsed from text, as a client has them: strings that come from JSON.parse are not shared. */
function makeObjects(shape: AffinityShape): Objects {
  const parse = <T>(texts: string[]): T[] => JSON.parse(`[${texts.join()}]`) as T[];
  const indexes = Array.from({ length: CLAIMS }, (_, i) => i);
  return {
    nodes: parse(indexes.slice(0, NODES).map(fullNode)),
    volumes: parse(indexes.map((i) => JSON.stringify(boundVolume(i, termsOf(shape, i, NODES))))),
    claims: parse(indexes.map((i) => JSON.stringify(boundClaim(i)))),
  };
}

/** Counts for the claims with these numbers. */
function naive({ claims, nodes, volumes }: Objects, numbers: readonly number[], counts: Uint32Array): void {
  const byName = new Map(volumes.map((volume) => [volume.metadata?.name, volume]));
  for (let i = 0; i < numbers.length; i++) {
    const volume = byName.get(claims[numbers[i]].spec?.volumeName ?? "");
    counts[i] = volume === undefined ? 0 : countReached(volume, nodes);
  }
}

function tuned({ claims, nodes, volumes }: Objects, numbers: readonly number[], counts: Uint32Array): void {
  const labels = nodes.map((node) => node.metadata?.labels ?? {});
  const byName = new Map(volumes.map((volume) => [volume.metadata?.name, volume]));
  for (let i = 0; i < numbers.length; i++) {
    const volume = byName.get(claims[numbers[i]].spec?.volumeName ?? "");
    counts[i] = volume === undefined ? 0 : countReachedTuned(volume, labels);
  }
}

/** Loads everything; the ids of the claims, in order. */
function loadInto(matcher: TopologyMatcher, { claims, nodes, volumes }: Objects): Uint32Array {
  for (const node of nodes) matcher.nodes.upsert(node);
  for (const volume of volumes) matcher.persistentVolumes.upsert(volume);
  const ids = new Uint32Array(claims.length);
  for (let i = 0; i < ids.length; i++) ids[i] = matcher.persistentVolumeClaims.upsert(claims[i]);
  return ids;
}

/** The claims that naive is timed with. */
function numbersFor(quick: boolean): number[] {
  const all = Array.from({ length: CLAIMS }, (_, i) => i);
  return quick ? all.sort((a, b) => hash(a, 80) - hash(b, 80)).slice(0, SAMPLE) : all;
}

function checkEqual(numbers: readonly number[], theirs: Uint32Array, ours: Uint32Array): void {
  numbers.forEach((claim, i) => {
    if (ours[claim] !== theirs[i]) throw new Error(`claim ${claim}: ${ours[claim]} nodes, naive ${theirs[i]}`);
  });
}

const capped = (naiveTime: number): number => Math.min(naiveTime, MOST_NANOSECONDS * NODES * CLAIMS);

interface Times {
  readonly measured: number;
  readonly naive: number;
  readonly tuned: number;
  readonly memo: number;
  readonly load: number;
  readonly first: number;
  readonly again: number;
}

/** One round: each time in nanoseconds for all claims. */
async function round(objects: Objects, numbers: readonly number[]): Promise<Times> {
  const counts = new Uint32Array(CLAIMS);
  const theirs = new Uint32Array(numbers.length);
  const scale = CLAIMS / numbers.length;
  const measured = clock(() => naive(objects, numbers, theirs)) * scale;
  const matcher = await createMatcher(VOLUME_BINDING);
  let ids: Uint32Array = new Uint32Array(0);
  const load = clock(() => {
    ids = loadInto(matcher, objects);
  });
  const first = clock(() => matcher.countFeasibleClaims(ids, counts));
  checkEqual(numbers, theirs, counts);
  const again = clock(() => matcher.countFeasibleClaims(ids, counts));
  const tunedTime = clock(() => tuned(objects, numbers, theirs)) * scale;
  checkEqual(numbers, theirs, counts);
  const memoised = new Uint32Array(CLAIMS);
  const memo = clock(() => countWithMemo(objects.nodes, objects.volumes, objects.claims, memoised));
  memoised.forEach((count, claim) => {
    if (counts[claim] !== count) throw new Error(`claim ${claim}: ${counts[claim]} nodes, with a memo ${count}`);
  });
  return { measured, naive: capped(measured), tuned: tunedTime, memo, load, first, again };
}

export async function compare(shape: AffinityShape, quick: boolean): Promise<BenchResult[]> {
  const objects = makeObjects(shape);
  const numbers = numbersFor(quick);
  await round(objects, numbers);
  // Naive is one loop, warm at once; ours has many, and some run but once a selector.
  for (let i = 0; i < WARM_ROUNDS; i++) {
    const matcher = await createMatcher(VOLUME_BINDING);
    matcher.countFeasibleClaims(loadInto(matcher, objects), new Uint32Array(CLAIMS));
  }
  const times: Times[] = [];
  for (let i = 0; i < (quick ? 5 : 9); i++) times.push(await round(objects, numbers));
  const perPair = (theirs: (time: Times) => number): string =>
    `${(median(times.map(theirs)) / NODES / CLAIMS).toFixed(1)} ns a pair`;
  const limit = times.some((time) => time.measured > time.naive) ? `, reckoned as ${MOST_NANOSECONDS}` : "";
  const scaled = quick ? ` (${SAMPLE} claims, scaled)` : "";
  const baseline = `naive JS, ${perPair(({ measured }) => measured)}${limit}${scaled}`;
  const ratio = (ours: (time: Times) => number): number => median(times.map((time) => time.naive / ours(time)));
  const ms = (ours: (time: Times) => number): number => median(times.map(ours)) / 1e6;
  const figure = (id: string, what: string, ours: (time: Times) => number, least: number | undefined): BenchResult =>
    least === undefined
      ? reported(`B3-${shape}-${id}`, what, ms(ours), "ms", baseline, ratio(ours))
      : asked(`B3-${shape}-${id}`, what, ms(ours), "ms", baseline, ratio(ours), least);
  const size = `${shape} claims, ${NODES} nodes x ${CLAIMS}:`;
  const memoBaseline = `JS with a Map by affinity and an index of label values, ${ms(({ memo }) => memo).toPrecision(3)} ms`;
  const besideMemo = (id: string, what: string, ours: (time: Times) => number): BenchResult =>
    reported(
      `B3-${shape}-${id}`,
      `${size} ${what}`,
      ms(ours),
      "ms",
      memoBaseline,
      median(times.map((time) => time.memo / ours(time))),
    );
  return [
    reported(
      `B3-${shape}-loading`,
      `${size} loading of parsed objects alone`,
      ms(({ load }) => load),
      "ms",
    ),
    besideMemo("memo-load", "loading and first evaluation", ({ first, load }) => load + first),
    besideMemo("memo", "first evaluation", ({ first }) => first),
    figure("eval", `${size} first evaluation`, ({ first }) => first, ASKED[shape]),
    figure("again", `${size} evaluation once more`, ({ again }) => again, undefined),
    reported(
      `B3-${shape}-tuned`,
      `${size} the same evaluation against tuned loops`,
      ms(({ first }) => first),
      "ms",
      `tuned JS loops, ${perPair((time) => time.tuned)}${scaled}`,
      median(times.map((time) => time.tuned / time.first)),
    ),
    figure("load", `${size} loading and first evaluation`, ({ first, load }) => load + first, 100),
  ];
}

/** What a process's first run takes, loading included. */
export async function firstRun(shape: AffinityShape): Promise<number> {
  const objects = makeObjects(shape);
  const counts = new Uint32Array(CLAIMS);
  const matcher = await createMatcher(VOLUME_BINDING);
  return clock(() => {
    matcher.countFeasibleClaims(loadInto(matcher, objects), counts);
  });
}

/** The same for naive; quick: a sample's first run, and the rest at the speed of its second. */
export function firstNaive(shape: AffinityShape, quick: boolean): number {
  const objects = makeObjects(shape);
  const numbers = numbersFor(quick);
  const counts = new Uint32Array(numbers.length);
  const first = clock(() => naive(objects, numbers, counts));
  const second = quick ? clock(() => naive(objects, numbers, counts)) : 0;
  return capped(first + second * (CLAIMS / numbers.length - 1));
}

async function fresh(shape: AffinityShape, quick: boolean): Promise<BenchResult> {
  const ratios: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < (quick ? 1 : 5); i++) {
    const theirs = await inFreshProcess<number>("claims.bench", "firstNaive", shape, quick);
    const ours = await inFreshProcess<number>("claims.bench", "firstRun", shape);
    times.push(ours);
    ratios.push(theirs / ours);
  }
  const what = `${shape} claims, ${NODES} nodes x ${CLAIMS}: first run in a fresh process, with loading`;
  return asked(`B3-${shape}-fresh`, what, median(times) / 1e6, "ms", "naive JS, fresh process", median(ratios), 40);
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const shape of SHAPES) {
    // A process for each: feedback of one shape's objects would slow the loops over another's.
    results.push(...(await inFreshProcess<BenchResult[]>("claims.bench", "compare", shape, quick)));
    results.push(await fresh(shape, quick));
  }
  return results;
};
