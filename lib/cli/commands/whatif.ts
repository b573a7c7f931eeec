// cli: how `topomatch whatif` is called.

import { Option } from "commander";
import { addOutputOptions, addPodArguments, addVerdictOptions, podArguments } from "../common-options.js";
import { add } from "../describe-options.js";
import { UsageFailure } from "../failure.js";
import { addInputOptions } from "../input-options.js";
import type { NodeFlag } from "../whatif-changes.js";
import { labelsIn } from "../whatif-changes.js";
import type { DescribeCommand } from "./command.js";

const AFTER = `
Exit status: 0 no pod is left without a node by the changes, 1 some pod is, 2 wrong usage or input.

Examples:
  topomatch whatif -f cluster.json --drain --selector topology.kubernetes.io/zone=b
  topomatch whatif -f cluster.json --add-nodes 3 --like worker-1 --labels topology.kubernetes.io/zone=d
`;

interface Values {
  readonly selector?: string;
  readonly addNodes?: number;
  readonly like?: string;
  readonly labels?: { readonly [key: string]: string | null };
  readonly assumeCapacity?: boolean;
  readonly resize?: readonly string[];
  readonly assume?: readonly string[];
  readonly changes?: string;
  readonly place?: boolean;
}

export const describeWhatIf: DescribeCommand = (command, choose) => {
  const nodes: NodeFlag[] = [];
  const onNodes = (name: string, flag: NodeFlag["flag"], text: string): Option =>
    new Option(`${name} [NODE]`, text).preset("").argParser((node: string) => {
      nodes.push({ flag, node });
    });
  command
    .summary(
      "say what would be if nodes went, came or changed: which pods would have no node, which could not come back",
    )
    .description(
      "Says which pods lose and gain nodes if nodes go, come or change, and which could not come back from nodes that are drained.",
    )
    .usage("[-f PATH ...] CHANGES [POD ...]")
    .addHelpText("after", AFTER);
  addPodArguments(command);
  addInputOptions(command);
  add(command, "Changes, in this order; nodes as on the command line:", [
    new Option("--changes <FILE>", "changes in YAML or JSON: docs/whatif.md"),
    onNodes("--remove-node", "removeNodes", "the node goes, and its pods look for another; repeatable"),
    onNodes("--drain", "drainNodes", "the node is cordoned, and its pods look for another; repeatable"),
    onNodes("--cordon", "cordonNodes", "no new pods on the node; repeatable"),
    onNodes("--uncordon", "uncordonNodes", "the contrary; repeatable"),
    onNodes("--relabel", "relabelNodes", "the node gets --labels; repeatable"),
    new Option("-l, --selector <SELECTOR>", "the nodes of those flags that name none, such as zone=b,!gpu"),
    new Option("--add-nodes <N>", "new nodes like one that is there, with its CSINode, limits and capacity").argParser(
      (word: string) => {
        if (/^[1-9]\d{0,5}$/.test(word)) return Number(word);
        throw new UsageFailure(`--add-nodes must be a whole number from 1 on, but is ${word}`);
      },
    ),
    new Option("--like <NODE>", "the node that new ones are like"),
    new Option(
      "--labels <KEY=VALUE,KEY->",
      "labels that are set or taken away, of new nodes and by --relabel",
    ).argParser(labelsIn),
    new Option("--assume-capacity", "new nodes have room in every class"),
    new Option("--resize <CLAIM=SIZE>", "what a claim asks for; repeatable").argParser(list),
    new Option("--assume <POD=NODE>", "a pod that is placed; repeatable").argParser(list),
    new Option("--place", "place the pods one after another then, and say who is left"),
  ]);
  addVerdictOptions(command);
  addOutputOptions(command);
  command.action((pods: readonly string[]) => {
    const values = command.opts<Values>();
    const { addNodes, assume = [], assumeCapacity = false, changes, labels, like, place = false } = values;
    const { resize = [], selector } = values;
    const wanted = {
      ...podArguments(command, pods),
      changes,
      place,
      flags: { nodes, selector, addNodes, like, labels, assumeCapacity, resize, assume },
    };
    choose(async ({ io, stderr, stdout }) => {
      const { askWhatIf } = await import("../whatif.js");
      return askWhatIf(wanted, io, stdout, stderr);
    });
  });
};

function list(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}
