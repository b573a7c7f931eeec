// Keeps the other cores at work while something is timed that has one core: what it is compared with uses them all.

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Counts over 4 MB, which is more than a core's own cache, until the flag is set. */
const SPIN = `
const flag = require("node:worker_threads").workerData;
const words = new Uint32Array(1 << 20);
require("node:worker_threads").parentPort.postMessage("spins");
while (Atomics.load(flag, 0) === 0) for (let i = 0; i < words.length; i++) words[i] += i;
`;

/** What `work` gives, done while every core but one counts. */
export async function onBusyCores<R>(work: () => R | Promise<R>): Promise<R> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from(
    { length: availableParallelism() - 1 },
    () => new Worker(SPIN, { eval: true, workerData: flag }),
  );
  try {
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once("message", resolve))));
    return await work();
  } finally {
    Atomics.store(flag, 0, 1);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
