// evaluate: exact amounts -> u32 ranks in the same order, so that a kernel can compare what only BigInt can hold.

const TOP = 0xffff_ffff;

/**
 * Keeps the amounts it has seen in order. Ranks start at 1; 0 is less than every amount. A new amount takes a rank
 * between its neighbours'; when there is none left all amounts are ranked anew and `version` counts up.
 */
export class Ranks {
  version = 0;
  #amounts: bigint[] = [];
  /** The amounts as numbers: rounding keeps the order, so most comparisons end here. */
  #rounded: number[] = [];
  #labels: number[] = [];

  /** Adds many amounts at once. O(n log n) of all. */
  addAll(amounts: Iterable<bigint>): void {
    const fresh = new Set<bigint>();
    for (const amount of amounts) if (this.#amounts[this.#lowerBound(amount)] !== amount) fresh.add(amount);
    if (fresh.size === 0) return;
    if (fresh.size === 1) {
      for (const amount of fresh) this.#insert(amount);
      return;
    }
    this.#amounts = [...this.#amounts, ...fresh].sort((a, b) => (a < b ? -1 : 1));
    this.#relabel();
  }

  /** The label of an amount that was added. */
  label(amount: bigint): number {
    return this.#labels[this.#lowerBound(amount)];
  }

  /** The label of the smallest known amount that is not less, or 0 where there is none. O(log n). */
  atLeast(amount: bigint): number {
    return this.#labels[this.#lowerBound(amount)] ?? 0;
  }

  #lowerBound(amount: bigint): number {
    const rounded = Number(amount);
    const [amounts, numbers] = [this.#amounts, this.#rounded];
    let [low, high] = [0, amounts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const number = numbers[middle];
      if (number < rounded || (number === rounded && amounts[middle] < amount)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(amount: bigint): void {
    const at = this.#lowerBound(amount);
    const below = at === 0 ? 0 : this.#labels[at - 1];
    const above = at === this.#labels.length ? TOP : this.#labels[at];
    const label = below + Math.floor((above - below) / 2);
    this.#amounts.splice(at, 0, amount);
    if (label === below) this.#relabel();
    else {
      this.#rounded.splice(at, 0, Number(amount));
      this.#labels.splice(at, 0, label);
    }
  }

  #relabel(): void {
    const step = Math.floor(TOP / (this.#amounts.length + 1));
    this.#rounded = this.#amounts.map(Number);
    this.#labels = this.#amounts.map((_, i) => (i + 1) * step);
    this.version++;
  }
}
