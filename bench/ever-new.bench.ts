// B10': events that each bring names, selectors, amounts and labels that never were there: memory and time must stay.

import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { EverNew } from "./fleet/ever-new.js";
import type { Bench } from "./lib/bench.js";
import { collectGarbage } from "./lib/bench.js";
import { atMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";

const NODES = 5_000;
const EACH = 2_000;
const EVENTS = 10_000_000;
const TENTHS = 10;
/** In each tenth; the most of them counts, for sweeps come in their own time. */
const SAMPLES = 50;
/** An event in so many is followed by a question. */
const QUESTION_EVERY = 100;
const SEED = 13;
const COMPARED = 50;

/** Other processes make everything slower: events that are made and dropped tell by how much. */
const SPARE_EVERY = 4;
const nothing: unknown = new Proxy({}, { get: () => ({ upsert() {}, delete() {} }) });

interface Tenth {
  readonly bytes: number;
  /** Processor time of an event, in microseconds. */
  readonly event: number;
  /** The same of making one and dropping it. */
  readonly making: number;
}

export const bench: Bench = async ({ events = EVENTS }) => {
  const world = new EverNew(NODES, EACH, SEED);
  const spare = new EverNew(NODES, EACH, SEED);
  const matcher = await createMatcher({ filters: "all" });
  world.fill(matcher);
  const tenths: Tenth[] = [];
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    tenths.push(await live(matcher, world, spare, Math.ceil(events / TENTHS / SAMPLES)));
    await compare(matcher, world, tenth);
    const { bytes, event, making } = tenths[tenth - 1];
    const [mb, us, made] = [bytes / 1e6, event, making].map((figure) => figure.toFixed(2));
    console.error(`B10': ${tenth} tenths of ${events}, ${mb} MB, ${us} us an event, ${made} us to make it`);
  }
  return figures(events, tenths);
};

/** A tenth of the events: the most memory, and the mean time. */
async function live(matcher: TopologyMatcher, world: EverNew, spare: EverNew, step: number): Promise<Tenth> {
  const verdict = matcher.createVerdict();
  let [bytes, spent, making, found] = [0, 0, 0, 0];
  for (let sample = 0; sample < SAMPLES; sample++) {
    spent += cpuOf(() => {
      for (let event = 1; event <= step; event++) {
        world.event(matcher);
        if (event % QUESTION_EVERY === 0) found += verdict.evaluatePod(world.somePod()).feasibleCount;
      }
    });
    making += cpuOf(() => {
      for (let event = 0; event < step; event += SPARE_EVERY) spare.event(nothing as TopologyMatcher);
    });
    bytes = Math.max(bytes, await bytesOf(matcher));
  }
  if (found === 0) throw new Error("no question found a node");
  return { bytes, event: spent / (step * SAMPLES), making: (making / (step * SAMPLES)) * SPARE_EVERY };
}

/** Microseconds. */
function cpuOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { system, user } = process.cpuUsage(start);
  return user + system;
}

/** Throws where a matcher that lived through the events answers otherwise than one that did not. */
async function compare(old: TopologyMatcher, world: EverNew, tenth: number): Promise<void> {
  const fresh = await createMatcher({ filters: "all" });
  world.fill(fresh);
  for (let n = 0; n < COMPARED; n++) {
    const key = world.somePod();
    const [ours, theirs] = [old, fresh].map((matcher) =>
      JSON.stringify(matcher.evaluatePod(key).toReport({ plans: true })),
    );
    if (ours !== theirs)
      throw new Error(`tenth ${tenth}, ${key}: ${ours.slice(0, 400)}, fresh ${theirs.slice(0, 400)}`);
  }
}

async function bytesOf(matcher: TopologyMatcher): Promise<number> {
  await new Promise(setImmediate);
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers + matcher.memory.engine;
}

function figures(events: number, tenths: readonly Tenth[]): BenchResult[] {
  const growth = (of: (tenth: Tenth) => number): number => {
    const [first, ...later] = tenths.map(of);
    return (Math.max(...later) / first - 1) * 100;
  };
  const [first] = tenths;
  const what = `${events} events on ${NODES} nodes, of ${EACH} volumes, claims and pods each`;
  const mb = (first.bytes / 1e6).toFixed(1);
  return [
    atMost(
      "B10'-memory",
      `${what}: most memory after the first tenth, ${mb} MB`,
      growth(({ bytes }) => bytes),
      "%",
      5,
    ),
    atMost(
      "B10'-time",
      "the slowest tenth's time of an event, in times of making one, against the first's",
      growth(({ event, making }) => event / making),
      "%",
      10,
    ),
    reported("B10'-event", `an event, with a question after each ${QUESTION_EVERY}th`, first.event, "us"),
    reported("B10'-making", "of which the bench's own, to make the event", first.making, "us"),
    reported("B10'-compared", "pods whose whole reports equal a fresh build's", TENTHS * COMPARED, ""),
  ];
}
