// intern: which label keys some node may have, so that the column of a key that none has is made without looking at nodes.

import { growU8 } from "./grow.js";
import type { Table } from "./table.js";

/** Built when it is worth it; keys that nodes have lost stay in it until ids are dropped. */
export class LabelKeys {
  /** String id -> 1 where a node has, or had, a label of this key; undefined until `build`. */
  #seen: Uint8Array | undefined;

  constructor(
    readonly nodes: Table,
    readonly labels: number,
  ) {}

  /** Whether some node may have a label of this key; false is certain. */
  mayHave(key: number): boolean {
    return this.#seen === undefined || this.#seen[key] === 1;
  }

  /** Looks at all nodes, once. O(labels of all nodes). */
  build(): void {
    if (this.#seen !== undefined) return;
    const { nodes } = this;
    this.#seen = new Uint8Array(nodes.codec.strings.limit);
    for (let node = 0; node < nodes.limit; node++) if (nodes.has(node)) this.add(nodes.get(node, this.labels));
  }

  /** A node has these labels. */
  add(labels: number): void {
    if (this.#seen === undefined || labels === 0) return;
    const { start, tokens } = this.nodes.codec.blocks;
    const first = start[labels] + 2;
    for (let at = first + tokens[first - 1] * 2 - 2; at >= first; at -= 2) {
      const key = tokens[at];
      if (key >= this.#seen.length) this.#seen = growU8(this.#seen, key + 1);
      this.#seen[key] = 1;
    }
  }

  get byteLength(): number {
    return this.#seen?.byteLength ?? 0;
  }

  drop(): void {
    this.#seen = undefined;
  }
}
