// One run: seeds handed out to pairs of a comparing and a judging process, what they found added up and saved on the way.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Options } from "./options.js";
import type { Facts } from "./report.js";
import { addTally } from "./tally.js";
import type { Answer, Order } from "./worker.js";

const CLUSTERS_AT_A_TIME = 50;
/** A worker is replaced then, so that memory stays bounded. */
const ORDERS_PER_WORKER = 40;
const PROGRESS_MS = 20_000;
const MOST_DIFFERENCES = 50;

/** Goes on until there are enough clusters and enough verdicts; blocks of clusters that `facts` has are left out. */
export async function run(options: Options, oracle: string, facts: Facts, save: (facts: Facts) => void): Promise<void> {
  const { kubernetes, processes, profile, shuffles } = options;
  const { differences, tally } = facts;
  const done = new Set(facts.done);
  let next = options.seed;
  let shown = performance.now();
  const compared = (): number =>
    tally.clusters + Object.values(tally.comesLater).reduce((sum, { clusters }) => sum + clusters, 0);
  const nextOrder = (): Order | undefined => {
    while (done.has(next)) next += CLUSTERS_AT_A_TIME;
    const handedOut = next - options.seed;
    const lacking = compared() >= options.clusters && tally.verdicts < options.verdicts ? CLUSTERS_AT_A_TIME : 0;
    const clusters = Math.min(CLUSTERS_AT_A_TIME, Math.max(options.clusters - handedOut, lacking));
    if (clusters <= 0 || tally.differences > MOST_DIFFERENCES) return undefined;
    const order = { kubernetes, profile, shuffles, oracle, firstSeed: next, clusters };
    next += clusters;
    return order;
  };
  const lane = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    let orders = 0;
    for (let order = nextOrder(); order !== undefined; order = nextOrder()) {
      worker ??= newWorker();
      const began = performance.now();
      const answer = await carriedOut(worker, order);
      if (answer.fault !== undefined) throw new Error(`seeds from ${order.firstSeed}: ${answer.fault}`);
      addTally(tally, answer.tally);
      differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - differences.length));
      facts.done.push(order.firstSeed);
      facts.seconds += (performance.now() - began) / 1000 / processes;
      if (++orders % ORDERS_PER_WORKER === 0) {
        worker.disconnect();
        worker = undefined;
      }
      if (performance.now() - shown > PROGRESS_MS) {
        shown = performance.now();
        const { clusters, pods, verdicts } = tally;
        console.error(
          `${kubernetes}: ${clusters} clusters, ${pods} pods, ${verdicts} verdicts, ${tally.differences} differences`,
        );
        save(facts);
      }
    }
    worker?.disconnect();
  };
  await Promise.all(Array.from({ length: processes }, lane));
}

function newWorker(): ChildProcess {
  const execArgv = ["--import", "tsx", "--max-semi-space-size=64"];
  return fork(fileURLToPath(new URL("worker.ts", import.meta.url)), { execArgv });
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
