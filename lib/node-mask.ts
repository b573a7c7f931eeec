// node-mask: a set of nodes that the caller keeps, to be cut with verdicts.

import type { Mask } from "./evaluate/mask.js";
import { dense } from "./evaluate/mask.js";
import type { Masks } from "./evaluate/masks.js";
import { growU32 } from "./intern/grow.js";

/** Nodes by id (`TopologyMatcher.nodeId`). A node that leaves the matcher leaves the set. */
export interface NodeMask {
  /** @internal */
  readonly mask: Mask;
  add(node: number): void;
  delete(node: number): void;
  has(node: number): boolean;
}

export class LiveNodeMask implements NodeMask {
  #words = new Uint32Array(16);
  #row = 0;
  #capacity = 0;
  #changed = true;

  constructor(
    readonly masks: Masks,
    readonly exists: (node: number) => boolean,
  ) {}

  /** The set as a row, copied into the engine's memory if it has changed. */
  get mask(): Mask {
    const { masks } = this;
    if (this.#capacity !== masks.capacity) {
      // The old row went with the old length.
      this.#row = masks.newRow();
      this.#capacity = masks.capacity;
      this.#changed = true;
    }
    if (this.#changed) {
      const words = masks.bytes >> 2;
      masks.memory.u32.fill(0, this.#row >>> 2, (this.#row >>> 2) + words);
      masks.memory.u32.set(this.#words.subarray(0, words), this.#row >>> 2);
      this.#changed = false;
    }
    return dense(this.#row);
  }

  add(node: number): void {
    if (!this.exists(node)) return;
    if (node >>> 5 >= this.#words.length) this.#words = growU32(this.#words, (node >>> 5) + 1);
    this.#words[node >>> 5] |= 1 << (node & 31);
    this.#changed = true;
  }

  delete(node: number): void {
    if (!this.has(node)) return;
    this.#words[node >>> 5] &= ~(1 << (node & 31));
    this.#changed = true;
  }

  has(node: number): boolean {
    return node >>> 5 < this.#words.length && (this.#words[node >>> 5] & (1 << (node & 31))) !== 0;
  }

  /** Gives back the row; to be called before rows change their length. */
  release(): void {
    if (this.#capacity !== 0) this.masks.freeRow(this.#row);
    this.#capacity = 0;
  }
}
