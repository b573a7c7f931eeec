// evaluate: the WASM module over a shared memory, with workers in it -> an engine that counts batches on all of them.

import type { Engine } from "../engine.js";
import { decode, wasmEngine } from "../wasm.js";
import { webAssembly } from "../web-assembly.js";
import { Control } from "./control.js";
import type { Effort } from "./threaded-row-counter.js";
import { ThreadedRowCounter } from "./threaded-row-counter.js";
import { wasmHex } from "./wasm-bytes.js";
import { WorkerPool } from "./worker-pool.js";

const MOST_PAGES = 65536;
const SLOTS_A_WORKER = 16;
/**
 * Pieces of about 25 us. A worker is woken for 0.2 ms of work: where it has to share a core with the asking thread, as
 * on a host with other work, each time costs both about 40 us, and woken for every piece it would halve their speed.
 */
const EFFORT: Effort = { piece: 1 << 20, breakEven: 4 << 20, wake: 8 };

export interface ThreadedEngine extends Engine {
  readonly pool: WorkerPool;
}

/**
 * An engine with so many workers beside the asking thread.
 * @throws Error where the host refuses WebAssembly, a shared memory or a thread.
 */
export async function createThreadedEngine(workers: number, effort = EFFORT): Promise<ThreadedEngine> {
  const module = await webAssembly().compile(decode(wasmHex));
  const memory = new (webAssembly().Memory)({ initial: 1, maximum: MOST_PAGES, shared: true });
  const engine = wasmEngine(module, memory);
  const control = new Control(workers * SLOTS_A_WORKER);
  const pool = new WorkerPool(control);
  await pool.start(workers, module, memory);
  return {
    ...engine,
    pool,
    rowCounter: (blocks, sink) => new ThreadedRowCounter(pool, engine.kernels, blocks, sink, effort),
  };
}
