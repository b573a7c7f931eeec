// cli: words of a command line that is being written -> what the last of them can become.

import type { Command } from "commander";
import type { CompletedOption } from "./model.js";
import { commandsOf, programOptions } from "./model.js";

export interface Candidate {
  readonly word: string;
  readonly summary: string;
}

export interface Candidates {
  readonly words: readonly Candidate[];
  /** Or a path. */
  readonly paths: boolean;
}

/** `words` are those behind the program's name; the last is what has been written so far, perhaps nothing. */
export function candidatesFor(program: Command, words: readonly string[]): Candidates {
  const [name, ...rest] = words;
  const written = words.at(-1) ?? "";
  const commands = commandsOf(program);
  if (rest.length === 0) {
    const offered = written.startsWith("-") ? optionsIn(programOptions(program)) : commands.map(commandIn);
    return { words: begun(offered, written), paths: false };
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return { words: [], paths: false };
  const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(written) ?? [];
  const option = optionNamed(command.options, flag ?? rest.at(-2));
  if (option?.value !== undefined && !(option.isOptional && flag === undefined)) {
    const before = flag === undefined ? "" : `${flag}=`;
    const offered = option.words.map((word) => ({ word: `${before}${word}`, summary: "" }));
    return { words: begun(offered, `${before}${value ?? written}`), paths: option.isPath };
  }
  const offered = written.startsWith("-")
    ? optionsIn(command.options)
    : command.words.map((word) => ({ word, summary: "" }));
  return { words: begun(offered, written), paths: false };
}

function begun(offered: readonly Candidate[], written: string): readonly Candidate[] {
  return offered.filter(({ word }) => word.startsWith(written));
}

function commandIn({ name, summary }: { readonly name: string; readonly summary: string }): Candidate {
  return { word: name, summary };
}

function optionsIn(options: readonly CompletedOption[]): Candidate[] {
  return options.flatMap(({ names, summary }) => names.map((word) => ({ word, summary })));
}

function optionNamed(options: readonly CompletedOption[], name: string | undefined): CompletedOption | undefined {
  return options.find(({ names }) => name !== undefined && names.includes(name));
}
