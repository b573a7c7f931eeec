// evaluate: an amount -> the rank from which on there is enough, looked up again only where ranks have changed.

import type { Ranks } from "./ranks.js";

export class Least {
  #rank = 0;
  // What the ranks were when it was looked up.
  #epoch = -1;
  #size = -1;

  constructor(
    readonly ranks: Ranks,
    readonly amount: bigint,
  ) {}

  /** The rank of the smallest amount known that is not less, or 0 where there is none. */
  get rank(): number {
    const { epoch, size } = this.ranks;
    if (epoch !== this.#epoch || size !== this.#size) {
      this.#rank = this.ranks.atLeast(this.amount);
      this.#epoch = epoch;
      this.#size = size;
    }
    return this.#rank;
  }
}
