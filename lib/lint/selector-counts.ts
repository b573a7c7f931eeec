// lint: a canonical selector -> how many nodes it matches, counted once.

import type { Context } from "../evaluate/context.js";
import { growU32 } from "../intern/grow.js";

export class SelectorCounts {
  // Selector -> its count + 1; 0 where it was not counted.
  #counts = new Uint32Array(64);

  constructor(readonly context: Context) {}

  of(selector: number): number {
    const { compiler, selectors } = this.context;
    if (selector >= this.#counts.length) this.#counts = growU32(this.#counts, compiler.programs.blocks.limit);
    if (this.#counts[selector] === 0) this.#counts[selector] = selectors.count(selector) + 1;
    return this.#counts[selector] - 1;
  }
}
