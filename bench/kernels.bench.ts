// B1, B2 and B8's single column: the kernels against what one would write without them.

import { pathToFileURL } from "node:url";
import { andCountBench } from "./lib/and-count.js";
import { columnBench } from "./lib/columns.js";
import type { BenchResult } from "./lib/result.js";
import { FULL, QUICK } from "./lib/rounds.js";
import { selectorBench } from "./lib/selectors.js";
import { table } from "./lib/table.js";

export async function kernelBenches(options: { quick: boolean }): Promise<BenchResult[]> {
  const effort = options.quick ? QUICK : FULL;
  return [...andCountBench(effort), ...selectorBench(effort), ...columnBench(effort)];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(table(await kernelBenches({ quick: process.argv.includes("--quick") })));
}
