// The judge: the real PV controller's process, asked one set of objects a line.

import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Oracle } from "../run/oracle.js";
import type { Rest } from "./compare.js";
import type { Written } from "./generate.js";

/** Builds the judge where it is missing or old; the path of the program. */
export function buildJudge(): string {
  const script = fileURLToPath(new URL("../judges/build.sh", import.meta.url));
  return execFileSync(script, ["controller"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

export class ControllerJudge {
  readonly #process: Oracle;

  constructor(readonly path: string) {
    this.#process = new Oracle(path);
  }

  ask(objects: readonly Written[]): Promise<Rest> {
    return this.#process.ask({ objects: objects as never, gates: {}, filters: [] });
  }

  close(): void {
    this.#process.close();
  }
}

/** Waits for the answer; for the many small questions of the shrinker. */
export function askOnce(path: string, objects: readonly Written[]): Rest | undefined {
  const { stdout } = spawnSync(path, [], { input: `${JSON.stringify({ objects })}\n`, encoding: "utf8" });
  const answer = JSON.parse(stdout);
  return "error" in answer ? undefined : answer;
}
