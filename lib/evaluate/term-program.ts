// evaluate: terms of canonical selectors -> a program of the kernel `run` (evaluate/engine.ts), and its result.

import type { Programs } from "../compile/programs.js";
import { NumberList } from "../compile/programs.js";
import type { Masks } from "./masks.js";
import type { RequirementRows } from "./requirement-rows.js";
import { FIRST, ROWS, VALUES } from "./requirement-rows.js";

/** One program at a time, an OR of terms; its words lie in a block that is kept for the next one. */
export class TermProgram {
  terms = 0;
  readonly #words = new NumberList();
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
    const words = this.#words;
    const { start, tokens } = this.programs().blocks;
    const first = start[term] + 1;
    const end = first + tokens[first - 1];
    const at = words.length;
    this.terms++;
    words.push(0);
    for (let i = first; i < end; i++) this.#addLiteral(tokens[i] >>> 1, tokens[i] & 1);
    words.numbers[at] = words.length - at - 1;
  }

  #addLiteral(requirement: number, negated: number): void {
    const { rows } = this;
    const words = this.#words;
    const place = rows.find(requirement);
    const { data } = rows;
    const count = data[place + ROWS];
    const values = data[place + VALUES];
    // None of several values: the complements of their rows are ANDed. Any of them: their rows are ORed beforehand.
    const apart = negated !== 0 || count + values === 1;
    if (apart) for (let i = 0; i < count; i++) words.push(data[place + FIRST + i] | negated);
    if (!apart || values > 0) words.push(this.#union(requirement, place, apart ? 0 : count) | negated);
  }

  /** The union of the first rows of a requirement, and of the nodes with its values without one. */
  #union(requirement: number, place: number, count: number): number {
    const { rows } = this;
    const { bytes, kernels, memory } = this.masks;
    const { data } = rows;
    const column = rows.columnOf(requirement);
    // path: mask: program with a union of values
    const union = rows.scratch();
    const from = place + FIRST;
    for (let i = 0; i < count; i++) kernels.or(union, union, data[from + i], bytes);
    const values = from + data[place + ROWS];
    const end = values + data[place + VALUES];
    for (let i = values; i < end; i++) column.mark(data[i], memory.u32, union >>> 2);
    return union;
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
