// Runs the command in this process, over files of a folder that is removed afterwards.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { run } from "../../lib/cli/run.js";
import type { PodReport } from "../../lib/index.js";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** What standard input holds, in chunks. */
  readonly stdin?: readonly (string | Uint8Array)[];
  readonly env?: { readonly [name: string]: string };
  readonly isTTY?: boolean;
}

export interface Report {
  readonly apiVersion: string;
  readonly kind: string;
  readonly kubernetes: string;
  readonly mode: string;
  readonly filters: readonly string[];
  readonly gates: { readonly [name: string]: boolean };
  readonly nodes: number;
  readonly pods: readonly PodReport[];
}

class Captured extends Writable {
  text = "";

  constructor(readonly isTTY: boolean) {
    super({ decodeStrings: false });
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    this.text += chunk;
    done();
  }
}

/** Runs `topomatch` with these arguments. */
export async function topomatch(argv: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { env = {}, isTTY = false, stdin = [] } = surroundings;
  const stdout = new Captured(isTTY);
  const stderr = new Captured(isTTY);
  const status = await run(argv, { stdin: chunksOf(stdin), stdout, stderr, env });
  return { status, stdout: stdout.text, stderr: stderr.text };
}

async function* chunksOf(chunks: readonly (string | Uint8Array)[]): AsyncIterable<string | Uint8Array> {
  yield* chunks;
}

/** Files to check, in a folder of their own. */
export class Files {
  readonly folder = mkdtempSync(join(tmpdir(), "topomatch-cli-"));

  /** Writes a file and returns its path. Anything but text and bytes is written as JSON. */
  write(name: string, content: string | Uint8Array | object): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const isText = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(path, isText ? content : JSON.stringify(content));
    return path;
  }

  /** Writes a file and checks it; the file's path reads as its name in what comes back. */
  async check(name: string, content: string | Uint8Array | object, ...argv: readonly string[]): Promise<Outcome> {
    const outcome = await topomatch(["check", "-f", this.write(name, content), ...argv]);
    const short = (text: string): string => text.replaceAll(`${this.folder}/`, "");
    return { ...outcome, stdout: short(outcome.stdout), stderr: short(outcome.stderr) };
  }

  /** The report on a file. */
  async report(name: string, content: string | Uint8Array | object, ...argv: readonly string[]): Promise<Report> {
    const { stderr, stdout } = await this.check(name, content, "-o", "json", ...argv);
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /** The objects that a file settles to. */
  async settled(name: string, content: string | Uint8Array | object, ...argv: readonly string[]): Promise<Settled[]> {
    const { stderr, stdout } = await this.check(name, content, "--print-objects", ...argv);
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout).items;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: tests read any field.
export type Settled = any;
