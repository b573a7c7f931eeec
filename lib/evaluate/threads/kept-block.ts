// evaluate: a block that is kept from batch to batch: zeroing it each time would cost more than writing it.

import type { BlockStore } from "../engine.js";

export class KeptBlock {
  #block = 0;
  #size = 0;

  constructor(readonly blocks: BlockStore) {}

  /** Its address, with room for so many bytes; what was in it may be lost. @throws TopologyError `OutOfMemory`. */
  of(bytes: number): number {
    if (bytes > this.#size) {
      if (this.#size > 0) this.blocks.free(this.#block, this.#size);
      this.#size = 0;
      const size = 2 ** Math.ceil(Math.log2(bytes));
      this.#block = this.blocks.allocate(size, true);
      this.#size = size;
    }
    return this.#block;
  }
}
