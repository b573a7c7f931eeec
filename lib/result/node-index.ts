// result: which nodes there were when a question was asked.

import { TopologyError } from "../errors.js";
import type { LabelColumns } from "../intern/label-columns.js";
import type { Strings } from "../intern/strings.js";
import type { Table } from "../intern/table.js";
import type { NodeOrder, NodeOrders } from "./node-order.js";

/** The nodes of one moment, shared by every result of that moment. What it says never changes once a result holds it. */
export class NodeIndex {
  /** A node has come or gone since. */
  outdated = false;
  #order: NodeOrder | undefined;

  constructor(
    readonly columns: LabelColumns,
    /** String id of the name of each node id; 0 where there is none. */
    readonly names: Uint32Array,
    /** Bit i is set where node i exists. */
    readonly words: Uint32Array,
    readonly size: number,
    readonly orders: NodeOrders,
  ) {}

  get nodes(): Table {
    return this.columns.nodes;
  }

  get strings(): Strings {
    return this.nodes.codec.strings;
  }

  nameOf(node: number): string {
    return this.strings.get(this.names[node]);
  }

  /** The nodes by name; made when it is first asked for. */
  get order(): NodeOrder {
    this.#order ??= this.orders.of(this.names);
    return this.#order;
  }

  /** Gives the order back; it is made again when it is asked for. */
  dropOrder(): void {
    this.#order = undefined;
  }

  /** The id of a node by name, or -1. */
  idOf(name: string): number {
    const { nodes, names, strings } = this;
    const id = strings.find(name);
    if (id === 0) return -1;
    const row = nodes.findKey(name);
    // A node that has gone since then is looked for one by one.
    return row >= 0 && names[row] === id ? row : names.indexOf(id);
  }

  /** Whether an id of that moment is another node's now. O(1). */
  isTaken(node: number): boolean {
    const { names, nodes, outdated } = this;
    return outdated && names[node] > 0 && nodes.has(node) && nodes.get(node, nodes.NAME) !== names[node];
  }

  /** @throws TopologyError `Stale` for an id of that moment that is another node's now. */
  checkId(node: number): void {
    if (!this.isTaken(node)) return;
    const now = this.strings.get(this.nodes.get(node, this.nodes.NAME));
    throw new TopologyError("Stale", `node id ${node} was ${this.nameOf(node)} and is ${now} now: evaluate again`);
  }

  compare(a: number, b: number): number {
    return this.strings.compare(this.names[a], this.names[b]);
  }
}
