// After anything that fails halfway nothing is half done, and no answer is wrong. A share of what `npm run faults` does
// in full, another one for each seed.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { selectEngineSync } from "../../lib/evaluate/select-engine.js";
import type { TopologyError } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import { matcherOver } from "../../lib/matcher.js";
import { Random } from "../reference/generator/random.js";
import { setOf } from "../support/load.js";
import { watchAllocations, withFailure } from "./allocations.js";
import type { Result } from "./faults.js";
import { tryFaults } from "./faults.js";
import { tryGrowth } from "./growth.js";
import { threadedMatchers } from "./threaded.js";
import { trappingEngine, withTrap } from "./traps.js";
import { OPTIONS, OWN } from "./world.js";

const ENGINES = ["wasm", "javascript"] as const;

/** Nothing is wrong, and so many calls have failed and thrown at the least. */
function sound({ failures, thrown, wrong }: Result, least: number): void {
  assert.is(wrong.length, 0, wrong.slice(0, 3).join("\n").slice(0, 3000));
  assert.ok(failures >= least && thrown >= least / 2, `${failures} failures, ${thrown} thrown`);
}

/** One piece of work in so many, by a seed. */
function some(of: number, seed: number): () => boolean {
  const random = new Random(seed);
  return () => random.chance(1 / of);
}

watchAllocations();
for (const [seed, engine] of ENGINES.entries()) {
  const create = () => createMatcherSync({ ...OPTIONS, engine });

  test(`${engine}: an allocation fails in any piece of work`, () => {
    sound(
      tryFaults({ seed: seed + 1, nodes: 6, pods: 3, share: 0.1, create, fresh: create, works: some(3, seed) }),
      100,
    );
  });

  test(`${engine}: an allocation fails while everything grows`, () => {
    sound(tryGrowth({ create, share: 0.04, seed: seed + 1 }), 8);
  });
}

test("after a question that failed nothing is read in place, until it is asked again", () => {
  const matcher = createMatcherSync(OPTIONS);
  for (const object of OWN) setOf(matcher, object.kind).upsert(object);
  const verdict = matcher.createVerdict();
  let failed = 0;
  for (let k = 1; ; k++) {
    verdict.evaluatePod("own/asks");
    assert.is(verdict.feasibleCount, 1);
    matcher.trim();
    verdict.evaluatePod("own/asks");
    const { error, reached } = withFailure(k, false, () => matcher.evaluatePod("own/waiting"));
    if (!reached) break;
    if (error === undefined) continue;
    failed++;
    try {
      void verdict.feasibleCount;
      assert.unreachable(`allocation ${k}: a count was read`);
    } catch (stale) {
      assert.is((stale as TopologyError).code, "Stale");
    }
  }
  assert.ok(failed > 2, `${failed} questions failed`);
});

test("threads: an allocation fails in what they have to do with", async () => {
  const { close, create } = await threadedMatchers(2);
  const fresh = () => createMatcherSync(OPTIONS);
  const works = ({ name }: { readonly name: string }) => /countFeasible|^trim|^replace Node|^upsert Node/.test(name);
  sound(tryFaults({ seed: 3, nodes: 6, pods: 3, share: 0.08, create, fresh, works }), 30);
  await close();
});

test("a kernel traps in any piece of work", () => {
  const create = () => matcherOver(trappingEngine(selectEngineSync("wasm")), OPTIONS);
  const fresh = () => createMatcherSync(OPTIONS);
  const plan = { seed: 4, nodes: 6, pods: 3, share: 0.1, create, fresh, inject: withTrap, works: some(2, 4) } as const;
  sound(tryFaults({ ...plan, code: "EngineFailed" }), 50);
});

test.run();
