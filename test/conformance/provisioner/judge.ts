// The judge: the real provisioner's process, asked one request a line.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Judgement, ProvisionerRequest } from "./request.js";

const MOST_BYTES = 1 << 28;

/** Builds the judge where it is missing or old; the path of the program. */
export function buildJudge(): string {
  const script = fileURLToPath(new URL("../judges/build.sh", import.meta.url));
  return execFileSync(script, ["provisioner"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

export class ProvisionerJudge {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { done: (judgement: Judgement) => void; failed: (fault: Error) => void }[] = [];

  constructor(path: string) {
    this.#process = spawn(path, [], { env: { ...process.env, GOGC: "400" } });
    this.#process.stderr.resume();
    createInterface({ input: this.#process.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
      const { done, failed } = this.#waiting.shift() ?? {};
      const answer = JSON.parse(line);
      if (typeof answer.error === "string") failed?.(new Error(`the judge refuses: ${answer.error.slice(0, 500)}`));
      else done?.(answer);
    });
    this.#process.on("exit", (code, signal) => {
      for (const { failed } of this.#waiting.splice(0)) failed(new Error(`the judge ended: ${code ?? signal}`));
    });
  }

  ask(request: ProvisionerRequest): Promise<Judgement> {
    return new Promise((done, failed) => {
      this.#waiting.push({ done, failed });
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  close(): void {
    this.#process.stdin.end();
  }
}

/** Waits for the answer; for the many small questions of the shrinker. */
export function askOnce(path: string, request: ProvisionerRequest): Judgement | undefined {
  const { stdout } = spawnSync(path, [], {
    input: `${JSON.stringify(request)}\n`,
    encoding: "utf8",
    maxBuffer: MOST_BYTES,
  });
  const answer = JSON.parse(stdout);
  return "error" in answer ? undefined : answer;
}
