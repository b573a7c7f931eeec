// evaluate: lists of rows, gathered in the form in which the kernel `countEach` reads them.

import { growU32 } from "../intern/grow.js";
import type { BlockStore, CountSink, Kernels } from "./engine.js";

/**
 * Lists that wait to be counted, each known by an id.
 *
 *   block: | offsets, length + 1 | rows | counts, length |    u32 each; list i owns rows[offsets[i] .. offsets[i + 1]]
 *
 * Rows begin at a multiple of 8: into a shared memory V8 copies 8 bytes at a time where both sides are aligned alike,
 * and else byte by byte, which is 5 % of a batch.
 */
export class RowLists {
  length = 0;
  /** Rows of all lists together. */
  rows = 0;
  #ids = new Uint32Array(64);
  #offsets = new Uint32Array(64);
  #rows = new Uint32Array(64);

  clear(): void {
    this.length = this.rows = 0;
  }

  add(id: number, rows: Uint32Array, length: number): void {
    const at = this.length++;
    if (at + 2 > this.#offsets.length) {
      this.#ids = growU32(this.#ids, at + 2);
      this.#offsets = growU32(this.#offsets, at + 2);
    }
    if (this.rows + length > this.#rows.length) this.#rows = growU32(this.#rows, this.rows + length);
    this.#ids[at] = id;
    for (let i = 0; i < length; i++) this.#rows[this.rows++] = rows[i];
    this.#offsets[at + 1] = this.rows;
  }

  /** Bytes of the block. */
  get size(): number {
    return this.countsIn(0) + this.length * 4;
  }

  /** Where in a block the rows begin. */
  rowsIn(block: number): number {
    return block + ((this.length + 2) >>> 1) * 8;
  }

  /** Where in a block the counts begin. */
  countsIn(block: number): number {
    return this.rowsIn(block) + this.rows * 4;
  }

  /** Writes offsets and rows. */
  write({ u32 }: BlockStore, block: number): void {
    u32.set(this.#offsets.subarray(0, this.length + 1), block >>> 2);
    u32.set(this.#rows.subarray(0, this.rows), this.rowsIn(block) >>> 2);
  }

  /** Has a written block counted, with rows of so many bytes. */
  run(kernels: Kernels, block: number, bytes: number): void {
    kernels.countEach(block, this.rowsIn(block), this.length, this.countsIn(block), bytes);
  }

  /** All of it on this thread. */
  count(kernels: Kernels, blocks: BlockStore, block: number, bytes: number, sink: CountSink): void {
    this.write(blocks, block);
    this.run(kernels, block, bytes);
    this.report(blocks, block, sink);
  }

  /** Tells the counts of a block that was run, and forgets the lists. */
  report({ u32 }: BlockStore, block: number, sink: CountSink): void {
    const at = this.countsIn(block) >>> 2;
    for (let i = 0; i < this.length; i++) sink(this.#ids[i], u32[at + i]);
    this.clear();
  }
}
