// `npm run conformance:docs`: writes the figures of a full run into docs/conformance.md, between its marks.
// Options: --folder FOLDER, where the run kept its figures.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KUBERNETES_MINORS } from "../../../lib/options.js";
import { docsRegions, withRegions } from "./docs-regions.js";
import { figuresFile } from "./full.js";
import type { Facts } from "./report.js";

const { values } = parseArgs({ options: { folder: { type: "string" } } });
const page = fileURLToPath(new URL("../../../docs/conformance.md", import.meta.url));

const files = [...KUBERNETES_MINORS].reverse().map((kubernetes) => figuresFile(values.folder, kubernetes));
const missing = files.filter((file) => !existsSync(file));
if (missing.length === files.length) throw new Error("there are no figures: npm run conformance -- --full");
for (const file of missing) console.error(`no figures in ${file}: the page will not tell of that release`);
const there = files.filter((file) => existsSync(file));
const runs: Facts[] = there.map((file) => JSON.parse(readFileSync(file, "utf8")));
if (new Set(runs.map(({ sources }) => sources.hash)).size > 1) throw new Error("the figures are of different sources");
for (const { finished, missed, options, sources, tally } of runs) {
  const differences = tally.differences + tally.referenceDifferences;
  if (!finished) console.error(`${options.kubernetes}: the run is not finished`);
  if (sources.changed) console.error(`${options.kubernetes}: files differed from commit ${sources.commit}`);
  if (differences > 0) console.error(`${options.kubernetes}: ${differences} differences`);
  for (const line of missed) console.error(`${options.kubernetes}: missed: ${line}`);
}
writeFileSync(page, withRegions(readFileSync(page, "utf8"), docsRegions(runs)));
