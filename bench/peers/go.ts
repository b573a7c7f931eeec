// bench: runs the oracle's benchmark, the real scheduler's plugins, on a file of objects.

import { execFile, execFileSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PeerCluster } from "./cluster.js";

export interface GoPod {
  readonly pod: string;
  readonly ns: number;
  readonly preFilterNs: number;
  readonly filterNs: number;
  /** Processor time of the whole process meanwhile, on all cores. */
  readonly filterCpuNs: number;
  readonly nodesEvaluated: number;
  readonly feasible: number;
  readonly error?: string;
}

export interface GoReport {
  readonly version: string;
  readonly go: string;
  readonly maxProcs: number;
  readonly nodes: number;
  readonly pods: readonly GoPod[];
}

/** Builds the oracle where it is not built yet: minutes, and gigabytes of downloads, the first time. */
export function buildOracle(root: string): string {
  const folder = join(root, "test/conformance/oracle");
  return execFileSync("./build.sh", { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

export interface GoOptions {
  /** Pods, the first ones of the file. */
  readonly pods: number;
  /** Nodes drawn for each pod; 0 for all. */
  readonly sample?: number;
  /** Stops the search where kube-scheduler does. */
  readonly truncate?: boolean;
}

/** Writes what `runGo` reads. */
export function writeCluster(file: string, cluster: PeerCluster): void {
  writeFileSync(file, "");
  for (const piece of cluster.text()) appendFileSync(file, piece);
}

/** Runs these plugins: what both sides decide. */
export async function runGo(
  oracle: string,
  file: string,
  filters: readonly string[],
  options: GoOptions,
): Promise<GoReport> {
  const flags = ["-bench", file, "-filters", filters.join(","), "-limit", String(options.pods)];
  if (options.sample !== undefined && options.sample > 0) flags.push("-sample", String(options.sample));
  if (options.truncate) flags.push("-truncate");
  const { stdout } = await promisify(execFile)(oracle, flags, { maxBuffer: 1 << 26 });
  const report = JSON.parse(stdout) as GoReport;
  for (const { error, pod } of report.pods) if (error) throw new Error(`${pod}: ${error}`);
  return report;
}
