// result: which nodes there were when a question was asked.

import type { Strings } from "../intern/strings.js";
import type { Table } from "../intern/table.js";

/** The nodes of one moment, shared by every result of that moment. Never changes once a result holds it. */
export class NodeIndex {
  constructor(
    readonly nodes: Table,
    /** String id of the name of each node id; 0 where there is none. */
    readonly names: Uint32Array,
    /** Bit i is set where node i exists. */
    readonly words: Uint32Array,
    readonly size: number,
  ) {}

  get strings(): Strings {
    return this.nodes.codec.strings;
  }

  nameOf(node: number): string {
    return this.strings.get(this.names[node]);
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

  compare(a: number, b: number): number {
    return this.strings.compare(this.names[a], this.names[b]);
  }
}
