// Matchers with threads that get a piece of work each time there is a list to count, so that every batch is theirs.

import { createThreadedEngine } from "../../lib/evaluate/threads/threaded-engine.js";
import type { TopologyMatcher } from "../../lib/index.js";
import { matcherOver } from "../../lib/matcher.js";
import { OPTIONS } from "./world.js";

export interface Threaded {
  /** The next of them. */
  readonly create: () => TopologyMatcher;
  readonly close: () => Promise<void>;
}

/** So many, each with a thread of its own. */
export async function threadedMatchers(count: number): Promise<Threaded> {
  const effort = { piece: 0, breakEven: 0, wake: 1 };
  const engines = await Promise.all(Array.from({ length: count }, () => createThreadedEngine(1, effort)));
  let next = 0;
  return {
    create: () => matcherOver(engines[next++], OPTIONS),
    close: async () => {
      await Promise.all(engines.map(({ pool }) => pool.close()));
    },
  };
}
