// cli: the whole program as a function of its arguments and streams.

import { TopologyError } from "../errors.js";
import { COMMANDS } from "./commands/index.js";
import { Failure, printable, UsageFailure } from "./failure.js";
import type { Io } from "./io.js";
import { Output } from "./io.js";
import { taskOf } from "./program.js";
import { FITS, WRONG_INPUT } from "./status.js";

/** Runs `topomatch` with these arguments; resolves to its exit status. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const stdout = new Output(io.stdout);
  const stderr = new Output(io.stderr);
  let status = FITS;
  try {
    const task = taskOf(argv, io.stdout.columns);
    status = await task({ io, stdout, stderr });
    await stdout.flush();
  } catch (error) {
    status = WRONG_INPUT;
    await stderr.write(`topomatch: ${sentenceOf(error)}${error instanceof UsageFailure ? whereHelpIs(argv) : ""}\n`);
  }
  await stderr.flush();
  return status;
}

function whereHelpIs([word = ""]: readonly string[]): string {
  return ` (topomatch ${COMMANDS.has(word) ? `${word} ` : ""}--help says more)`;
}

function sentenceOf(error: unknown): string {
  if (error instanceof Failure || error instanceof TopologyError) return printable(error.message);
  const { code, stack } = error as NodeJS.ErrnoException;
  // A stream that cannot be written to is no fault of the program.
  if (code !== undefined) return printable((error as Error).message);
  return `internal error, please report it: ${stack ?? String(error)}`;
}
