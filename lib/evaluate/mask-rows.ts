// evaluate: rows of bits in the engine's memory, all of one length, a bit a node.

import type { Kernels } from "./engine.js";
import type { Memory } from "./memory.js";

export class MaskRows {
  /** Bits in a row, a multiple of 512; 0 before the first `lengthen`. */
  capacity = 0;
  /** Bytes of a row. */
  bytes = 0;
  /** The row of all nodes that exist. */
  all = 0;
  // Where a row is listed.
  #list = 0;
  #listBytes = 0;

  constructor(
    readonly memory: Memory,
    readonly kernels: Kernels,
  ) {}

  /**
   * Gives rows at least `nodes` bits. No row of the old length may be in use but that of all nodes, which is empty then.
   * @throws TopologyError `OutOfMemory`; nothing has changed then.
   */
  lengthen(nodes: number): void {
    // A quarter of room, so that nodes can come without moving every row.
    const capacity = Math.max(512, Math.ceil((nodes * 1.25) / 512) * 512);
    const all = this.memory.allocate(capacity / 8);
    if (this.capacity > 0) this.freeRow(this.all);
    this.capacity = capacity;
    this.bytes = capacity / 8;
    this.all = all;
  }

  /** Gives back the row of all nodes and the list. No other row may be in use. */
  giveBack(): void {
    if (this.#listBytes > 0) this.memory.free(this.#list, this.#listBytes);
    if (this.capacity > 0) this.freeRow(this.all);
    this.#listBytes = this.capacity = this.bytes = 0;
  }

  newRow(): number {
    return this.memory.allocate(this.bytes);
  }

  freeRow(row: number): void {
    this.memory.free(row, this.bytes);
  }

  setBit(row: number, node: number, on: boolean): void {
    const at = (row >>> 2) + (node >>> 5);
    const bit = 1 << (node & 31);
    if (on) this.memory.u32[at] |= bit;
    else this.memory.u32[at] &= ~bit;
  }

  hasBit(row: number, node: number): boolean {
    return (this.memory.u32[(row >>> 2) + (node >>> 5)] & (1 << (node & 31))) !== 0;
  }

  /** The words of a row, copied. */
  copyRow(row: number): Uint32Array {
    const from = row >>> 2;
    return this.memory.u32.slice(from, from + (this.bytes >> 2));
  }

  /** Writes a row over another. */
  copyInto(dst: number, src: number): void {
    const from = src >>> 2;
    // Not (src + bytes) >>> 2, which is 0 at the end of 4 GiB.
    this.memory.u32.copyWithin(dst >>> 2, from, from + (this.bytes >> 2));
  }

  /** Clears a row. */
  clearRow(row: number): void {
    const from = row >>> 2;
    this.memory.u32.fill(0, from, from + (this.bytes >> 2));
  }

  /** The first nodes of a row, ascending; a view that holds until the next call. */
  listRow(row: number, atMost: number): Uint32Array {
    if (this.#listBytes < this.capacity * 4) {
      const list = this.memory.allocate(this.capacity * 4);
      if (this.#listBytes > 0) this.memory.free(this.#list, this.#listBytes);
      this.#list = list;
      this.#listBytes = this.capacity * 4;
    }
    const count = Math.min(atMost, this.kernels.list(row, this.#list, this.bytes));
    return this.memory.u32.subarray(this.#list >>> 2, (this.#list >>> 2) + count);
  }
}
