// evaluate: a requirement -> the rows of which its nodes are the union; rows are shared by all programs.
//
//   data: | size | rows | values | row ... | value ... |     size: of an In without rows, how many nodes met it
//                                                             when it was first asked for
//
// A row has the nodes with one value, or is all there is of a requirement that is no In. A value that few nodes have
// gets no row: its nodes are marked where they are wanted.

import type { Programs } from "../compile/programs.js";
import { OP_EXISTS, OP_IN } from "../compile/programs.js";
import { growU32 } from "../intern/grow.js";
import type { LabelColumn } from "../intern/label-column.js";
import type { LabelColumns } from "../intern/label-columns.js";
import type { LabelMatching } from "./label-matching.js";
import type { Masks } from "./masks.js";

/** Places in `data`, from where `find` says. */
export const SIZE = 0;
export const ROWS = 1;
export const VALUES = 2;
export const FIRST = 3;

/** When there are more rows of requirements that are no In, all are given back, to be made again. */
const MOST_ROWS = 1 << 12;

/** Rows are made when they are first asked for; `patch` keeps them true. */
export class RequirementRows {
  /** Renewed when it grows. */
  data = new Uint32Array(64);
  #end = 1;
  // Requirement -> where it is in `data`, 0 where it was not asked for.
  #place = new Uint32Array(64);
  // Label key -> value -> the row of its nodes.
  readonly #ofValue = new Map<number, Map<number, number>>();
  // Label key -> requirement that is no In -> its row; and how many of these rows there are.
  readonly #ofRequirement = new Map<number, Map<number, number>>();
  #requirements = 0;
  readonly #scratch: number[] = [];
  #scratchUsed = 0;

  constructor(
    readonly programs: () => Programs,
    readonly matching: LabelMatching,
    readonly columns: LabelColumns,
    readonly masks: Masks,
  ) {}

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

  columnOf(requirement: number): LabelColumn {
    return this.columns.column(this.programs().blocks.at(requirement, 1));
  }

  /** Where a requirement is in `data`. O(1), the first time O(nodes) for each row that nothing asked for yet. */
  find(requirement: number): number {
    if (requirement >= this.#place.length) this.#place = growU32(this.#place, this.programs().blocks.limit);
    const known = this.#place[requirement];
    return known !== 0 ? known : this.#add(requirement);
  }

  /** An empty row that holds until `endScratch`. */
  scratch(): number {
    const { masks } = this;
    if (this.#scratchUsed === this.#scratch.length) this.#scratch.push(masks.newRow());
    const row = this.#scratch[this.#scratchUsed++];
    masks.clearRow(row);
    return row;
  }

  /** To be called between programs: addresses of rows are void after it. */
  endScratch(): void {
    if (this.#requirements > MOST_ROWS) this.clear();
    this.#scratchUsed = 0;
  }

  /** Puts one node right in all rows. `changed`: the columns whose value on it is another one. */
  patch(node: number, changed: readonly LabelColumn[]): void {
    const { masks } = this;
    for (const column of changed) {
      const rows = this.#ofValue.get(column.key);
      const before = rows?.get(column.lost);
      const after = rows?.get(column.get(node));
      if (before !== undefined) masks.setBit(before, node, false);
      if (after !== undefined) masks.setBit(after, node, true);
      for (const [requirement, row] of this.#ofRequirement.get(column.key) ?? []) {
        masks.setBit(row, node, this.matching.requirementHolds(requirement, column.get(node)));
      }
    }
  }

  /** Gives back every row. */
  clear(): void {
    const { masks } = this;
    for (const rows of this.#ofValue.values()) for (const row of rows.values()) masks.freeRow(row);
    for (const rows of this.#ofRequirement.values()) for (const row of rows.values()) masks.freeRow(row);
    for (const row of this.#scratch) masks.freeRow(row);
    this.#end = 1;
    this.#place.fill(0);
    this.#ofValue.clear();
    this.#ofRequirement.clear();
    this.#requirements = 0;
    this.#scratch.length = 0;
    this.#scratchUsed = 0;
  }

  #add(requirement: number): number {
    const { blocks } = this.programs();
    const column = this.columnOf(requirement);
    const isIn = blocks.at(requirement, 0) === OP_IN;
    const length = blocks.length(requirement);
    const place = this.#end;
    if (place + FIRST + length > this.data.length) this.data = growU32(this.data, place + FIRST + length);
    const { data } = this;
    let rows = 0;
    let size = 0;
    // Rows from the front and values from the back: there is room for all of them, and no more.
    let values = 0;
    const last = place + FIRST + length - 3;
    if (!isIn) data[place + FIRST + rows++] = this.#rowOf(requirement, column);
    for (let i = 2; isIn && i < length; i++) {
      const value = blocks.at(requirement, i);
      const count = column.count(value);
      size += count;
      if (count > this.masks.arrayLimit) data[place + FIRST + rows++] = this.#rowOfValue(column, value);
      else data[last - values++] = value;
    }
    data[place + SIZE] = size;
    data[place + ROWS] = rows;
    data[place + VALUES] = values;
    this.#end = place + FIRST + rows + values;
    this.#place[requirement] = place;
    return place;
  }

  #rowOf(requirement: number, column: LabelColumn): number {
    const row = this.masks.newRow();
    for (const value of column.values()) {
      if (this.matching.requirementHolds(requirement, value)) column.mark(value, this.masks.memory.u32, row >>> 2);
    }
    mapIn(this.#ofRequirement, column.key).set(requirement, row);
    this.#requirements++;
    return row;
  }

  #rowOfValue(column: LabelColumn, value: number): number {
    const rows = mapIn(this.#ofValue, column.key);
    let row = rows.get(value);
    if (row === undefined) {
      row = this.masks.newRow();
      column.mark(value, this.masks.memory.u32, row >>> 2);
      rows.set(value, row);
    }
    return row;
  }
}

function mapIn(maps: Map<number, Map<number, number>>, key: number): Map<number, number> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const map = new Map<number, number>();
  maps.set(key, map);
  return map;
}
