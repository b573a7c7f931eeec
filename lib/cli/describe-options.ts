// cli: how the options of a command are written.

import type { Command } from "commander";
import { Option } from "commander";
import { behindShortFlag, oneOf } from "./option-values.js";

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

/** One of a few words, which shells complete. */
export function choice(flags: string, text: string, offered: readonly string[]): Option {
  const option = new Option(flags, text);
  const { long, short } = option;
  const wordIn = short === undefined ? (word: string) => word : behindShortFlag;
  return completed(
    option.argParser((word: string) => oneOf(short ?? (long as string), wordIn(word), offered)),
    offered,
  );
}

/** The option with words that shells complete, though others may do. */
export function completed(option: Option, words: readonly string[]): Option {
  option.argChoices = [...words];
  return option;
}
