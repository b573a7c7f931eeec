// controllers: a claim, its class and the node that was selected -> the topology that its driver is asked for.

import { goQuote } from "../../objects/go-quote.js";
import type { TopologySelectorTermLike } from "../../objects/types.js";
import { compareUtf8 } from "../../objects/utf8.js";
import { spreadOf } from "./claim-hash.js";
import type { ClusterTopology, DriverTopology, TermList } from "./cluster-topology.js";
import { termList } from "./cluster-topology.js";
import { noChange, reschedule } from "./refusals.js";
import type { Term } from "./topology-terms.js";
import { flatten, isSubset, printedTerm, printedTerms, sortedTerm } from "./topology-terms.js";
import type { AccessibilityRequirements, KeptTopology, Refusal } from "./types.js";

export interface TopologyQuestion {
  readonly driver: string;
  readonly claimName: string;
  readonly allowedTopologies: readonly TopologySelectorTermLike[];
  /** The selected node, or `""`. */
  readonly node: string;
  readonly strict: boolean;
  readonly immediate: boolean;
  /** What an earlier attempt has left, where attempts are remembered; what this one reads is put there. */
  readonly kept: KeptTopology | undefined;
}

/** At most one of the two is set: without requirements nothing is asked of the driver. */
export interface TopologyOutcome {
  readonly requirements?: AccessibilityRequirements | undefined;
  readonly refusal?: Refusal | undefined;
}

/** O(1) where the terms are known and a node was selected; O(terms) for the lists of the answer. */
export function requirementsOf(cluster: ClusterTopology, question: TopologyQuestion): TopologyOutcome {
  const topology = cluster.of(question.driver);
  let selected: Term | undefined;
  let keys: readonly string[] = [];
  if (question.node !== "") {
    const found = selectedTopology(cluster, topology, question);
    if (found.refusal !== undefined) return found;
    ({ keys, selected } = found);
  }
  if (selected !== undefined && question.strict) return strictRequirements(question, selected);
  const list = requisiteTerms(topology, question, keys);
  if (list === undefined) return {};
  if (list.fault !== undefined) return { refusal: unfit("R-TOP-9", list.fault) };
  // kube: R-TOP-11 allowedTopologies that say nothing ask for nothing.
  if (list.terms.length === 0) return {};
  const first = selected === undefined ? spreadOf(question.claimName) % list.terms.length : placeOf(list, selected);
  if (first < 0) {
    const printed = `${printedTerm(selected ?? [])} from selected node ${goQuote(question.node)}`;
    return { refusal: unfit("R-TOP-13", `topology ${printed} is not in requisite: ${printedTerms(list.terms)}`) };
  }
  // kube: R-TOP-13 the whole list, turned so that the node's own place or the claim's share comes first.
  const preferred = list.topologies.slice(first).concat(list.topologies.slice(0, first));
  return { requirements: { requisite: list.topologies, preferred } };
}

type Selected =
  | { readonly keys: readonly string[]; readonly selected: Term; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

function selectedTopology(cluster: ClusterTopology, topology: DriverTopology, question: TopologyQuestion): Selected {
  const { kept, node } = question;
  // kube: R-TOP-18 a retry uses the keys and the labels that the first attempt read.
  const keys = kept?.keys ?? topology.keysOn(node);
  if (keys === undefined) {
    // kube: R-TOP-5 a node without CSINode sends the pod back to the scheduler.
    const reason = `failed to get selected CSINode ${node}: csinode.storage.k8s.io ${goQuote(node)} not found`;
    return { refusal: reschedule("R-TOP-5", reason) };
  }
  // kube: R-TOP-7 a node on which the driver has registered no keys cannot be provisioned for.
  if (keys.length === 0) return { refusal: unfit("R-TOP-7", `no topology key found for node ${node}`) };
  const known = kept === undefined ? topology.termOn(node, keys) : undefined;
  return known === undefined ? readTopology(cluster, question, keys) : { keys, selected: known };
}

/** The same from all of the node's labels, which are remembered, and told where one is missing. */
function readTopology(cluster: ClusterTopology, { kept, node }: TopologyQuestion, keys: readonly string[]): Selected {
  if (kept !== undefined) kept.keys = keys;
  let labels = kept?.labels;
  if (labels === undefined || !keys.every((key) => Object.hasOwn(labels ?? {}, key))) {
    const read = cluster.labelsOf(node);
    labels = read ?? labels ?? {};
    if (kept !== undefined && read !== undefined && Object.keys(read).length > 0) kept.labels = read;
    // kube: R-TOP-7 a key that is no label of the node, or a node that is gone: retried as it stands.
    if (read === undefined || !keys.every((key) => Object.hasOwn(read, key))) {
      const printed = `${printedLabels(labels)} does not match topology keys from CSINode [${keys.join(" ")}]`;
      return { refusal: unfit("R-TOP-7", `topology labels from selected node ${printed}`) };
    }
  }
  const known = labels;
  return { keys, selected: sortedTerm(keys.map((key) => [key, known[key]] as const)) };
}

function strictRequirements({ allowedTopologies, node }: TopologyQuestion, selected: Term): TopologyOutcome {
  if (allowedTopologies.length > 0) {
    const allowed = flatten(allowedTopologies);
    // kube: R-TOP-7 strict: some allowed term must hold on the node; then its whole topology is asked for.
    if (!allowed.some((term) => isSubset(term, selected))) {
      const where = `selected node '${goQuote(node)}' topology '${printedTerm(selected)}'`;
      return { refusal: unfit("R-TOP-7", `${where} is not in allowed topologies: ${printedTerms(allowed)}`) };
    }
  }
  const { topologies } = termList([selected]);
  return { requirements: { requisite: topologies, preferred: topologies } };
}

function requisiteTerms(
  topology: DriverTopology,
  { allowedTopologies, immediate, kept, node }: TopologyQuestion,
  keys: readonly string[],
): TermList | undefined {
  // kube: R-TOP-8 what the class allows, or else what there is, unless an immediate claim is to be told nothing.
  if (allowedTopologies.length > 0) return termList(flatten(allowedTopologies));
  if (node === "" && !immediate) return undefined;
  // kube: R-TOP-18 a retry uses the terms that the first attempt has gathered.
  if (kept?.terms !== undefined) return termList(kept.terms);
  const list = node === "" ? topology.everything : topology.termsOf(keys);
  if (list.fault !== undefined) return list;
  if (list.terms.length === 0) return { ...list, fault: noTerms(node, keys) };
  if (kept !== undefined) kept.terms = list.terms;
  return list;
}

function noTerms(node: string, keys: readonly string[]): string {
  // kube: R-TOP-9 no driver has registered keys; with a node, no labels are left for those of an earlier attempt.
  if (node === "") return "no available topology found";
  return `topologyKeys [${keys.join(" ")}] were not found on any nodes`;
}

/** The place of the first term in which the node lies, or -1. */
function placeOf({ places, terms }: TermList, selected: Term): number {
  const same = terms[0].length === selected.length ? places.get(JSON.stringify(selected)) : undefined;
  return same ?? terms.findIndex((term) => isSubset(term, selected));
}

function unfit(rule: string, detail: string): Refusal {
  return noChange(rule, `error generating accessibility requirements: ${detail}`);
}

/** As Go prints a map. */
function printedLabels(labels: { readonly [key: string]: string }): string {
  const keys = Object.keys(labels).sort(compareUtf8);
  return `map[${keys.map((key) => `${key}:${labels[key]}`).join(" ")}]`;
}
