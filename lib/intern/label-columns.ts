// intern: node labels, turned on their side: for each label key that some selector reads, the value on each node. Name,
// taints and cordon of a node are columns too, and what others derive for it, under keys that no label has.

import type { Held } from "./derived.js";
import { LabelColumn } from "./label-column.js";
import { LabelKeys } from "./label-keys.js";
import type { Table, TableListener } from "./table.js";

/** Key of a column: no string id, so no label's key. Its values are the string ids of the nodes' names. */
export const NODE_NAME = 0xffff_ffff;
/** Likewise; the values are the blocks of spec.taints. */
export const NODE_TAINTS = 0xffff_fffe;
/** Likewise; the values are the tokens of spec.unschedulable, of which this one says that it is true. */
export const NODE_UNSCHEDULABLE = 0xffff_fffd;
export const UNSCHEDULABLE = 2;
/** The first of some keys, one for each of MIGRATED_SOURCES; the value is 1 where the node's CSINode says so. */
export const NODE_MIGRATED = 0xffff_ff00;

/** Where there are more columns, a node's own labels say which of them may change. */
const MANY = 64;

/** What became of a node. */
export type NodeChange = "came" | "went" | "stayed";

/** Told of every node that came, went, or has other labels, or another of the fields in use, than before. */
export interface LabelListener {
  /** `changed` has the columns whose value on the node differs from before; they hold the new one. */
  relabelled(node: number, change: NodeChange, changed: readonly LabelColumn[]): void;
}

/** The columns of all keys in use; a key's first use scans the nodes once. */
export class LabelColumns implements TableListener {
  readonly cache = "labelColumns";
  readonly #columns = new Map<number, LabelColumn>();
  readonly #labels: number;
  readonly #keys: LabelKeys;
  /** Key -> the column of the table that it stands for. */
  readonly #fields: ReadonlyMap<number, number>;
  /** Key -> what the value on a node is made from, outside the node's row. */
  readonly #derived = new Map<number, (node: number) => number>();
  readonly #listeners: LabelListener[] = [];
  #before = 0;

  constructor(readonly nodes: Table) {
    this.#labels = nodes.type.column("metadata.labels");
    this.#keys = new LabelKeys(nodes, this.#labels);
    this.#fields = new Map([
      [NODE_NAME, nodes.NAME],
      [NODE_TAINTS, nodes.type.column("spec.taints")],
      [NODE_UNSCHEDULABLE, nodes.type.column("spec.unschedulable")],
    ]);
    nodes.listen(this);
  }

  listen(listener: LabelListener): void {
    this.#listeners.push(listener);
  }

  /** Makes a column of what `read` says of each node; who registers it calls `refresh` when that may have changed. */
  derive(key: number, read: (node: number) => number): void {
    this.#derived.set(key, read);
  }

  /** Reads the derived columns in use anew for one node. */
  refresh(node: number): void {
    const changed: LabelColumn[] = [];
    for (const [key, read] of this.#derived) {
      const column = this.#columns.get(key);
      if (column !== undefined) this.#put(column, node, read(node), changed);
    }
    if (changed.length === 0) return;
    for (const listener of this.#listeners) listener.relabelled(node, "stayed", changed);
  }

  column(key: number): LabelColumn {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = new LabelColumn(key);
    if (this.#fields.has(key) || this.#derived.has(key)) this.#fillByNode(column);
    else if (this.#keys.mayHave(key)) {
      this.#fill(column);
      // Where one key is of no node others may be: pods and volumes can name what they like.
      if (column.present === 0) this.#keys.build();
    } else column.reserve(this.nodes.limit);
    this.#columns.set(key, column);
    return column;
  }

  leaving(node: number, replaced: boolean): void {
    this.#before = this.nodes.get(node, this.#labels);
    if (!replaced) this.#apply(node, "went");
  }

  entered(node: number, replaced: boolean): void {
    if (replaced && this.nodes.get(node, this.#labels) === this.#before && !this.#hasOtherField(node)) return;
    this.#apply(node, replaced ? "stayed" : "came");
  }

  /** All columns in which a node may have a value. */
  of(node: number): Iterable<LabelColumn> {
    if (this.#columns.size <= MANY) return this.#columns.values();
    return this.#columnsOf(this.nodes.get(node, this.#labels), 0);
  }

  /** How many columns there are. */
  get size(): number {
    return this.#columns.size;
  }

  /** Bytes held. O(columns). */
  get byteLength(): number {
    let bytes = this.#keys.byteLength;
    for (const column of this.#columns.values()) bytes += column.byteLength;
    return bytes;
  }

  held(): Held {
    return { entries: this.#columns.size, bytes: this.byteLength };
  }

  /** Columns are built again when they are next asked for. */
  dropIds(): void {
    this.#columns.clear();
    this.#keys.drop();
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

  #fillByNode(column: LabelColumn): void {
    const { nodes } = this;
    column.reserve(nodes.limit);
    for (let node = 0; node < nodes.limit; node++) if (nodes.has(node)) column.set(node, this.#read(node, column.key));
  }

  /** Whether a field in use is not what its column says. */
  #hasOtherField(node: number): boolean {
    for (const [key, field] of this.#fields) {
      const column = this.#columns.get(key);
      if (column !== undefined && column.get(node) !== this.nodes.get(node, field)) return true;
    }
    return false;
  }

  #apply(node: number, change: NodeChange): void {
    if (change !== "went") this.#keys.add(this.nodes.get(node, this.#labels));
    const changed: LabelColumn[] = [];
    const columns =
      this.#columns.size <= MANY
        ? this.#columns.values()
        : this.#columnsOf(this.nodes.get(node, this.#labels), change === "stayed" ? this.#before : 0);
    for (const column of columns) {
      this.#put(column, node, change === "went" ? 0 : this.#read(node, column.key), changed);
    }
    for (const listener of this.#listeners) listener.relabelled(node, change, changed);
  }

  /** The columns of the keys of two blocks of labels, those of fields, and derived ones; some may come twice. */
  *#columnsOf(labels: number, before: number): Iterable<LabelColumn> {
    const { start, tokens } = this.nodes.codec.blocks;
    for (const keys of [this.#fields.keys(), this.#derived.keys()]) {
      for (const key of keys) {
        const column = this.#columns.get(key);
        if (column !== undefined) yield column;
      }
    }
    for (const block of labels === before ? [labels] : [labels, before]) {
      if (block === 0) continue;
      const first = start[block] + 2;
      for (let at = first + tokens[first - 1] * 2 - 2; at >= first; at -= 2) {
        const column = this.#columns.get(tokens[at]);
        if (column !== undefined) yield column;
      }
    }
  }

  #put(column: LabelColumn, node: number, value: number, changed: LabelColumn[]): void {
    if (column.get(node) === value) return;
    column.set(node, value);
    changed.push(column);
  }

  /** The value of a key on a node as its row, or who derives it, says it. */
  #read(node: number, key: number): number {
    const { nodes } = this;
    const derived = this.#derived.get(key);
    if (derived !== undefined) return derived(node);
    const field = this.#fields.get(key);
    return field === undefined ? nodes.codec.blocks.lookup(nodes.get(node, this.#labels), key) : nodes.get(node, field);
  }
}
