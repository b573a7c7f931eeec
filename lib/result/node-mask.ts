// result: a set of nodes that the caller keeps, to be cut with verdicts.

import { TopologyError } from "../errors.js";
import type { Mask } from "../evaluate/mask.js";
import { dense } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import { growU32 } from "../intern/grow.js";
import type { Table } from "../intern/table.js";
import { badArgument, givenName } from "../objects/arguments.js";
import { listed } from "../objects/sentence.js";
import { INSPECT } from "./inspect.js";
import type { NodeMask } from "./types.js";

/** The row of a set; whoever made the set gives it back when the set is gone. */
export class MaskRow {
  row = 0;
  /** Bits of the row; 0 where there is none. */
  capacity = 0;

  constructor(readonly masks: Masks) {}

  /** To be called before rows change their length, too. */
  release(): void {
    if (this.capacity !== 0) this.masks.freeRow(this.row);
    this.capacity = 0;
  }
}

export class LiveNodeMask implements NodeMask {
  readonly #masks: Masks;
  readonly #nodes: Table;
  #size = 0;
  #words = new Uint32Array(16);
  readonly #row: MaskRow;
  #changed = true;

  constructor(row: MaskRow, nodes: Table) {
    this.#row = row;
    this.#masks = row.masks;
    this.#nodes = nodes;
  }

  /**
   * The nodes of a caller's set as a mask.
   * @throws TopologyError `BadArgument` where it is none of this matcher's.
   */
  static maskOf(set: NodeMask, masks: Masks): Mask {
    const own = LiveNodeMask.#own(set);
    if (own.#masks !== masks) throw badArgument("nodes", "the node mask is another matcher's");
    return own.#mask;
  }

  /** Whether a caller's set is of the matcher that has these nodes. @throws TopologyError `BadArgument` otherwise. */
  static check(set: NodeMask, nodes: Table): void {
    if (LiveNodeMask.#own(set).#nodes !== nodes) throw badArgument("nodes", "the node mask is another matcher's");
  }

  get size(): number {
    return this.#size;
  }

  add(node: number | string): void {
    const id = this.#idOf(node);
    if (!this.#nodes.has(id)) {
      const what = typeof node === "string" ? `node ${node}` : `node id ${node}`;
      throw new TopologyError("UnknownNode", `${what} is not known to the matcher`, "node");
    }
    if (this.#hasId(id)) return;
    if (id >>> 5 >= this.#words.length) this.#words = growU32(this.#words, (id >>> 5) + 1);
    this.#words[id >>> 5] |= 1 << (id & 31);
    this.#size++;
    this.#changed = true;
  }

  delete(node: number | string): boolean {
    const id = this.#idOf(node);
    if (!this.#hasId(id)) return false;
    this.#words[id >>> 5] &= ~(1 << (id & 31));
    this.#size--;
    this.#changed = true;
    return true;
  }

  has(node: number | string): boolean {
    return this.#hasId(this.#idOf(node));
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (let i = 0; i < this.#words.length; i++) {
      for (let word = this.#words[i]; word !== 0; word &= word - 1) yield i * 32 + 31 - Math.clz32(word & -word);
    }
  }

  [INSPECT](): string {
    return `NodeMask(${this.#size}) ${listed(Array.from(this, (id) => this.#nodes.keyOf(id)))}`.trimEnd();
  }

  static #own(set: NodeMask): LiveNodeMask {
    if (set instanceof LiveNodeMask) return set;
    throw badArgument("nodes", `nodes must be what createNodeMask gives, but is ${givenName(set)}`);
  }

  /** The set as a row, copied into the engine's memory if it has changed. */
  get #mask(): Mask {
    const held = this.#row;
    const masks = this.#masks;
    if (held.capacity !== masks.capacity) {
      // The old row went with the old length.
      held.row = masks.newRow();
      held.capacity = masks.capacity;
      this.#changed = true;
    }
    if (this.#changed) {
      masks.clearRow(held.row);
      masks.memory.u32.set(this.#words.subarray(0, masks.bytes >> 2), held.row >>> 2);
      this.#changed = false;
    }
    return dense(held.row);
  }

  #idOf(node: number | string): number {
    if (typeof node === "string") return this.#nodes.findKey(node);
    if (Number.isInteger(node)) return node;
    const found = typeof node === "number" ? `${node}` : givenName(node);
    throw badArgument("node", `node must be a name or an id, but is ${found}`);
  }

  #hasId(id: number): boolean {
    return id >>> 5 < this.#words.length && (this.#words[id >>> 5] & (1 << (id & 31))) !== 0;
  }
}
