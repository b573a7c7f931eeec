// Batches on several threads: the counts of one thread, whoever helps, dies or comes late.

import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Control } from "../lib/evaluate/threads/control.js";
import type { ThreadedEngine } from "../lib/evaluate/threads/threaded-engine.js";
import { createThreadedEngine } from "../lib/evaluate/threads/threaded-engine.js";
import type { Effort } from "../lib/evaluate/threads/threaded-row-counter.js";
import { WorkerPool } from "../lib/evaluate/threads/worker-pool.js";
import { webAssembly } from "../lib/evaluate/web-assembly.js";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { matcherOver } from "../lib/matcher.js";
import { createThreadedMatcher } from "../lib/threads.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { KubeObject } from "./support/load.js";
import { load } from "./support/load.js";
import { addNodes, addPods, countsOf } from "./support/zonal.js";

/** Every list is a piece of its own, and every piece is offered. */
const ALWAYS = { piece: 0, breakEven: 0, wake: 1 };
/** Pieces as usual, however few. */
const AT_ONCE = { piece: 1 << 20, breakEven: 0, wake: 1 };

/** Runs a body over an engine with so many workers, which end with it. */
async function over(
  workers: number,
  effort: Effort | undefined,
  body: (engine: ThreadedEngine, matcher: TopologyMatcher) => Promise<void> | void,
): Promise<void> {
  const engine = await createThreadedEngine(workers, effort);
  try {
    await body(engine, matcherOver(engine, {}));
  } finally {
    await engine.pool.close();
  }
}

/** The counts of both, which must be equal, after a change that makes all counts unknown. */
function compare(threaded: TopologyMatcher, single: TopologyMatcher, pods: number): void {
  for (const matcher of [threaded, single]) matcher.trim();
  assert.equal(countsOf(threaded, pods), countsOf(single, pods));
}

function fill(nodes: number, pods: number, ...matchers: TopologyMatcher[]): void {
  for (const matcher of matchers) {
    addNodes(matcher, 0, nodes);
    addPods(matcher, 0, pods);
  }
}

test("two workers and the asking thread count what one thread counts, and all of them do count", async () => {
  for (const effort of [ALWAYS, AT_ONCE]) {
    await over(2, effort, ({ pool }, matcher) => {
      const single = createMatcherSync();
      fill(5000, 3000, matcher, single);
      const until = performance.now() + 20_000;
      let rounds = 0;
      while (rounds++ < 5 || (pool.control.counted === 0 && performance.now() < until)) {
        compare(matcher, single, 3000);
      }
      assert.ok(pool.control.counted > 0, "the workers counted nothing");
    });
  }
});

test("random clusters of every kind have the same counts", async () => {
  let counted = 0;
  for (let seed = 0; seed < 60; seed++) {
    await over(1, ALWAYS, (_, matcher) => {
      const single = createMatcherSync();
      const objects = generateCluster(seed, { nodes: 80, gates: 0 }).objects as KubeObject[];
      const pods = objects.filter(({ kind }) => kind === "Pod");
      for (const each of [matcher, single]) load(each, objects);
      const countsIn = (each: TopologyMatcher): number[] => {
        const keys = pods.map(({ metadata }) => `${metadata?.namespace ?? ""}/${metadata?.name}`);
        const ids = Uint32Array.from(keys, (key) => each.podId(key));
        const counts = new Uint32Array(ids.length);
        each.countFeasible(ids, counts);
        return Array.from(counts);
      };
      assert.equal(countsIn(matcher), countsIn(single), `seed ${seed}`);
      counted += pods.length;
    });
  }
  assert.ok(counted > 200, `${counted} counts are too few to be evidence`);
});

test("below the break-even no worker is woken, above it one is", async () => {
  await over(1, undefined, ({ pool: { control } }, matcher) => {
    fill(5000, 4000, matcher);
    const { signal } = control.layout;
    countsOf(matcher, 100);
    assert.is(control.words[signal], 0);
    countsOf(matcher, 4000);
    assert.ok(control.words[signal] > 0);
  });
});

test("changes between batches are seen", async () => {
  await over(1, ALWAYS, (_, matcher) => {
    const single = createMatcherSync();
    fill(700, 300, matcher, single);
    for (let round = 0; round < 20; round++) {
      for (const each of [matcher, single]) {
        addPods(each, round * 10, round * 10 + 20, round + 1);
        each.nodes.delete(`n${round * 3}`);
        addNodes(each, round * 2, round * 2 + 1);
      }
      assert.equal(countsOf(matcher, 300), countsOf(single, 300), `round ${round}`);
    }
  });
});

test("the memory grows before and in the middle of batches, and the workers see the new place", async () => {
  await over(1, ALWAYS, ({ pool, memory }, matcher) => {
    const single = createMatcherSync();
    fill(600, 400, matcher, single);
    const { byteLength } = memory.buffer;
    for (const nodes of [5000, 20_000, 60_000]) {
      for (const each of [matcher, single]) addNodes(each, nodes / 10, nodes);
      // Masks and rows are made anew, higher and higher from pod to pod.
      assert.equal(countsOf(matcher, 400), countsOf(single, 400), `${nodes} nodes`);
    }
    assert.ok(memory.buffer.byteLength > 2 * byteLength, `${byteLength} and then ${memory.buffer.byteLength} bytes`);
    const before = pool.control.counted;
    for (let i = 0; i < 200 && pool.control.counted === before; i++) compare(matcher, single, 400);
    assert.ok(pool.control.counted > before);
  });
});

test("a worker that dies in the middle of its work costs nothing but its help", async () => {
  const warnings: string[] = [];
  const listen = (warning: Error): void => {
    warnings.push(warning.message);
  };
  process.on("warning", listen);
  await over(2, ALWAYS, async ({ pool }, matcher) => {
    const single = createMatcherSync();
    fill(5000, 500, matcher, single);
    compare(matcher, single, 500);
    // Offsets past the end of the memory: whoever takes them ends in a trap, and never gives the slot back.
    const PAST = 0xffff_fff0;
    for (let left = 1; left >= 0; left--) {
      const slot = 5 + left;
      pool.control.offer(slot, PAST, PAST, 1, PAST, 64);
      pool.control.wake(1);
      for (let waited = 0; pool.size > left && waited < 10_000; waited += 10) await sleep(10);
      assert.is(pool.size, left);
      compare(matcher, single, 500);
    }
    assert.is(warnings.length, 2);
    assert.match(warnings[0], /^a thread of topomatch ended: /);
  });
  process.off("warning", listen);
});

test("close ends the workers, twice too, and the matcher answers on", async () => {
  const matcher = await createThreadedMatcher({ threads: 3 });
  const single = createMatcherSync();
  fill(5000, 4000, matcher, single);
  assert.is(matcher.threads, 3);
  assert.is(matcher.engine, "wasm");
  compare(matcher, single, 4000);
  await Promise.all([matcher.close(), matcher.close()]);
  assert.is(matcher.threads, 1);
  compare(matcher, single, 4000);
  await matcher.close();
});

test("one thread is no worker, and the counts are right", async () => {
  const matcher = await createThreadedMatcher({ threads: 1 });
  const single = createMatcherSync();
  fill(5000, 4000, matcher, single);
  assert.is(matcher.threads, 1);
  compare(matcher, single, 4000);
  await matcher.close();
});

test("a bad option is one sentence, and no worker is started", async () => {
  const started: Worker[] = [];
  const listen = (worker: Worker): void => {
    started.push(worker);
  };
  process.on("worker", listen);
  const refused = async (options: object, sentence: RegExp): Promise<void> => {
    try {
      await createThreadedMatcher(options);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof TopologyError);
      assert.is(error.code, "BadOption");
      assert.match(error.message, sentence);
    }
  };
  for (const threads of [0, -1, 1.5, 65, Number.NaN])
    await refused({ threads }, /^threads must be a number from 1 to 64/);
  await refused({ threads: 2, kubernetes: "1.2" }, /^kubernetes must be one of/);
  process.off("worker", listen);
  assert.is(started.length, 0);
});

test("workers that cannot begin are an error, and none is left", async () => {
  const pool = new WorkerPool(new Control(2));
  try {
    await pool.start(2, {}, new (webAssembly().Memory)({ initial: 1, maximum: 1, shared: true }));
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, "WebAssembly.Instance");
  }
  assert.is(pool.size, 0);
});

test("a host that refuses a shared memory is NoEngine", async () => {
  const host = globalThis as unknown as { WebAssembly: { Memory: unknown } };
  const real = host.WebAssembly;
  const Memory = class {
    constructor() {
      throw new Error("shared memories are off");
    }
  };
  host.WebAssembly = { ...real, compile: (real as unknown as { compile: unknown }).compile, Memory } as typeof real;
  try {
    await createThreadedMatcher();
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof TopologyError);
    assert.is(error.code, "NoEngine");
    assert.is(error.message, "threads cannot run here: shared memories are off");
  } finally {
    host.WebAssembly = real;
  }
});

test.run();
