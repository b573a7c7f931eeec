// cli: how `topomatch check` is called.

import { Option } from "commander";
import { addOutputOptions, addPodArguments, addVerdictOptions, podArguments } from "../common-options.js";
import { add } from "../describe-options.js";
import { addInputOptions } from "../input-options.js";
import type { DescribeCommand } from "./command.js";

const AFTER = `
Exit status: 0 every pod evaluated fits some node, 1 some pod fits none, 2 wrong usage or input.

Example: topomatch check -A
Example: kubectl get nodes,pods,pv,pvc,sc,csinodes,csidrivers,csistoragecapacities,volumeattachments -A -o json | topomatch check -f -
`;

export const describeCheck: DescribeCommand = (command, choose) => {
  command
    .summary("say for each pod which nodes can satisfy its volumes, and why the others cannot")
    .description(
      "Says for each pod which nodes can satisfy its volumes, as kube-scheduler would, and why the others cannot.",
    )
    .usage("[-f PATH ...] [POD ...]")
    .addHelpText("after", AFTER);
  addPodArguments(command);
  addInputOptions(command);
  addVerdictOptions(command);
  addOutputOptions(command);
  add(command, "Output:", [
    new Option("--plans", "json, yaml: add to each pod what would be bound and provisioned on each node"),
    new Option("--print-objects", "print the settled objects as one List and evaluate nothing"),
  ]);
  command.action((pods: readonly string[]) => {
    const { plans = false, printObjects = false } = command.opts<{ plans?: boolean; printObjects?: boolean }>();
    const wanted = { ...podArguments(command, pods), plans, printObjects };
    choose(async ({ io, stderr, stdout }) => {
      const { check } = await import("../check.js");
      return check(wanted, io, stdout, stderr);
    });
  });
};
