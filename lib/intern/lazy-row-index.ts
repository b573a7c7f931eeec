// intern: chains of a table's rows that are built when they are first asked for, and kept up to date from then on.

import { RowIndex } from "./row-index.js";
import type { Table, TableListener } from "./table.js";

export class LazyRowIndex implements TableListener {
  #chains: RowIndex | undefined;

  constructor(
    readonly table: Table,
    readonly columnA: number,
    readonly columnB: number,
    /** Rows without a token in this column are left out. */
    readonly needed: number,
  ) {
    table.listen(this);
  }

  /** The first row of the chain of (a, b), or -1. First call: O(rows). */
  first(a: number, b: number): number {
    this.#chains ??= this.#build();
    return this.#chains.first(a, b);
  }

  /** The rows of the chain of (a, b), which must not change meanwhile. */
  *rows(a: number, b: number): Iterable<number> {
    for (let row = this.first(a, b); row >= 0; row = this.next(row)) yield row;
  }

  /** The row after `row` in its chain, or -1. */
  next(row: number): number {
    return (this.#chains as RowIndex).next(row);
  }

  leaving(row: number): void {
    if (this.#chains !== undefined && this.table.get(row, this.needed) !== 0) this.#chains.remove(row);
  }

  entered(row: number): void {
    if (this.#chains !== undefined && this.table.get(row, this.needed) !== 0) this.#chains.add(row);
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#chains?.byteLength ?? 0;
  }

  #build(): RowIndex {
    const { columnA, columnB, needed, table } = this;
    const chains = new RowIndex(table, columnA, columnB);
    for (let row = 0; row < table.limit; row++) {
      if (table.has(row) && table.get(row, needed) !== 0) chains.add(row);
    }
    return chains;
  }
}
