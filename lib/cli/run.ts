// cli: one run of the program, with its streams handed in.

import packageJson from "../../package.json" with { type: "json" };
import { HELP, parseCommand } from "./arguments.js";
import { check } from "./check.js";
import { Failure, printable } from "./failure.js";
import type { Io } from "./io.js";
import { Output } from "./io.js";

/** The exit status. Whatever is at fault is told in one line on standard error. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const command = parseCommand(argv);
    if ("check" in command) return await check(command.check, io);
    const out = new Output(io.stdout);
    await out.write("help" in command ? HELP : `${packageJson.version}\n`);
    await out.flush();
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const err = new Output(io.stderr);
    await err.write(`topomatch: ${printable(error.message)}\n`);
    await err.flush();
    return 2;
  }
}
