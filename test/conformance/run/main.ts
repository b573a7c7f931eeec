// `npm run conformance`: random clusters, judged by the real scheduler's code and answered by the library.

import { writeFileSync } from "node:fs";
import { describe } from "./differences.js";
import { figuresFile, fullRuns, savedFacts, sourcesOf, writeFacts } from "./full.js";
import { type Options, readOptions, USAGE } from "./options.js";
import { buildOracle, oracleVersion } from "./oracle.js";
import { emptyFacts, type Facts, reportLines, shortfalls } from "./report.js";
import { run } from "./run.js";

const SHRUNK_DIFFERENCES = 3;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(argv);
  } catch (fault) {
    console.error(`${(fault as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (options.full) return full(options);
  const oracle = buildOracle(options.kubernetes);
  const facts = emptyFacts(options, oracleVersion(oracle), sourcesOf());
  await run(options, oracle, facts, () => {});
  const failed = conclude(facts, oracle);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(facts, null, 2)}\n`);
  return failed;
}

/** One minor after the other; what is done already, with the same sources, is not done again. */
async function full(given: Options): Promise<number> {
  const runs = fullRuns(given);
  // All are built first: what cannot be built should not show after half an hour.
  const oracles = runs.map(({ kubernetes }) => buildOracle(kubernetes));
  const sources = sourcesOf();
  console.log(`library of commit ${sources.commit}${sources.changed ? ", CHANGED since" : ""}`);
  let failures = 0;
  for (const [index, options] of runs.entries()) {
    const file = figuresFile(given.folder, options.kubernetes);
    const facts = savedFacts(file, options, sources) ?? emptyFacts(options, oracleVersion(oracles[index]), sources);
    if (facts.finished) console.log(`\n${options.kubernetes} is done: ${file}`);
    else await run(options, oracles[index], facts, (now) => writeFacts(file, now));
    if (sourcesOf().hash !== sources.hash) throw new Error("the sources changed during the run");
    failures += conclude(facts, oracles[index]);
    facts.finished = true;
    writeFacts(file, facts);
  }
  console.log(`\nnow: npm run conformance:docs${given.folder ? ` -- --folder ${given.folder}` : ""}`);
  return failures > 0 ? 1 : 0;
}

/** Prints what was found; 1 where something differs or is missed. */
function conclude(facts: Facts, oracle: string): number {
  const { differences, options, tally } = facts;
  for (const [index, difference] of differences.entries()) {
    console.log(`${describe(difference, oracle, index < SHRUNK_DIFFERENCES)}\n`);
  }
  facts.missed = options.targets ? shortfalls(facts) : [];
  for (const line of reportLines(facts)) console.log(line);
  for (const line of facts.missed) console.log(`MISSED: ${line}`);
  return tally.differences + tally.referenceDifferences + facts.missed.length > 0 ? 1 : 0;
}
