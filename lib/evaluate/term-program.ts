// evaluate: terms of canonical selectors -> a program of the kernel `run` (evaluate/engine.ts), and its result.

import type { Programs } from "../compile/programs.js";
import { OP_IN, Scratch } from "../compile/programs.js";
import type { Masks } from "./masks.js";
import type { RequirementRows } from "./requirement-rows.js";

/** One program at a time, an OR of terms; its words lie in a block that is kept for the next one. */
export class TermProgram {
  terms = 0;
  readonly #words = new Scratch();
  #block = 0;
  #blockBytes = 0;

  constructor(
    readonly programs: () => Programs,
    readonly rows: RequirementRows,
    readonly masks: Masks,
  ) {}

  /** Begins a program without terms. */
  begin(): void {
    this.terms = 0;
    this.#words.length = 0;
    this.#words.push(0);
    this.rows.endScratch();
  }

  add(term: number): void {
    const { blocks } = this.programs();
    const words = this.#words;
    const loads = blocks.length(term);
    const at = words.length;
    this.terms++;
    words.push(0);
    for (let i = 0; i < loads; i++) {
      const load = blocks.at(term, i);
      const requirement = load >>> 1;
      if (blocks.at(requirement, 0) !== OP_IN) words.push(this.rows.ofRequirement(requirement) | (load & 1));
      else if ((load & 1) !== 0) this.#addNotIn(requirement);
      else this.#addIn(requirement);
    }
    words.numbers[at] = words.length - at - 1;
  }

  /** None of the values: the complements of their rows, ANDed. */
  #addNotIn(requirement: number): void {
    const { masks, rows } = this;
    const { blocks } = this.programs();
    const column = rows.columnOf(requirement);
    const end = blocks.length(requirement);
    let rare = 0;
    for (let i = 2; i < end; i++) {
      const value = blocks.at(requirement, i);
      const row = rows.ofValue(column, value);
      if (row !== 0) this.#words.push(row | 1);
      else {
        if (rare === 0) rare = rows.scratch();
        column.mark(value, masks.memory.u32, rare >>> 2);
      }
    }
    if (rare !== 0) this.#words.push(rare | 1);
  }

  /** Any of the values: their rows, ORed beforehand. */
  #addIn(requirement: number): void {
    const { masks, rows } = this;
    const { blocks } = this.programs();
    const column = rows.columnOf(requirement);
    const end = blocks.length(requirement);
    const only = end === 3 ? rows.ofValue(column, blocks.at(requirement, 2)) : 0;
    const union = only !== 0 ? only : rows.scratch();
    for (let i = 2; only === 0 && i < end; i++) {
      const value = blocks.at(requirement, i);
      const row = rows.ofValue(column, value);
      if (row !== 0) masks.kernels.or(union, union, row, masks.bytes);
      else column.mark(value, masks.memory.u32, union >>> 2);
    }
    this.#words.push(union);
  }

  /** Writes the nodes of any term into `row`; returns how many they are. */
  run(row: number): number {
    const { masks } = this;
    const { length, numbers } = this.#words;
    numbers[0] = this.terms;
    if (length * 4 > this.#blockBytes) this.#makeRoom(length * 4);
    const { u32 } = masks.memory;
    const at = this.#block >>> 2;
    for (let i = 0; i < length; i++) u32[at + i] = numbers[i];
    return masks.kernels.run(this.#block, row, masks.all, masks.bytes);
  }

  /** Gives back the block. */
  clear(): void {
    if (this.#blockBytes > 0) this.masks.memory.free(this.#block, this.#blockBytes);
    this.#blockBytes = 0;
  }

  #makeRoom(bytes: number): void {
    const { memory } = this.masks;
    const block = memory.allocate(bytes * 2);
    this.clear();
    this.#block = block;
    this.#blockBytes = bytes * 2;
  }
}
