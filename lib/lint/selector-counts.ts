// lint: a canonical selector -> how many nodes it matches, counted once.

import type { Context } from "../evaluate/context.js";

export class SelectorCounts {
  readonly #counts = new Map<number, number>();

  constructor(readonly context: Context) {}

  of(selector: number): number {
    let count = this.#counts.get(selector);
    if (count === undefined) {
      count = this.context.selectors.count(selector);
      this.#counts.set(selector, count);
    }
    return count;
  }
}
