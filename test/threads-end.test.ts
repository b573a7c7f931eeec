// The ends of threads: by close at any moment, with the matcher that nobody holds any more, with the process.

import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Worker } from "node:worker_threads";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Control } from "../lib/evaluate/threads/control.js";
import { createThreadedEngine } from "../lib/evaluate/threads/threaded-engine.js";
import { serve } from "../lib/evaluate/threads/worker.js";
import { WorkerPool } from "../lib/evaluate/threads/worker-pool.js";
import { webAssembly } from "../lib/evaluate/web-assembly.js";
import { matcherOver } from "../lib/matcher.js";
import { createThreadedMatcher } from "../lib/threads.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { KubeObject } from "./support/load.js";
import { load, matcherOf, reportOf } from "./support/load.js";
import { addNodes, addPods, countsOf } from "./support/zonal.js";

/** Runs a body with `Atomics.load` and `Atomics.wait` told to a listener before and instead. */
function listening(beforeLoad: (index: number) => void, insteadOfWait: () => void, body: () => void): void {
  const atomics = Atomics as { load: unknown; wait: unknown };
  const { load: realLoad, wait: realWait } = Atomics;
  atomics.load = (words: Int32Array, index: number): number => {
    const found = realLoad(words, index);
    beforeLoad(index);
    return found;
  };
  atomics.wait = (words: Int32Array, index: number, seen: number): string => {
    if (realLoad(words, index) !== seen) return "not-equal";
    insteadOfWait();
    throw new Error("slept");
  };
  try {
    body();
  } finally {
    atomics.load = realLoad;
    atomics.wait = realWait;
  }
}

test("a control that closes between any two looks of a worker lets no worker sleep", () => {
  // How many looks there are before the sleep.
  let looks = 0;
  const count = (): void => {
    looks++;
  };
  const fresh = new Control(16);
  assert.throws(
    () =>
      listening(
        count,
        () => {},
        () => serve(fresh.words, () => {}, fresh.layout),
      ),
    /^slept$/,
  );
  const last = looks;
  for (let closesAt = last - 40; closesAt <= last; closesAt++) {
    const control = new Control(16);
    let look = 0;
    const close = (): void => {
      if (++look === closesAt) control.close();
    };
    listening(
      close,
      () => assert.unreachable(`look ${closesAt} of ${last}`),
      () => serve(control.words, () => {}, control.layout),
    );
  }
});

test("threads end with a matcher that nobody holds any more", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const started: Worker[] = [];
  const listen = (worker: Worker): void => {
    started.push(worker);
  };
  process.on("worker", listen);
  const held = await createThreadedMatcher({ threads: 2 });
  await (async () => {
    const matcher = await createThreadedMatcher({ threads: 3 });
    assert.is(matcher.threads, 3);
  })();
  process.off("worker", listen);
  const alive = (): number[] => started.map(({ threadId }) => threadId).filter((id) => id !== -1);
  assert.is(alive().length, 3);
  for (let waited = 0; alive().length > 1 && waited < 10_000; waited += 20) {
    gc();
    await sleep(20);
  }
  assert.is(alive().length, 1);
  assert.is(held.threads, 2);
  await held.close();
});

test("a matcher whose workers have ended wakes nobody", async () => {
  const engine = await createThreadedEngine(1, { piece: 0, breakEven: 0, wake: 1 });
  const { pool } = engine;
  const matcher = matcherOver(engine, {});
  const objects = generateCluster(3, { nodes: 80, gates: 0 }).objects as KubeObject[];
  load(matcher, objects);
  await pool.close();
  const { signal } = pool.control.layout;
  const before = pool.control.words[signal];
  const keys = objects
    .filter(({ kind }) => kind === "Pod")
    .map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
  const ids = Uint32Array.from(keys, (key) => matcher.podId(key));
  matcher.countFeasible(ids, new Uint32Array(ids.length));
  assert.is(pool.control.words[signal], before);
});

test("reports over a shared memory are those over a memory of its own", async () => {
  for (let seed = 100; seed < 110; seed++) {
    const objects = generateCluster(seed, { nodes: 80, gates: 0 }).objects as KubeObject[];
    const threaded = await createThreadedMatcher({ threads: 2 });
    load(threaded, objects);
    const single = matcherOf(objects);
    for (const { kind, metadata } of objects) {
      if (kind !== "Pod") continue;
      const key = `${metadata?.namespace ?? ""}/${metadata?.name}`;
      assert.equal(reportOf(threaded, key), reportOf(single, key), `seed ${seed}, ${key}`);
    }
    await threaded.close();
  }
});

test("a process ends by itself, by exit and by an error while workers count or sleep", () => {
  const program = `
    import { createThreadedMatcher } from ${JSON.stringify(new URL("../lib/threads.ts", import.meta.url).href)};
    import { addNodes, addPods, countsOf } from ${JSON.stringify(new URL("support/zonal.ts", import.meta.url).href)};
    const matcher = await createThreadedMatcher({ threads: 3 });
    addNodes(matcher, 0, 5000);
    addPods(matcher, 0, 3000);
    countsOf(matcher, 3000);
    console.log("counted");
    END`;
  const ends = [
    ["", 0],
    ["process.exit(3);", 3],
    ["throw new Error('on purpose');", 1],
    ["matcher.close();", 0],
  ] as const;
  for (const [end, expected] of ends) {
    const parameters = ["--import", "tsx", "--input-type=module", "-e", program.replace("END", end)];
    const { status, stderr, stdout } = spawnSync(process.execPath, parameters, { encoding: "utf8", timeout: 60_000 });
    assert.is(stdout, "counted\n", stderr);
    assert.is(status, expected, `${end}: ${stderr}`);
  }
});

test("a host that refuses the second thread at once is an error, and the first does not outlive it", async () => {
  const pool = new WorkerPool(new Control(2));
  let asked = 0;
  const module = {
    // Read where a thread is made.
    get refusing() {
      if (++asked === 2) throw new Error("no more threads");
      return true;
    },
  };
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => {
    unhandled.push(reason);
  };
  process.on("unhandledRejection", listen);
  try {
    await pool.start(2, module, new (webAssembly().Memory)({ initial: 1, maximum: 1, shared: true }));
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, "no more threads");
  }
  assert.is(pool.size, 0);
  await sleep(20);
  process.off("unhandledRejection", listen);
  assert.equal(unhandled, []);
});

test("batch after batch takes no more memory", async () => {
  const matcher = await createThreadedMatcher({ threads: 3 });
  addNodes(matcher, 0, 5000);
  addPods(matcher, 0, 3000);
  const used = (): number => {
    for (let i = 0; i < 10; i++) {
      matcher.nodes.upsert({ metadata: { name: "spare" } });
      matcher.nodes.delete("spare");
      countsOf(matcher, 3000);
    }
    return matcher.memory.engine;
  };
  used();
  const before = used();
  for (let i = 0; i < 5; i++) used();
  const after = used();
  // Blocks of slots that had not been used before: some kilobytes each.
  assert.ok(after <= before + (1 << 20), `${before} and then ${after} bytes`);
  await matcher.close();
});

test.run();
