// evaluate: lists of rows -> how many nodes are in all rows of each list, with workers that help.

import type { BlockStore, CountSink, Kernels, RowCounter } from "../engine.js";
import { MOST_LISTS } from "../row-counter.js";
import { RowLists } from "../row-lists.js";
import type { Control } from "./control.js";

/** Bytes of rows that are read for one piece of work: about 25 us. */
const PIECE = 1 << 20;

/** Of a slot's lists, as the asking thread sees them. */
const EMPTY = 0;
const HELD = 1;
const OFFERED = 2;
/** Counted here, while a worker was at it and may still be: its block must stay. */
const LOST = 3;

interface Slot {
  lists: RowLists;
  state: number;
  /** Room for the lists; it belongs to a worker from the offer until it is taken back or collected. */
  block: number;
  room: number;
}

/**
 * Gathers lists into pieces and goes on gathering while workers count them. The asking thread waits for nobody: when
 * there is nothing left to gather, or no slot free, it counts too, in the end even what a worker is still at, since
 * counting twice gives the same numbers. So a worker that the system has put aside, or that died, costs one piece.
 */
export class ThreadedRowCounter implements RowCounter {
  #bytes = 0;
  #lists = new RowLists();
  /** Bytes of rows that the batch has read or will have. */
  #work = 0;
  readonly #slots: Slot[];

  /** Until a batch has come to `breakEven` bytes of rows no worker is woken. */
  constructor(
    readonly control: Control,
    readonly kernels: Kernels,
    readonly blocks: BlockStore,
    readonly sink: CountSink,
    readonly breakEven: number,
  ) {
    const slot = (): Slot => ({ lists: new RowLists(), state: EMPTY, block: 0, room: 0 });
    this.#slots = Array.from({ length: control.slots }, slot);
  }

  start(bytes: number): void {
    this.#bytes = bytes;
    this.#work = 0;
    this.#lists.clear();
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state === OFFERED) slot.state = this.control.takeBack(index) ? EMPTY : LOST;
      else if (slot.state === HELD) slot.state = EMPTY;
      slot.lists.clear();
    }
  }

  add(id: number, rows: Uint32Array, length: number): void {
    const lists = this.#lists;
    lists.add(id, rows, length);
    if (lists.length === MOST_LISTS || lists.rows * this.#bytes >= PIECE) this.#pass();
  }

  finish(): void {
    const { blocks, control, kernels, sink } = this;
    if (this.#lists.length > 0) this.#lists.count(kernels, blocks, this.#bytes, sink);
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state === HELD || (slot.state === OFFERED && control.takeBack(index))) this.#count(slot, EMPTY);
    }
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state === OFFERED && !this.#collect(index)) this.#count(slot, LOST);
    }
  }

  /** Hands on the lists at hand: to a slot, or where none is free, to the kernel. */
  #pass(): void {
    const { blocks, breakEven } = this;
    const lists = this.#lists;
    this.#work += lists.rows * this.#bytes;
    const slot = this.#slots.find((_, index) => this.#isEmpty(index));
    if (slot === undefined) {
      lists.count(this.kernels, blocks, this.#bytes, this.sink);
      return;
    }
    if (lists.size > slot.room) this.#enlarge(slot, lists.size);
    lists.write(blocks, slot.block);
    this.#lists = slot.lists;
    slot.lists = lists;
    slot.state = HELD;
    if (this.#work >= breakEven) this.#offerHeld();
  }

  #offerHeld(): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.state !== HELD) continue;
      const { block, lists } = slot;
      slot.state = OFFERED;
      this.control.offer(index, block, lists.rowsIn(block), lists.length, lists.countsIn(block), this.#bytes);
    }
  }

  #isEmpty(index: number): boolean {
    const slot = this.#slots[index];
    if (slot.state === LOST && this.control.collect(index)) slot.state = EMPTY;
    return slot.state === EMPTY || (slot.state === OFFERED && this.#collect(index));
  }

  #collect(index: number): boolean {
    const slot = this.#slots[index];
    if (!this.control.collect(index)) return false;
    slot.lists.report(this.blocks, slot.block, this.sink);
    slot.state = EMPTY;
    return true;
  }

  #count(slot: Slot, state: number): void {
    slot.lists.run(this.kernels, slot.block, this.#bytes);
    slot.lists.report(this.blocks, slot.block, this.sink);
    slot.state = state;
  }

  #enlarge(slot: Slot, size: number): void {
    if (slot.room > 0) this.blocks.free(slot.block, slot.room);
    slot.room = 0;
    const room = 2 ** Math.ceil(Math.log2(size));
    slot.block = this.blocks.allocate(room);
    slot.room = room;
  }
}
