// B1, B2 and B8's single column: the kernels against what one would write without them.

import { andCountBench } from "./lib/and-count.js";
import type { BenchOptions } from "./lib/bench.js";
import { columnBench } from "./lib/columns.js";
import { plainBench } from "./lib/plain.js";
import { inFreshProcess } from "./lib/processes.js";
import type { BenchResult } from "./lib/result.js";
import { FULL, QUICK } from "./lib/rounds.js";
import { FORMS, selectorBench } from "./lib/selectors.js";

const NODES = [5000, 65536, 131072];

/** Each figure has a process of its own: what V8 learns of a loop in one size makes it up to a third slower in the next. */
export async function kernelBenches(options: BenchOptions): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const nodes of NODES) results.push(...(await inOwnProcess("andCounts", options, nodes)));
  for (const nodes of NODES) {
    for (const form of FORMS.keys()) results.push(...(await inOwnProcess("selectors", options, nodes, form)));
  }
  results.push(...(await inOwnProcess("columns", options)));
  // The plain times stay out of the quick run: nothing was asked of them.
  if (!options.quick) for (const nodes of NODES) results.push(...(await inOwnProcess("plain", options, nodes)));
  return results;
}

function inOwnProcess(task: string, options: BenchOptions, ...parameters: number[]): Promise<BenchResult[]> {
  return inFreshProcess("kernels.bench", task, options, ...parameters);
}

export function andCounts({ quick }: BenchOptions, nodes: number): BenchResult[] {
  return andCountBench(nodes, quick ? QUICK : FULL);
}

export function selectors({ quick }: BenchOptions, nodes: number, form: number): BenchResult[] {
  return [selectorBench(nodes, FORMS[form], quick ? QUICK : FULL)];
}

export function columns({ quick }: BenchOptions): BenchResult[] {
  return columnBench(quick ? QUICK : FULL);
}

export function plain({ quick }: BenchOptions, nodes: number): Promise<BenchResult[]> {
  return plainBench(nodes, quick ? 20 : 200);
}
