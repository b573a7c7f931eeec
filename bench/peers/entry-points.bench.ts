// B4 by entry point: what a pod takes by each way of asking, and the first pod of its class after loading.

import type { PodLike, TopologyMatcher } from "../../lib/index.js";
import { createMatcher } from "../../lib/index.js";
import { podKey } from "../fleet/bound.js";
import type { Bench } from "../lib/bench.js";
import { clock } from "../lib/bench.js";
import { VOLUME_BINDING } from "../lib/filters.js";
import { atMost } from "../lib/limits.js";
import type { BenchResult } from "../lib/result.js";
import { median } from "../lib/rounds.js";
import type { PeerShape } from "./cluster.js";
import { DESCRIPTIONS, PeerCluster, SHAPES } from "./cluster.js";

const NODES = 5_000;
/** Pods of one turn of an entry point; a report is a thousand times as long as a verdict. */
const BLOCK = 48;
const REPORTS = 4;
const WARM_MATCHERS = 6;
const MATCHERS = 7;
/** Microseconds. */
const MOST_REPORT = 500;
const MOST_FIRST = 12_000;

/** An entry point: asks about a pod and gives the number of feasible nodes. */
interface Entry {
  readonly id: string;
  readonly what: string;
  readonly pods: number;
  readonly most: number | null;
  ask(pod: number): number;
}

function entriesOf(matcher: TopologyMatcher, pods: readonly PodLike[]): Entry[] {
  const verdict = matcher.createVerdict();
  const ids = Uint32Array.from(pods, (_, pod) => matcher.podId(podKey(pod)));
  const entry = (id: string, what: string, ask: (pod: number) => number, some: Partial<Entry> = {}): Entry => ({
    id,
    what,
    ask,
    pods: BLOCK,
    most: null,
    ...some,
  });
  return [
    entry("id", "reusable verdict by id", (pod) => verdict.evaluatePod(ids[pod]).feasibleCount),
    entry("key", "evaluatePod by key", (pod) => matcher.evaluatePod(podKey(pod)).nodes.size),
    entry("object", "evaluatePod of an object", (pod) => matcher.evaluatePod(pods[pod]).nodes.size),
    entry("ids", "evaluatePod by key, with the ids of feasible and of rejected nodes, group by group", (pod) => {
      const { nodes, rejected } = matcher.evaluatePod(podKey(pod));
      const told = rejected.reduce((sum, group) => sum + group.nodes.ids().length, nodes.ids().length);
      if (told !== NODES) throw new Error(`${podKey(pod)}: ${told} of ${NODES} nodes are told`);
      return nodes.size;
    }),
    entry(
      "report",
      "evaluatePod by key and toReport(), every name and row",
      (pod) => {
        const { feasible, infeasible } = matcher.evaluatePod(podKey(pod)).toReport();
        if (feasible.length + infeasible.length !== NODES) throw new Error(`${podKey(pod)}: nodes are missing`);
        return feasible.length;
      },
      { pods: REPORTS, most: MOST_REPORT },
    ),
  ];
}

/** Microseconds of the first pod after loading; the matcher is left warm. */
async function loaded(cluster: PeerCluster): Promise<{ readonly matcher: TopologyMatcher; readonly first: number }> {
  const matcher = await createMatcher(VOLUME_BINDING);
  cluster.loadInto(matcher);
  const verdict = matcher.createVerdict();
  const id = matcher.podId(podKey(0));
  return { matcher, first: clock(() => verdict.evaluatePod(id)) / 1000 };
}

async function compare(shape: PeerShape, rounds: number): Promise<BenchResult[]> {
  const cluster = new PeerCluster(shape, NODES, BLOCK * (rounds + 1));
  const firsts: number[] = [];
  let matcher: TopologyMatcher | undefined;
  for (let i = 0; i < WARM_MATCHERS + MATCHERS; i++) {
    const next = await loaded(cluster);
    // V8 is still compiling what is run once a matcher.
    if (i >= WARM_MATCHERS) firsts.push(next.first);
    matcher = next.matcher;
  }
  const pods = [...cluster.objects()].filter(([kind]) => kind === "Pod").map(([, object]) => object);
  const entries = entriesOf(matcher!, pods);
  const counts = new Int32Array(pods.length).fill(-1);
  const times = entries.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    const from = round * BLOCK;
    for (let turn = 0; turn < entries.length; turn++) {
      // Who asks first finds the pods' rows cold: everybody does in turn.
      const i = (turn + round) % entries.length;
      const entry = entries[i];
      const found = new Uint32Array(entry.pods);
      const time = clock(() => {
        for (let pod = 0; pod < entry.pods; pod++) found[pod] = entry.ask(from + pod);
      });
      if (round > 0) times[i].push(time / entry.pods / 1000);
      for (let pod = 0; pod < entry.pods; pod++) {
        const others = counts[from + pod];
        if (others >= 0 && found[pod] !== others)
          throw new Error(`${entry.what}: ${found[pod]} nodes for ${podKey(from + pod)}, others ${others}`);
        counts[from + pod] = found[pod];
      }
    }
  }
  const what = `(${shape}) ${DESCRIPTIONS[shape]}, ${NODES} nodes:`;
  const most = shape === "b-free" ? MOST_FIRST : null;
  return [
    atMost(
      `B4-${shape}-first`,
      `${what} the first pod after loading, in a process that has asked before`,
      median(firsts),
      "us",
      most,
    ),
    ...entries.map((entry, i) =>
      atMost(`B4-${shape}-by-${entry.id}`, `${what} ${entry.what}`, median(times[i]), "us", entry.most),
    ),
  ];
}

export const bench: Bench = async ({ quick }) => {
  const results: BenchResult[] = [];
  for (const shape of SHAPES) {
    if (quick && shape !== "a" && shape !== "b-free") continue;
    results.push(...(await compare(shape, quick ? 20 : 60)));
  }
  return results;
};
