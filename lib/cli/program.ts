// cli: the words behind `topomatch` -> the task that they ask for.

import { Command, CommanderError } from "commander";
import type { Task } from "./commands/command.js";
import { noSuchCommand } from "./commands/command.js";
import { COMMANDS } from "./commands/index.js";
import { didYouMean } from "./did-you-mean.js";
import { UsageFailure } from "./failure.js";
import { HELP, helpWidth, version } from "./help.js";

/**
 * What the words ask for. `columns` is how wide the terminal is, if it is one.
 * @throws UsageFailure for what cannot be meant.
 */
export function taskOf(argv: readonly string[], columns?: number): Task {
  let written = "";
  let chosen: Task = async ({ stdout }) => {
    await stdout.write(written);
    return 0;
  };
  const write = (text: string) => {
    written += text;
  };
  const program = programOf(write, columns, (task) => {
    chosen = task;
  });
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version were asked for, and are written.
    if (error.exitCode !== 0) throw usageFailure(error, argv, program);
  }
  return chosen;
}

/** The program as it is described, to be looked at. */
export function describedProgram(): Command {
  return programOf(
    () => {},
    undefined,
    () => {},
  );
}

function programOf(write: (text: string) => void, columns: number | undefined, choose: (task: Task) => void): Command {
  const program = new Command("topomatch")
    .description("On which nodes can a pod's volumes be satisfied, and if on none, why?")
    .usage("COMMAND ...")
    .configureHelp(HELP)
    .configureOutput({ writeOut: write, writeErr: () => {}, getOutHelpWidth: () => helpWidth(columns) })
    .exitOverride()
    .showSuggestionAfterError(false)
    .helpCommand(false)
    .helpOption("-h, --help", "print this")
    .option("--version", "print the version")
    .addHelpText("after", "\ntopomatch help COMMAND says how a command is used.");
  program.on("option:version", () => {
    write(`${version()}\n`);
    throw new CommanderError(0, "commander.version", "the version is written");
  });
  for (const [name, describe] of COMMANDS) describe(program.command(name), choose);
  return program;
}

function usageFailure({ code, message }: CommanderError, argv: readonly string[], program: Command): UsageFailure {
  const [, quoted = ""] = /'(.*)'/s.exec(message) ?? [];
  const command = program.commands.find((candidate) => candidate.name() === argv[0]);
  switch (code) {
    case "commander.help":
      return new UsageFailure("a command is missing: topomatch check -f PATH");
    case "commander.unknownCommand":
      return noSuchCommand(quoted, program);
    case "commander.unknownOption":
      if (command !== undefined) return unknownOption(quoted, command);
      return new UsageFailure(`a command is missing before ${quoted}: topomatch check -f PATH`);
    case "commander.optionMissingArgument": {
      const [, flags = quoted, value = "a value"] = /^(.*?) <(.*)>$/.exec(quoted) ?? [];
      return new UsageFailure(`${flags} needs ${value}`);
    }
    default: {
      const [sentence] = message.replace(/^error: /, "").split(/\.\s/);
      return new UsageFailure(sentence);
    }
  }
}

function unknownOption(word: string, command: Command): UsageFailure {
  const [flag] = word.split("=");
  const flags = command.options.flatMap(({ long, short }) => [long, short].filter((known) => known != null));
  if (flags.includes(flag)) return new UsageFailure(`${flag} takes no value, but is written ${word}`);
  const near = flag.startsWith("--") ? didYouMean(flag, [...flags, "--help"]) : "";
  return new UsageFailure(`unknown option ${flag}${near}`);
}
