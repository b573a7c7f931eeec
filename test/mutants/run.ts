// The mutants, each made in a copy of the project and tested until a test fails; prints the score and the survivors.
// Usage: npm run mutants [-- [--sample N [--seed S]] [--jobs N] [--quick] [REGEX OF NAMES]]
// --quick leaves out the slowest test files: what survives then may yet be caught by them.

import { parseArgs } from "node:util";
import { Random } from "../reference/generator/random.js";
import { mutants } from "./index.js";
import type { Mutant } from "./mutant.js";
import { nameOf } from "./mutant.js";
import { Workshop } from "./workshop.js";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    quick: { type: "boolean", default: false },
  },
});

const SLOW = new Set([
  ...["differential", "incremental", "incremental-counts", "columns", "batches", "sweep", "sweep-events"],
  ...["node-resources", "node-filters", "migration", "verdict-parity", "threads", "threads-end"],
]);

const pattern = new RegExp(positionals[0] ?? "");
const chosen = mutants.filter((mutant) => pattern.test(nameOf(mutant)));
const tested = sampled(chosen.filter(({ equivalent }) => equivalent === undefined));
const survivors: Mutant[] = [];
/** Test files that pass without a mutant, and so can notice one. */
const sound = new Map<string, Promise<void>>();

await work();
report();

/** In random order, so that what is known after some of them is a sample of the whole. */
function sampled(all: readonly Mutant[]): Mutant[] {
  return new Random(Number(values.seed)).shuffle(all).slice(0, Number(values.sample ?? all.length));
}

async function work(): Promise<void> {
  const queue = tested.entries();
  const worker = async (): Promise<void> => {
    const workshop = new Workshop();
    try {
      for (const [i, mutant] of queue) await judge(workshop, mutant, `${i + 1}/${tested.length}`);
    } finally {
      workshop.close();
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
}

async function judge(workshop: Workshop, mutant: Mutant, place: string): Promise<void> {
  const started = performance.now();
  const said = (text: string) => {
    console.log(`${place} ${text} (${((performance.now() - started) / 1000).toFixed(1)} s)  ${nameOf(mutant)}`);
  };
  const caught = await workshop.with(mutant, async () => {
    for (const suite of mutant.suites) {
      if (values.quick && SLOW.has(suite)) continue;
      const outcome = await workshop.test(suite);
      if (outcome !== "passed") return { outcome, suite };
    }
    return undefined;
  });
  if (caught !== undefined) await soundness(workshop, caught.suite);
  if (caught === undefined) survivors.push(mutant);
  said(caught === undefined ? "SURVIVES" : `caught by ${caught.suite}: ${caught.outcome}`);
}

/** A test file that fails anyway would seem to notice every mutant. */
function soundness(workshop: Workshop, suite: string): Promise<void> {
  const known = sound.get(suite);
  if (known !== undefined) return known;
  const checked = workshop.test(suite).then((outcome) => {
    if (outcome !== "passed") throw new Error(`test/${suite}.test.ts without any mutant: ${outcome}`);
  });
  sound.set(suite, checked);
  return checked;
}

function report(): void {
  const equivalents = chosen.filter(({ equivalent }) => equivalent !== undefined);
  if (equivalents.length > 0) console.log("\nNot tested, since nothing that can be seen differs:");
  for (const mutant of equivalents) console.log(`  ${nameOf(mutant)}\n    ${mutant.equivalent}`);
  if (survivors.length > 0) console.log("\nNo test notices:");
  for (const mutant of survivors) console.log(`  ${nameOf(mutant)}\n    ${mutant.suites.join(", ")}`);
  console.log(`\n${tested.length - survivors.length} of ${tested.length} mutants are caught`);
  process.exitCode = survivors.length > 0 ? 1 : 0;
}
