// The judge: the oracle's process, asked one cluster a line.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PluginConfig } from "../../../lib/index.js";
import type { KubeObject } from "../../reference/generator/world.js";
import type { GateSetting } from "./gates.js";

export interface Request {
  readonly objects: readonly KubeObject[];
  readonly gates: GateSetting;
  readonly filters: readonly string[];
  readonly pluginConfig?: readonly PluginConfig[] | undefined;
  readonly order?: { readonly shuffle: number };
  /** Every pending pod unless given. */
  readonly pods?: readonly string[];
  /** What happens one after another, instead. */
  readonly steps?: readonly object[];
}

// biome-ignore lint/suspicious/noExplicitAny: reports are compared as they come
export type JsonReport = any;

const PROBLEM = /^\{"error":/;
const MOST_BYTES = 1 << 28;

/** Builds the oracle where it is missing or old; the path of the program. */
export function buildOracle(kubernetes: string): string {
  const script = fileURLToPath(new URL("../oracle/build.sh", import.meta.url));
  return execFileSync(script, [kubernetes], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

export function oracleVersion(path: string): string {
  return execFileSync(path, ["-version"], { encoding: "utf8" }).trim();
}

/** Waits for the answer; for the many small questions of the shrinker. */
export function askOnce(path: string, request: Request): JsonReport {
  const { stdout } = spawnSync(path, [], { input: lineOf(request), encoding: "utf8", maxBuffer: MOST_BYTES });
  return JSON.parse(stdout);
}

export class Oracle {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { done: (report: JsonReport) => void; failed: (fault: Error) => void }[] = [];

  /** `workers`: how many clusters it evaluates at a time. */
  constructor(path: string, workers = 1) {
    // Memory for time: it keeps little, and collects garbage that often otherwise.
    const env = { ...process.env, GOGC: "1000" };
    // Judges that take one question at a time do not know the option.
    const options = workers > 1 ? ["-workers", String(workers)] : [];
    this.#process = spawn(path, options, { stdio: ["pipe", "pipe", "pipe"], env });
    // Where a score makes the scheduler panic, the oracle says so on every line.
    this.#process.stderr.resume();
    createInterface({ input: this.#process.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) =>
      this.#answer(line),
    );
    this.#process.on("exit", (code, signal) => {
      for (const { failed } of this.#waiting.splice(0)) failed(new Error(`the oracle ended: ${code ?? signal}`));
    });
  }

  ask(request: Request): Promise<JsonReport> {
    return this.askLine(lineOf(request));
  }

  /** A request that is a line of JSON already. */
  askLine(line: string): Promise<JsonReport> {
    return new Promise((done, failed) => {
      this.#waiting.push({ done, failed });
      this.#process.stdin.write(line);
    });
  }

  close(): void {
    this.#process.stdin.end();
  }

  #answer(line: string): void {
    const { done, failed } = this.#waiting.shift() ?? {};
    if (PROBLEM.test(line)) failed?.(new Error(`the oracle refuses: ${line.slice(0, 2000)}`));
    else done?.(JSON.parse(line));
  }
}

function lineOf(request: Request): string {
  return `${JSON.stringify({ ...request, plans: true })}\n`;
}
