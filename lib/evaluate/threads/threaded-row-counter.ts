// evaluate: lists of rows -> how many nodes are in all rows of each list, with workers that help.

import type { BlockStore, CountSink, Kernels, RowCounter } from "../engine.js";
import { MOST_LISTS } from "../row-counter.js";
import { RowLists } from "../row-lists.js";
import type { Control } from "./control.js";
import { KeptBlock } from "./kept-block.js";
import type { WorkerPool } from "./worker-pool.js";

export interface Effort {
  // Bytes of rows to be read; 40 of them take about a nanosecond.
  /** From here on lists are a piece of work, small enough that it does not matter who has the last one. */
  readonly piece: number;
  /** Until a batch has come to so much, no worker gets any of it. */
  readonly breakEven: number;
  /** A worker that sleeps is woken for so many pieces. */
  readonly wake: number;
}

/** Of a slot's lists, as the asking thread sees them. */
const UNUSED = 0;
const HELD = 1;
const OFFERED = 2;
/** Counted here, while a worker was at it and may still be: its block must stay. */
const LOST = 3;

interface Slot {
  lists: RowLists;
  state: number;
  /** For the lists; it belongs to a worker from the offer until it is taken back or collected. */
  readonly block: KeptBlock;
}

/**
 * Gathers lists into pieces and goes on gathering while workers count them. The asking thread waits for nobody: when
 * there is nothing left to gather, or no slot free, it counts too, in the end even what a worker is still at, since
 * counting twice gives the same numbers. So a worker that the system has put aside, or that died, costs one piece.
 */
export class ThreadedRowCounter implements RowCounter {
  #bytes = 0;
  #lists = new RowLists();
  /** Bytes of rows in the batch so far. */
  #work = 0;
  readonly #slots: readonly Slot[];
  readonly #block: KeptBlock;
  readonly control: Control;

  constructor(
    readonly pool: Pick<WorkerPool, "control" | "size">,
    readonly kernels: Kernels,
    readonly blocks: BlockStore,
    readonly sink: CountSink,
    readonly effort: Effort,
  ) {
    this.control = pool.control;
    const slot = (): Slot => ({ lists: new RowLists(), state: UNUSED, block: new KeptBlock(blocks) });
    this.#slots = Array.from({ length: pool.control.slots }, slot);
    this.#block = new KeptBlock(blocks);
  }

  start(bytes: number): void {
    this.#bytes = bytes;
    this.#work = 0;
    this.#lists.clear();
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state === OFFERED) slot.state = this.control.takeBack(index) ? UNUSED : LOST;
      else if (slot.state === HELD) slot.state = UNUSED;
      slot.lists.clear();
    }
  }

  add(id: number, rows: Uint32Array, length: number): void {
    const lists = this.#lists;
    lists.add(id, rows, length);
    if (lists.length === MOST_LISTS || lists.rows * this.#bytes >= this.effort.piece) this.#pass();
  }

  finish(): void {
    this.#count(this.#lists);
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state === OFFERED && this.control.takeBack(index)) slot.state = HELD;
      if (slot.state !== HELD) continue;
      this.#count(slot.lists);
      slot.state = UNUSED;
    }
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state !== OFFERED || this.#collect(index)) continue;
      this.#count(slot.lists);
      slot.state = LOST;
    }
  }

  /** Hands on the lists at hand: to a slot, or where none is free or no worker is left, to the kernel. */
  #pass(): void {
    const lists = this.#lists;
    this.#work += lists.rows * this.#bytes;
    const slot = this.pool.size === 0 ? undefined : this.#slots.find((_, index) => this.#isEmpty(index));
    if (slot === undefined) {
      this.#count(lists);
      return;
    }
    this.#lists = slot.lists;
    slot.lists = lists;
    slot.state = HELD;
    if (this.#work < this.effort.breakEven) return;
    this.#slots.forEach((held, index) => {
      if (held.state === HELD) this.#offer(held, index);
    });
    this.control.wake(this.effort.wake);
  }

  #offer(slot: Slot, index: number): void {
    const { lists } = slot;
    const block = slot.block.of(lists.size);
    lists.write(this.blocks, block);
    slot.state = OFFERED;
    this.control.offer(index, block, lists.rowsIn(block), lists.length, lists.countsIn(block), this.#bytes);
  }

  #isEmpty(index: number): boolean {
    const slot = this.#slots[index];
    if (slot.state === LOST && this.control.collect(index)) slot.state = UNUSED;
    return slot.state === UNUSED || (slot.state === OFFERED && this.#collect(index));
  }

  /** Reads the counts of a slot that was offered, if a worker is done with it. */
  #collect(index: number): boolean {
    const slot = this.#slots[index];
    if (!this.control.collect(index)) return false;
    slot.lists.report(this.blocks, slot.block.of(0), this.sink);
    slot.state = UNUSED;
    return true;
  }

  /** Counts lists on this thread. A block of their own, for a worker may be at the slot's. */
  #count(lists: RowLists): void {
    if (lists.length === 0) return;
    lists.count(this.kernels, this.blocks, this.#block.of(lists.size), this.#bytes, this.sink);
  }
}
