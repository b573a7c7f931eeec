// cli: what a command of the program is: words for its help, and a task once it was called.

import type { Command } from "commander";
import { didYouMean } from "../did-you-mean.js";
import { UsageFailure } from "../failure.js";
import type { Io, Output } from "../io.js";

export interface Surroundings {
  readonly io: Io;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** What was asked for; resolves to the exit status. */
export type Task = (surroundings: Surroundings) => Promise<number>;

/**
 * Describes a command: its arguments, its options and its help. When it was called, `choose` is given its task. What
 * only the task needs is imported by the task, for the other commands start without it.
 */
export type DescribeCommand = (command: Command, choose: (task: Task) => void) => void;

export function noSuchCommand(word: string, program: Command): UsageFailure {
  const names = program.commands.map((command) => command.name());
  return new UsageFailure(`there is no command ${word}${didYouMean(word, names)}`);
}
