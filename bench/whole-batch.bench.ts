// B7': how many nodes each of many known pods fits under all nine plugins, in one call.

import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { ROWS, zonesWithoutPools } from "./fleet/batches.js";
import { boundClaim, boundVolume, podKey, podWith } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeLabels, poolOf } from "./fleet/nodes.js";
import type { Requests } from "./fleet/running.js";
import {
  candidate,
  csiNode,
  diskClaimOf,
  diskOf,
  limitOf,
  NODE_MEBI,
  NODE_MILLI,
  poolAskedBy,
  running,
  runningPod,
  tainted,
  taintsOf,
  tolerates,
} from "./fleet/running.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { matches } from "./lib/naive.js";
import type { BenchResult } from "./lib/result.js";
import { asked, reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";
import { countBits } from "./lib/words.js";

const NODES = 5_000;
const PODS = 500_000;
const QUICK_PODS = 60_000;
const RUNNING = 10;
const DRIVER = "ebs.csi.aws.com";
const KINDS_OF_REQUESTS = 32;
const ONE_BY_ONE = 2_000;

/** One of 1,024 requests. */
const requestsOf = (pod: number): Requests => ({
  milli: 100 * (1 + (hash(pod, 180) % KINDS_OF_REQUESTS)),
  mebi: 256 * (1 + (hash(pod, 181) % KINDS_OF_REQUESTS)),
});
const requestOf = ({ mebi, milli }: Requests): number => (milli / 100) * 64 + mebi / 256;
const maskOf = (pod: number): number => hash(pod, 182) % ROWS;

async function build(pods: number): Promise<TopologyMatcher> {
  const matcher = await createMatcher({ filters: "all" });
  matcher.storageClasses.upsert({
    metadata: { name: "standard" },
    provisioner: DRIVER,
    volumeBindingMode: "WaitForFirstConsumer",
  });
  for (let node = 0; node < NODES; node++) {
    matcher.nodes.upsert(tainted(node));
    matcher.csiNodes.upsert(csiNode(node, [DRIVER]));
    for (let i = 0; i < RUNNING; i++) {
      const pod = runningPod(node, i);
      matcher.pods.upsert(running(pod));
      if (pod.disk < 0) continue;
      matcher.persistentVolumes.upsert(diskOf(pod));
      matcher.persistentVolumeClaims.upsert(diskClaimOf(pod));
    }
  }
  for (let pod = 0; pod < pods; pod++) {
    matcher.persistentVolumes.upsert(boundVolume(pod, zonesWithoutPools(maskOf(pod))));
    matcher.persistentVolumeClaims.upsert(boundClaim(pod));
    matcher.pods.upsert(candidate(podWith(pod, [pod]), pod, requestsOf(pod)));
  }
  return matcher;
}

/** For each plugin that can reject a node a mask of those it leaves, by what it looks at in a pod: plain JavaScript. */
class Rows {
  readonly #words = Math.ceil(NODES / 64);
  readonly #rows = new Map<string, BigUint64Array>();
  readonly #all = this.#row(() => true);
  readonly #labels = Array.from({ length: NODES }, (_, node) => nodeLabels(node));
  readonly #free = Array.from({ length: NODES }, (_, node) => {
    const pods = Array.from({ length: RUNNING }, (_, i) => runningPod(node, i));
    const attached = pods.filter(({ disk }) => disk >= 0).length;
    const used = (of: (requests: Requests) => number) => pods.reduce((sum, pod) => sum + of(pod.requests), 0);
    return {
      milli: NODE_MILLI - used(({ milli }) => milli),
      mebi: NODE_MEBI - used(({ mebi }) => mebi),
      disks: limitOf(node) - attached,
    };
  });

  /** Taints, node selector, resources, attach limits, volume: a mask each, and none is skipped. */
  of(pod: number): readonly BigUint64Array[] {
    const pool = poolAskedBy(pod);
    const requests = requestsOf(pod);
    const mask = maskOf(pod);
    return [
      tolerates(pod) ? this.#all : this.#kept("taints", (node) => taintsOf(node) === undefined),
      pool === undefined ? this.#all : this.#kept(`pool ${pool}`, (node) => poolOf(node) === pool),
      this.#kept(
        `request ${requestOf(requests)}`,
        (node) => this.#free[node].milli >= requests.milli && this.#free[node].mebi >= requests.mebi,
      ),
      this.#kept("limits", (node) => this.#free[node].disks >= 1),
      this.#kept(`mask ${mask}`, (node) => matches(zonesWithoutPools(mask), this.#labels[node])),
    ];
  }

  #kept(name: string, holds: (node: number) => boolean): BigUint64Array {
    let row = this.#rows.get(name);
    if (row === undefined) {
      row = this.#row(holds);
      this.#rows.set(name, row);
    }
    return row;
  }

  #row(holds: (node: number) => boolean): BigUint64Array {
    const row = new BigUint64Array(this.#words);
    for (let node = 0; node < NODES; node++) if (holds(node)) row[node >>> 6] |= 1n << BigInt(node & 63);
    return row;
  }
}

interface Round {
  readonly batch: number;
  readonly again: number;
  readonly each: number;
  readonly masks: number;
}

/** Nanoseconds a pod. */
function round(
  matcher: TopologyMatcher,
  masks: readonly (readonly BigUint64Array[])[],
  ids: Uint32Array,
  n: number,
): Round {
  const pods = ids.length;
  // A pod that comes and goes leaves all masks as they were, but no count may be taken as known.
  matcher.pods.upsert(running({ ...runningPod(n % NODES, 11), disk: -1 }));
  matcher.pods.delete(`running/${runningPod(n % NODES, 11).name}`);
  const counts = new Uint32Array(pods);
  const batch = clock(() => matcher.countFeasible(ids, counts)) / pods;
  const again = clock(() => matcher.countFeasible(ids, counts)) / pods;
  const verdict = matcher.createVerdict();
  let sum = 0;
  const each = clock(() => {
    for (let i = 0; i < ONE_BY_ONE; i++) sum += verdict.evaluatePod(ids[i]).feasibleCount;
  });
  const expected = counts.subarray(0, ONE_BY_ONE).reduce((total, count) => total + count, 0);
  if (sum !== expected) throw new Error(`one by one ${sum}, in a batch ${expected}`);
  const scratch = new BigUint64Array(masks[0][0].length);
  const halves = new Uint32Array(scratch.buffer);
  const theirs = new Uint32Array(pods);
  const taken = clock(() => {
    for (let pod = 0; pod < pods; pod++) {
      const [a, b, c, d, e] = masks[pod];
      for (let i = 0; i < scratch.length; i++) scratch[i] = a[i] & b[i] & c[i] & d[i] & e[i];
      theirs[pod] = countBits(halves);
    }
  });
  for (let pod = 0; pod < pods; pod++) {
    if (theirs[pod] !== counts[pod]) throw new Error(`pod ${pod}: ${counts[pod]} nodes, expected ${theirs[pod]}`);
  }
  return { batch, again, each: each / ONE_BY_ONE, masks: taken / pods };
}

export const bench: Bench = async ({ quick }) => {
  const pods = quick ? QUICK_PODS : PODS;
  const matcher = await build(pods);
  const ids = Uint32Array.from({ length: pods }, (_, pod) => matcher.podId(podKey(pod)));
  const rows = new Rows();
  const masks = Array.from({ length: pods }, (_, pod) => rows.of(pod));
  const first = clock(() => matcher.countFeasible(ids, new Uint32Array(pods))) / pods;
  for (let i = 0; i < 2; i++) round(matcher, masks, ids, i);
  const rounds = Array.from({ length: quick ? 5 : 11 }, (_, i) => round(matcher, masks, ids, i));
  const ns = (of: (round: Round) => number): number => median(rounds.map(of));
  const ratio = (of: (round: Round) => number): number => median(rounds.map((times) => of(times) / times.batch));
  const what = `${pods} pods under all nine plugins at ${NODES} nodes, a pod`;
  const batch = ns((times) => times.batch);
  const than = (name: string, of: (round: Round) => number): string => `${name}, ${ns(of).toFixed(0)} ns`;
  const results: BenchResult[] = [
    asked(
      "B7-all",
      what,
      batch,
      "ns",
      than("five masks, one a plugin, in BigUint64Array", (times) => times.masks),
      ratio((times) => times.masks),
      3,
    ),
    reported(
      "B7-all-each",
      what,
      batch,
      "ns",
      than("one evaluatePod each", (times) => times.each),
      ratio((times) => times.each),
    ),
    reported(
      "B7-all-again",
      `${what}, nothing changed since`,
      ns((times) => times.again),
      "ns",
    ),
    reported("B7-all-first", `${what}, never asked about`, first, "ns"),
  ];
  return results;
};
