// evaluate: exact amounts -> u32 ranks in the same order, so that a kernel can compare what only BigInt can hold.

const TOP = 0xffff_ffff;

const FIRST_STEP = 1 << 16;

/** Of so many amounts, one that is new is put in its place; where more come together, all are ranked anew. */
const AMOUNTS_A_PLACE = 64;

/** A bigint, and a place in each list. */
const BYTES_AN_AMOUNT = 48;

/**
 * Keeps the amounts it has seen in order. Ranks start at 1; 0 is less than every amount. A new amount takes a rank
 * between its neighbours', or a step beyond the first or the last: amounts that only grow are ranked anew as often as
 * there are twice as many. When there is no rank left all amounts are ranked anew and `epoch` counts up.
 */
export class Ranks {
  epoch = 0;
  #amounts: bigint[] = [];
  /** The amounts as numbers: rounding keeps the order, so most comparisons end here. */
  #rounded: number[] = [];
  #ranks: number[] = [];
  /** How far apart amounts were when all were ranked last. */
  #step = FIRST_STEP;

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
    this.#step = FIRST_STEP;
    this.epoch++;
  }

  /** Adds many amounts at once. O(n log n) of all. */
  addAll(amounts: Iterable<bigint>): void {
    const fresh = new Set<bigint>();
    for (const amount of amounts) if (this.#amounts[this.#lowerBound(amount)] !== amount) fresh.add(amount);
    if (fresh.size === 0) return;
    if (fresh.size === 1 || fresh.size * AMOUNTS_A_PLACE < this.size) {
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
    const rank = this.#rankAt(at);
    this.#amounts.splice(at, 0, amount);
    if (rank === 0) this.#spread();
    else {
      this.#rounded.splice(at, 0, Number(amount));
      this.#ranks.splice(at, 0, rank);
    }
  }

  /** A rank for an amount before the one that is there, or 0 where there is none left. */
  #rankAt(at: number): number {
    const ranks = this.#ranks;
    const below = at === 0 ? 0 : ranks[at - 1];
    const above = at === ranks.length ? TOP : ranks[at];
    const half = (above - below) >>> 1;
    const step = Math.min(half, this.#step);
    if (half === 0) return 0;
    if (at === ranks.length && at > 0) return below + step;
    return at === 0 && ranks.length > 0 ? above - step : below + half;
  }

  /** Ranks all amounts anew, in the middle half of all ranks. */
  #spread(): void {
    const { length } = this.#amounts;
    const step = Math.floor(TOP / (length * 2 + 2));
    const first = Math.floor((TOP - step * (length - 1)) / 2);
    this.#rounded = this.#amounts.map(Number);
    this.#ranks = this.#amounts.map((_, i) => first + i * step);
    this.#step = step;
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
