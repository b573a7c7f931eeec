// B11: what it costs to have the library: bytes, and time until the first matcher is there in a fresh process.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Bench } from "./lib/bench.js";
import { atMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { median } from "./lib/rounds.js";

/** Milliseconds by the wall clock, or of processor time where that is less: then somebody else had the core. */
const CLOCK = `
const cpu = process.cpuUsage();
const start = performance.now();
const stop = () => {
  const wall = performance.now() - start;
  const { system, user } = process.cpuUsage(cpu);
  console.log(Math.min(wall, (system + user) / 1000));
};
`;

export const bench: Bench = ({ quick }) => {
  const root = process.env.TOPOMATCH_ROOT ?? process.cwd();
  const dist = join(root, "dist");
  if (!isCurrent(root, join(dist, "index.js"))) {
    execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  }
  const wasm = statSync(join(dist, "topomatch.wasm")).size;
  const all = importSize(root);
  return [
    atMost("B11-wasm", "the WASM module", wasm, "bytes", 16 * 1024),
    atMost("B11-bundle", "import, minified and gzipped, the WASM module in it", all / 1000, "kB", 30),
    startTime(pathToFileURL(join(dist, "index.js")).href, quick ? 9 : 31),
  ];
};

/** As `npm run size` measures it. */
function importSize(root: string): number {
  const { stderr, stdout } = spawnSync(process.execPath, [join(root, "scripts/size.mjs"), root], { encoding: "utf8" });
  const bytes = /([\d,]+) bytes[^:]*: import of topomatch,/.exec(stdout)?.[1];
  if (bytes === undefined) throw new Error(`npm run size does not name the import:\n${stdout}${stderr}`);
  return Number(bytes.replaceAll(",", ""));
}

/** Whether the bundle is newer than what it is made of. */
function isCurrent(root: string, bundle: string): boolean {
  if (!existsSync(bundle)) return false;
  const newest = readdirSync(join(root, "lib"), { recursive: true }).map(
    (name) => statSync(join(root, "lib", String(name))).mtimeMs,
  );
  return statSync(bundle).mtimeMs >= Math.max(...newest);
}

function startTime(library: string, rounds: number): BenchResult {
  const folder = mkdtempSync(join(tmpdir(), "topomatch-startup-"));
  try {
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "export {};\n");
    const nothing = join(folder, "nothing.mjs");
    writeFileSync(nothing, `${CLOCK}await import(${JSON.stringify(pathToFileURL(empty).href)});\nstop();\n`);
    const matcher = join(folder, "matcher.mjs");
    const source = `const { createMatcher } = await import(${JSON.stringify(library)});\nawait createMatcher();\nstop();\n`;
    writeFileSync(matcher, CLOCK + source);
    const run = (file: string): number => Number(execFileSync(process.execPath, [file], { encoding: "utf8" }));
    const differences: number[] = [];
    for (let round = 0; round < rounds; round++) differences.push(run(matcher) - run(nothing));
    const what = `import and createMatcher() in a fresh process, more than importing an empty module (${rounds} pairs)`;
    return atMost("B11-start", what, median(differences), "ms", 8);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
