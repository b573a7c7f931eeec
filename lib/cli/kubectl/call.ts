// cli: kubectl started with words -> what it prints, what it says beside, and how it ends.

import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { Failure, UsageFailure } from "../failure.js";
import { isLogLine } from "./sentences.js";

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: NodeJS.ErrnoException | undefined;
}

/** How many lines a failure repeats, and how many are remembered: a kind that may not be listed has one. */
const REPEATED = 3;
const REMEMBERED = 50;

export class KubectlCall {
  /** Lines on standard error, each once; complete when `chunks` have ended. */
  readonly said: string[] = [];
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ending: Promise<Ending>;

  /** `words` come first, and are how the call is named; `hear` is told each line on standard error as it comes. */
  constructor(
    readonly words: readonly string[],
    flags: readonly string[],
    env: { readonly [name: string]: string | undefined },
    hear: (line: string) => void,
  ) {
    // Whoever logs in types: standard input is the user's.
    this.#child = spawn("kubectl", [...words, ...flags], {
      env,
      stdio: ["inherit", "pipe", "pipe"],
      windowsHide: true,
    });
    let rest = "";
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() as string;
      for (const line of lines) this.#hear(line, hear);
    });
    this.#ending = new Promise((resolve) => {
      let error: NodeJS.ErrnoException | undefined;
      this.#child.on("error", (failed) => {
        error = failed;
        // What never started closes nothing.
        if (this.#child.pid === undefined) resolve({ code: null, signal: null, error });
      });
      this.#child.on("close", (code, signal) => {
        this.#hear(rest, hear);
        resolve({ code, signal, error });
      });
    });
  }

  /** What it prints. Whoever stops reading ends it. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#child.stdout) yield chunk as Uint8Array;
      await this.#ending;
    } finally {
      this.#child.kill();
    }
  }

  /** Why the call failed, when it has ended; undefined where it did not. */
  async failure(): Promise<Failure | undefined> {
    const { code, error, signal } = await this.#ending;
    const name = `kubectl ${this.words[0]}`;
    if (error?.code === "ENOENT") {
      return new UsageFailure("without -f PATH the cluster is asked through kubectl, which is not on the PATH");
    }
    if (error !== undefined) {
      return new Failure(`kubectl cannot be run: ${error.code === "EACCES" ? "permission denied" : error.message}`);
    }
    if (signal !== null) return new Failure(`${name} was ended by ${signal}`);
    if (code === 0) return undefined;
    const said = this.said.slice(-REPEATED).map((line) => line.replace(/^error: /i, ""));
    return new Failure(
      said.length > 0 ? `${name} failed: ${said.join("; ")}` : `${name} failed with status ${code} and said nothing`,
    );
  }

  #hear(text: string, hear: (line: string) => void): void {
    const line = text.trim();
    if (line === "" || isLogLine(line) || this.said.includes(line)) return;
    this.said.push(line);
    if (this.said.length > REMEMBERED) this.said.shift();
    hear(line);
  }
}
