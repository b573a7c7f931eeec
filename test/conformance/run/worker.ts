// One pair of processes: this one compares, the oracle's judges.

import { compareCluster, type Difference, type Job } from "./compare.js";
import { Oracle } from "./oracle.js";
import { emptyTally, type Tally } from "./tally.js";

export interface Order extends Omit<Job, "seed"> {
  readonly oracle: string;
  readonly firstSeed: number;
  readonly clusters: number;
}

export interface Answer {
  readonly tally: Tally;
  readonly differences: readonly Difference[];
  readonly fault?: string;
}

/** Clusters under way at a time: the oracle judges one while the next are made. */
const UNDER_WAY = 6;
const MOST_DIFFERENCES = 20;

let oracle: Oracle | undefined;

process.on("message", (order: Order) => {
  carryOut(order).then(
    (answer) => process.send?.(answer),
    (fault: Error) => process.send?.({ tally: emptyTally(), differences: [], fault: fault.stack ?? String(fault) }),
  );
});
process.on("disconnect", () => oracle?.close());

async function carryOut(order: Order): Promise<Answer> {
  oracle ??= new Oracle(order.oracle);
  const judge = oracle;
  const tally = emptyTally();
  const differences: Difference[] = [];
  const last = order.firstSeed + order.clusters;
  let seed = order.firstSeed;
  const lane = async (): Promise<void> => {
    while (seed < last) {
      const found = await compareCluster(judge, tally, { ...order, seed: seed++ });
      differences.push(...found.slice(0, MOST_DIFFERENCES - differences.length));
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, lane));
  return { tally, differences };
}
