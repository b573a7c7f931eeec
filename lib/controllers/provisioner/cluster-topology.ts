// controllers: nodes and what drivers have registered on them -> the terms of topology that there are.

import { labelSelectorError } from "../../compile/label-selector-error.js";
import type { Cluster } from "../../intern/cluster.js";
import { nodeRow } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { CSINodeLike, NodeLike } from "../../objects/types.js";
import { compareUtf8 } from "../../objects/utf8.js";
import type { Term } from "./topology-terms.js";
import { distinctTerms, sortedTerm, topologyOf } from "./topology-terms.js";
import type { Topology } from "./types.js";

const LABELS = nodeRow.column("metadata.labels");
/** The release whose sentence about a bad key the provisioner has. */
const MINOR = 36;

/** Terms in the provisioner's order, each once, and what can be told of all of them at once. */
export interface TermList {
  readonly terms: readonly Term[];
  readonly topologies: readonly Topology[];
  /** A term as JSON -> its place. */
  readonly places: ReadonlyMap<string, number>;
  /** Why there are none. */
  readonly fault?: string | undefined;
}

export function termList(terms: readonly Term[]): TermList {
  const distinct = distinctTerms(terms);
  const places = new Map(distinct.map((term, place) => [JSON.stringify(term), place]));
  return { terms: distinct, topologies: distinct.map(topologyOf), places };
}

/** By node name: the keys that a driver has registered there, in the order of the node's CSINode. */
type Registered = ReadonlyMap<string, readonly string[]>;

const NOWHERE: Registered = new Map();

/** Where one driver is registered. Lists are made when they are asked for, O(nodes) each. */
export class DriverTopology {
  readonly #lists = new Map<string, TermList>();
  #all: TermList | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly registered: Registered,
  ) {}

  /** The keys on a node, in its CSINode's order; undefined where there is no such CSINode. */
  keysOn(node: string): readonly string[] | undefined {
    return this.registered.get(node) ?? (this.cluster.csiNodes.findKey(node) < 0 ? undefined : []);
  }

  /** What nodes have for a set of keys. */
  termsOf(keys: readonly string[]): TermList {
    const wanted = [...keys].sort(compareUtf8);
    const id = JSON.stringify(wanted);
    let list = this.#lists.get(id);
    if (list === undefined) {
      const fault = badKey(keys);
      list = { ...termList(fault === undefined ? this.#terms(wanted) : []), fault };
      this.#lists.set(id, list);
    }
    return list;
  }

  /** What nodes have for any set of keys that is registered somewhere. */
  get everything(): TermList {
    if (this.#all === undefined) {
      const sets = this.#keySets();
      const lists = sets.map((keys) => this.termsOf(keys));
      const fault = lists.find((list) => list.fault !== undefined)?.fault;
      const list = termList(lists.flatMap(({ terms }) => terms));
      // kube: R-TOP-9 a set that no node has labels for does not matter, as long as some other has terms.
      const none = sets.length > 0 && list.terms.length === 0;
      const sentence = `topologyKeys [${sets.map((keys) => `[${keys.join(" ")}]`).join(" ")}] were not found on any nodes`;
      this.#all = { ...list, fault: fault ?? (none ? sentence : undefined) };
    }
    return this.#all;
  }

  /** The places that are told apart, each once and in order. O(nodes). */
  get segments(): readonly Term[] {
    const found = [...this.registered].map(([name, keys]) => this.termOn(name, keys));
    // kube: R-CPR-1 nodes without keys give one empty place, and a node without one of its labels gives none.
    return distinctTerms(found.filter((term) => term !== undefined));
  }

  /** The term of a node; undefined where it lacks one of the keys as a label, or is not there. */
  termOn(name: string, keys: readonly string[]): Term | undefined {
    const { blocks, nodes, strings } = this.cluster;
    const node = nodes.find(EMPTY_TEXT, strings.find(name));
    if (node < 0) return undefined;
    const labels = nodes.get(node, LABELS);
    const values = keys.map((key) => blocks.lookup(labels, strings.find(key)));
    if (values.includes(0)) return undefined;
    return sortedTerm(keys.map((key, i) => [key, strings.get(values[i])] as const));
  }

  /** Every set of keys that is registered, each once and sorted. */
  #keySets(): readonly (readonly string[])[] {
    const sets = new Map<string, readonly string[]>();
    for (const keys of this.registered.values()) {
      const sorted = [...keys].sort(compareUtf8);
      if (keys.length > 0) sets.set(sorted.join("\0"), sorted);
    }
    return [...sets.values()].sort(compareLists);
  }

  #terms(keys: readonly string[]): Term[] {
    const { blocks, nodes, strings } = this.cluster;
    const keyIds = keys.map((key) => strings.find(key));
    const found = new Map<string, Term>();
    for (const [name, registered] of this.registered) {
      // kube: R-TOP-9 a node counts where it has all the keys as labels, and its CSINode registers all of them.
      if (registered.length === 0 || !keys.every((key) => registered.includes(key))) continue;
      const node = nodes.find(EMPTY_TEXT, strings.find(name));
      if (node < 0) continue;
      const labels = nodes.get(node, LABELS);
      const values = keyIds.map((key) => blocks.lookup(labels, key));
      if (values.includes(0)) continue;
      const id = values.join();
      if (!found.has(id)) found.set(id, sortedTerm(keys.map((key, i) => [key, strings.get(values[i])] as const)));
    }
    return [...found.values()];
  }
}

/** The topology of each driver, made anew once nodes or CSINodes have changed. */
export class ClusterTopology {
  readonly #drivers = new Map<string, DriverTopology>();
  /** By driver. */
  #registrations: ReadonlyMap<string, Registered> = new Map();
  #nodesEpoch = -1;
  #csiNodesEpoch = -1;

  constructor(readonly cluster: Cluster) {}

  of(driver: string): DriverTopology {
    this.#refresh();
    let topology = this.#drivers.get(driver);
    if (topology === undefined) {
      topology = new DriverTopology(this.cluster, this.#registrations.get(driver) ?? NOWHERE);
      this.#drivers.set(driver, topology);
    }
    return topology;
  }

  #refresh(): void {
    const { csiNodes, nodes } = this.cluster;
    const isKnown = csiNodes.epoch === this.#csiNodesEpoch;
    if (isKnown && nodes.epoch === this.#nodesEpoch) return;
    this.#drivers.clear();
    if (!isKnown) this.#registrations = registrationsOf(this.cluster);
    this.#nodesEpoch = nodes.epoch;
    this.#csiNodesEpoch = csiNodes.epoch;
  }

  /** The labels of a node; undefined where there is no such node. */
  labelsOf(name: string): { readonly [key: string]: string } | undefined {
    const { nodes } = this.cluster;
    const row = nodes.findKey(name);
    return row < 0 ? undefined : ((nodes.read(row) as NodeLike).metadata?.labels ?? {});
  }
}

function registrationsOf({ csiNodes }: Cluster): ReadonlyMap<string, Registered> {
  const registrations = new Map<string, Map<string, readonly string[]>>();
  for (let row = 0; row < csiNodes.limit; row++) {
    if (!csiNodes.has(row)) continue;
    const node = csiNodes.keyOf(row);
    for (const { name, topologyKeys } of (csiNodes.read(row) as CSINodeLike).spec?.drivers ?? []) {
      const registered = registrations.get(name ?? "") ?? new Map<string, readonly string[]>();
      registrations.set(name ?? "", registered);
      // kube: R-TOP-7 the first entry of the driver counts, and one without keys is as none.
      if (!registered.has(node))
        registered.set(
          node,
          (topologyKeys ?? []).map((key) => key ?? ""),
        );
    }
  }
  return registrations;
}

/** A selector of nodes is made of the keys, and refuses what is no label key. */
function badKey(keys: readonly string[]): string | undefined {
  const selector = { matchExpressions: keys.map((key) => ({ key, operator: "Exists" })) };
  const detail = labelSelectorError(selector, MINOR);
  return detail === undefined ? undefined : `error parsing topology keys selector: ${detail}`;
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareUtf8(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
