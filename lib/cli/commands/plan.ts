// cli: how `topomatch plan` is called.

import { addOutputOptions, addPodArguments, addVerdictOptions, podArguments } from "../common-options.js";
import { add, choice } from "../describe-options.js";
import { addInputOptions } from "../input-options.js";
import type { PodOrder } from "../pod-order.js";
import { POD_ORDERS } from "../pod-order.js";
import type { DescribeCommand } from "./command.js";

const AFTER = `
Exit status: 0 every pod has found a node, 1 some pod is left, 2 wrong usage or input.

Example: topomatch plan --mode manifests -f app.yaml -f nodes.yaml --order priority
`;

export const describePlan: DescribeCommand = (command, choose) => {
  command
    .summary("place the pending pods one after another, and say which volumes they take and who is left")
    .description(
      "Places pods one after another, each on its best node by VolumeBinding's score and then by name; each sees those before it.",
    )
    .usage("[-f PATH ...] [POD ...]")
    .addHelpText("after", AFTER);
  addPodArguments(command);
  addInputOptions(command);
  addVerdictOptions(command);
  add(command, "Order:", [
    choice(
      "--order <ORDER>",
      "given (default: as they were read), created, priority (as the scheduler's queue: the highest first, then the oldest), size (those that ask for the most storage first)",
      POD_ORDERS,
    ),
  ]);
  addOutputOptions(command);
  command.action((pods: readonly string[]) => {
    const { order = "given" } = command.opts<{ order?: PodOrder }>();
    const wanted = podArguments(command, pods);
    choose(async ({ io, stderr, stdout }) => {
      const { planPods } = await import("../plan.js");
      return planPods(wanted, order, io, stdout, stderr);
    });
  });
};
