// cli: the whole program as a function of its arguments and streams.

import { TopologyError } from "../errors.js";
import { parseArguments } from "./arguments.js";
import { Failure, printable } from "./failure.js";
import { HELP, version } from "./help.js";
import type { Io } from "./io.js";
import { Output } from "./io.js";
import { FITS, WRONG_INPUT } from "./status.js";

/** Runs `topomatch` with these arguments; resolves to its exit status. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const stdout = new Output(io.stdout);
  const stderr = new Output(io.stderr);
  let status = FITS;
  try {
    const wanted = parseArguments(argv);
    if (wanted.command === "check") {
      // The library is loaded for those who ask it something.
      const { check } = await import("./check.js");
      status = await check(wanted, io, stdout, stderr);
    } else await stdout.write(wanted.command === "help" ? HELP : `${version()}\n`);
    await stdout.flush();
  } catch (error) {
    status = WRONG_INPUT;
    await stderr.write(`topomatch: ${sentenceOf(error)}\n`);
  }
  await stderr.flush();
  return status;
}

function sentenceOf(error: unknown): string {
  if (error instanceof Failure || error instanceof TopologyError) return printable(error.message);
  const { code, stack } = error as NodeJS.ErrnoException;
  // A stream that cannot be written to is no fault of the program.
  if (code !== undefined) return printable((error as Error).message);
  return `internal error, please report it: ${stack ?? String(error)}`;
}
