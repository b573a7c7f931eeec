// B7: how many nodes each of many known pods of two claims fits, in one call.

import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import type { Setup } from "./fleet/batches.js";
import { ROWS, setups, singleOf } from "./fleet/batches.js";
import { boundClaim, boundVolume, podKey, podWith } from "./fleet/bound.js";
import { nodeLabels, nodeName } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import { matches } from "./lib/naive.js";
import type { BenchResult } from "./lib/result.js";
import { asked, reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";
import { andCount32, andCount64 } from "./lib/words.js";

const ONE_BY_ONE = 5_000;

async function build({ nodes, pairOf, pods, termsOf }: Setup): Promise<TopologyMatcher> {
  const matcher = await createMatcher(VOLUME_BINDING);
  for (let node = 0; node < nodes; node++) {
    matcher.nodes.upsert({ metadata: { name: nodeName(node), labels: nodeLabels(node) } });
  }
  for (let pod = 0; pod < pods; pod++) {
    pairOf(pod).forEach((mask, i) => {
      matcher.persistentVolumes.upsert(boundVolume(pod * 2 + i, termsOf(mask)));
      matcher.persistentVolumeClaims.upsert(boundClaim(pod * 2 + i));
    });
    matcher.pods.upsert(podWith(pod, [pod * 2, pod * 2 + 1]));
  }
  return matcher;
}

/** The masks as rows of bits, one after another, and which node is in a mask of only one. */
class Rows {
  /** 32-bit words of a row. */
  readonly words: number;
  readonly u32: Uint32Array;
  readonly u64: readonly BigUint64Array[];
  readonly single = new Map<number, number>();
  readonly #place = new Map<number, number>();

  constructor({ compared, nodes, pairOf, termsOf }: Setup) {
    this.words = Math.ceil(nodes / 64) * 2;
    const labels = Array.from({ length: nodes }, (_, node) => nodeLabels(node));
    const masks = [...new Set(Array.from({ length: compared }, (_, pod) => pairOf(pod)).flat())];
    this.u32 = new Uint32Array(masks.length * this.words);
    for (const [place, mask] of masks.entries()) {
      this.#place.set(mask, place);
      const add = (node: number): void => {
        this.u32[place * this.words + (node >>> 5)] |= 1 << (node & 31);
      };
      if (mask >= ROWS) {
        this.single.set(mask, singleOf(mask, nodes));
        add(singleOf(mask, nodes));
        continue;
      }
      const terms = termsOf(mask);
      labels.forEach((of, node) => {
        if (matches(terms, of)) add(node);
      });
    }
    this.u64 = masks.map((_, place) => new BigUint64Array(this.u32.buffer, place * this.words * 4, this.words / 2));
  }

  placeOf(mask: number): number {
    return this.#place.get(mask)!;
  }
}

interface Round {
  readonly batch: number;
  readonly again: number;
  readonly each: number;
  readonly u64: number;
  readonly u32: number;
  readonly bit: number;
}

/** Nanoseconds a pod. */
function round(setup: Setup, matcher: TopologyMatcher, rows: Rows, ids: Uint32Array): Round {
  const { compared, pairOf, pods } = setup;
  // A node that comes and goes leaves all masks as they were, but no count may be taken as known.
  matcher.nodes.upsert({ metadata: { name: "spare" } });
  matcher.nodes.delete("spare");
  const counts = new Uint32Array(pods);
  const batch = clock(() => matcher.countFeasible(ids, counts)) / pods;
  const again = clock(() => matcher.countFeasible(ids, counts)) / pods;
  const verdict = matcher.createVerdict();
  let sum = 0;
  const some = Math.min(ONE_BY_ONE, pods);
  const each = clock(() => {
    for (let i = 0; i < some; i++) sum += verdict.evaluatePod(ids[i]).feasibleCount;
  });
  check([sum], [counts.subarray(0, some).reduce((total, count) => total + count, 0)]);
  const masks = Uint32Array.from({ length: compared * 2 }, (_, i) => pairOf(i >> 1)[i & 1]);
  const places = masks.map((mask) => rows.placeOf(mask));
  const nodes = masks.map((mask) => rows.single.get(mask) ?? 0);
  const scratch = new BigUint64Array(rows.words / 2);
  const halves = new Uint32Array(scratch.buffer);
  const theirs = new Uint32Array(compared);
  const time = (count: (first: number, second: number) => number): number => {
    const taken = clock(() => {
      for (let i = 0; i < compared; i++) theirs[i] = count(i * 2, i * 2 + 1);
    });
    check(theirs, counts);
    return taken / compared;
  };
  return {
    batch,
    again,
    each: each / some,
    u64: time((a, b) => andCount64(scratch, halves, rows.u64[places[a]], rows.u64[places[b]])),
    u32: time((a, b) => andCount32(rows.u32, places[a] * rows.words, places[b] * rows.words, rows.words)),
    bit: rows.single.size === 0 ? 0 : time((a, b) => bitOf(rows.u32, places[b] * rows.words, nodes[a])),
  };
}

const bitOf = (words: Uint32Array, row: number, node: number): number =>
  (words[row + (node >>> 5)] >>> (node & 31)) & 1;

function check(theirs: ArrayLike<number>, ours: ArrayLike<number>): void {
  for (let i = 0; i < theirs.length; i++) {
    if (theirs[i] !== ours[i]) throw new Error(`pod ${i}: ${ours[i]} nodes, expected ${theirs[i]}`);
  }
}

async function run(setup: Setup, quick: boolean): Promise<BenchResult[]> {
  const matcher = await build(setup);
  const rows = new Rows(setup);
  const ids = Uint32Array.from({ length: setup.pods }, (_, pod) => matcher.podId(podKey(pod)));
  const counts = new Uint32Array(setup.pods);
  const first = clock(() => matcher.countFeasible(ids, counts)) / setup.pods;
  for (let i = 0; i < 2; i++) round(setup, matcher, rows, ids);
  const rounds = Array.from({ length: quick ? 5 : 11 }, () => round(setup, matcher, rows, ids));
  const { id, nodes, pods } = setup;
  const what = `${pods} pods of two claims (${setup.what}) at ${nodes} nodes`;
  const ns = (of: (round: Round) => number): number => median(rounds.map(of));
  const ratio = (of: (round: Round) => number): number => median(rounds.map((times) => of(times) / times.batch));
  const than = (name: string, of: (round: Round) => number): string => `${name}, ${ns(of).toFixed(0)} ns`;
  const batch = ns((times) => times.batch);
  const u64 = than(
    `BigUint64Array rows${setup.compared < pods ? ` (${setup.compared} pods)` : ""}`,
    (times) => times.u64,
  );
  return [
    asked(
      id,
      `${what}, a pod`,
      batch,
      "ns",
      u64,
      ratio((times) => times.u64),
      3,
    ),
    reported(
      `${id}-u32`,
      `${what}, a pod`,
      batch,
      "ns",
      than("Uint32Array, fused", (times) => times.u32),
      ratio((times) => times.u32),
    ),
    ...(rows.single.size === 0
      ? []
      : [
          reported(
            `${id}-bit`,
            `${what}, a pod`,
            batch,
            "ns",
            than("JS bit test, one node each", (times) => times.bit),
            ratio((times) => times.bit),
          ),
        ]),
    reported(
      `${id}-each`,
      `${what}, a pod`,
      batch,
      "ns",
      than("one evaluatePod each", (times) => times.each),
      ratio((times) => times.each),
    ),
    reported(
      `${id}-again`,
      `${what}, a pod, nothing changed since`,
      ns((times) => times.again),
      "ns",
    ),
    reported(`${id}-first`, `${what}, a pod, never asked about`, first, "ns"),
  ];
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const setup of setups(quick)) results.push(...(await run(setup, quick)));
  return results;
};
