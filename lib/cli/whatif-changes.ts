// cli: the flags of `topomatch whatif` -> changes.

import type { NodeChoice, WhatIfChange } from "../whatif/change-types.js";
import { UsageFailure } from "./failure.js";

/** A flag that changes nodes, and the node's name behind it; "" for those of `--selector`. */
export interface NodeFlag {
  readonly flag: "removeNodes" | "drainNodes" | "cordonNodes" | "uncordonNodes" | "relabelNodes";
  readonly node: string;
}

export interface ChangeFlags {
  /** In the order of the command line. */
  readonly nodes: readonly NodeFlag[];
  readonly selector: string | undefined;
  readonly addNodes: number | undefined;
  readonly like: string | undefined;
  readonly labels: { readonly [key: string]: string | null } | undefined;
  readonly assumeCapacity: boolean;
  /** `CLAIM=SIZE`, `POD=NODE`. */
  readonly resize: readonly string[];
  readonly assume: readonly string[];
}

/** A change, and the flag that asks for it. */
export interface FlagChange {
  readonly flag: string;
  readonly change: WhatIfChange;
}

/** `namespace` is that of claims and pods that name none. @throws UsageFailure for flags that do not go together. */
export function changesOf(flags: ChangeFlags, namespace: string): readonly FlagChange[] {
  const { addNodes, assume, assumeCapacity, labels, like, nodes, resize, selector } = flags;
  if (selector !== undefined && !nodes.some(({ node }) => node === "")) {
    throw new UsageFailure("--selector needs --remove-node, --drain, --cordon, --uncordon or --relabel without a name");
  }
  if (labels !== undefined && addNodes === undefined && !nodes.some(({ flag }) => flag === "relabelNodes")) {
    throw new UsageFailure("--labels needs --add-nodes or --relabel");
  }
  const changes: FlagChange[] = nodes.map((flag) => {
    return { flag: NAMES[flag.flag], change: nodeChange(flag, selector, labels) };
  });
  if (addNodes !== undefined) {
    if (like === undefined) throw new UsageFailure("--add-nodes needs --like NODE");
    const change = { addNodes: { like, count: addNodes, ...(labels && { labels }), assumeCapacity } };
    changes.push({ flag: "--add-nodes", change });
  } else if (like !== undefined) throw new UsageFailure("--like needs --add-nodes N");
  else if (assumeCapacity) throw new UsageFailure("--assume-capacity needs --add-nodes N");
  for (const word of resize) {
    const [claim, storage] = pairOf("--resize", "CLAIM=SIZE", word);
    changes.push({ flag: "--resize", change: { resizeClaim: { claim: keyIn(claim, namespace), storage } } });
  }
  for (const word of assume) {
    const [pod, node] = pairOf("--assume", "POD=NODE", word);
    changes.push({ flag: "--assume", change: { assume: { pod: keyIn(pod, namespace), node } } });
  }
  return changes;
}

function nodeChange(
  { flag, node }: NodeFlag,
  selector: string | undefined,
  labels: ChangeFlags["labels"],
): WhatIfChange {
  if (node === "" && selector === undefined) {
    const name = NAMES[flag];
    throw new UsageFailure(`${name} needs a node, or --selector`);
  }
  const choice: NodeChoice = node === "" ? { selector } : node;
  if (flag !== "relabelNodes") return { [flag]: choice } as unknown as WhatIfChange;
  if (labels === undefined) throw new UsageFailure("--relabel needs --labels KEY=VALUE,KEY-");
  return { relabelNodes: { nodes: choice, labels } };
}

const NAMES: { readonly [Flag in NodeFlag["flag"]]: string } = {
  removeNodes: "--remove-node",
  drainNodes: "--drain",
  cordonNodes: "--cordon",
  uncordonNodes: "--uncordon",
  relabelNodes: "--relabel",
};

/** `zone=d,gpu-`: a label that is set, one that is taken away. @throws UsageFailure. */
export function labelsIn(word: string): { readonly [key: string]: string | null } {
  const labels: { [key: string]: string | null } = {};
  for (const part of word.split(",")) {
    const [, key, value, gone] = /^([^=,]+?)(?:=([^=]*)|(-))$/.exec(part.trim()) ?? [];
    if (key === undefined)
      throw new UsageFailure(`--labels must be KEY=VALUE,KEY-, but has ${part === "" ? "nothing" : part}`);
    labels[key] = gone === undefined ? value : null;
  }
  return labels;
}

function pairOf(flag: string, form: string, word: string): readonly [string, string] {
  const at = word.lastIndexOf("=");
  if (at > 0 && at < word.length - 1) return [word.slice(0, at), word.slice(at + 1)];
  throw new UsageFailure(`${flag} must be ${form}, but is ${word}`);
}

function keyIn(word: string, namespace: string): string {
  const name = word.replace(/^(?:pods?|po|pvc|persistentvolumeclaims?)\//, "");
  return name.includes("/") ? name : `${namespace}/${name}`;
}
