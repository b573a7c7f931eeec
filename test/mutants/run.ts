// The mutants, each made in a copy of the project and tested until a test fails; prints the score and the survivors.
// Usage: npm run mutants [-- [--all] [--sample N [--seed S]] [--jobs N] [--quick] [--fresh] [REGEX OF NAMES]]
// A usual run makes a share of the changes of each file (core in index.ts), with --all every one.
// The test files must pass in the copy without a mutant: one that fails anyway would seem to notice every mutant.
// The test that noticed a mutant the last time (caught-by.tsv) is asked first. A run that was stopped goes on where it
// was, as long as no source has changed; --fresh begins anew.
// --quick leaves out the slowest test files; what survives then may yet be caught by them.

import { parseArgs } from "node:util";
import { Random } from "../reference/generator/random.js";
import { type Catch, type Finding, Findings } from "./findings.js";
import { mutants as allMutants, core } from "./index.js";
import type { Mutant } from "./mutant.js";
import { nameOf } from "./mutant.js";
import { Workshop } from "./workshop.js";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: "boolean", default: false },
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    quick: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
  },
});

/** Test files of more than two seconds of CPU, which are asked last; and of those the ones of more than seven. */
const SLOW = new Set([
  ...["batches", "columns", "sweep", "sweep-events", "node-filters", "migration", "verdict-parity", "node-resources"],
  ...["wakes", "incremental-counts", "threads", "threads-end", "incremental", "assume/random", "differential"],
]);
const SLOWEST = new Set(["threads", "threads-end", "incremental", "assume/random", "differential"]);

/** A test file that has to pass without a mutant, and which of its tests need not. */
interface Check {
  readonly key: string;
  readonly suite: string;
  readonly not: string | undefined;
}

const pattern = new RegExp(positionals[0] ?? "");
const chosen = (values.all ? allMutants : core).filter((mutant) => pattern.test(nameOf(mutant)));
const tested = sampled(chosen.filter(({ equivalent }) => equivalent === undefined));
const findings = new Findings();
const found = new Map<Mutant, Finding>();
/** Test files that were tried without a mutant. */
const tried = new Set<string>();
const workshops = new Set<Workshop>();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    for (const workshop of workshops) workshop.close();
    process.exit(1);
  });
}

await work();
report();

/** In random order, so that what is known after some of them is a sample of the whole. */
function sampled(all: readonly Mutant[]): Mutant[] {
  return new Random(Number(values.seed)).shuffle(all).slice(0, Number(values.sample ?? all.length));
}

async function work(): Promise<void> {
  const left: Mutant[] = [];
  for (const mutant of tested) {
    const known = values.fresh ? undefined : findings.known(mutant);
    if (known !== undefined && (known.by !== undefined || !values.quick)) found.set(mutant, known);
    else left.push(mutant);
  }
  if (found.size > 0) console.log(`${found.size} were tested before, with the same sources`);
  // What one test is known to notice takes a second each, the others a minute.
  const queue = [
    ...left.filter((mutant) => findings.lately(mutant) !== undefined),
    ...left.filter((mutant) => findings.lately(mutant) === undefined),
  ].values();
  const checks = checksOf(left).values();
  for (let i = Number(values.jobs); i > 0; i--) workshops.add(new Workshop());
  try {
    await Promise.all(Array.from(workshops, (workshop) => check(workshop, checks)));
    await Promise.all(Array.from(workshops, (workshop) => judgeAll(workshop, queue)));
  } finally {
    for (const workshop of workshops) workshop.close();
  }
}

/** Which test files are asked about mutants, the slowest first, without those that passed before. */
function checksOf(mutants: readonly Mutant[]): Check[] {
  const checks = new Map<string, Check>();
  for (const mutant of mutants) {
    const last = findings.lately(mutant);
    for (const suite of [...mutant.suites, ...(last === undefined ? [] : [last.suite])]) {
      const not = notAskedOf(mutant);
      const key = not === undefined ? suite : `${suite} without ${not}`;
      if (!findings.passes(key) && !(values.quick && SLOWEST.has(suite))) checks.set(key, { key, suite, not });
    }
  }
  const slow = [SLOW, SLOWEST].map((some) => [...checks.values()].filter(({ suite }) => some.has(suite)));
  return [...new Set([...slow[1], ...slow[0], ...checks.values()])];
}

/** @throws Error where a test file fails without a mutant. */
async function check(workshop: Workshop, checks: Iterable<Check>): Promise<void> {
  for (const { key, not, suite } of checks) {
    const { how, test } = await workshop.test(suite, { not });
    if (how !== "passed")
      throw new Error(`${suite} without any mutant: ${how}${test === undefined ? "" : `: ${test}`}`);
    findings.addPassed(key);
  }
}

async function judgeAll(workshop: Workshop, mutants: Iterable<Mutant>): Promise<void> {
  for (const mutant of mutants) {
    const started = performance.now();
    const finding = await workshop.with(mutant, () => judge(workshop, mutant));
    found.set(mutant, finding);
    if (finding.by !== undefined || !values.quick) findings.add(mutant, finding);
    findings.record(allMutants);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${found.size}/${tested.length} ${sentence(finding)} (${seconds} s)  ${nameOf(mutant)}`);
  }
  await sound(workshop);
}

/** What either engine shows, WebAssembly shows. */
function notAskedOf({ file }: Mutant): string | undefined {
  return file.includes("javascript") ? undefined : "^javascript\\b";
}

async function judge(workshop: Workshop, mutant: Mutant): Promise<Finding> {
  const last = findings.lately(mutant);
  if (last !== undefined) {
    const { how, test } = await workshop.test(last.suite, { names: last.test === undefined ? undefined : [last.test] });
    if (how !== "passed") return { how, by: caught(last.suite, test) };
  }
  const not = notAskedOf(mutant);
  for (const suite of fastestFirst(mutant.suites)) {
    if (values.quick && SLOWEST.has(suite)) continue;
    const { how, test } = await workshop.test(suite, { not });
    if (how !== "passed") return { how, by: caught(suite, test) };
  }
  return { how: "SURVIVES" };
}

function fastestFirst(suites: readonly string[]): string[] {
  return [...suites.filter((suite) => !SLOW.has(suite)), ...suites.filter((suite) => SLOW.has(suite))];
}

function caught(suite: string, test: string | undefined): Catch {
  return test === undefined ? { suite } : { suite, test };
}

function sentence({ by, how }: Finding): string {
  return by === undefined ? how : `caught by ${by.suite}: ${by.test ?? how}`;
}

/** Tests that were asked alone pass alone, too. */
async function sound(workshop: Workshop): Promise<void> {
  const catches = [...found.values()].flatMap(({ by }) => by ?? []);
  for (const suite of new Set(catches.map((by) => by.suite))) {
    if (tried.has(suite)) continue;
    tried.add(suite);
    const tests = catches.flatMap((by) => (by.suite === suite ? [by.test] : []));
    const names = tests.flatMap((test) => test ?? []);
    const { how, test } = await workshop.test(suite, { names: names.length < tests.length ? undefined : names });
    if (how !== "passed") throw new Error(`${suite} without any mutant: ${how}: ${test}`);
  }
}

function report(): void {
  const survivors = tested.filter((mutant) => found.get(mutant)?.by === undefined);
  const equivalents = chosen.filter(({ equivalent }) => equivalent !== undefined);
  if (equivalents.length > 0) console.log("\nNot tested, since nothing that can be seen differs:");
  for (const mutant of equivalents) console.log(`  ${nameOf(mutant)}\n    ${mutant.equivalent}`);
  if (survivors.length > 0) console.log("\nNo test notices:");
  for (const mutant of survivors) console.log(`  ${nameOf(mutant)}\n    ${mutant.suites.join(", ")}`);
  console.log(`\n${tested.length - survivors.length} of ${tested.length} mutants are caught`);
  process.exitCode = survivors.length > 0 ? 1 : 0;
}
