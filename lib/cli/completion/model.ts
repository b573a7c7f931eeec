// cli: the program as it is described to its parser -> what a shell completes of it.

import type { Argument, Command, Option } from "commander";

export interface CompletedOption {
  /** `-o` and `--output`, as far as there are both. */
  readonly names: readonly string[];
  readonly summary: string;
  /** `NAME` of what follows; undefined for a switch. */
  readonly value: string | undefined;
  /** What follows may be left out. */
  readonly isOptional: boolean;
  readonly words: readonly string[];
  readonly isPath: boolean;
  readonly isRepeated: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** For arguments that are no options. */
  readonly words: readonly string[];
}

/** Values of these names are paths. */
const PATHS = ["PATH", "FILE"];

export function commandsOf(program: Command): readonly CompletedCommand[] {
  const names = program.commands.map((command) => command.name());
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [...command.options.map(completedOption), HELP],
    words: command.registeredArguments.flatMap((argument) => wordsOf(argument, names)),
  }));
}

/** Before any command. */
export function programOptions(program: Command): readonly CompletedOption[] {
  return [...program.options.map(completedOption), HELP];
}

/** Commander has it beside the options that were described. */
const HELP: CompletedOption = {
  names: ["-h", "--help"],
  summary: "print this",
  value: undefined,
  isOptional: false,
  words: [],
  isPath: false,
  isRepeated: false,
};

function completedOption({ argChoices = [], description, flags, long, optional, short }: Option): CompletedOption {
  const [, value] = /[<[](.+)[\]>]$/.exec(flags) ?? [];
  return {
    names: [short, long].filter((name) => name !== undefined),
    summary: description,
    value,
    isOptional: optional,
    words: argChoices,
    isPath: value !== undefined && PATHS.includes(value),
    isRepeated: /; repeatable$/.test(description),
  };
}

function wordsOf(argument: Argument, commands: readonly string[]): readonly string[] {
  return argument.name() === "COMMAND" ? commands : (argument.argChoices ?? []);
}
