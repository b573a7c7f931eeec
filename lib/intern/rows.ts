// intern: rows of tokens, all of one width, in pages, so that growing moves none.

import { newU32 } from "./grow.js";
import type { Cursor } from "./type.js";
import { hasUid, sameUid, UID_WIDTH } from "./uid.js";

const PAGE_BITS = 10;
const PAGE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE - 1;

export class Rows {
  /** Every row number is below it. */
  limit = 0;
  readonly #pages: Uint32Array[] = [];

  constructor(readonly width: number) {}

  get(row: number, column: number): number {
    return this.#pages[row >> PAGE_BITS][(row & PAGE_MASK) * this.width + column];
  }

  set(row: number, column: number, token: number): void {
    this.#pages[row >> PAGE_BITS][(row & PAGE_MASK) * this.width + column] = token;
  }

  /** The tokens of a row begin at `at` of `tokens`. */
  cursor(row: number): Cursor {
    return { tokens: this.#pages[row >> PAGE_BITS], at: (row & PAGE_MASK) * this.width };
  }

  /**
   * Calls `use` with the rows, ascending, whose token in a column is this one, or any other than it where `not`. No row
   * may come or go meanwhile. Runs through the pages: half the time of asking row by row.
   */
  eachWith(column: number, token: number, not: boolean, use: (row: number) => void): void {
    const { limit, width } = this;
    for (let first = 0; first < limit; first += PAGE) {
      const tokens = this.#pages[first >> PAGE_BITS];
      const end = Math.min(limit - first, PAGE);
      for (let i = 0, at = column; i < end; i++, at += width) if ((tokens[at] === token) !== not) use(first + i);
    }
  }

  /** The tokens of a uid. */
  copyUid(row: number, column: number): Uint32Array {
    const at = (row & PAGE_MASK) * this.width + column;
    return this.#pages[row >> PAGE_BITS].slice(at, at + UID_WIDTH);
  }

  hasUid(row: number, column: number): boolean {
    return hasUid(this.#pages[row >> PAGE_BITS], (row & PAGE_MASK) * this.width + column);
  }

  /** Whether a uid equals the one at the cursor; none equals none. */
  isUid(row: number, column: number, { at, tokens }: Cursor): boolean {
    return sameUid(this.#pages[row >> PAGE_BITS], (row & PAGE_MASK) * this.width + column, tokens, at);
  }

  /** Whether a uid equals that of a row of another table; none equals none. */
  sameUid(row: number, column: number, other: Rows, otherRow: number, otherColumn: number): boolean {
    const page = other.#pages[otherRow >> PAGE_BITS];
    return this.isUid(row, column, { tokens: page, at: (otherRow & PAGE_MASK) * other.width + otherColumn });
  }

  /** Makes room for so many more rows. */
  protected reserveRows(more: number): void {
    while ((this.limit + more) >> PAGE_BITS >= this.#pages.length) this.#addPage();
  }

  /** A row more; its tokens are 0. */
  protected newRow(): number {
    if (this.limit >> PAGE_BITS === this.#pages.length) this.#addPage();
    return this.limit++;
  }

  #addPage(): void {
    this.#pages.push(newU32(this.width << PAGE_BITS));
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#pages.length * (this.width << (PAGE_BITS + 2));
  }
}
