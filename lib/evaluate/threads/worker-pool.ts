// evaluate: worker threads that count what the control offers, from their start to their end.

import { Worker } from "node:worker_threads";
import type { WasmMemory } from "../web-assembly.js";
import type { Control } from "./control.js";
import { serve } from "./worker.js";

// The program is text, so that no bundler has to know of a second file. Bun and Deno run it as CommonJS, where `module`
// is a name that is taken.
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { compiled, layout, memory, words } = workerData;
const { countEach } = new WebAssembly.Instance(compiled, { env: { memory } }).exports;
parentPort.postMessage("ready");
(${serve})(words, countEach, layout);
`;

/** Workers keep no process alive. One that dies is missed by nobody: what it had taken is counted again by who asks. */
export class WorkerPool {
  readonly #workers = new Set<Worker>();

  constructor(readonly control: Control) {}

  /** How many are at work. */
  get size(): number {
    return this.#workers.size;
  }

  /**
   * Starts so many workers over a memory; about 30 ms.
   * @throws Error where the host refuses one; none is left then.
   */
  async start(count: number, module: object, memory: WasmMemory): Promise<void> {
    const { layout, words } = this.control;
    const workerData = { compiled: module, layout, memory, words };
    try {
      await Promise.all(Array.from({ length: count }, () => this.#startOne(workerData)));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Ends all workers, in the middle of their work if need be. */
  async close(): Promise<void> {
    this.control.close();
    await Promise.all(Array.from(this.#workers, (worker) => worker.terminate()));
  }

  // Async, so that a host that throws at the second one is told of after the first has its listeners.
  async #startOne(workerData: object): Promise<void> {
    // Loaders and hooks of the program's own have nothing to do in there, nor have those of NODE_OPTIONS.
    const worker = new Worker(PROGRAM, { eval: true, workerData, env: {}, execArgv: [], name: "topomatch" });
    this.#workers.add(worker);
    await new Promise<void>((resolve, reject) => {
      worker.once("error", reject);
      worker.once("exit", () => {
        this.#workers.delete(worker);
        reject(new Error("a thread ended before it began"));
      });
      worker.once("message", () => {
        worker.off("error", reject);
        worker.on("error", ({ message }) => process.emitWarning(`a thread of topomatch ended: ${message}`));
        worker.unref();
        resolve();
      });
    });
  }
}
