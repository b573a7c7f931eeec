// Random events on a cluster whose objects replace each other; after some of them the answers are those of a matcher
// that was built anew, by every way of asking.

import * as assert from "uvu/assert";
import type { EngineName, FilterChoice, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import type { Knobs } from "../reference/generator/knobs.js";
import { Random } from "../reference/generator/random.js";
import type { KubeObject } from "./load.js";
import { matcherOf, reportOf, setOf } from "./load.js";

export interface Events {
  readonly engine: EngineName;
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
  /** The matcher on which things happen. */
  readonly matcher?: TopologyMatcher;
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
  const { between, engine, filters, inRound, nodes, rounds = 8, seed } = events;
  const random = new Random(seed + nodes);
  const objects = universe({ ...events, seed: seed + nodes });
  const matcher = events.matcher ?? createMatcherSync({ engine, filters });
  const live = new Map<string, KubeObject>();
  const written = new Map<string, KubeObject>();
  const put = (object: KubeObject, round: number): void => {
    const now = inRound === undefined ? object : inRound(object, round);
    setOf(matcher, now.kind).upsert(now);
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
        assert.is(setOf(matcher, object.kind).delete(object), live.delete(keyOf(object)));
      } else put(object, round);
      // Questions between the events, so that masks, pools and columns exist and have to be patched.
      const pod = [...live.values()].find(({ kind }) => kind === "Pod");
      if (event % 3 === 0 && pod) matcher.evaluatePod(`${pod.metadata?.namespace}/${pod.metadata?.name}`);
    }
    const hint = `seed ${seed}, round ${round}`;
    const fresh = matcherOf(live.values(), { engine, filters });
    compared += expectEqual(matcher, fresh, events, hint);
    if (between === undefined) continue;
    between(matcher);
    compared += expectEqual(matcher, fresh, events, `${hint}, again`);
  }
  return compared;
}

function expectEqual(
  matcher: TopologyMatcher,
  fresh: TopologyMatcher,
  { batches = false }: Events,
  hint: string,
): number {
  const pods = [...fresh.pods.keys()];
  for (const key of pods) assert.equal(reportOf(matcher, key), reportOf(fresh, key), `${hint}, pod ${key}`);
  if (!batches) return pods.length;
  const claims = [...fresh.persistentVolumeClaims.keys()];
  assert.equal(
    countsOf(
      pods,
      (key) => matcher.podId(key),
      (ids, counts) => matcher.countFeasible(ids, counts),
    ),
    pods.map((key) => fresh.evaluatePod(key).nodes.size),
    `${hint}, pods`,
  );
  assert.equal(
    countsOf(
      claims,
      (key) => matcher.claimId(key),
      (ids, counts) => matcher.countFeasibleClaims(ids, counts),
    ),
    claims.map((key) => fresh.evaluateClaim(key).nodes.size),
    `${hint}, claims`,
  );
  return pods.length;
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
