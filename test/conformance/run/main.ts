// `npm run conformance`: random clusters, judged by the real scheduler's code and answered by the library.

import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Difference } from "./compare.js";
import { describe } from "./differences.js";
import { type Options, readOptions, USAGE } from "./options.js";
import { buildOracle, oracleVersion } from "./oracle.js";
import { type Facts, reportLines, shortfalls } from "./report.js";
import { addTally, emptyTally, type Tally } from "./tally.js";
import type { Answer, Order } from "./worker.js";

const MOST_CLUSTERS_AT_A_TIME = 50;
/** A worker is replaced then, so that memory stays bounded. */
const ORDERS_PER_WORKER = 40;
const PROGRESS_MS = 20_000;
const SHRUNK_DIFFERENCES = 3;
const MOST_DIFFERENCES = 50;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(argv);
  } catch (fault) {
    console.error(`${(fault as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const oracle = buildOracle(options.kubernetes);
  const started = performance.now();
  const tally = emptyTally();
  const differences: Difference[] = [];
  await run(options, oracle, tally, differences);
  for (const [index, difference] of differences.entries()) {
    console.log(`${describe(difference, oracle, index < SHRUNK_DIFFERENCES)}\n`);
  }
  const facts: Facts = {
    options,
    oracle: oracleVersion(oracle),
    seconds: (performance.now() - started) / 1000,
    tally,
  };
  const missed = options.targets ? shortfalls(facts) : [];
  for (const line of reportLines(facts)) console.log(line);
  for (const line of missed) console.log(`MISSED: ${line}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ ...facts, missed }, null, 2)}\n`);
  return tally.differences + tally.referenceDifferences + missed.length > 0 ? 1 : 0;
}

/** Hands out seeds until there are enough clusters and enough verdicts. */
async function run(options: Options, oracle: string, tally: Tally, differences: Difference[]): Promise<void> {
  const { kubernetes, profile, shuffles } = options;
  let next = options.seed;
  let shown = performance.now();
  const done = (): number =>
    tally.clusters + Object.values(tally.comesLater).reduce((sum, { clusters }) => sum + clusters, 0);
  const nextOrder = (): Order | undefined => {
    const handedOut = next - options.seed;
    const lacking = done() >= options.clusters && tally.verdicts < options.verdicts ? MOST_CLUSTERS_AT_A_TIME : 0;
    const clusters = Math.min(MOST_CLUSTERS_AT_A_TIME, Math.max(options.clusters - handedOut, lacking));
    if (clusters <= 0 || tally.differences > MOST_DIFFERENCES) return undefined;
    const order = { kubernetes, profile, shuffles, oracle, firstSeed: next, clusters };
    next += clusters;
    return order;
  };
  const lane = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    let orders = 0;
    for (let order = nextOrder(); order !== undefined; order = nextOrder()) {
      worker ??= fork(fileURLToPath(new URL("worker.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
      const answer = await carriedOut(worker, order);
      if (answer.fault !== undefined) throw new Error(`seeds from ${order.firstSeed}: ${answer.fault}`);
      addTally(tally, answer.tally);
      differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - differences.length));
      if (++orders % ORDERS_PER_WORKER === 0) {
        worker.disconnect();
        worker = undefined;
      }
      if (performance.now() - shown > PROGRESS_MS) {
        shown = performance.now();
        const { clusters, pods, verdicts } = tally;
        console.error(`${clusters} clusters, ${pods} pods, ${verdicts} verdicts, ${tally.differences} differences`);
      }
    }
    worker?.disconnect();
  };
  await Promise.all(Array.from({ length: options.processes }, lane));
}

function carriedOut(worker: ChildProcess, order: Order): Promise<Answer> {
  return new Promise((done, failed) => {
    const ended = (code: number | null, signal: string | null): void => {
      failed(new Error(`the comparing process ended: ${code ?? signal}`));
    };
    worker.once("exit", ended);
    worker.once("message", (answer) => {
      worker.off("exit", ended);
      done(answer as Answer);
    });
    worker.send(order);
  });
}
