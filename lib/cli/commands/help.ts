// cli: `topomatch help`, the same as --help.

import type { DescribeCommand } from "./command.js";
import { noSuchCommand } from "./command.js";

export const describeHelp: DescribeCommand = (command) => {
  command
    .summary("print this, or the help of a command")
    .description("Prints what the commands are, or how one is used.")
    .usage("[COMMAND]")
    .argument("[COMMAND]", "the name of a command")
    .action((name: string | undefined) => {
      const program = command.parent!;
      const found = name === undefined ? program : program.commands.find((candidate) => candidate.name() === name);
      if (found === undefined) throw noSuchCommand(name!, program);
      found.help();
    });
};
