// After any sequence of upserts and deletes the answers equal those of a matcher that was built from scratch.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { generateCluster } from "./reference/generator/generate.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, reportOf, setOf } from "./support/load.js";

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace ?? ""}/${metadata?.name}`;

/** Objects that replace each other under equal keys: several clusters of one generator share their names. */
function universe(seed: number, nodes: number): KubeObject[][] {
  const byKey = new Map<string, KubeObject[]>();
  for (let i = 0; i < 4; i++) {
    for (const object of generateCluster(seed * 10 + i, { nodes, pods: 6 }).objects as KubeObject[]) {
      const key = keyOf(object);
      byKey.set(key, [...(byKey.get(key) ?? []), object]);
    }
  }
  return [...byKey.values()];
}

function expectEqual(
  matcher: TopologyMatcher,
  live: ReadonlyMap<string, KubeObject>,
  engine: EngineName,
  hint: string,
): number {
  const fresh = matcherOf(live.values(), { engine });
  let pods = 0;
  for (const object of live.values()) {
    if (object.kind !== "Pod") continue;
    const key = `${object.metadata?.namespace}/${object.metadata?.name}`;
    assert.equal(reportOf(matcher, key), reportOf(fresh, key), `${hint}, pod ${key}`);
    pods++;
  }
  return pods;
}

for (const engine of ["wasm", "javascript"] as const) {
  for (const nodes of [5, 40, 200]) {
    test(`${engine}: random events on up to ${nodes} nodes`, () => {
      let compared = 0;
      for (let seed = 0; seed < (nodes > 100 ? 3 : 12); seed++) {
        const random = new Random(seed + nodes);
        const objects = universe(seed + nodes, nodes);
        const matcher = createMatcherSync({ engine });
        const live = new Map<string, KubeObject>();
        for (let round = 0; round < 8; round++) {
          for (let event = 0; event < (round === 0 ? objects.length : 12); event++) {
            const versions = round === 0 ? objects[event] : random.pick(objects);
            const object = random.pick(versions);
            const set = setOf(matcher, object.kind);
            if (round > 0 && random.chance(0.3)) {
              assert.is(set.delete(object), live.delete(keyOf(object)));
            } else {
              set.upsert(object);
              live.set(keyOf(object), object);
            }
            // Questions between the events, so that masks, pools and columns exist and have to be patched.
            const pod = [...live.values()].find(({ kind }) => kind === "Pod");
            if (event % 3 === 0 && pod) matcher.evaluatePod(`${pod.metadata?.namespace}/${pod.metadata?.name}`);
          }
          compared += expectEqual(matcher, live, engine, `seed ${seed}, round ${round}`);
        }
      }
      assert.ok(compared > 100, `${compared} comparisons are too few to be evidence`);
    });
  }
}

test.run();
