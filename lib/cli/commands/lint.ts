// cli: how `topomatch lint` is called.

import { Option } from "commander";
import type { LintFormat } from "../arguments.js";
import { LINT_FORMATS } from "../arguments.js";
import { addReleaseOptions, addTellingOptions, tellingArguments, verdictArguments } from "../common-options.js";
import { add, choice } from "../describe-options.js";
import { addInputOptions, inputArguments } from "../input-options.js";
import { rulesIn } from "../option-values.js";
import type { DescribeCommand } from "./command.js";

const AFTER = `
Exit status: 0 no errors (there may be warnings), 1 some finding is an error, 2 wrong usage or input.

Example: topomatch lint -A
Example: topomatch lint --mode manifests -R -f deploy/ -o sarif > lint.sarif
`;

export const describeLint: DescribeCommand = (command, choose) => {
  command
    .summary("say what is wrong with a cluster's objects, whatever the pod")
    .description("Says what is wrong with volumes, claims, classes, nodes and capacity objects, whatever the pod.")
    .usage("[-f PATH ...]")
    .addHelpText("after", AFTER);
  addInputOptions(command);
  addReleaseOptions(command);
  add(command, "Output:", [
    choice(
      "-o, --output <FORMAT>",
      "text (default), json, sarif (for code hosts), junit (for CI systems)",
      LINT_FORMATS,
    ),
    new Option("--skip <RULE,...>", "rules that are left out; repeatable").argParser<readonly string[]>(
      (word, before = []) => [...before, ...rulesIn(word)],
    ),
  ]);
  addTellingOptions(command);
  command.action(() => {
    const { output: format = "text", skip = [] } = command.opts<{ output?: LintFormat; skip?: readonly string[] }>();
    const wanted = {
      ...inputArguments(command),
      ...verdictArguments(command),
      ...tellingArguments(command),
      format,
      skip,
    };
    choose(async ({ io, stderr, stdout }) => {
      const { runLint } = await import("../lint/lint.js");
      return runLint(wanted, io, stdout, stderr);
    });
  });
};
