// cli: how `topomatch explain` is called.

import { checkPodWord } from "../asked-pods.js";
import { addTellingOptions, addVerdictOptions, tellingArguments, verdictArguments } from "../common-options.js";
import { add, choice } from "../describe-options.js";
import { checkWords } from "../explain/names.js";
import { addInputOptions, inputArguments } from "../input-options.js";
import type { DescribeCommand } from "./command.js";

const FORMATS = ["text", "wide", "json", "yaml"] as const;

const AFTER = `
Exit status: 0 the pod (or a pod with the claim) fits some node, or the one that was named, or the node rejects no pod; 1 not
so; 2 wrong usage or input.

Example: topomatch explain -n shop web-0
Example: topomatch explain -n shop pvc/data-web-0
Example: topomatch explain -A node/worker-1
Example: kubectl get nodes,pods,pv,pvc,sc,csinodes,csidrivers,csistoragecapacities,volumeattachments,volumesnapshots,volumesnapshotcontents -A -o json | topomatch explain -f - web-0
`;

export const describeExplain: DescribeCommand = (command, choose) => {
  command
    .summary("say which field of which object keeps a pod from which nodes")
    .description(
      "Says why a pod does not fit: which field of which object keeps it from which nodes, what is wanted and what was found.",
    )
    .usage("[-f PATH ...] [POD | pvc/NAME | node/NAME] [NODE]")
    .argument(
      "[POD]",
      "NAME, NAMESPACE/NAME or pod/NAME; without it: every pod that waits for a node, without -f those of the namespace; or pvc/NAME: where a claim can be, and what keeps it from the other nodes; or node/NAME: which pods that wait for a node it rejects, and why",
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
    checkWords(wanted);
    choose(async ({ io, stderr, stdout }) => {
      const { runExplain } = await import("../explain/explain.js");
      return runExplain(wanted, io, stdout, stderr);
    });
  });
};
