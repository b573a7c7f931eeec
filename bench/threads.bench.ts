// B12: batches over two threads beside one thread, by how much work a batch is.

import { cpus } from "node:os";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { createThreadedMatcher } from "../lib/threads.js";
import { zonesWithoutPools } from "./fleet/batches.js";
import { boundClaim, boundVolume, podKey, podWith } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeLabels, nodeName } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import type { BenchResult } from "./lib/result.js";
import { asked, reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

/** Rounds in which the cores were ours, and rounds at the most. */
const ROUNDS = 21;
const MOST_ROUNDS = 63;
const WARM_UP = 3;
/** Cores that others may use in a round that counts: a second thread without a core is not what is asked about. */
const OTHERS = 0.25;
/** How long one contestant runs in one round, at least; but no fewer than two batches. */
const MILLISECONDS = 40;
/** Milliseconds of work on one thread. */
const SIZES = [0.05, 0.2, 1, 5, 20, 100];
/** From so many on two threads must be worth it. */
const WORTH_IT = 20;

interface Fleet {
  readonly nodes: number;
  /** Enough of them for the largest batch. */
  readonly pods: number;
  /** Claims, each on a volume whose mask is a row; no two pods have the same two. */
  readonly claims: number;
}

const FLEETS: readonly Fleet[] = [
  { nodes: 5_000, pods: 1_600_000, claims: 2_000 },
  { nodes: 131_072, pods: 320_000, claims: 1_000 },
];

/** What the counts went to. */
let sink = 0;

function fill(matcher: TopologyMatcher, { claims, nodes, pods }: Fleet): void {
  for (let node = 0; node < nodes; node++) {
    matcher.nodes.upsert({ metadata: { name: nodeName(node), labels: nodeLabels(node) } });
  }
  for (let claim = 0; claim < claims; claim++) {
    matcher.persistentVolumes.upsert(boundVolume(claim, zonesWithoutPools(claim)));
    matcher.persistentVolumeClaims.upsert(boundClaim(claim));
  }
  for (let pod = 0; pod < pods; pod++) matcher.pods.upsert(podWith(pod, pairOf(pod, claims)));
}

/** Walks over all unordered pairs: a first claim drawn for each stride, and the stride grows when all had their turn. */
function pairOf(pod: number, claims: number): [number, number] {
  const stride = 1 + Math.floor(pod / claims);
  const first = (hash(stride, 140) + (pod % claims) * 7) % claims;
  return [first, (first + stride) % claims];
}

/** One of the two, and the fastest batch of a round. */
class Contestant {
  readonly #ids: Uint32Array;
  readonly #counts: Uint32Array;

  constructor(
    readonly matcher: TopologyMatcher,
    pods: number,
  ) {
    this.#ids = Uint32Array.from({ length: pods }, (_, pod) => matcher.podId(podKey(pod)));
    this.#counts = new Uint32Array(pods);
  }

  /** Nanoseconds by the wall clock: the processor time of two threads says nothing. */
  batch(pods: number): number {
    const { matcher } = this;
    // A node that comes and goes leaves all masks as they were, but no count may be taken as known.
    matcher.nodes.upsert({ metadata: { name: "spare" } });
    matcher.nodes.delete("spare");
    const ids = this.#ids.subarray(0, pods);
    const counts = this.counts(pods);
    const start = process.hrtime.bigint();
    matcher.countFeasible(ids, counts);
    const time = Number(process.hrtime.bigint() - start);
    sink += counts[pods - 1];
    return time;
  }

  /** Whoever had a core taken away for a while is not to be judged by it. */
  fastest(pods: number): number {
    const until = performance.now() + MILLISECONDS;
    let fastest = this.batch(pods);
    do fastest = Math.min(fastest, this.batch(pods));
    while (performance.now() < until);
    return fastest;
  }

  counts(pods: number): Uint32Array {
    return this.#counts.subarray(0, pods);
  }
}

/** Pods that take one thread about so long. */
function podsFor(milliseconds: number, single: Contestant, most: number): number {
  let pods = 64;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 8; i++) {
    // The first ones are for the size, and for what they make known; a disturbed one must not make the batch small.
    if (i < 4) single.batch(pods);
    const each = single.fastest(pods) / pods;
    least = i < 4 ? each : Math.min(least, each);
    pods = Math.max(1, Math.min(most, Math.round((milliseconds * 1e6) / least)));
  }
  return pods;
}

/** Milliseconds: what all processors and what this process worked, and the wall clock. */
function work(): { readonly all: number; readonly ours: number; readonly wall: number } {
  const all = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const { system, user } = process.cpuUsage();
  return { all, ours: (system + user) / 1000, wall: performance.now() };
}

interface Round {
  /** Nanoseconds. */
  readonly one: number;
  readonly two: number;
  /** Cores that others used meanwhile. */
  readonly others: number;
}

function play(single: Contestant, double: Contestant, pods: number, singleFirst: boolean): Round {
  const before = work();
  let one = singleFirst ? single.fastest(pods) : 0;
  const two = double.fastest(pods);
  if (!singleFirst) one = single.fastest(pods);
  const after = work();
  check(double.counts(pods), single.counts(pods));
  const others = (after.all - before.all - (after.ours - before.ours)) / (after.wall - before.wall);
  return { one, two, others };
}

function check(ours: Uint32Array, theirs: Uint32Array): void {
  for (let i = 0; i < theirs.length; i++) {
    if (ours[i] !== theirs[i]) throw new Error(`pod ${i}: ${ours[i]} nodes on two threads, ${theirs[i]} on one`);
  }
}

function size(milliseconds: number, fleet: Fleet, single: Contestant, double: Contestant): BenchResult {
  const pods = podsFor(milliseconds, single, fleet.pods);
  for (let i = 0; i < WARM_UP; i++) play(single, double, pods, true);
  const all: Round[] = [];
  const free = (): Round[] => all.filter(({ others }) => others <= OTHERS);
  while (all.length < MOST_ROUNDS && free().length < ROUNDS) {
    all.push(play(single, double, pods, all.length % 2 === 0));
  }
  // On a host that is never free all rounds have to do.
  const rounds = free().length >= ROUNDS / 3 ? free() : all;
  const ratio = median(rounds.map(({ one, two }) => one / two));
  const id = `B12-${fleet.nodes}-${milliseconds}`;
  const cores = `${rounds === all ? "cores shared" : "cores free"} in ${rounds.length} rounds`;
  const what = `about ${milliseconds} ms of work on two threads: ${pods} pods of two claims at ${fleet.nodes} nodes; ${cores}`;
  const baseline = `one thread, ${(median(rounds.map(({ one }) => one)) / 1000).toFixed(0)} us`;
  const least = milliseconds >= WORTH_IT ? 1.5 : 0.95;
  return asked(id, what, median(rounds.map(({ two }) => two)) / 1000, "us", baseline, ratio, least);
}

async function run(fleet: Fleet): Promise<BenchResult[]> {
  const one = await createMatcher(VOLUME_BINDING);
  const two = await createThreadedMatcher({ threads: 2, ...VOLUME_BINDING });
  try {
    for (const matcher of [one, two]) fill(matcher, fleet);
    const [single, double] = [one, two].map((matcher) => new Contestant(matcher, fleet.pods));
    for (const contestant of [single, double]) contestant.batch(fleet.pods);
    const results = SIZES.map((milliseconds) => size(milliseconds, fleet, single, double));
    if (two.threads !== 2) throw new Error("a thread ended on the way");
    if (sink === 0) throw new Error("no pod fits a node");
    return results;
  } finally {
    await two.close();
  }
}

async function start(): Promise<BenchResult> {
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    const start = performance.now();
    const matcher = await createThreadedMatcher({ threads: 2, ...VOLUME_BINDING });
    times.push(performance.now() - start);
    await matcher.close();
  }
  return reported(
    "B12-start",
    "a matcher with one thread beside the calling one, until it is there",
    median(times),
    "ms",
  );
}

export const bench: Bench = async () => {
  const results = [await start()];
  for (const fleet of FLEETS) results.push(...(await run(fleet)));
  return results;
};
