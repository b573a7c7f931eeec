// evaluate: what a worker does all day. Its text is the worker's program, so it refers to nothing but its parameters.

import type { Kernels } from "../engine.js";
import type { Layout } from "./control.js";

/** Takes slots and counts them until the control closes; polls for some tens of microseconds before it sleeps. */
export function serve(words: Int32Array, countEach: Kernels["countEach"], layout: Layout): void {
  const { closing, counted, done, first, ready, signal, slots, step, taken } = layout;
  let polls = 0;
  while (Atomics.load(words, closing) === 0) {
    const seen = Atomics.load(words, signal);
    polls++;
    for (let slot = 0, at = first; slot < slots; slot++, at += step) {
      if (Atomics.load(words, at) !== ready || Atomics.compareExchange(words, at, ready, taken) !== ready) continue;
      countEach(words[at + 1], words[at + 2], words[at + 3], words[at + 4], words[at + 5]);
      Atomics.store(words, at, done);
      Atomics.add(words, counted, 1);
      polls = 0;
    }
    // What was offered since `seen` was read keeps it awake.
    if (polls > 1000) Atomics.wait(words, signal, seen);
  }
}
