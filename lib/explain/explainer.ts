// explain: the outcome of a cycle -> an explanation: causes, and the nodes grouped by them.

import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import type { Filtered, NodeStep } from "../filters/plugin.js";
import { nodesOf } from "../result/feasibility.js";
import type { NodeIndex } from "../result/node-index.js";
import type { MaskedNodes } from "../result/node-set.js";
import type { Outcome } from "../result/outcome.js";
import { acceptedOf, errorOf, messageOf, preFilterOf, rejectedOf, totalOf } from "../result/outcome.js";
import { afterwardsOf } from "./afterwards.js";
import type { Cause } from "./causes.js";
import { placesOf } from "./claim-places.js";
import type { Draft, Examination, Finding } from "./examination.js";
import { both, without } from "./examination.js";
import { errorDrafts, failureFindings, findingsOf, preFilterDrafts } from "./plugin-findings.js";
import { sentenceOf } from "./sentences.js";
import type { Explanation, NodeGroup } from "./types.js";

/** Above so many groups of one verdict, nodes are no longer told apart by the causes that are left. */
const MOST_GROUPS = 128;

/** A cause that is still counted. */
interface Counted {
  readonly cause: Draft;
  readonly plugin: string;
  readonly nodes: number;
}

/** Nodes of one verdict and the same findings. */
interface Part {
  readonly nodes: Mask;
  readonly findings: readonly number[];
}

interface Group {
  readonly plugin: string;
  readonly reasons: readonly string[];
  readonly causes: readonly Counted[];
  readonly nodes: MaskedNodes;
}

type Judged = Pick<Filtered, "rejected" | "failed">;

const NO_NODE: Draft = { code: "NoNodes", object: { kind: "Node", name: "" }, path: "metadata.name", reasons: [] };

/** `focus`: the one node that is asked about, or all of them. */
export function explanationOf(x: Examination, pod: string, focus: Mask): Explanation {
  const { context, index, result } = x;
  const { masks } = context;
  const outcome: Outcome = { result, masks, index };
  const total = totalOf(outcome);
  const accepted = acceptedOf(outcome);
  const error = errorOf(outcome);
  const preFilter = preFilterOf(outcome);
  const fits = error === undefined && masks.count(accepted) > 0;
  const counted: Counted[] = [];
  const groups: Group[] = [];
  const podWide = (plugin: string, drafts: readonly Draft[]): void => {
    for (const cause of drafts) counted.push({ cause, plugin, nodes: total });
  };
  const add = (plugin: string, reasons: readonly string[], nodes: Mask, findings: readonly Finding[]): void => {
    const known = findings.map(({ cause, nodes: there }) => {
      const before = counted.find((one) => one.cause === cause);
      const one = before ?? { cause, plugin, nodes: masks.count(there) };
      if (before === undefined) counted.push(one);
      return one;
    });
    for (const part of partsOf(x, nodes, findings)) {
      groups.push({ plugin, reasons, causes: part.findings.map((i) => known[i]), nodes: nodesOf(part.nodes, outcome) });
    }
  };
  if (total === 0) podWide("", [NO_NODE]);
  else if (preFilter !== undefined) podWide(preFilter.plugin, preFilterDrafts(x, preFilter.plugin, preFilter.reasons));
  else if (result.error !== undefined) podWide(pluginOf(result.error), errorDrafts(x, result.error));
  else addNodes(x, focus, add);
  counted.sort((a, b) => b.nodes - a.nodes);
  groups.sort((a, b) => b.nodes.size - a.nodes.size);
  const afterwards = fits ? afterwardsOf(x) : [];
  const { claims, conflict } = placesOf(x);
  const asked = focus === ALL_NODES ? {} : { node: index.nameOf(masks.ids(focus)[0]) };
  return {
    apiVersion: "topomatch/v1",
    kind: "Explanation",
    pod,
    ...asked,
    feasible: focus === ALL_NODES ? fits : error === undefined && both(x, accepted, focus) !== NO_NODES,
    nodes: total,
    feasibleNodes: fits ? masks.count(accepted) : 0,
    ...(!fits && error === undefined && { message: messageOf(total, preFilter, countsOf(outcome)) }),
    ...(error !== undefined && { error }),
    causes: counted.map(causeOf),
    groups: groupsOf(groups, counted, index),
    claims,
    ...(conflict !== undefined && { conflict }),
    afterwards,
  };
}

/** Gives what each plugin rejected, and where it failed, to `add`. */
function addNodes(
  x: Examination,
  focus: Mask,
  add: (plugin: string, reasons: readonly string[], nodes: Mask, findings: readonly Finding[]) => void,
): void {
  const { narrowed, ran } = x.result;
  const steps: readonly { readonly plugin: string; readonly step?: NodeStep; readonly filtered: Judged | undefined }[] =
    [...(narrowed === undefined ? [] : [{ plugin: narrowed.plugin, filtered: { rejected: [narrowed] } }]), ...ran];
  for (const { filtered, plugin, step } of steps) {
    const rejected = (filtered?.rejected ?? []).flatMap((one) => {
      const nodes = both(x, one.nodes, focus);
      return nodes === NO_NODES ? [] : [{ ...one, nodes }];
    });
    if (rejected.length > 0) {
      const findings = findingsOf(x, { plugin, step, rejected });
      for (const { nodes, reasons } of rejected) add(plugin, reasons, nodes, findings);
    }
    for (const { error, nodes } of filtered?.failed ?? []) {
      const there = both(x, nodes, focus);
      if (there !== NO_NODES) add(plugin, [error], there, failureFindings(x, step, error, there));
    }
  }
}

function causeOf({ cause, nodes, plugin }: Counted): Cause {
  let message: string | undefined;
  const whole = {
    ...cause,
    plugin,
    nodes,
    /** Made when it is first read. */
    get message(): string {
      message ??= sentenceOf(whole);
      return message;
    },
  } as Cause;
  return whole;
}

/** The names of all groups' nodes are made when the first of them are read. */
function groupsOf(groups: readonly Group[], counted: readonly Counted[], index: NodeIndex): NodeGroup[] {
  let lists: (readonly string[])[] | undefined;
  const namesOf = (place: number): readonly string[] => {
    if (lists !== undefined) return lists[place];
    const { ids, names } = index.order;
    if (groups.length === 1 && groups[0].nodes.size === names.length) {
      lists = [names.slice()];
      return lists[0];
    }
    const found = groups.map(({ nodes }) => new Array<string>(nodes.size));
    const next = new Uint32Array(groups.length);
    const marks = new Uint32Array(index.names.length);
    for (const [i, { nodes }] of groups.entries()) nodes.mark(marks, i + 1);
    for (let i = 0; i < ids.length; i++) {
      const mark = marks[ids[i]];
      if (mark !== 0) found[mark - 1][next[mark - 1]++] = names[i];
    }
    lists = found;
    return found[place];
  };
  return groups.map(({ causes, nodes, plugin, reasons }, i) => ({
    plugin,
    reasons,
    causes: causes.map((one) => counted.indexOf(one)),
    count: nodes.size,
    get nodes() {
      return namesOf(i);
    },
  }));
}

/** Splits nodes by the findings (their places) that are about them. */
function partsOf(x: Examination, nodes: Mask, findings: readonly Finding[]): Part[] {
  let parts: Part[] = [{ nodes, findings: [] }];
  for (const [i, finding] of findings.entries()) {
    const isMany = parts.length >= MOST_GROUPS;
    parts = parts.flatMap((part) => {
      const inside = both(x, part.nodes, finding.nodes);
      if (inside === NO_NODES) return [part];
      const outside = isMany ? NO_NODES : without(x, part.nodes, finding.nodes);
      const told = { nodes: outside === NO_NODES ? part.nodes : inside, findings: [...part.findings, i] };
      return outside === NO_NODES ? [told] : [told, { nodes: outside, findings: part.findings }];
    });
  }
  return parts;
}

function countsOf(outcome: Outcome): { readonly count: number; readonly reasons: readonly string[] }[] {
  return rejectedOf(outcome)
    .map(({ nodes, reasons }) => ({ count: outcome.masks.count(nodes), reasons }))
    .filter(({ count }) => count > 0);
}

function pluginOf(error: string): string {
  return /plugin "([^"]*)"/.exec(error)?.[1] ?? "";
}
