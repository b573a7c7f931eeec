// `npm run explain:random -- --rejections 100000 --seed 1 [--progress FILE]`: what random.test.ts asks of the explanations of
// random clusters, for hours: seed by seed, all five releases in turn. Prints what was counted, and exits with 1 where an
// explanation did not hold. With a file of progress a run that was stopped goes on where it was.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { explain } from "../../lib/explain.js";
import type { KubernetesMinor } from "../../lib/index.js";
import { checkCauses, checkRemedies, peel, randomMatcher } from "./random-clusters.js";

const RELEASES: readonly KubernetesMinor[] = ["1.37", "1.36", "1.35", "1.34", "1.33"];
/** Of so many pods one is asked for remedies, and one has its causes taken away. */
const SHARE = 3;

interface Progress {
  next: number;
  clusters: number;
  pods: number;
  rejections: number;
  remedies: number;
  readonly codes: Record<string, number>;
  readonly peeled: Record<string, Record<string, number>>;
  /** Of which causes nobody knows how to take them away. */
  readonly unknown: string[];
  readonly faults: string[];
}

const { values } = parseArgs({
  options: {
    rejections: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    progress: { type: "string" },
  },
});
const file = values.progress;
const progress: Progress =
  file !== undefined && existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {
        next: Number(values.seed),
        clusters: 0,
        pods: 0,
        rejections: 0,
        remedies: 0,
        codes: {},
        peeled: {},
        unknown: [],
        faults: [],
      };

while (progress.rejections < Number(values.rejections)) {
  checkSeed(progress.next++);
  if (file !== undefined) writeFileSync(file, JSON.stringify(progress));
}
const { clusters, codes, faults, peeled, pods, rejections, remedies, unknown } = progress;
console.log(`${clusters} clusters, ${pods} pods, ${rejections} rejections explained, ${remedies} remedies carried out`);
console.log(`causes: ${listed(codes)}`);
for (const [became, counts] of Object.entries(peeled)) console.log(`taken away, ${became}: ${listed(counts)}`);
for (const one of unknown) console.log(`  not known how to take away: ${one}`);
console.log(`${faults.length} faults`);
for (const fault of faults) console.log(`  ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;

function checkSeed(seed: number): void {
  const kubernetes = RELEASES[seed % RELEASES.length];
  const matcher = randomMatcher(seed, kubernetes);
  progress.clusters++;
  for (const [i, pod] of [...matcher.pods.keys()].entries()) {
    const where = `seed ${seed}, ${kubernetes}, ${pod}`;
    try {
      progress.pods++;
      progress.rejections += checkCauses(matcher, pod, where);
      for (const { code } of explain(matcher, pod).causes) add(progress.codes, code);
      if ((seed + i) % SHARE === 0) progress.remedies += checkRemedies(matcher, pod, where);
      if ((seed + i) % SHARE !== 1) continue;
      for (const { became, codes: of, where: at } of peel(matcher, pod)) {
        progress.peeled[became] ??= {};
        add(progress.peeled[became], of.join("+"));
        if (became === "unknown") progress.unknown.push(`seed ${seed}, ${kubernetes}, ${at}`);
        if (became === "kept")
          progress.faults.push(`seed ${seed}, ${kubernetes}, ${at}: ${of.join("+")} taken away in vain`);
      }
    } catch (error) {
      progress.faults.push(`${where}: ${(error as Error).message}`);
    }
  }
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function listed(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ${count.toLocaleString("en")}`).join(", ");
}
