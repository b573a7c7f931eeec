// intern: what is made from objects and can be made again; who owns it, and when all of it is void.

/**
 * The owner of something that was derived: masks, columns, programs, counts. What a change of one object touches, its
 * owner patches by itself, as a listener of the table. What no patch can save is dropped here, whole.
 */
export interface Derived {
  /** Gives back what lies in rows of bits, or was counted from them: rows are about to get another length. */
  dropRows?(): void;
  /** Forgets what was made from ids, because a sweep may give them to others. Rows were dropped before. */
  dropIds?(): void;
}

/** All owners of a matcher, each registered after those whose work it uses. */
export class Derivations {
  /** Counts the drops: what was read before one may be void after it. */
  epoch = 0;
  /** Counts those after which ids may be others'. */
  sweeps = 0;
  readonly #owners: Derived[] = [];

  add(owner: Derived): void {
    this.#owners.push(owner);
  }

  dropRows(): void {
    this.epoch++;
    for (let i = this.#owners.length - 1; i >= 0; i--) this.#owners[i].dropRows?.();
  }

  dropAll(): void {
    this.dropRows();
    this.sweeps++;
    for (let i = this.#owners.length - 1; i >= 0; i--) this.#owners[i].dropIds?.();
  }
}
