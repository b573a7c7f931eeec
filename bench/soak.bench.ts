// B10: millions of random events with queries between; checkpoints against a fresh build, and memory.

import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { Churn, podKey } from "./fleet/churn.js";
import type { Bench } from "./lib/bench.js";
import { collectGarbage } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import { atMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";

const NODES = 2_000;
const EACH = 20_000;
const EVENTS = 10_000_000;
const CHECKPOINTS = 100;
/** An event in so many is followed by a question. */
const QUERY_EVERY = 100;
const SEED = 10;
/** Pods of a checkpoint whose whole answers are compared, not only the counts. */
const COMPARED = 20;

/** Throws where a matcher that lived through the events answers otherwise than one that did not. */
function compare(old: TopologyMatcher, fresh: TopologyMatcher, churn: Churn, event: number): void {
  const pods = churn.objects.pods.flatMap((pod, i) => (pod === undefined ? [] : [i]));
  const counts = [old, fresh].map((matcher) => {
    const into = new Uint32Array(pods.length);
    matcher.countFeasible(
      Uint32Array.from(pods, (pod) => matcher.podId(podKey(pod))),
      into,
    );
    return into;
  });
  pods.forEach((pod, i) => {
    if (counts[0][i] !== counts[1][i])
      throw new Error(`event ${event}, ${podKey(pod)}: ${counts[0][i]}, fresh ${counts[1][i]}`);
  });
  for (let n = 0; n < COMPARED; n++) {
    const key = churn.somePod();
    const [ours, theirs] = [old, fresh].map((matcher) =>
      JSON.stringify(matcher.evaluatePod(key).toReport({ plans: n % 10 === 0 })),
    );
    if (ours !== theirs)
      throw new Error(`event ${event}, ${key}: ${ours.slice(0, 400)}, fresh ${theirs.slice(0, 400)}`);
  }
}

async function bytesOf(matcher: TopologyMatcher): Promise<number> {
  await new Promise(setImmediate);
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers + matcher.memory.engine;
}

export const bench: Bench = async ({ events = EVENTS }) => {
  const churn = new Churn(NODES, EACH, SEED);
  const matcher = await createMatcher(VOLUME_BINDING);
  churn.fill(matcher);
  const verdict = matcher.createVerdict();
  const step = events / CHECKPOINTS;
  const memory: number[] = [];
  let [sum, spent] = [0, 0];
  const begin = performance.now();
  for (let checkpoint = 1; checkpoint <= CHECKPOINTS; checkpoint++) {
    const start = process.cpuUsage();
    for (let event = 1; event <= step; event++) {
      churn.event(matcher);
      if (event % QUERY_EVERY === 0) sum += verdict.evaluatePod(churn.somePod()).feasibleCount;
    }
    const { system, user } = process.cpuUsage(start);
    spent += user + system;
    memory.push(await bytesOf(matcher));
    const fresh = await createMatcher(VOLUME_BINDING);
    churn.fill(fresh);
    compare(matcher, fresh, churn, checkpoint * step);
    if (checkpoint % 10 === 0)
      console.error(`B10: ${checkpoint * step} events, ${(memory.at(-1)! / 1e6).toFixed(1)} MB`);
  }
  if (sum === 0) throw new Error("no question found a node");
  return figures(events, memory, spent, (performance.now() - begin) / 60_000);
};

function figures(events: number, memory: readonly number[], spent: number, minutes: number): BenchResult[] {
  const first = memory[Math.ceil(CHECKPOINTS / 10) - 1];
  const later = memory.slice(Math.ceil(CHECKPOINTS / 10));
  const growth = (Math.max(...later) / first - 1) * 100;
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const what = `${events} events on ${NODES} nodes and ${EACH} volumes, claims and pods each`;
  return [
    atMost(
      "B10-memory",
      `${what}: most memory after the first tenth, ${mb(first)}, and ${mb(memory.at(-1)!)} in the end`,
      growth,
      "%",
      5,
    ),
    reported(
      "B10-checkpoints",
      "checkpoints whose counts, and some whole reports, equal a fresh build's",
      CHECKPOINTS,
      "",
    ),
    reported("B10-event", `an event, with a question after each ${QUERY_EVERY}th`, spent / events, "us"),
    atMost("B10-minutes", "events and checkpoints together", minutes, "minutes", 15),
  ];
}
