// `npm run interleavings -- --steps 1000000 --seed 1 [--progress FILE]`: the random interleavings of random.test.ts for
// hours. A step is one event: an object comes, changes or goes, a pod is assumed or taken back, patches are written, an
// overlay is laid or dropped. What it touched is looked at after each step; every 10 steps on average (1 to 19) all
// answers of the view in which it happened, and in half of the cases of another one, are compared with those of a matcher
// that is made of the view's objects; at the end of each seed those of every view.
// With a file of progress a run that was stopped goes on where it was.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Interleaving } from "./interleaving.js";

/** What one seed does before the next one begins; a failure names its seed, which can be run alone. */
const STEPS = 250;
const SIZES = [4, 3, 12, 6, 4, 8, 5, 40, 4, 2, 16, 6, 4, 8, 5, 70];
const MOST_STEPS = 19;

interface Progress {
  readonly first: number;
  next: number;
  steps: number;
  readonly counts: Record<string, number>;
}

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    progress: { type: "string" },
  },
});
const file = values.progress;
const known = file !== undefined && existsSync(file);
const first = Number(values.seed);
const progress: Progress = known
  ? JSON.parse(readFileSync(file, "utf8"))
  : { first, next: first, steps: 0, counts: {} };
const wanted = Number(values.steps);
const started = performance.now();
const before = progress.steps;
while (progress.steps < wanted) {
  const seed = progress.next;
  const run = new Interleaving(seed % 3 === 0 ? "javascript" : "wasm", SIZES[seed % SIZES.length], seed, MOST_STEPS);
  try {
    for (let step = 0; step < STEPS; step++) run.step();
    run.compareAll();
  } catch (error) {
    console.log(`seed ${seed} fails; run it alone with --seed ${seed} --steps 1`);
    throw error;
  }
  progress.next++;
  progress.steps += STEPS;
  for (const [name, count] of Object.entries(run.counts)) progress.counts[name] = (progress.counts[name] ?? 0) + count;
  if (file !== undefined) writeFileSync(file, JSON.stringify(progress));
}
const rate = (progress.steps - before) / ((performance.now() - started) / 1000);
console.log(
  `seeds ${progress.first} to ${progress.next - 1}: ${progress.steps} steps, ${rate.toFixed(1)} a second; no difference`,
);
console.log(
  Object.entries(progress.counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", "),
);
