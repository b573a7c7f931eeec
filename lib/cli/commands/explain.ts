// cli: how `topomatch explain` is called.

import { Option } from "commander";
import type { ColorChoice } from "../arguments.js";
import { COLOR_CHOICES } from "../arguments.js";
import { checkPodWord } from "../asked-pods.js";
import { addVerdictOptions, verdictArguments } from "../common-options.js";
import { add } from "../describe-options.js";
import { addInputOptions, inputArguments } from "../input-options.js";
import { behindShortFlag, oneOf } from "../option-values.js";
import type { DescribeCommand } from "./command.js";

const FORMATS = ["text", "wide", "json", "yaml"] as const;

const AFTER = `
Exit status: 0 the pod fits some node, or the one that was named, 1 it does not, 2 wrong usage or input.

Example: topomatch explain -n shop web-0
Example: kubectl get nodes,pods,pv,pvc,sc,csinodes,csidrivers,csistoragecapacities,volumeattachments,volumesnapshots,volumesnapshotcontents -A -o json | topomatch explain -f - web-0
`;

interface Values {
  readonly output?: (typeof FORMATS)[number];
  readonly color?: ColorChoice;
  readonly quiet?: boolean;
}

export const describeExplain: DescribeCommand = (command, choose) => {
  command
    .summary("say which field of which object keeps a pod from which nodes")
    .description(
      "Says why a pod does not fit: which field of which object keeps it from which nodes, what is wanted and what was found.",
    )
    .usage("[-f PATH ...] [POD [NODE]]")
    .argument(
      "[POD]",
      "NAME, NAMESPACE/NAME or pod/NAME; without it: every pod that waits for a node",
      (word: string) => {
        checkPodWord(word);
        return word;
      },
    )
    .argument("[NODE]", "the one node to explain")
    .addHelpText("after", AFTER);
  addInputOptions(command);
  addVerdictOptions(command);
  add(command, "Output:", [
    new Option("-o, --output <FORMAT>", "text (default), wide (also which nodes), json, yaml").argParser(
      (word: string) => oneOf("-o", behindShortFlag(word), FORMATS),
    ),
    new Option(
      "--color <WHEN>",
      "auto (default: on a terminal, and as NO_COLOR and FORCE_COLOR say), always, never",
    ).argParser((word: string) => oneOf("--color", word, COLOR_CHOICES)),
    new Option("-q, --quiet", "no notes on standard error"),
  ]);
  command.action((pod: string | undefined, node: string | undefined) => {
    const { color = "auto", output = "text", quiet = false } = command.opts<Values>();
    const wanted = { ...inputArguments(command), ...verdictArguments(command), pod, node, output, color, quiet };
    choose(async ({ io, stderr, stdout }) => {
      const { explainPods } = await import("../explain.js");
      return explainPods(wanted, io, stdout, stderr);
    });
  });
};
