// Every allocation of every piece of work fails, one after another, once and for ever. Afterwards the matcher shows
// what was there before or all of what was to come, and answers as one that was made anew.

import type { TopologyErrorCode, TopologyMatcher } from "../../lib/index.js";
import { TopologyError } from "../../lib/index.js";
import { Random } from "../reference/generator/random.js";
import { withFailure } from "./allocations.js";
import type { Work } from "./works.js";
import { worksOf } from "./works.js";
import type { Given, Views } from "./world.js";
import { stateOf, versions, viewsOf } from "./world.js";

export interface Plan {
  readonly seed: number;
  readonly nodes: number;
  readonly pods: number;
  /** Of all failures, so many are tried. */
  readonly share: number;
  /** An empty matcher, to which things happen. */
  readonly create: () => TopologyMatcher;
  /** One to which nothing happens. */
  readonly fresh: () => TopologyMatcher;
  readonly works?: (work: Work) => boolean;
  /** Lets the k-th of something fail, and what is thrown then. Default: allocations. */
  readonly inject?: typeof withFailure;
  readonly code?: TopologyErrorCode;
}

export interface Result {
  works: number;
  /** Allocations that failed. */
  failures: number;
  /** Calls that threw. */
  thrown: number;
  /** What is wrong: thrown otherwise, half done, or answered otherwise. */
  readonly wrong: string[];
}

const MOST_FAILURES = 4000;

/** The first line that differs, or -1. */
export const differs = (a: readonly string[], b: readonly string[]): number => {
  return a.length === b.length ? a.findIndex((line, i) => line !== b[i]) : Math.min(a.length, b.length);
};

export function tryFaults(plan: Plan): Result {
  const { code = "OutOfMemory", create, fresh, inject = withFailure, nodes, pods, seed, share, works } = plan;
  const random = new Random(seed);
  const { a, b } = versions(seed, nodes, pods);
  const keys = [...b.keys()].filter((key) => !key.includes("own"));
  // The overlay has some objects of its own, and takes one out.
  const absent = keys.find((key) => a.has(key)) as string;
  const over = new Map([...keys.slice(0, 5).map((key) => [key, b.get(key)] as const), [absent, undefined] as const]);
  const given: Given = { objects: a, over, assumed: [] };
  const expected = (what: Given): readonly string[] => stateOf(viewsOf(fresh(), what));
  const before = expected(given);
  const result: Result = { works: 0, failures: 0, thrown: 0, wrong: [] };
  let views: Views = viewsOf(create(), given);
  const start = differs(stateOf(views), before);
  if (start >= 0) throw new Error(`two matchers differ before anything has failed: line ${start}`);
  for (const work of worksOf(given, b).filter((work) => works?.(work) ?? true)) {
    result.works++;
    let after: readonly string[] | undefined;
    for (const always of [false, true]) {
      for (let k = 1; k <= MOST_FAILURES; k++) {
        if (share < 1 && k > 1 && !random.chance(share)) {
          // Past the end nothing fails: the end is looked for in large steps.
          k += random.int(1, Math.ceil(1 / share));
        }
        if (random.chance(0.25)) views.base.trim();
        if (random.chance(0.5)) views.base.podId("own/asks");
        const { error, reached } = inject(k, always, () => work.run(views));
        const where = `${work.name}, allocation ${k}${always ? " and all after it" : ""}`;
        if (reached) result.failures++;
        if (error !== undefined) {
          result.thrown++;
          if (!(error instanceof TopologyError && error.code === code)) {
            result.wrong.push(`${where}: ${(error as Error).stack ?? error}`);
          }
        }
        try {
          const now = stateOf(views);
          if (error === undefined && work.after !== undefined) after ??= expected(work.after);
          let wanted = error === undefined && work.after !== undefined ? after! : before;
          let line = differs(now, wanted);
          if (line >= 0 && error !== undefined && work.after !== undefined) {
            wanted = after ??= expected(work.after);
            line = differs(now, wanted);
          }
          if (line >= 0) result.wrong.push(`${where}: is\n${now[line]}\nnot\n${wanted[line]}`);
          if (work.undo !== undefined) views = work.undo(views);
          if (line >= 0) views = viewsOf(create(), given);
        } catch (later) {
          result.wrong.push(`${where}: afterwards ${(later as Error).stack ?? later}`);
          views = viewsOf(create(), given);
        }
        if (!reached) break;
      }
    }
  }
  return result;
}
