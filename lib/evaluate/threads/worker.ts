// evaluate: the loop of a worker. Its text is the worker's program, so it refers to nothing but its parameters.

import type { Kernels } from "../engine.js";
import type { Layout } from "./control.js";

/** Takes slots and counts them until the control closes; looks for some 10 microseconds before it sleeps. */
export function serve(words: Int32Array, countEach: Kernels["countEach"], layout: Layout): void {
  const { asleep, closing, counted, done, first, ready, signal, slots, step, taken } = layout;
  let looks = 0;
  for (;;) {
    // Read before all else: whatever is offered or closed after it keeps this thread awake.
    const seen = Atomics.load(words, signal);
    if (Atomics.load(words, closing) !== 0) return;
    looks += slots;
    for (let slot = 0, at = first; slot < slots; slot++, at += step) {
      if (Atomics.load(words, at) !== ready || Atomics.compareExchange(words, at, ready, taken) !== ready) continue;
      countEach(words[at + 1], words[at + 2], words[at + 3], words[at + 4], words[at + 5]);
      Atomics.store(words, at, done);
      Atomics.add(words, counted, 1);
      looks = 0;
    }
    if (looks > 2000) {
      Atomics.add(words, asleep, 1);
      Atomics.wait(words, signal, seen);
      Atomics.sub(words, asleep, 1);
    }
  }
}
