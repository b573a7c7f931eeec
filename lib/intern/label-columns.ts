// intern: node labels, turned on their side: for each label key that some selector reads, the value on each node.

import { growU32 } from "./grow.js";
import { RowIndex } from "./row-index.js";
import type { Table, TableListener } from "./table.js";

/** One label key over all nodes. */
export class LabelColumn {
  /** String id of the value on each node; 0 where the node lacks the key. */
  value = new Uint32Array(0);
  /** Nodes that have the key. */
  present = 0;
  /** The value that the last change took from its node, 0 for none. */
  lost = 0;
  readonly #byValue = new RowIndex(this, 0, 0);

  constructor(readonly key: number) {}

  get(node: number): number {
    return this.value[node];
  }

  /** Makes room for so many nodes. */
  reserve(nodes: number): void {
    this.value = new Uint32Array(nodes);
    this.#byValue.reserve(nodes);
  }

  set(node: number, value: number): void {
    if (node >= this.value.length) this.value = growU32(this.value, node + 1);
    this.lost = this.value[node];
    if (this.lost !== 0) {
      this.#byValue.remove(node);
      this.present--;
    }
    this.value[node] = value;
    if (value !== 0) {
      this.#byValue.add(node);
      this.present++;
    }
  }

  /** Sets the bits of the nodes with this value in the words that begin at `first`. */
  mark(value: number, words: Uint32Array, first: number): void {
    for (let node = this.#byValue.first(value, value); node >= 0; node = this.#byValue.next(node)) {
      words[first + (node >>> 5)] |= 1 << (node & 31);
    }
  }

  /** How many nodes have this value. O(1). */
  count(value: number): number {
    return this.#byValue.count(value, value);
  }

  /** The values that some node has. */
  *values(): Iterable<number> {
    for (const node of this.#byValue.heads()) yield this.value[node];
  }

  /** Appends the nodes with this value to `into`, in no order. */
  collect(value: number, into: number[]): void {
    for (let node = this.#byValue.first(value, value); node >= 0; node = this.#byValue.next(node)) into.push(node);
  }
}

/** What became of a node. */
export type NodeChange = "came" | "went" | "stayed";

/** Told of every node that came, went, or has other labels than before. */
export interface LabelListener {
  /** `changed` has the columns whose value on the node differs from before; they hold the new one. */
  relabelled(node: number, change: NodeChange, changed: readonly LabelColumn[]): void;
}

/** The columns of all keys in use; a key's first use scans the nodes once. */
export class LabelColumns implements TableListener {
  readonly #columns = new Map<number, LabelColumn>();
  readonly #labels: number;
  readonly #listeners: LabelListener[] = [];
  #before = 0;

  constructor(readonly nodes: Table) {
    this.#labels = nodes.type.column("metadata.labels");
    nodes.listen(this);
  }

  listen(listener: LabelListener): void {
    this.#listeners.push(listener);
  }

  column(key: number): LabelColumn {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = new LabelColumn(key);
    this.#columns.set(key, column);
    this.#fill(column);
    return column;
  }

  leaving(node: number, replaced: boolean): void {
    this.#before = this.nodes.get(node, this.#labels);
    if (!replaced) this.#apply(node, 0, "went");
  }

  entered(node: number, replaced: boolean): void {
    const labels = this.nodes.get(node, this.#labels);
    if (replaced && labels === this.#before) return;
    this.#apply(node, labels, replaced ? "stayed" : "came");
  }

  all(): Iterable<LabelColumn> {
    return this.#columns.values();
  }

  /** Columns are built again when they are next asked for. */
  dropIds(): void {
    this.#columns.clear();
  }

  #fill(column: LabelColumn): void {
    const { nodes } = this;
    const { limit } = nodes;
    const { start, tokens } = nodes.codec.blocks;
    column.reserve(limit);
    // Nodes are labelled alike: the key is mostly the pair that it was on the node before.
    let place = 0;
    for (let node = 0; node < limit; node++) {
      if (!nodes.has(node)) continue;
      const labels = nodes.get(node, this.#labels);
      if (labels === 0) continue;
      const first = start[labels] + 2;
      const pairs = tokens[first - 1];
      if (place >= pairs || tokens[first + place * 2] !== column.key) {
        place = 0;
        while (place < pairs && tokens[first + place * 2] !== column.key) place++;
        if (place === pairs) continue;
      }
      column.set(node, tokens[first + place * 2 + 1]);
    }
  }

  #apply(node: number, labels: number, change: NodeChange): void {
    const { blocks } = this.nodes.codec;
    const changed: LabelColumn[] = [];
    for (const column of this.#columns.values()) {
      const value = blocks.lookup(labels, column.key);
      if (node < column.value.length && column.value[node] === value) continue;
      column.set(node, value);
      changed.push(column);
    }
    for (const listener of this.#listeners) listener.relabelled(node, change, changed);
  }
}
