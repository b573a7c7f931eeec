// npm run bench -- [--quick] [--json FILE] [--only B3,B6] [--events N]

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { BenchOptions } from "./lib/bench.js";
import type { Environment, Section } from "./lib/report.js";
import { writeReport } from "./lib/report.js";
import type { BenchResult } from "./lib/result.js";
import { table } from "./lib/table.js";

interface Entry {
  readonly id: string;
  /** Relative to bench/, without ending. */
  readonly file: string;
  readonly title: string;
  readonly inQuick: boolean;
  /** The function to call, where it is not `bench`. */
  readonly task?: string;
}

const ENTRIES: readonly Entry[] = [
  { id: "B1", title: "B1, B2, B8's columns: kernels", file: "kernels.bench", inQuick: true, task: "kernelBenches" },
  { id: "B3", title: "B3: claims against naive JS", file: "claims.bench", inQuick: true },
  { id: "B4", title: "B4: beside kube-scheduler", file: "peers/kube-scheduler.bench", inQuick: false },
  { id: "B4-by", title: "B4 by entry point: ours alone", file: "peers/entry-points.bench", inQuick: true },
  { id: "B5", title: "B5: loading", file: "load.bench", inQuick: true },
  { id: "B6", title: "B6: latency of one pod", file: "latency.bench", inQuick: true },
  { id: "B7", title: "B7: batches", file: "batch.bench", inQuick: true },
  { id: "B7'", title: "B7': batches under all nine plugins", file: "whole-batch.bench", inQuick: true },
  { id: "B8", title: "B8: competing claims", file: "capacity.bench", inQuick: true },
  { id: "B9", title: "B9: events", file: "events.bench", inQuick: true },
  { id: "B10", title: "B10: soak", file: "soak.bench", inQuick: false },
  { id: "B10'", title: "B10': soak of what is ever new", file: "ever-new.bench", inQuick: false },
  { id: "B11", title: "B11: start-up", file: "startup.bench", inQuick: true },
  { id: "B12", title: "B12: batches on two threads", file: "threads.bench", inQuick: false },
  { id: "B13", title: "B13: one pod under all nine plugins", file: "peers/whole-profile.bench", inQuick: true },
  {
    id: "B14-a",
    title: "B14 (a): scheduling one pod after another",
    file: "peers/scheduling.bench",
    inQuick: true,
    task: "a",
  },
  {
    id: "B14-b",
    title: "B14 (b): scheduling one pod after another",
    file: "peers/scheduling.bench",
    inQuick: false,
    task: "bBound",
  },
  {
    id: "B14-c",
    title: "B14 (c): scheduling one pod after another",
    file: "peers/scheduling.bench",
    inQuick: true,
    task: "c",
  },
  {
    id: "B14-d",
    title: "B14 (d): scheduling one pod after another",
    file: "peers/scheduling.bench",
    inQuick: false,
    task: "d",
  },
  { id: "B15", title: "B15, B15': assuming, overlays", file: "assume.bench", inQuick: true },
  { id: "B16", title: "B16: events of pods that run", file: "running.bench", inQuick: true },
  { id: "B17", title: "B17: plans beside B14's loop", file: "plan.bench", inQuick: true },
  { id: "B18", title: "B18: what if a node goes", file: "whatif.bench", inQuick: true },
  { id: "B19", title: "B19: causes and remedies", file: "explain.bench", inQuick: true },
  { id: "provisioner", title: "Topology for the provisioner", file: "provisioner.bench", inQuick: true },
  { id: "PVC", title: "The PV controller", file: "controller.bench", inQuick: true },
  { id: "lint", title: "Findings about a whole cluster", file: "lint.bench", inQuick: true },
  { id: "upsert", title: "One upsert beside a matcher built anew", file: "upsert.bench", inQuick: true },
  { id: "growth", title: "Growth", file: "growth.bench", inQuick: false },
];

/** What we compare with is not bundled. */
const PEERS = ["fastbitset", "typedfastbitset", "roaring"];

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    only: { type: "string" },
    events: { type: "string" },
  },
});
const settings: BenchOptions = {
  quick: options.quick,
  ...(options.events === undefined ? {} : { events: Number(options.events) }),
};
process.exitCode = await main();

async function main(): Promise<number> {
  const entries = chosen();
  const processes = await bundle(entries);
  const results: BenchResult[] = [];
  const sections: Section[] = [];
  let failures = 0;
  for (const { id, file, task = "bench", title } of entries) {
    const started = performance.now();
    try {
      const found = await processes.inFreshProcess<BenchResult[]>(file, task, settings);
      results.push(...found);
      sections.push({ title, results: found });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`\n${id} (${file}, ${seconds} s)\n${table(found)}`);
    } catch (error) {
      failures++;
      console.error(`\n${id}: ${(error as Error).stack}`);
    }
  }
  if (!options.quick && options.only === undefined && failures === 0)
    writeReport(join(root, "bench"), environment(), sections);
  const report = { machine: machine(), node: process.version, commit: commit(), results };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  const missed = results.filter(({ met }) => met === false).length;
  const met = results.filter((result) => result.met === true).length;
  console.log(`\n${results.length} figures, ${met} met, ${missed} missed, ${failures} benches failed`);
  return failures > 0 ? 1 : 0;
}

function chosen(): readonly Entry[] {
  if (options.only === undefined)
    return ENTRIES.filter(({ file, inQuick }) => exists(file) && (inQuick || !options.quick));
  const wanted = options.only.split(",");
  const whole = (id: string): boolean => id.startsWith("B14") && wanted.includes("B14");
  return ENTRIES.filter(({ id }) => wanted.includes(id) || whole(id) || (id === "B1" && wanted.includes("B2")));
}

function exists(file: string): boolean {
  return existsSync(join(root, "bench", `${file}.ts`));
}

/**
 * The benches and the library as one bundle each, as users run it: loaders that compile on the fly change the code
 * (they wrap functions to keep their names).
 */
async function bundle(entries: readonly Entry[]): Promise<typeof import("./lib/processes.js")> {
  if (!existsSync(join(root, "lib/evaluate/wasm-bytes.ts"))) {
    execFileSync("npm", ["run", "--silent", "build:wasm"], { cwd: root, stdio: "inherit" });
  }
  const outdir = join(root, "build/bench");
  await build({
    entryPoints: ["child", "lib/processes", ...new Set(entries.map(({ file }) => file))].map((file) => ({
      in: join(root, "bench", `${file}.ts`),
      out: file.replace("lib/", ""),
    })),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: PEERS,
    sourcemap: true,
    chunkNames: "chunk-[hash]",
    logLevel: "warning",
  });
  process.env.TOPOMATCH_ROOT = root;
  return import(join(outdir, "processes.js"));
}

function environment(): Environment {
  const version = (name: string): string => {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
    return `${name} ${version}`;
  };
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    node: process.version,
    commit: commit(),
    command: "npm run bench",
    versions: ["assemblyscript", "esbuild", "fastbitset", "typedfastbitset"].map(version),
  };
}

function machine(): string {
  const [first] = cpus();
  return `${cpus().length} x ${first?.model ?? "unknown"}`;
}

function commit(): string {
  const git = (...words: string[]): string => execFileSync("git", ["-C", root, ...words], { encoding: "utf8" }).trim();
  return (
    git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "lib", "assembly", "bench") === "" ? "" : "+")
  );
}
