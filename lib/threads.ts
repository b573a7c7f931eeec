// threads: a matcher whose batches run on several threads; what `topomatch/threads` offers, for Node, Bun and Deno.

import { availableParallelism } from "node:os";
import { checkOptions } from "./create.js";
import { TopologyError } from "./errors.js";
import type { ThreadedEngine } from "./evaluate/threads/threaded-engine.js";
import { createThreadedEngine } from "./evaluate/threads/threaded-engine.js";
import type { WorkerPool } from "./evaluate/threads/worker-pool.js";
import type { MatcherOptions, TopologyMatcher } from "./index.js";
import { evaluationOf, Matcher } from "./matcher.js";

export * from "./index.js";

/** More have nothing to do: rows come through the memory that all share. */
const MOST_BY_DEFAULT = 8;
const MOST = 64;
const OPTIONS = ["threads", "kubernetes", "gates", "filters", "pluginConfig", "scoring"];

export interface ThreadedMatcherOptions extends Omit<MatcherOptions, "engine" | "module"> {
  /** Threads that work on a batch, the calling one included: 1 to 64. Default: what the host has, at most 8. */
  readonly threads?: number | undefined;
}

/** Ends the threads of matchers that were dropped without `close`; they would wait until the process ends. */
const DROPPED = new FinalizationRegistry<WorkerPool>((pool) => void pool.close());

/** A matcher whose `countFeasible` and `countFeasibleClaims` run on several threads where that is faster. */
export interface ThreadedMatcher extends TopologyMatcher {
  /** How many threads a large batch runs on now: fewer where one has died, 1 after `close`. */
  readonly threads: number;
  /** Ends the other threads. The matcher goes on to answer, on the calling one. */
  close(): Promise<void>;
}

/**
 * Makes a matcher and the threads that help it; about 20 ms. They end with `close`, or some time after the matcher was
 * dropped, and keep no process alive.
 * @throws TopologyError `NoEngine` where the host refuses WebAssembly, a shared memory or a thread, `BadOption`.
 */
export async function createThreadedMatcher(options: ThreadedMatcherOptions = {}): Promise<ThreadedMatcher> {
  checkOptions(options, OPTIONS);
  const { threads = Math.min(availableParallelism(), MOST_BY_DEFAULT), ...rest } = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST) {
    throw new TopologyError("BadOption", `threads must be a number from 1 to ${MOST}, but is ${threads}`, "threads");
  }
  const engine = await startEngine(threads - 1);
  try {
    const matcher = new MatcherOfThreads(engine, rest);
    DROPPED.register(matcher, engine.pool);
    return matcher;
  } catch (error) {
    await engine.pool.close();
    throw error;
  }
}

class MatcherOfThreads extends Matcher implements ThreadedMatcher {
  readonly #pool: WorkerPool;

  constructor(engine: ThreadedEngine, options: MatcherOptions) {
    const evaluation = evaluationOf(engine, options);
    super(evaluation, evaluation.view);
    this.#pool = engine.pool;
  }

  get threads(): number {
    return this.#pool.size + 1;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

async function startEngine(workers: number): Promise<ThreadedEngine> {
  try {
    return await createThreadedEngine(workers);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TopologyError("NoEngine", `threads cannot run here: ${reason}`);
  }
}
