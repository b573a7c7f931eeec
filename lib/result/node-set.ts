// result: a set of nodes that stays as it was when it was asked for. Names are made when they are read.

import { allocating, TopologyError } from "../errors.js";
import { newU32 } from "../intern/grow.js";
import { listed } from "../objects/sentence.js";
import { INSPECT } from "./inspect.js";
import { countLabels } from "./label-counts.js";
import type { NodeIndex } from "./node-index.js";
import { LiveNodeMask } from "./node-mask.js";
import type { LabelCounts, NodeMask, NodeSet } from "./types.js";

/** Holds either words (a bit a node) or a list of ids; `inverted` means all nodes but these. */
export class MaskedNodes implements NodeSet {
  readonly size: number;
  readonly #index: NodeIndex;
  readonly #words: Uint32Array | undefined;
  readonly #list: Uint32Array | undefined;
  readonly #inverted: boolean;
  /** Of the nodes' objects. */
  readonly #epoch: number;

  constructor(
    index: NodeIndex,
    words: Uint32Array | undefined,
    list: Uint32Array | undefined,
    count: number,
    inverted = false,
    epoch = index.nodes.epoch,
  ) {
    this.#index = index;
    this.#words = words;
    this.#list = list;
    this.#inverted = inverted;
    this.#epoch = epoch;
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
    const index = this.#index;
    const { size } = this;
    return new MaskedNodes(index, this.#words, this.#list, this.#inverted ? index.size - size : size, !this.#inverted);
  }

  has(node: string | number): boolean {
    if (typeof node !== "string") this.#index.checkId(node);
    return this.idOf(node) >= 0;
  }

  /** The id of a node, by its name or its id, or -1 where it is not in the set. */
  idOf(node: string | number): number {
    const index = this.#index;
    const id = typeof node === "string" ? index.idOf(node) : node;
    // What is no index of a typed array has nothing there.
    if (!(index.names[id] > 0)) return -1;
    const words = this.#words;
    const inside =
      words === undefined ? (this.#list as Uint32Array).includes(id) : (words[id >>> 5] & (1 << (id & 31))) !== 0;
    return inside === this.#inverted ? -1 : id;
  }

  ids(): Uint32Array {
    const ids = this.idsThen();
    if (this.#index.outdated) for (const id of ids) this.#index.checkId(id);
    return ids;
  }

  /** The ids that the nodes had when the set was made, ascending. */
  idsThen(): Uint32Array {
    const index = this.#index;
    const list = this.#list;
    const words = this.#words;
    if (list !== undefined && !this.#inverted) return allocating(() => list.slice());
    const ids = newU32(this.size);
    let count = 0;
    const excluded = list === undefined ? undefined : new Set(list);
    for (let i = 0; i < index.words.length; i++) {
      let word = index.words[i];
      if (words !== undefined) word &= this.#inverted ? ~words[i] : words[i];
      while (word !== 0) {
        const id = i * 32 + (31 - Math.clz32(word & -word));
        word &= word - 1;
        if (excluded === undefined || !excluded.has(id)) ids[count++] = id;
      }
    }
    return ids;
  }

  intersection(nodes: NodeMask): NodeSet {
    const index = this.#index;
    LiveNodeMask.check(nodes, index.nodes);
    // A node that has gone since is in no mask; its id may be another's.
    const ids = this.idsThen().filter((id) => nodes.has(id) && !index.isTaken(id));
    return new MaskedNodes(index, undefined, ids, ids.length, false, this.#epoch);
  }

  countBy(key: string): LabelCounts {
    const { columns, nodes } = this.#index;
    if (nodes.epoch !== this.#epoch) {
      throw new TopologyError("Stale", "a node was changed after this set was made: evaluate again");
    }
    nodes.derivations.mend();
    return nodes.derivations.guard(() => countLabels(columns, key, this.idsThen()));
  }

  toArray(): string[] {
    return Array.from(this.idsThen(), (id) => this.#index.nameOf(id));
  }

  toJSON(): string[] {
    const { ids, names } = allocating(() => this.#index.order);
    const marks = newU32(this.#index.names.length);
    this.mark(marks, 1);
    return names.filter((_, i) => marks[ids[i]] === 1);
  }

  /** Writes a number for each node of the set, by the id that it had when the set was made. */
  mark(into: Uint32Array, number: number): void {
    for (const id of this.idsThen()) into[id] = number;
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const id of this.idsThen()) yield this.#index.nameOf(id);
  }

  [INSPECT](): string {
    return `NodeSet(${this.size}) ${listed(this.toArray())}`.trimEnd();
  }
}
