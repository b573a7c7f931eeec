// cli: how `topomatch completion` is called.

import { Argument } from "commander";
import { oneOf } from "../option-values.js";
import type { DescribeCommand } from "./command.js";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

const AFTER = `
bash: source <(topomatch completion bash)
zsh:  source <(topomatch completion zsh)
fish: topomatch completion fish | source

kubectl topomatch is completed by kubectl's own completion, which asks kubectl_complete-topomatch beside it on the PATH.
`;

export const describeCompletion: DescribeCommand = (command, choose) => {
  const shell = new Argument("<SHELL>", SHELLS.join(", "));
  shell.argChoices = [...SHELLS];
  command
    .summary("print the script with which a shell completes commands, options and their values")
    .description("Prints the script with which a shell completes commands, options and their values.")
    .usage("SHELL")
    .addArgument(shell.argParser((word: string) => oneOf("SHELL", word, SHELLS)))
    .addHelpText("after", AFTER)
    .action((wanted: Shell) => {
      const program = command.parent!;
      choose(async ({ stdout }) => {
        const { scriptFor } = await import("../completion/scripts.js");
        await stdout.write(scriptFor(wanted, program));
        return 0;
      });
    });
};
