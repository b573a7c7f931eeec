// evaluate: rows of a table that have an amount and a node selector -> indexes by place, kept true as rows come and go.

import type { Held } from "../intern/derived.js";
import { growU32 } from "../intern/grow.js";
import type { LazyRowIndex } from "../intern/lazy-row-index.js";
import { isString } from "../intern/numerals.js";
import type { Table } from "../intern/table.js";
import type { Context } from "./context.js";
import { Least } from "./least.js";
import { PlaceIndex } from "./place-index.js";
import { Ranks } from "./ranks.js";

/** As many more amounts are ranked than there are rows in the indexes before the ranks are made anew. */
const SLACK = 1 << 10;

/** How the rows of a table are indexed. */
export interface RankedRows {
  /** Rows of different groups are never in one index. */
  groupOf(row: number): number;
  /** The rows of each group. */
  readonly chains: LazyRowIndex;
  /** What a row's amount is made from: an id, for rows of which there are many have one amount. */
  amountKeyOf(row: number): number;
  amountOf(key: number): bigint;
  selectorOf(row: number): number;
  /** Which of two rows of equal amount comes first. */
  order(a: number, b: number): number;
}

/** One index, of the rows of a group that it accepts. To be read right after `refresh`. */
export class RankedIndex extends PlaceIndex {
  /** The epoch of the ranks that its rows are sorted by; -1 before it is filled. */
  epoch = -1;

  constructor(
    { masks, selectors }: Context,
    rankOf: (row: number) => number,
    order: (a: number, b: number) => number,
    readonly group: number,
    readonly accepts: (row: number) => boolean,
  ) {
    super(masks, selectors, rankOf, order);
  }
}

/** The indexes over one table. They share the ranks of their rows' amounts. */
export class RankedIndexes {
  readonly cache = "ranks";
  readonly #ranks = new Ranks();
  // Key of an amount -> its number + 1, where the key is an id, or else its number; number -> its key, its amount, and its
  // rank at an epoch of the ranks.
  #numberOfId = new Uint32Array(64);
  readonly #numbers = new Map<number, number>();
  readonly #keys: number[] = [];
  readonly #amounts: bigint[] = [];
  #rankOfNumber = new Uint32Array(64);
  // Of so many numbers, the ranks are those of an epoch.
  #ranked = 0;
  #ranksEpoch = 0;
  // Row -> the rank of its amount, 0 where it was in no index yet; and how many have one.
  #rank = new Uint32Array(64);
  #held = 0;
  readonly #indexes = new Map<number, RankedIndex[]>();

  constructor(
    readonly context: Context,
    readonly table: Table,
    readonly rows: RankedRows,
  ) {
    table.listen({ leaving: (row) => this.#leaving(row), entered: (row) => this.#entered(row) });
    context.selectors.onChange((selector, node, on) => {
      for (const index of this.#all()) index.nodeChanged(selector, node, on);
    });
    context.derivations.add(this);
  }

  /** An index that `refresh` will fill. */
  create(group: number, accepts: (row: number) => boolean): RankedIndex {
    const index = new RankedIndex(this.context, (row) => this.rankOf(row), this.rows.order, group, accepts);
    this.keep(index);
    return index;
  }

  /** Keeps an index true from now on. */
  keep(index: RankedIndex): void {
    const indexes = this.#indexes.get(index.group);
    if (indexes === undefined) this.#indexes.set(index.group, [index]);
    else indexes.push(index);
  }

  /** Gives up an index. It may be put back with `keep`, and is filled again then. */
  remove(index: RankedIndex): void {
    index.clear();
    index.epoch = -1;
    const indexes = (this.#indexes.get(index.group) ?? []).filter((other) => other !== index);
    if (indexes.length > 0) this.#indexes.set(index.group, indexes);
    else this.#indexes.delete(index.group);
  }

  /** Fills an index that is new, or whose ranks were given anew when another was filled. O(rows of the group). */
  refresh(index: RankedIndex): void {
    // Apart, for a function with closures in it allocates whenever it is called.
    if (index.epoch !== this.#ranks.epoch) this.#fill(index);
  }

  #fill(index: RankedIndex): void {
    // path: kept: an index filled again if index.epoch >= 0
    const ranks = this.#ranks;
    const { rows } = this;
    const accepted: number[] = [];
    const amounts: number[] = [];
    const selectors: number[] = [];
    rows.chains.each(index.group, index.group, (row) => {
      if (!index.accepts(row)) return;
      accepted.push(row);
      amounts.push(this.#numberOf(row));
      selectors.push(rows.selectorOf(row));
    });
    this.#rankAmounts();
    for (let i = 0; i < accepted.length; i++) this.#setRank(accepted[i], this.#rankOfNumber[amounts[i]]);
    index.fill(accepted, selectors);
    index.epoch = ranks.epoch;
  }

  /** The rank of a row that is in some index. */
  rankOf(row: number): number {
    return this.#rank[row];
  }

  /** From which rank on rows have so much. */
  least(amount: bigint): Least {
    return new Least(this.#ranks, amount);
  }

  held(): Held {
    return {
      entries: this.#ranks.size,
      bytes: this.#ranks.byteLength + this.#rank.byteLength + this.#numberOfId.byteLength,
    };
  }

  dropRows(): void {
    for (const index of this.#all()) index.dropColumns();
  }

  dropIds(): void {
    for (const index of this.#all()) index.clear();
    this.#indexes.clear();
    this.#forget();
  }

  #leaving(row: number): void {
    if (row >= this.#rank.length || this.#rank[row] === 0) return;
    for (const index of this.#indexes.get(this.rows.groupOf(row)) ?? []) {
      // path: kept: an index without a row that left if index.epoch === this.#ranks.epoch
      if (index.epoch === this.#ranks.epoch) index.remove(row, this.rows.selectorOf(row));
    }
    this.#rank[row] = 0;
    this.#held--;
  }

  #entered(row: number): void {
    const { rows } = this;
    const ranks = this.#ranks;
    const { epoch } = ranks;
    const indexes = this.#indexes
      .get(rows.groupOf(row))
      ?.filter((index) => index.epoch === epoch && index.accepts(row));
    if (indexes === undefined || indexes.length === 0) return;
    // Amounts that no row has any more are forgotten with all others.
    if (this.#keys.length > this.#held * 2 + SLACK) {
      this.#forget();
      return;
    }
    const number = this.#numberOf(row);
    this.#rankAmounts();
    // New ranks for all: every index is filled again when it is next asked for.
    if (ranks.epoch !== epoch) return;
    this.#setRank(row, this.#rankOfNumber[number]);
    // path: kept: an index with a row that came
    for (const index of indexes) index.add(row, rows.selectorOf(row));
  }

  /** The number of a row's amount. */
  #numberOf(row: number): number {
    const key = this.rows.amountKeyOf(row);
    if (isString(key)) {
      if (key >= this.#numberOfId.length) this.#numberOfId = growU32(this.#numberOfId, key + 1);
      if (this.#numberOfId[key] === 0) this.#numberOfId[key] = this.#keys.push(key);
      return this.#numberOfId[key] - 1;
    }
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#keys.length);
    return this.#keys.push(key) - 1;
  }

  /** Ranks the amounts that were numbered since, and all of them where that gave new ranks. */
  #rankAmounts(): void {
    const keys = this.#keys;
    const amounts = this.#amounts;
    const ranks = this.#ranks;
    if (keys.length === this.#ranked && this.#ranksEpoch === ranks.epoch) return;
    for (const key of keys.slice(amounts.length)) amounts.push(this.rows.amountOf(key));
    ranks.addAll(amounts.slice(this.#ranked));
    if (keys.length > this.#rankOfNumber.length) this.#rankOfNumber = growU32(this.#rankOfNumber, keys.length);
    const from = this.#ranksEpoch === ranks.epoch ? this.#ranked : 0;
    for (let i = from; i < keys.length; i++) this.#rankOfNumber[i] = ranks.rank(amounts[i]);
    this.#ranked = keys.length;
    this.#ranksEpoch = ranks.epoch;
  }

  #setRank(row: number, rank: number): void {
    if (row >= this.#rank.length) this.#rank = growU32(this.#rank, this.table.limit);
    if (this.#rank[row] === 0) this.#held++;
    this.#rank[row] = rank;
  }

  #forget(): void {
    this.#ranks.clear();
    this.#numberOfId.fill(0);
    this.#numbers.clear();
    this.#keys.length = this.#amounts.length = this.#ranked = 0;
    this.#rank.fill(0);
    this.#held = 0;
  }

  *#all(): Iterable<RankedIndex> {
    for (const indexes of this.#indexes.values()) yield* indexes;
  }
}
