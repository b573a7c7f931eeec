// score: rows of a table -> the class and the amount that the scheduler scores them by, in columns filled as they are read.

import { allocating } from "../errors.js";
import type { Context } from "../evaluate/context.js";
import type { Held } from "../intern/derived.js";
import { newU32 } from "../intern/grow.js";
import type { Table } from "../intern/table.js";

/** What scoring reads of a row. */
export interface ScoredFields {
  /** A string id. */
  classOf(row: number): number;
  /** The token of a quantity. */
  amountOf(row: number): number;
}

/** Scores of thousands of nodes read as many rows: 12 bytes of each here, and not a line of the cache and a map. */
export class ScoredRows {
  readonly cache = "scoredRows";
  #classes = new Uint32Array(0);
  // NaN where a row was not read since its object came.
  #amounts = new Float64Array(0);

  constructor(
    readonly context: Context,
    readonly table: Table,
    readonly fields: ScoredFields,
  ) {
    table.listen({ leaving: (row) => this.#forget(row), entered: () => {} });
    context.derivations.add(this);
  }

  /** The amount as Kubernetes' Value() gives it, rounded to a number; 0 for an absent one. */
  amountOf(row: number): number {
    if (row >= this.#amounts.length) this.#grow();
    const amount = this.#amounts[row];
    return Number.isNaN(amount) ? this.#read(row) : amount;
  }

  /** The class of a row whose amount was read last of all, or before and has not changed. */
  classOf(row: number): number {
    return this.#classes[row];
  }

  held(): Held {
    const entries = this.#amounts.length;
    return { entries, bytes: entries * 12 };
  }

  dropIds(): void {
    this.#classes = new Uint32Array(0);
    this.#amounts = new Float64Array(0);
  }

  #read(row: number): number {
    const { context, fields } = this;
    const amount = context.amounts.rounded(fields.amountOf(row));
    this.#classes[row] = fields.classOf(row);
    this.#amounts[row] = amount;
    return amount;
  }

  #forget(row: number): void {
    if (row < this.#amounts.length) this.#amounts[row] = Number.NaN;
  }

  #grow(): void {
    const { limit } = this.table;
    const length = Math.max(limit, this.#amounts.length * 2);
    const amounts = allocating(() => new Float64Array(length)).fill(Number.NaN);
    const classes = newU32(length);
    amounts.set(this.#amounts);
    classes.set(this.#classes);
    this.#amounts = amounts;
    this.#classes = classes;
  }
}
