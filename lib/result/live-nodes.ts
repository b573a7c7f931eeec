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
  /** Names and words are of an earlier moment: nobody told of what changed since. */
  #isVoid = false;
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
    if (this.#isVoid) this.#rebuild();
    this.#index ??= new NodeIndex(this.columns, this.#names, this.#words, this.nodes.size, this.#orders);
    return this.#index;
  }

  /** Bit i is set where node i exists; no further than the last node that there was. */
  get words(): Uint32Array {
    if (this.#isVoid) this.#rebuild();
    return this.#words.subarray(0, (this.nodes.limit + 31) >>> 5);
  }

  leaving(node: number, replaced: boolean): void {
    if (replaced || this.#isVoid) return;
    this.#detach();
    this.#names[node] = 0;
    this.#words[node >>> 5] &= ~(1 << (node & 31));
  }

  entered(node: number, replaced: boolean): void {
    if (replaced || this.#isVoid) return;
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

  /** What results hold is not written to any more. */
  spoilt(): void {
    this.#outdate();
    this.#isVoid = true;
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
    this.#outdate();
    this.#names = this.#names.slice();
    this.#words = this.#words.slice();
  }

  #outdate(): void {
    if (this.#index === undefined) return;
    this.#index.outdated = true;
    this.#outdated.add(new WeakRef(this.#index));
    this.#index = undefined;
  }

  /** O(nodes). */
  #rebuild(): void {
    const { nodes } = this;
    const names = new Uint32Array(nodes.limit);
    const words = new Uint32Array((nodes.limit + 31) >>> 5);
    for (let node = 0; node < nodes.limit; node++) {
      if (!nodes.has(node)) continue;
      names[node] = nodes.get(node, nodes.NAME);
      words[node >>> 5] |= 1 << (node & 31);
    }
    this.#names = names;
    this.#words = words;
    this.#isVoid = false;
  }
}
