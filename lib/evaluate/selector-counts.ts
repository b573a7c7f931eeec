// evaluate: a selector -> how many nodes it matches, remembered until a node comes, goes or is labelled anew.

import type { Programs } from "../compile/programs.js";
import type { Held } from "../intern/derived.js";
import { growU32 } from "../intern/grow.js";
import type { LabelColumns } from "../intern/label-columns.js";
import type { NodeSelectors } from "./node-selectors.js";

/** Most counts are asked for once: a mask is made only of a selector whose count became void and is asked for again. */
export class SelectorCounts {
  readonly cache = "selectorCounts";
  // Selector -> its count, and the epoch that it was true of; 0 for none.
  #count = new Uint32Array(64);
  #epoch = new Uint32Array(64);
  #currentEpoch = 1;

  constructor(
    readonly programs: () => Programs,
    readonly selectors: NodeSelectors,
    columns: LabelColumns,
  ) {
    columns.listen({
      relabelled: (_, change, changed) => {
        if (change !== "stayed" || changed.length > 0) this.#currentEpoch++;
      },
    });
  }

  /** Counts up whenever counts become void. */
  get epoch(): number {
    return this.#currentEpoch;
  }

  /** O(1), the first time as `NodeSelectors.count`. */
  of(selector: number): number {
    if (selector >= this.#epoch.length) {
      this.#epoch = growU32(this.#epoch, this.programs().blocks.limit);
      this.#count = growU32(this.#count, this.#epoch.length);
    }
    const epoch = this.#epoch[selector];
    if (epoch === this.#currentEpoch) return this.#count[selector];
    // path: count: void, and asked again if epoch !== 0
    if (epoch !== 0) this.selectors.keep(selector);
    const count = this.selectors.count(selector);
    this.#count[selector] = count;
    this.#epoch[selector] = this.#currentEpoch;
    return count;
  }

  held(): Held {
    return { entries: this.#count.length, bytes: this.#count.byteLength * 2 };
  }

  dropRows(): void {
    this.#epoch.fill(0);
  }
}
