// B8: which nodes have free volumes for k claims that compete for them, at 131,072 nodes with 8 local volumes each.

import type { PersistentVolumeLike, TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { boundClaim, podKey, podWith } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeName } from "./fleet/nodes.js";
import { freeLocal } from "./fleet/selectors.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import type { BenchResult } from "./lib/result.js";
import { asked, reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const NODES = 131_072;
const QUICK_NODES = 65_536;
const EACH = 8;
/** Nodes that naive is timed on: JSON objects of all of them would not fit. */
const NAIVE_NODES = 4_096;
const COMPETING = [1, 2, 4, 8] as const;
/** Pods of one round; every pod is asked about once. */
const PODS = 32;
/** Ours alone, but for the last ones. */
const WARM_ROUNDS = 44;
const WARM_TOGETHER = 4;

const giOf = (volume: number): number => 100 + (hash(volume, 110) % 2000);

/** Sizes that anything between no node and all of them can hold, the largest first. */
const requestsOf = (pod: number, k: number): number[] =>
  Array.from(
    { length: k },
    (_, i) => 100 + Math.floor(2000 * (hash(pod * 8 + i, 111) / 2 ** 32) ** (1 / (EACH - i))),
  ).sort((a, b) => b - a);

/** Column j: the j-th largest volume of each node. */
function columnsOf(nodes: number): Uint32Array[] {
  const columns = Array.from({ length: EACH }, () => new Uint32Array(nodes));
  for (let node = 0; node < nodes; node++) {
    const sizes = Array.from({ length: EACH }, (_, i) => giOf(node * EACH + i)).sort((a, b) => b - a);
    sizes.forEach((gi, j) => {
      columns[j][node] = gi;
    });
  }
  return columns;
}

/** The loop that one would write over such columns: the set of nodes, and how many. */
function loopOverColumns(
  columns: readonly Uint32Array[],
  requests: readonly number[],
  nodes: number,
  into: Uint32Array,
): number {
  let count = 0;
  const [first] = columns;
  const [largest] = requests;
  into.fill(0);
  for (let node = 0; node < nodes; node++) {
    if (first[node] < largest) continue;
    let holds = true;
    for (let i = 1; holds && i < requests.length; i++) holds = columns[i][node] >= requests[i];
    if (!holds) continue;
    into[node >>> 5] |= 1 << (node & 31);
    count++;
  }
  return count;
}

/** The same over JSON objects: the smallest claim first, each takes the smallest volume that holds it. */
function countNaively(
  volumesOfNodes: readonly (readonly PersistentVolumeLike[])[],
  requests: readonly number[],
): number {
  const ascending = [...requests].reverse();
  return volumesOfNodes.filter((volumes) => {
    const taken = new Set<PersistentVolumeLike>();
    return ascending.every((request) => {
      let best: PersistentVolumeLike | undefined;
      for (const volume of volumes) {
        const { spec, status } = volume;
        if (spec?.storageClassName !== "local" || status?.phase !== "Available" || spec.claimRef) continue;
        if (spec.volumeMode !== "Filesystem" || !spec.accessModes?.includes("ReadWriteOnce")) continue;
        const gi = gibibytes(volume);
        if (gi < request || taken.has(volume)) continue;
        if (best === undefined || gi < gibibytes(best)) best = volume;
      }
      if (best !== undefined) taken.add(best);
      return best !== undefined;
    });
  }).length;
}

const gibibytes = (volume: PersistentVolumeLike): number => Number.parseInt(String(volume.spec?.capacity?.storage), 10);

async function build(nodes: number, pods: number): Promise<TopologyMatcher> {
  const matcher = await createMatcher(VOLUME_BINDING);
  matcher.storageClasses.upsert({
    metadata: { name: "local" },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  for (let node = 0; node < nodes; node++) {
    matcher.nodes.upsert({ metadata: { name: nodeName(node), labels: { "kubernetes.io/hostname": nodeName(node) } } });
  }
  for (let volume = 0; volume < nodes * EACH; volume++) {
    matcher.persistentVolumes.upsert(freeLocal(volume, Math.floor(volume / EACH), giOf(volume)));
  }
  let claim = 0;
  for (let pod = 0; pod < pods; pod++) {
    const k = COMPETING[pod % COMPETING.length];
    const claims = requestsOf(pod, k).map((gi) => {
      const { metadata, spec } = boundClaim(claim);
      const resources = { requests: { storage: `${gi}Gi` } };
      matcher.persistentVolumeClaims.upsert({
        metadata: { ...metadata, annotations: {} },
        spec: { ...spec, resources, storageClassName: "local", volumeName: undefined },
      });
      return claim++;
    });
    matcher.pods.upsert(podWith(pod, claims));
  }
  return matcher;
}

interface Times {
  readonly ours: number[];
  readonly loop: number[];
  readonly naive: number[];
}

export const bench: Bench = async ({ quick }) => {
  const nodes = quick ? QUICK_NODES : NODES;
  const rounds = (quick ? 5 : 15) + WARM_ROUNDS;
  const pods = rounds * PODS * COMPETING.length;
  const matcher = await build(nodes, pods);
  const ids = Uint32Array.from({ length: pods }, (_, pod) => matcher.podId(podKey(pod)));
  const verdict = matcher.createVerdict();
  const columns = columnsOf(nodes);
  const set = new Uint32Array(nodes / 32);
  const objects = JSON.parse(
    JSON.stringify(
      Array.from({ length: NAIVE_NODES }, (_, node) =>
        Array.from({ length: EACH }, (_, i) => freeLocal(node * EACH + i, node, giOf(node * EACH + i))),
      ),
    ),
  ) as PersistentVolumeLike[][];
  const times = COMPETING.map((): Times => ({ ours: [], loop: [], naive: [] }));
  let first = 0;
  for (let round = 0; round < rounds; round++) {
    COMPETING.forEach((k, which) => {
      const asked = Array.from({ length: PODS }, (_, i) => (round * PODS + i) * COMPETING.length + which);
      const ours = new Uint32Array(PODS);
      const time = clock(() => {
        for (let i = 0; i < PODS; i++) ours[i] = verdict.evaluatePod(ids[asked[i]]).feasibleCount;
      });
      if (round === 0 && k === 1) first = time;
      if (round < WARM_ROUNDS - WARM_TOGETHER) return;
      const theirs = new Uint32Array(PODS);
      const loop = clock(() => {
        for (let i = 0; i < PODS; i++) theirs[i] = loopOverColumns(columns, requestsOf(asked[i], k), nodes, set);
      });
      check(ours, theirs, k);
      let naively = 0;
      const naive = clock(() => {
        naively = countNaively(objects, requestsOf(asked[0], k));
      });
      check([naively], [loopOverColumns(columns, requestsOf(asked[0], k), NAIVE_NODES, set)], k);
      if (round < WARM_ROUNDS) return;
      times[which].ours.push(time / PODS);
      times[which].loop.push(loop / PODS);
      times[which].naive.push(naive * (nodes / NAIVE_NODES));
    });
  }
  return [
    ...COMPETING.flatMap((k, which) => figures(k, times[which], times[0], nodes)),
    reported("B8-first", `the first ${PODS} pods after loading ${nodes * EACH} volumes`, first / 1e6, "ms"),
  ];
};

function check(ours: ArrayLike<number>, theirs: ArrayLike<number>, k: number): void {
  for (let i = 0; i < ours.length; i++) {
    if (ours[i] !== theirs[i]) throw new Error(`${k} claims, pod ${i}: ${ours[i]} nodes, expected ${theirs[i]}`);
  }
}

function figures(k: number, { loop, naive, ours }: Times, single: Times, nodes: number): BenchResult[] {
  const microseconds = median(ours) / 1000;
  const ratio = (theirs: readonly number[]): number => median(theirs.map((time, round) => time / ours[round]));
  const us = (times: readonly number[]): string => `${(median(times) / 1000).toFixed(0)} us`;
  const what = `${k} competing ${k === 1 ? "claim" : "claims"}, ${nodes} nodes x ${EACH} local volumes`;
  const loops = `JS column loop, ${us(loop)}`;
  const objects = `naive objects, ${us(naive)} (${NAIVE_NODES} nodes, scaled)`;
  if (k === 1) {
    return [
      asked("B8-1-loop", what, microseconds, "us", loops, ratio(loop), 30),
      asked("B8-1-naive", what, microseconds, "us", objects, ratio(naive), 4_000),
    ];
  }
  const toSingle = median(ours.map((time, round) => time / single.ours[round]));
  const relative: BenchResult = {
    id: `B8-${k}`,
    what,
    value: microseconds,
    unit: "us",
    baseline: `1 claim, ${us(single.ours)}`,
    ratio: toSingle,
    target: k === 4 ? "<= 6x or <= 60 us" : null,
    met: k === 4 ? toSingle <= 6 || microseconds <= 60 : null,
  };
  return [
    relative,
    reported(`B8-${k}-loop`, what, microseconds, "us", loops, ratio(loop)),
    reported(`B8-${k}-naive`, what, microseconds, "us", objects, ratio(naive)),
  ];
}
