// evaluate: a requirement of a canonical selector -> the row of the nodes that meet it, shared by all that load it.

import type { Programs } from "../compile/programs.js";
import { OP_EXISTS, OP_IN } from "../compile/programs.js";
import { growU32 } from "../intern/grow.js";
import type { LabelColumn, LabelColumns } from "../intern/label-columns.js";
import type { LabelMatching } from "./label-matching.js";
import type { Masks } from "./masks.js";

/** Rows are made when they are first asked for; `patch` keeps them true. */
export class RequirementRows {
  // Requirement -> the address of its row + 1, 0 for none.
  #rowOf = new Uint32Array(0);
  readonly #made: number[] = [];

  constructor(
    readonly programs: () => Programs,
    readonly matching: LabelMatching,
    readonly columns: LabelColumns,
    readonly masks: Masks,
  ) {}

  columnOf(requirement: number): LabelColumn {
    return this.columns.column(this.programs().blocks.at(requirement, 1));
  }

  /** How many nodes meet a requirement, without its row. O(its values), for Gt and Lt O(all values of the key). */
  count(requirement: number): number {
    const { blocks } = this.programs();
    const column = this.columnOf(requirement);
    let count = 0;
    switch (blocks.at(requirement, 0)) {
      case OP_EXISTS:
        return column.present;
      case OP_IN:
        for (let i = blocks.length(requirement) - 1; i > 1; i--) count += column.count(blocks.at(requirement, i));
        return count;
      default:
        for (const value of column.values()) {
          if (this.matching.requirementHolds(requirement, value)) count += column.count(value);
        }
        return count;
    }
  }

  row(requirement: number): number {
    const known = requirement < this.#rowOf.length ? this.#rowOf[requirement] : 0;
    return known !== 0 ? known - 1 : this.#make(requirement);
  }

  /** Asks every row again about one node; all of them are false of one that is gone. */
  patch(node: number, gone: boolean): void {
    for (const requirement of this.#made) {
      const on = !gone && this.matching.requirementHolds(requirement, this.columnOf(requirement).value[node] ?? 0);
      this.masks.setBit(this.#rowOf[requirement] - 1, node, on);
    }
  }

  /** Gives back every row. */
  clear(): void {
    for (const requirement of this.#made) this.masks.freeRow(this.#rowOf[requirement] - 1);
    this.#made.length = 0;
    this.#rowOf.fill(0);
  }

  #make(requirement: number): number {
    const row = this.masks.newRow();
    this.#fill(requirement, row);
    if (requirement >= this.#rowOf.length) {
      this.#rowOf = growU32(this.#rowOf, Math.max(requirement + 1, this.programs().blocks.limit));
    }
    this.#rowOf[requirement] = row + 1;
    this.#made.push(requirement);
    return row;
  }

  #fill(requirement: number, row: number): void {
    const { bytes, kernels, memory } = this.masks;
    const { blocks } = this.programs();
    const column = this.columnOf(requirement);
    if (blocks.at(requirement, 0) !== OP_IN) {
      for (const value of column.values()) {
        if (this.matching.requirementHolds(requirement, value)) column.mark(value, memory.u32, row >>> 2);
      }
      return;
    }
    const values = blocks.length(requirement);
    for (let i = 2; i < values; i++) {
      const value = blocks.at(requirement, i);
      if (values === 3 || column.count(value) <= this.masks.arrayLimit) {
        column.mark(value, memory.u32, row >>> 2);
      } else {
        // One of several values: its row is likely wanted by other requirements too.
        kernels.or(row, row, this.row(this.programs().requirementOf(OP_IN, column.key, value)), bytes);
      }
    }
  }
}
