// evaluate: rows of a table that have an amount and a node selector -> indexes by place, kept true as rows come and go.

import { growU32 } from "../intern/grow.js";
import type { Table } from "../intern/table.js";
import type { Context } from "./context.js";
import { PlaceIndex } from "./place-index.js";
import { Ranks } from "./ranks.js";

/** How the rows of a table are indexed. */
export interface RankedRows {
  /** Rows of different groups are never in one index. */
  groupOf(row: number): number;
  rowsOf(group: number): Iterable<number>;
  amountOf(row: number): bigint;
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
  readonly #ranks = new Ranks();
  // Row -> the rank of its amount, 0 where it was in no index yet.
  #rank = new Uint32Array(64);
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
    const indexes = this.#indexes.get(group);
    if (indexes === undefined) this.#indexes.set(group, [index]);
    else indexes.push(index);
    return index;
  }

  /** Fills an index that is new, or whose ranks were given anew when another was filled. O(rows of the group). */
  refresh(index: RankedIndex): void {
    const ranks = this.#ranks;
    if (index.epoch === ranks.epoch) return;
    // path: kept: an index filled again if index.epoch >= 0
    const { rows } = this;
    const accepted: number[] = [];
    for (const row of rows.rowsOf(index.group)) if (index.accepts(row)) accepted.push(row);
    ranks.addAll(new Set(accepted.map((row) => rows.amountOf(row))));
    for (const row of accepted) this.#setRank(row, ranks.rank(rows.amountOf(row)));
    index.fill(accepted.map((row) => [row, rows.selectorOf(row)] as const));
    index.epoch = ranks.epoch;
  }

  /** The rank of a row that is in some index. */
  rankOf(row: number): number {
    return this.#rank[row];
  }

  /** The rank of the smallest amount known that is not less, or 0. */
  rankAtLeast(amount: bigint): number {
    return this.#ranks.atLeast(amount);
  }

  dropRows(): void {
    for (const index of this.#all()) index.dropColumns();
  }

  dropIds(): void {
    for (const index of this.#all()) index.clear();
    this.#indexes.clear();
    this.#rank.fill(0);
  }

  #leaving(row: number): void {
    if (row >= this.#rank.length || this.#rank[row] === 0) return;
    for (const index of this.#indexes.get(this.rows.groupOf(row)) ?? []) {
      // path: kept: an index without a row that left if index.epoch === this.#ranks.epoch
      if (index.epoch === this.#ranks.epoch) index.remove(row, this.rows.selectorOf(row));
    }
    this.#rank[row] = 0;
  }

  #entered(row: number): void {
    const { rows } = this;
    const ranks = this.#ranks;
    const { epoch } = ranks;
    const indexes = this.#indexes
      .get(rows.groupOf(row))
      ?.filter((index) => index.epoch === epoch && index.accepts(row));
    if (indexes === undefined || indexes.length === 0) return;
    const amount = rows.amountOf(row);
    ranks.addAll([amount]);
    // New ranks for all: every index is filled again when it is next asked for.
    if (ranks.epoch !== epoch) return;
    this.#setRank(row, ranks.rank(amount));
    // path: kept: an index with a row that came
    for (const index of indexes) index.add(row, rows.selectorOf(row));
  }

  #setRank(row: number, rank: number): void {
    if (row >= this.#rank.length) this.#rank = growU32(this.#rank, this.table.limit);
    this.#rank[row] = rank;
  }

  *#all(): Iterable<RankedIndex> {
    for (const indexes of this.#indexes.values()) yield* indexes;
  }
}
