// cli: how the options of a command are written.

import type { Command } from "commander";
import { Option } from "commander";

/** The options of a command under one heading of its help. */
export function add(command: Command, heading: string, options: readonly Option[]): void {
  for (const option of options) command.addOption(option.helpGroup(heading));
}

export function single<Value>(
  flags: string,
  text: string,
  valueIn: (word: string, before: Value | undefined) => Value,
): Option {
  return new Option(flags, text).argParser<Value>((word, before) => valueIn(word, before));
}

export function repeated(flags: string, text: string, valueIn: (word: string) => string): Option {
  return new Option(flags, text).argParser<string[]>((word, before = []) => [...before, valueIn(word)]);
}
