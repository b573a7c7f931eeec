// intern: who is told of the changes of a table's rows, and what becomes of one that fails at it.

import type { Derivations } from "./derived.js";

/**
 * Told of every change, so that what was derived from a row can be patched or dropped. One that throws stops no change:
 * what is derived is void then, and nobody is told any more until it is made anew.
 */
export interface TableListener {
  /** A row's tokens are about to go; `replaced`: new ones follow at once. */
  leaving(row: number, replaced: boolean): void;
  /** A row's tokens are in place; `replaced`: others were there before. Derived columns are zero. */
  entered(row: number, replaced: boolean): void;
}

export class RowListeners {
  readonly #listeners: TableListener[] = [];
  readonly #keepers: ((row: number) => void)[] = [];

  constructor(readonly derivations: Derivations) {}

  add(listener: TableListener): void {
    this.#listeners.push(listener);
  }

  /** `gone` is told of each row whose object goes and is not replaced, whatever is void. It never throws. */
  watch(gone: (row: number) => void): void {
    this.#keepers.push(gone);
  }

  leaving(row: number, replaced: boolean): void {
    if (!replaced) for (const gone of this.#keepers) gone(row);
    if (this.derivations.isVoid) return;
    try {
      for (const listener of this.#listeners) listener.leaving(row, replaced);
    } catch (error) {
      this.derivations.listenerFailed(error);
    }
  }

  entered(row: number, replaced: boolean): void {
    if (this.derivations.isVoid) return;
    try {
      for (const listener of this.#listeners) listener.entered(row, replaced);
    } catch (error) {
      this.derivations.listenerFailed(error);
    }
  }
}
