// intern: chains of a table's rows that are built when they are asked for, and kept up to date from then on.

import type { Held } from "./derived.js";
import { RowIndex } from "./row-index.js";
import type { Table, TableListener } from "./table.js";

export class LazyRowIndex implements TableListener {
  readonly cache = "tableIndexes";
  #chains: RowIndex | undefined;
  #lookedThrough = false;
  /** Some row may have a token in the column that is needed; many clusters have no volume that is bound. */
  #some: boolean;

  constructor(
    readonly table: Table,
    readonly columnA: number,
    readonly columnB: number,
    /** Rows without a token in this column are left out. */
    readonly needed: number,
  ) {
    this.#some = table.limit > 0;
    table.listen(this);
  }

  /** The first row of the chain of (a, b), or -1. First call: O(rows). */
  first(a: number, b: number): number {
    if (!this.#some) return -1;
    this.#chains ??= this.#build();
    return this.#chains.first(a, b);
  }

  /**
   * Calls `use` with the rows of the chain of (a, b), which must not change meanwhile. O(rows) the first time, when the
   * table is looked through: many clusters are asked about one chain only.
   */
  each(a: number, b: number, use: (row: number) => void): void {
    if (!this.#some) return;
    if (this.#chains !== undefined || this.#lookedThrough) {
      for (let row = this.first(a, b); row >= 0; row = this.next(row)) use(row);
      return;
    }
    this.#lookedThrough = true;
    const { columnA, columnB, needed, table } = this;
    table.eachWith(columnA, a, false, (row) => {
      if (table.get(row, columnB) === b && table.has(row) && table.get(row, needed) !== 0) use(row);
    });
  }

  /** The row after `row` in its chain, or -1. */
  next(row: number): number {
    return this.#chains?.next(row) ?? -1;
  }

  leaving(row: number): void {
    if (this.#chains !== undefined && this.table.get(row, this.needed) !== 0) this.#chains.remove(row);
  }

  entered(row: number): void {
    if ((this.#some && this.#chains === undefined) || this.table.get(row, this.needed) === 0) return;
    this.#some = true;
    this.#chains?.add(row);
  }

  held(): Held {
    return { entries: this.#chains === undefined ? 0 : 1, bytes: this.byteLength };
  }

  /** Built again when it is next asked. */
  dropIds(): void {
    this.#chains = undefined;
    // Nobody was told of what came while everything derived was void.
    this.#some = true;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#chains?.byteLength ?? 0;
  }

  #build(): RowIndex {
    const { columnA, columnB, needed, table } = this;
    const chains = new RowIndex(table, columnA, columnB);
    let empty = true;
    table.eachWith(needed, 0, true, (row) => {
      if (!table.has(row)) return;
      if (empty) chains.reserve(table.limit);
      empty = false;
      chains.add(row);
    });
    return chains;
  }
}
