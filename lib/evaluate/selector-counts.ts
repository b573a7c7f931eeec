// evaluate: a selector -> how many nodes it matches, remembered until a node comes, goes or is labelled anew.

import type { Programs } from "../compile/programs.js";
import { growU32 } from "../intern/grow.js";
import type { LabelColumns } from "../intern/label-columns.js";
import type { NodeSelectors } from "./node-selectors.js";

/** Most counts are asked for once: a mask is made only of a selector whose count became void and is asked for again. */
export class SelectorCounts {
  // Selector -> its count, and the moment that it was true of; 0 for none.
  #count = new Uint32Array(64);
  #moment = new Uint32Array(64);
  #now = 1;

  constructor(
    readonly programs: () => Programs,
    readonly selectors: NodeSelectors,
    columns: LabelColumns,
  ) {
    columns.listen({
      relabelled: (_, change, changed) => {
        if (change !== "stayed" || changed.length > 0) this.#now++;
      },
    });
  }

  /** Counts the moments at which counts became void. */
  get now(): number {
    return this.#now;
  }

  /** O(1), the first time as `NodeSelectors.count`. */
  of(selector: number): number {
    if (selector >= this.#moment.length) {
      this.#moment = growU32(this.#moment, this.programs().blocks.limit);
      this.#count = growU32(this.#count, this.#moment.length);
    }
    const moment = this.#moment[selector];
    if (moment === this.#now) return this.#count[selector];
    if (moment !== 0) this.selectors.keep(selector);
    const count = this.selectors.count(selector);
    this.#count[selector] = count;
    this.#moment[selector] = this.#now;
    return count;
  }

  /** Forgets all counts; to be called when masks are made anew, or selectors get other numbers. */
  clear(): void {
    this.#moment.fill(0);
  }
}
