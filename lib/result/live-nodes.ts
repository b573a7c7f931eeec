// result: the nodes there are now, copied only when they change while some result still holds them.

import type { Derived, Held } from "../intern/derived.js";
import { growU32 } from "../intern/grow.js";
import type { LabelColumns } from "../intern/label-columns.js";
import type { Table, TableListener } from "../intern/table.js";
import { NodeIndex } from "./node-index.js";
import { NodeOrders } from "./node-order.js";

export class LiveNodes implements TableListener, Derived {
  readonly cache = "nodeIndexes";
  #names = new Uint32Array(64);
  #words = new Uint32Array(2);
  #index: NodeIndex | undefined;
  readonly #outdated = new Set<WeakRef<NodeIndex>>();
  readonly #orders: NodeOrders;

  constructor(readonly columns: LabelColumns) {
    this.#orders = new NodeOrders(this.nodes.codec.strings);
    this.nodes.listen(this);
  }

  get nodes(): Table {
    return this.columns.nodes;
  }

  /** The nodes of this moment. O(1) while no node comes or goes. */
  snapshot(): NodeIndex {
    this.#index ??= new NodeIndex(this.columns, this.#names, this.#words, this.nodes.size, this.#orders);
    return this.#index;
  }

  /** Bit i is set where node i exists; no further than the last node that there was. */
  get words(): Uint32Array {
    return this.#words.subarray(0, (this.nodes.limit + 31) >>> 5);
  }

  leaving(node: number, replaced: boolean): void {
    if (replaced) return;
    this.#detach();
    this.#names[node] = 0;
    this.#words[node >>> 5] &= ~(1 << (node & 31));
  }

  entered(node: number, replaced: boolean): void {
    if (replaced) return;
    this.#detach();
    if (node >= this.#names.length) this.#names = growU32(this.#names, node + 1);
    if (node >>> 5 >= this.#words.length) this.#words = growU32(this.#words, (node >>> 5) + 1);
    this.#names[node] = this.nodes.get(node, this.nodes.NAME);
    this.#words[node >>> 5] |= 1 << (node & 31);
  }

  held(): Held {
    return { entries: this.#outdated.size, bytes: this.#names.byteLength + this.#words.byteLength };
  }

  dropIds(): void {
    this.#orders.forget();
    this.#index?.dropOrder();
  }

  /** Names that results of earlier moments may still be asked for. */
  markOutdated(mark: (name: number) => void): void {
    for (const reference of this.#outdated) {
      const index = reference.deref();
      if (index === undefined) this.#outdated.delete(reference);
      else for (const name of index.names) if (name !== 0) mark(name);
    }
  }

  #detach(): void {
    if (this.#index === undefined) return;
    this.#index.outdated = true;
    this.#outdated.add(new WeakRef(this.#index));
    this.#index = undefined;
    this.#names = this.#names.slice();
    this.#words = this.#words.slice();
  }
}
