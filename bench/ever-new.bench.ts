// B10': events that each bring names, selectors, amounts and labels that never were there: memory and time must stay.

import type { ObjectLike, TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { EverNew } from "./fleet/ever-new.js";
import type { Bench } from "./lib/bench.js";
import { collectGarbage } from "./lib/bench.js";
import { atMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

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

/** Events that are timed beside a matcher that is new, after each tenth, and in how many rounds. */
const BESIDE = 2_000;
const ROUNDS = 101;

interface Tenth {
  readonly bytes: number;
  /** Processor time of an event, in microseconds, of which some is the bench's own, to make it. */
  readonly event: number;
  /** The same of an event that is made already, in times of what it takes a new matcher. */
  readonly beside: number;
}

export const bench: Bench = async ({ events = EVENTS }) => {
  const world = new EverNew(NODES, EACH, SEED);
  const matcher = await createMatcher({ filters: "all" });
  world.fill(matcher);
  const tenths: Tenth[] = [];
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    const lived = await live(matcher, world, Math.ceil(events / TENTHS / SAMPLES));
    const beside = await compareWithNew(matcher, world, tenth);
    tenths.push({ ...lived, beside });
    const { bytes, event } = lived;
    const mb = (bytes / 1e6).toFixed(2);
    console.error(
      `B10': ${tenth} tenths of ${events}, ${mb} MB, ${event.toFixed(2)} us an event, ${beside.toFixed(3)} of a new matcher's`,
    );
  }
  return figures(events, tenths);
};

/** A tenth of the events: the most memory, and the mean time. */
async function live(matcher: TopologyMatcher, world: EverNew, step: number): Promise<Omit<Tenth, "beside">> {
  const verdict = matcher.createVerdict();
  let [bytes, spent, found] = [0, 0, 0];
  for (let sample = 0; sample < SAMPLES; sample++) {
    spent += cpuOf(() => {
      for (let event = 1; event <= step; event++) {
        world.event(matcher);
        if (event % QUESTION_EVERY === 0) found += verdict.evaluatePod(world.somePod()).feasibleCount;
      }
    });
    bytes = Math.max(bytes, await bytesOf(matcher));
  }
  if (found === 0) throw new Error("no question found a node");
  return { bytes, event: spent / (step * SAMPLES) };
}

/** A matcher that is built now answers as the old one does; and the time of an event on the old one beside it. */
async function compareWithNew(old: TopologyMatcher, world: EverNew, tenth: number): Promise<number> {
  const fresh = await createMatcher({ filters: "all" });
  world.fill(fresh);
  compare(old, fresh, world, tenth);
  const beside = timeBeside(old, fresh, world);
  compare(old, fresh, world, tenth);
  return beside;
}

/** The same events, made before, on both matchers in turn: the median of the ratios, which others disturb least. */
function timeBeside(old: TopologyMatcher, fresh: TopologyMatcher, world: EverNew): number {
  const [aged, young] = [old, fresh].map((matcher) => ({ matcher, verdict: matcher.createVerdict() }));
  const ratios: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const made = Array.from({ length: BESIDE / QUESTION_EVERY }, () => {
      return { changes: recorded(world, QUESTION_EVERY), pod: world.somePod() };
    });
    const time = ({ matcher, verdict }: typeof aged): number =>
      cpuOf(() => {
        for (const { changes, pod } of made) {
          for (const change of changes) change(matcher);
          found += verdict.evaluatePod(pod).feasibleCount;
        }
      });
    // Each goes first in every other round.
    const times = round % 2 === 0 ? [aged, young].map(time) : [young, aged].map(time).reverse();
    ratios.push(times[0] / times[1]);
  }
  if (found === 0) throw new Error("no question found a node");
  return median(ratios);
}

type Change = (matcher: TopologyMatcher) => void;

/** Events that happen in the world alone, to be carried out later. */
function recorded(world: EverNew, events: number): Change[] {
  const changes: Change[] = [];
  const note = (kind: string, call: string) => (object: ObjectLike) => {
    changes.push((matcher) => (matcher as never as Sets)[kind][call](object));
  };
  const recorder = new Proxy({} as TopologyMatcher, {
    get: (_, kind: string) => ({ upsert: note(kind, "upsert"), delete: note(kind, "delete") }),
  });
  for (let event = 0; event < events; event++) world.event(recorder);
  return changes;
}

type Sets = Record<string, Record<string, (object: ObjectLike) => void>>;

/** Microseconds. */
function cpuOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { system, user } = process.cpuUsage(start);
  return user + system;
}

/** Throws where a matcher that lived through the events answers otherwise than one that did not. */
function compare(old: TopologyMatcher, fresh: TopologyMatcher, world: EverNew, tenth: number): void {
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
      "an event's time beside a new matcher's, after the tenth in which it was most, against after the first",
      growth(({ beside }) => beside),
      "%",
      10,
    ),
    reported(
      "B10'-event",
      `an event, with a question after each ${QUESTION_EVERY}th, of the first tenth`,
      first.event,
      "us",
    ),
    reported("B10'-slowest", "the same of the slowest tenth", Math.max(...tenths.map(({ event }) => event)), "us"),
    reported("B10'-beside", "an event of the last tenth, in times of a new matcher's", tenths[TENTHS - 1].beside, "x"),
    reported("B10'-compared", "pods whose whole reports equal a fresh build's", TENTHS * COMPARED * 2, ""),
  ];
}
