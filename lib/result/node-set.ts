// result: a set of nodes that stays as it was when it was asked for. Names are made when they are read.

import type { NodeIndex } from "./node-index.js";
import type { NodeSet } from "./types.js";

/** Holds either words (a bit a node) or a list of ids; `inverted` means all nodes but these. */
export class MaskedNodes implements NodeSet {
  readonly size: number;

  constructor(
    readonly index: NodeIndex,
    readonly words: Uint32Array | undefined,
    readonly list: Uint32Array | undefined,
    count: number,
    readonly inverted = false,
  ) {
    this.size = inverted ? index.size - count : count;
  }

  static none(index: NodeIndex): MaskedNodes {
    return new MaskedNodes(index, undefined, new Uint32Array(0), 0);
  }

  static all(index: NodeIndex): MaskedNodes {
    return new MaskedNodes(index, index.words, undefined, index.size);
  }

  /** The nodes that are not in this set. O(1). */
  complement(): MaskedNodes {
    const { index, inverted, list, size, words } = this;
    return new MaskedNodes(index, words, list, inverted ? index.size - size : size, !inverted);
  }

  has(node: string): boolean {
    const id = this.index.idOf(node);
    return id >= 0 && this.hasId(id);
  }

  hasId(id: number): boolean {
    const { index, inverted, list, words } = this;
    if (id >= index.names.length || index.names[id] === 0) return false;
    const inside =
      words === undefined ? (list as Uint32Array).includes(id) : (words[id >>> 5] & (1 << (id & 31))) !== 0;
    return inside !== inverted;
  }

  ids(): Uint32Array {
    const { index, inverted, list, size, words } = this;
    if (list !== undefined && !inverted) return list.slice();
    const ids = new Uint32Array(size);
    let count = 0;
    const excluded = list === undefined ? undefined : new Set(list);
    for (let i = 0; i < index.words.length; i++) {
      let word = index.words[i];
      if (words !== undefined) word &= inverted ? ~words[i] : words[i];
      while (word !== 0) {
        const id = i * 32 + (31 - Math.clz32(word & -word));
        word &= word - 1;
        if (excluded === undefined || !excluded.has(id)) ids[count++] = id;
      }
    }
    return ids;
  }

  toArray(): string[] {
    return Array.from(this.ids(), (id) => this.index.nameOf(id));
  }

  /** Ids in the order of the bytes of their names. */
  sortedIds(): Uint32Array {
    return this.ids().sort((a, b) => this.index.compare(a, b));
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const id of this.ids()) yield this.index.nameOf(id);
  }
}
