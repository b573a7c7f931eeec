// evaluate: rows of the nodes with one label value, or that meet one requirement, shared by all programs.

import type { Programs } from "../compile/programs.js";
import { OP_EXISTS, OP_IN } from "../compile/programs.js";
import type { LabelColumn, LabelColumns } from "../intern/label-columns.js";
import type { LabelMatching } from "./label-matching.js";
import type { Masks } from "./masks.js";

/** Rows are made when they are first asked for; `patch` keeps them true. */
export class RequirementRows {
  // Label key -> value -> the row of its nodes: of values that many nodes have.
  readonly #ofValue = new Map<number, Map<number, number>>();
  // Requirement -> its row: of those that are no In.
  readonly #ofRequirement = new Map<number, number>();
  readonly #scratch: number[] = [];
  #scratchUsed = 0;

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

  /** The row of a requirement that is no In. */
  ofRequirement(requirement: number): number {
    let row = this.#ofRequirement.get(requirement);
    if (row !== undefined) return row;
    row = this.masks.newRow();
    const column = this.columnOf(requirement);
    for (const value of column.values()) {
      if (this.matching.requirementHolds(requirement, value)) column.mark(value, this.masks.memory.u32, row >>> 2);
    }
    this.#ofRequirement.set(requirement, row);
    return row;
  }

  /** The row of the nodes with a value, or 0 where they are so few that no row is kept of them. */
  ofValue(column: LabelColumn, value: number): number {
    const rows = this.#ofValue.get(column.key);
    const known = rows?.get(value);
    if (known !== undefined) return known;
    const { masks } = this;
    if (column.count(value) <= masks.arrayLimit) return 0;
    const row = masks.newRow();
    column.mark(value, masks.memory.u32, row >>> 2);
    if (rows === undefined) this.#ofValue.set(column.key, new Map([[value, row]]));
    else rows.set(value, row);
    return row;
  }

  /** An empty row that holds until `endScratch`. */
  scratch(): number {
    const { masks } = this;
    if (this.#scratchUsed === this.#scratch.length) this.#scratch.push(masks.newRow());
    const row = this.#scratch[this.#scratchUsed++];
    masks.memory.u32.fill(0, row >>> 2, (row + masks.bytes) >>> 2);
    return row;
  }

  endScratch(): void {
    this.#scratchUsed = 0;
  }

  /** Puts one node right in all rows. `changed`: the columns whose value on it is another one. */
  patch(node: number, gone: boolean, changed: readonly LabelColumn[]): void {
    const { masks } = this;
    for (const column of changed) {
      const rows = this.#ofValue.get(column.key);
      const before = rows?.get(column.lost);
      const after = rows?.get(column.value[node]);
      if (before !== undefined) masks.setBit(before, node, false);
      if (after !== undefined) masks.setBit(after, node, true);
    }
    for (const [requirement, row] of this.#ofRequirement) {
      const value = this.columnOf(requirement).value[node] ?? 0;
      masks.setBit(row, node, !gone && this.matching.requirementHolds(requirement, value));
    }
  }

  /** Gives back every row. */
  clear(): void {
    const { masks } = this;
    for (const rows of this.#ofValue.values()) for (const row of rows.values()) masks.freeRow(row);
    for (const row of this.#ofRequirement.values()) masks.freeRow(row);
    for (const row of this.#scratch) masks.freeRow(row);
    this.#ofValue.clear();
    this.#ofRequirement.clear();
    this.#scratch.length = 0;
    this.#scratchUsed = 0;
  }
}
