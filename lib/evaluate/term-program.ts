// evaluate: terms of canonical selectors -> a program of the kernel `run` (evaluate/engine.ts), and its result.

import type { Programs } from "../compile/programs.js";
import { Scratch } from "../compile/programs.js";
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
  }

  add(term: number): void {
    const { blocks } = this.programs();
    const words = this.#words;
    const loads = blocks.length(term);
    this.terms++;
    words.push(loads);
    for (let i = 0; i < loads; i++) {
      const load = blocks.at(term, i);
      words.push(this.rows.row(load >>> 1) | (load & 1));
    }
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
