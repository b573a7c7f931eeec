// report: explanations, one after another -> columns of those that are alike, and classes of nodes that are alike.

import type { Cause } from "../explain/causes.js";
import type { Remedy } from "../explain/remedies/remedy.js";
import type { Afterwards, ClaimPlaces, Explanation } from "../explain/types.js";
import type { Finding } from "../lint/types.js";
import { groupedFindings } from "./findings.js";
import type { VerdictKind } from "./kinds.js";
import { KIND_OF_CAUSE } from "./kinds.js";
import { NodeClasses } from "./node-classes.js";
import { readSet, writeSet } from "./number-sets.js";
import { printable } from "./printable.js";
import type { Column, LabelKey, Member, Part, ReportData, Told } from "./types.js";

/** So many nodes of a claim are named. */
const NAMED = 3;

export interface NodeFacts {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
}

/** What stands at the head of a report. */
export type ReportHead = Pick<ReportData, "version" | "kubernetes" | "made" | "subject">;

interface Draft {
  readonly fits: number;
  /** With sets of nodes, not of classes. */
  readonly parts: readonly Part[];
  readonly members: Member[];
}

export class ReportBuilder {
  readonly #nodes: readonly NodeFacts[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #classes: NodeClasses;
  readonly #columns = new Map<string, Draft>();
  /** The first column of each sort, whatever would help. */
  readonly #sorts = new Map<string, Draft>();

  constructor(nodes: readonly NodeFacts[]) {
    this.#nodes = nodes;
    this.#numbers = new Map(nodes.map(({ name }, i) => [name, i]));
    this.#classes = new NodeClasses(nodes.length);
  }

  /** `name`: of the pod or the claim; `remedies`: undefined where none were tried. */
  add(name: string, explanation: Explanation, remedies?: readonly Remedy[]): void {
    const parts = this.#partsOf(explanation);
    const sort = JSON.stringify([explanation.feasibleNodes, parts, sortOf(explanation)]);
    const key = JSON.stringify([sort, remedies && remediesSort(explanation, remedies)]);
    // Where none were tried nothing is known to differ.
    let column = remedies === undefined ? this.#sorts.get(sort) : this.#columns.get(key);
    if (column === undefined) {
      column = { fits: explanation.feasibleNodes, parts, members: [] };
      this.#columns.set(key, column);
      if (!this.#sorts.has(sort)) this.#sorts.set(sort, column);
      for (const { classes } of parts) if (classes !== undefined) this.#classes.split(this.#read(classes));
    }
    column.members.push(memberOf(name, explanation, remedies));
  }

  /** `keys`: by which nodes can be grouped; `groupBy`: by which of them they are at first. */
  build(head: ReportHead, keys: readonly string[], groupBy: number, findings: readonly Finding[]): ReportData {
    const columns = [...this.#columns.values()].sort((a, b) => a.fits - b.fits);
    const labelKeys = keys.map((key) => labelKey(key, this.#nodes));
    const { classes, order, places } = this.#inOrder(labelKeys[groupBy]);
    return {
      ...head,
      nodes: order.map((node) => printable(this.#nodes[node].name)),
      classes,
      keys: labelKeys.map(({ of, ...rest }) => ({ ...rest, of: order.map((node) => of[node]) })),
      groupBy,
      columns: columns.map((column) => this.#finished(column, places, classes.length)),
      findings: groupedFindings(findings),
    };
  }

  /** The largest part has no set: neither has its nodes read, unless those of another are what is left. */
  #partsOf(explanation: Explanation): Part[] {
    const { causes, groups, nodes } = explanation;
    const left = nodes - groups.reduce((sum, { count }) => sum + count, 0);
    const largest = Math.max(left, ...groups.map(({ count }) => count));
    const parts: Part[] = [];
    let hasRest = false;
    const add = (part: Part, read: () => Uint8Array): void => {
      const isRest = !hasRest && part.count === largest;
      hasRest ||= isRest;
      parts.push(isRest ? part : { ...part, classes: writeSet(read()) });
    };
    for (const group of groups) {
      const { causes: places, count, plugin, reasons } = group;
      const kind = kindOf(places.map((i) => causes[i]));
      const part = { kind, count, plugin, reasons: reasons.map(printable), causes: places };
      add(part, () => this.#marked([group.nodes], 1));
    }
    if (left > 0)
      add(leftPart(explanation, left), () =>
        this.#marked(
          groups.map((group) => group.nodes),
          0,
        ),
      );
    return parts;
  }

  /** `mark` for nodes that are named, and the other of 0 and 1 for those that are not. */
  #marked(names: readonly (readonly string[])[], mark: 0 | 1): Uint8Array {
    const marks = new Uint8Array(this.#nodes.length).fill(1 - mark);
    for (const some of names) for (const name of some) marks[this.#numbers.get(name)!] = mark;
    return marks;
  }

  #read(set: string): number[] {
    const nodes: number[] = [];
    readSet(set, this.#nodes.length, (node) => nodes.push(node));
    return nodes;
  }

  /** Classes side by side, in the order of their first nodes: by a key, then by name. */
  #inOrder(key: LabelKey | undefined): Ordered {
    const placeUnder = (node: number): number =>
      key === undefined || key.of[node] < 0 ? Number.MAX_SAFE_INTEGER : key.of[node];
    const nodes = this.#nodes.map((_, i) => i);
    nodes.sort((a, b) => placeUnder(a) - placeUnder(b) || compareNames(this.#nodes[a].name, this.#nodes[b].name));
    const { of, sizes } = this.#classes;
    const places = new Map<number, number>();
    for (const node of nodes) if (!places.has(of[node])) places.set(of[node], places.size);
    const order = nodes
      .map((node, i) => ({ node, i, place: places.get(of[node])! }))
      .sort((a, b) => a.place - b.place || a.i - b.i)
      .map(({ node }) => node);
    return { order, classes: Array.from(places.keys(), (one) => sizes[one]), places };
  }

  #finished({ fits, members, parts }: Draft, places: ReadonlyMap<number, number>, classes: number): Column {
    return {
      fits,
      parts: parts.map((part) => {
        if (part.classes === undefined) return part;
        const inside = new Uint8Array(classes);
        for (const node of this.#read(part.classes)) inside[places.get(this.#classes.of[node])!] = 1;
        return { ...part, classes: writeSet(inside) };
      }),
      members,
    };
  }
}

interface Ordered {
  /** Nodes by their numbers. */
  readonly order: readonly number[];
  readonly classes: readonly number[];
  /** Of classes by their numbers. */
  readonly places: ReadonlyMap<number, number>;
}

const NAMES = new Intl.Collator("en", { numeric: true });

/** As people count: `n2` before `n10`. */
function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Nodes that are in no group: the pod fits them, or was rejected before any node was looked at. */
function leftPart({ causes, error, feasibleNodes, groups }: Explanation, count: number): Part {
  if (feasibleNodes > 0) return { kind: "fits", count, causes: [] };
  if (groups.length > 0) return { kind: "error", count, causes: [] };
  const kind = error === undefined ? kindOf(causes) : "error";
  return { kind, count, ...(causes.length > 0 && { plugin: causes[0].plugin }), causes: causes.map((_, i) => i) };
}

function kindOf(causes: readonly Cause[]): VerdictKind {
  return causes.length === 0 ? "error" : KIND_OF_CAUSE[causes[0].code];
}

function labelKey(key: string, nodes: readonly NodeFacts[]): LabelKey {
  const values = [...new Set(nodes.flatMap(({ labels }) => (Object.hasOwn(labels, key) ? [labels[key]] : [])))].sort();
  const places = new Map(values.map((value, i) => [value, i]));
  return {
    key: printable(key),
    values: values.map(printable),
    of: nodes.map(({ labels }) => (Object.hasOwn(labels, key) ? (places.get(labels[key]) ?? -1) : -1)),
  };
}

/** What is told of it, but for the names of its own claims and objects. */
function sortOf({ afterwards, causes }: Explanation): readonly unknown[] {
  return [...causes, ...afterwards].map((one) => [one.code, one.nodes, withoutNames(one.message, namesOf(one))]);
}

/** What would help, but for the names of what it is about. */
function remediesSort({ afterwards, causes, pod }: Explanation, remedies: readonly Remedy[]): readonly unknown[] {
  const names = [pod, ...causes.flatMap(namesOf), ...afterwards.flatMap(namesOf)];
  return remedies.map(({ message, opens }) => [opens, withoutNames(message, names)]);
}

function namesOf(told: Cause | Afterwards): readonly string[] {
  return [told.object.name, "claim" in told ? told.claim : "", "volume" in told ? told.volume : ""];
}

function withoutNames(text: string, names: readonly string[]): string {
  const known = names.filter((name) => name !== "").sort((a, b) => b.length - a.length);
  return known.reduce((rest, name) => rest.replaceAll(name, "*"), text);
}

function memberOf(name: string, explanation: Explanation, remedies: readonly Remedy[] = []): Member {
  const { afterwards, causes, claims, conflict, error, message = error } = explanation;
  return {
    name: printable(name),
    ...(message !== undefined && { message: printable(message) }),
    causes: causes.map(told),
    ...(conflict !== undefined && { conflict: conflictText(claims, conflict) }),
    ...(afterwards.length > 0 && { afterwards: afterwards.map(told) }),
    ...(remedies.length > 0 && {
      remedies: remedies.map(({ caution, command, message: text, opens }) => ({
        text: printable(caution === undefined ? text : `${text} (${caution})`),
        ...(command !== undefined && { command: printable(command) }),
        opens,
      })),
    }),
  };
}

function conflictText(claims: readonly ClaimPlaces[], conflict: readonly number[]): string {
  const told = conflict.map((i) => {
    const { claim, count, nodes } = claims[i];
    const named = nodes.slice(0, NAMED).join(", ");
    return `${claim} (${named}${count > NAMED ? ` and ${(count - NAMED).toLocaleString("en")} more` : ""})`;
  });
  return printable(`claims that are never on one node: ${told.join(" and ")}`);
}

function told({ message, nodes, object, path }: Pick<Cause, "message" | "nodes" | "object" | "path">): Told {
  const place = `${object.kind}${object.name === "" ? "" : ` ${object.name}`}: ${path}`;
  return { text: printable(message), place: printable(place), nodes };
}
