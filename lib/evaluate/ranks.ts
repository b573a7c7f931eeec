// evaluate: exact amounts -> u32 ranks in the same order, so that a kernel can compare what only BigInt can hold.

const TOP = 0xffff_ffff;

/** A bigint, and a place in each list. */
const BYTES_AN_AMOUNT = 48;

/**
 * Keeps the amounts it has seen in order. Ranks start at 1; 0 is less than every amount. A new amount takes a rank
 * between its neighbours'; when there is none left all amounts are ranked anew and `epoch` counts up.
 */
export class Ranks {
  epoch = 0;
  #amounts: bigint[] = [];
  /** The amounts as numbers: rounding keeps the order, so most comparisons end here. */
  #rounded: number[] = [];
  #ranks: number[] = [];

  /** How many amounts are kept. */
  get size(): number {
    return this.#amounts.length;
  }

  /** Bytes held, about. */
  get byteLength(): number {
    return this.#amounts.length * BYTES_AN_AMOUNT;
  }

  /** Forgets all amounts. */
  clear(): void {
    this.#amounts = [];
    this.#rounded = [];
    this.#ranks = [];
    this.epoch++;
  }

  /** Adds many amounts at once. O(n log n) of all. */
  addAll(amounts: Iterable<bigint>): void {
    const fresh = new Set<bigint>();
    for (const amount of amounts) if (this.#amounts[this.#lowerBound(amount)] !== amount) fresh.add(amount);
    if (fresh.size === 0) return;
    if (fresh.size === 1) {
      for (const amount of fresh) this.#insert(amount);
      return;
    }
    const all = [...this.#amounts, ...fresh];
    this.#amounts = sortedByNumbers(all) ?? all.sort((a, b) => (a < b ? -1 : 1));
    this.#spread();
  }

  /** The rank of an amount that was added. */
  rank(amount: bigint): number {
    return this.#ranks[this.#lowerBound(amount)];
  }

  /** The rank of the smallest known amount that is not less, or 0 where there is none. O(log n). */
  atLeast(amount: bigint): number {
    return this.#ranks[this.#lowerBound(amount)] ?? 0;
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
    const below = at === 0 ? 0 : this.#ranks[at - 1];
    const above = at === this.#ranks.length ? TOP : this.#ranks[at];
    const rank = below + Math.floor((above - below) / 2);
    this.#amounts.splice(at, 0, amount);
    if (rank === below) this.#spread();
    else {
      this.#rounded.splice(at, 0, Number(amount));
      this.#ranks.splice(at, 0, rank);
    }
  }

  #spread(): void {
    const step = Math.floor(TOP / (this.#amounts.length + 1));
    this.#rounded = this.#amounts.map(Number);
    this.#ranks = this.#amounts.map((_, i) => (i + 1) * step);
    this.epoch++;
  }
}

/** Different amounts in order, or undefined where two are one number when they are rounded. */
function sortedByNumbers(amounts: readonly bigint[]): bigint[] | undefined {
  const byNumber = new Map<number, bigint>();
  for (const amount of amounts) byNumber.set(Number(amount), amount);
  if (byNumber.size < amounts.length) return undefined;
  // Numbers are sorted without a call for each two of them.
  return Array.from(Float64Array.from(byNumber.keys()).sort(), (number) => byNumber.get(number) as bigint);
}
