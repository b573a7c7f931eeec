// Runs the program in this process, with its streams captured and files in a folder of its own.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../lib/cli/run.js";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `files` are written first; `FOLDER` in an argument, and in what comes out, stands for where they are. */
export async function topomatch(
  argv: readonly string[],
  files: { readonly [name: string]: string } = {},
  stdin = "",
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "topomatch-cli-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const [stdout, stderr] = [captured(), captured()];
    const input = (async function* () {
      yield Buffer.from(stdin);
    })();
    const status = await run(
      argv.map((argument) => argument.replaceAll("FOLDER", folder)),
      { stdin: input, stdout: stdout.stream, stderr: stderr.stream, env: {} },
    );
    const hide = (text: string): string => text.replaceAll(folder, "FOLDER");
    return { status, stdout: hide(stdout.text()), stderr: hide(stderr.text()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function captured() {
  const parts: string[] = [];
  const stream = {
    write(text: string, done: (error?: Error | null) => void): void {
      parts.push(text);
      done();
    },
    on(): void {},
  };
  return { stream, text: () => parts.join("") };
}
