// evaluate: lists of rows -> how many nodes are in all rows of each list, on the thread that asks.

import type { BlockStore, CountSink, Kernels, RowCounter } from "./engine.js";
import { RowLists } from "./row-lists.js";

/** Lists that are counted in one call of the kernel, at the most. */
export const MOST_LISTS = 4096;

export class InlineRowCounter implements RowCounter {
  #bytes = 0;
  readonly #lists = new RowLists();
  readonly #kernels: Kernels;
  readonly #blocks: BlockStore;
  readonly #sink: CountSink;

  constructor(kernels: Kernels, blocks: BlockStore, sink: CountSink) {
    this.#kernels = kernels;
    this.#blocks = blocks;
    this.#sink = sink;
  }

  start(bytes: number): void {
    this.#lists.clear();
    this.#bytes = bytes;
  }

  add(id: number, rows: Uint32Array, length: number): void {
    this.#lists.add(id, rows, length);
    if (this.#lists.length === MOST_LISTS) this.finish();
  }

  finish(): void {
    const lists = this.#lists;
    if (lists.length === 0) return;
    const { size } = lists;
    const block = this.#blocks.allocate(size);
    lists.count(this.#kernels, this.#blocks, block, this.#bytes, this.#sink);
    this.#blocks.free(block, size);
  }
}
