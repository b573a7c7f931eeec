// Random events on a cluster whose objects replace each other; after some of them the answers are those of a matcher
// that was built anew, by every way of asking.

import * as assert from "uvu/assert";
import type { EngineName, FilterChoice, PodReport, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import type { Knobs } from "../reference/generator/knobs.js";
import { Random } from "../reference/generator/random.js";
import type { KubeObject } from "./load.js";
import { matcherOf, reportOf, setOf } from "./load.js";

export interface Events {
  readonly seed: number;
  readonly nodes: number;
  readonly filters?: FilterChoice;
  readonly knobs?: Partial<Knobs>;
  readonly rounds?: number;
  /** Compares batches, too. */
  readonly batches?: boolean;
  /** What every object is from a round on: in each round all of them are put anew. */
  readonly inRound?: (object: KubeObject, round: number) => KubeObject;
  /** Called after each round, whose answers are compared again then. */
  readonly between?: (matcher: TopologyMatcher) => void;
  /** The matchers on which things happen; one of each engine unless given. */
  readonly matchers?: readonly TopologyMatcher[];
}

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace ?? ""}/${metadata?.name}`;

/** Objects that replace each other under equal keys: several clusters of one generator share their names. */
function universe({ knobs, nodes, seed }: Events): KubeObject[][] {
  const byKey = new Map<string, KubeObject[]>();
  for (let i = 0; i < 4; i++) {
    for (const object of generateCluster(seed * 10 + i, { nodes, pods: 6, ...knobs }).objects as KubeObject[]) {
      const key = keyOf(object);
      byKey.set(key, [...(byKey.get(key) ?? []), object]);
    }
  }
  return [...byKey.values()];
}

/** Runs the events; returns how many reports were compared. */
export function randomEvents(events: Events): number {
  const { between, filters, inRound, nodes, rounds = 8, seed } = events;
  const random = new Random(seed + nodes);
  const objects = universe({ ...events, seed: seed + nodes });
  const engines: readonly EngineName[] = ["wasm", "javascript"];
  const matchers = events.matchers ?? engines.map((engine) => createMatcherSync({ engine, filters }));
  const live = new Map<string, KubeObject>();
  const written = new Map<string, KubeObject>();
  const put = (object: KubeObject, round: number): void => {
    const now = inRound === undefined ? object : inRound(object, round);
    for (const matcher of matchers) setOf(matcher, now.kind).upsert(now);
    live.set(keyOf(now), now);
    written.set(keyOf(now), object);
  };
  let compared = 0;
  for (let round = 0; round < rounds; round++) {
    if (inRound !== undefined) for (const key of live.keys()) put(written.get(key) as KubeObject, round);
    for (let event = 0; event < (round === 0 ? objects.length : 12); event++) {
      const versions = round === 0 ? objects[event] : random.pick(objects);
      const object = random.pick(versions);
      if (round > 0 && random.chance(0.3)) {
        const known = live.delete(keyOf(object));
        for (const matcher of matchers) assert.is(setOf(matcher, object.kind).delete(object), known);
      } else put(object, round);
      // Questions between the events, so that masks, pools and columns exist and have to be patched.
      const pod = [...live.values()].find(({ kind }) => kind === "Pod");
      if (event % 3 !== 0 || pod === undefined) continue;
      for (const matcher of matchers) matcher.evaluatePod(`${pod.metadata?.namespace}/${pod.metadata?.name}`);
    }
    const expected = answersOf(matcherOf(live.values(), { filters }), events);
    for (const matcher of matchers) {
      const hint = `${matcher.engine}, seed ${seed}, round ${round}`;
      compared += expectEqual(matcher, expected, hint);
      if (between === undefined) continue;
      between(matcher);
      compared += expectEqual(matcher, expected, `${hint}, again`);
    }
  }
  return compared;
}

/** What a matcher that was built anew says of all pods and claims, by key. */
interface Answers {
  readonly reports: ReadonlyMap<string, PodReport>;
  readonly claims: ReadonlyMap<string, number> | undefined;
}

function answersOf(fresh: TopologyMatcher, { batches = false }: Events): Answers {
  const reports = new Map([...fresh.pods.keys()].map((key) => [key, reportOf(fresh, key)]));
  const claims = [...fresh.persistentVolumeClaims.keys()];
  return {
    reports,
    claims: batches ? new Map(claims.map((key) => [key, fresh.evaluateClaim(key).nodes.size])) : undefined,
  };
}

function expectEqual(matcher: TopologyMatcher, { claims, reports }: Answers, hint: string): number {
  for (const [key, report] of reports) assert.equal(reportOf(matcher, key), report, `${hint}, pod ${key}`);
  if (claims === undefined) return reports.size;
  const pods = [...reports.keys()];
  assert.equal(
    countsOf(
      pods,
      (key) => matcher.podId(key),
      (ids, counts) => matcher.countFeasible(ids, counts),
    ),
    pods.map((key) => reports.get(key)?.feasible.length),
    `${hint}, pods`,
  );
  assert.equal(
    countsOf(
      [...claims.keys()],
      (key) => matcher.claimId(key),
      (ids, counts) => matcher.countFeasibleClaims(ids, counts),
    ),
    [...claims.values()],
    `${hint}, claims`,
  );
  return reports.size;
}

function countsOf(
  keys: readonly string[],
  idOf: (key: string) => number,
  count: (ids: Uint32Array, counts: Uint32Array) => void,
): number[] {
  const counts = new Uint32Array(keys.length);
  count(Uint32Array.from(keys, idOf), counts);
  return [...counts];
}
