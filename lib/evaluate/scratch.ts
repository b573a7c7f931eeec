// evaluate: masks that live as long as a question: each lies in the scratch that was entered when it was made.

import type { MaskLists } from "./mask-lists.js";

/** What the algebra of one question has made; it ends with the next `reset`. */
export class Scratch {
  /** Rows in the engine's memory; those below `top` are in use, the others wait. */
  readonly rows: number[] = [];
  top = 0;
  /** Places of lists. */
  readonly lists: number[] = [];
}

/** Who hands out rows. */
interface RowStore {
  newRow(): number;
  freeRow(row: number): void;
}

export class Scratches {
  readonly #common = new Scratch();
  readonly #all = new Set([this.#common]);
  #current = this.#common;

  constructor(
    readonly rows: RowStore,
    readonly lists: MaskLists,
  ) {}

  /** One of its own, for answers that outlive the next question. To be given to `end`. */
  create(): Scratch {
    const scratch = new Scratch();
    this.#all.add(scratch);
    return scratch;
  }

  end(scratch: Scratch): void {
    this.#empty(scratch);
    this.#all.delete(scratch);
  }

  /** From now on masks are made in this one; without it, in the common one. */
  enter(scratch = this.#common): void {
    this.#current = scratch;
  }

  /** Ends the life of all masks in the current one. */
  reset(): void {
    this.#shrink(0, 0);
  }

  /** What `work` gives, which must not be a mask: those that it makes end with it. */
  briefly<R>(work: () => R): R {
    const { lists, top } = this.#current;
    const { length } = lists;
    try {
      return work();
    } finally {
      this.#shrink(top, length);
    }
  }

  /** A row; its content is undefined. */
  row(): number {
    const scratch = this.#current;
    if (scratch.top === scratch.rows.length) scratch.rows.push(this.rows.newRow());
    return scratch.rows[scratch.top++];
  }

  /** Ends a list with the current scratch. */
  own(list: number): void {
    this.#current.lists.push(list);
  }

  /** Rows that are kept for questions and verdicts. */
  get size(): number {
    let rows = 0;
    for (const scratch of this.#all) rows += scratch.rows.length;
    return rows;
  }

  /** Gives back all rows and lists, of every scratch. */
  clear(): void {
    for (const scratch of this.#all) this.#empty(scratch);
  }

  #shrink(top: number, lists: number): void {
    const scratch = this.#current;
    scratch.top = top;
    for (let i = lists; i < scratch.lists.length; i++) this.lists.free(scratch.lists[i]);
    scratch.lists.length = lists;
  }

  #empty(scratch: Scratch): void {
    for (const row of scratch.rows) this.rows.freeRow(row);
    for (const list of scratch.lists) this.lists.free(list);
    scratch.rows.length = scratch.lists.length = scratch.top = 0;
  }
}
