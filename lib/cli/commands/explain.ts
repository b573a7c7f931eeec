// cli: how `topomatch explain` is called.

import { checkPodWord } from "../asked-pods.js";
import { addTellingOptions, addVerdictOptions, tellingArguments, verdictArguments } from "../common-options.js";
import { add, choice } from "../describe-options.js";
import { addInputOptions, inputArguments } from "../input-options.js";
import type { DescribeCommand } from "./command.js";

const FORMATS = ["text", "wide", "json", "yaml"] as const;

const AFTER = `
Exit status: 0 the pod fits some node, or the one that was named, 1 it does not, 2 wrong usage or input.

Example: topomatch explain -n shop web-0
Example: kubectl get nodes,pods,pv,pvc,sc,csinodes,csidrivers,csistoragecapacities,volumeattachments,volumesnapshots,volumesnapshotcontents -A -o json | topomatch explain -f - web-0
`;

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
    choice("-o, --output <FORMAT>", "text (default), wide (also which nodes), json, yaml", FORMATS),
  ]);
  addTellingOptions(command);
  command.action((pod: string | undefined, node: string | undefined) => {
    const { output = "text" } = command.opts<{ output?: (typeof FORMATS)[number] }>();
    const asked = { ...inputArguments(command), ...verdictArguments(command), ...tellingArguments(command) };
    const wanted = { ...asked, pod, node, output };
    choose(async ({ io, stderr, stdout }) => {
      const { explainPods } = await import("../explain.js");
      return explainPods(wanted, io, stdout, stderr);
    });
  });
};
