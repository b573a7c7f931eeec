// evaluate: the engine's linear memory -> blocks that are handed out, taken back and handed out again.

import { TopologyError } from "../errors.js";
import type { Engine } from "./engine.js";

const LINE = 64;
const PAGE = 65536;
const MOST_BYTES = 2 ** 32;
const SMALLEST_GROWTH = 1 << 20;

/**
 * Blocks of whole cache lines. A freed block waits for the next request of its size; what waits is merged into larger
 * blocks before the memory grows, so that rows of a new length can use the place of the old ones.
 */
export class Memory {
  /** The memory as u32; this and its sibling are void after any `allocate`: read them from here each time. */
  u32: Uint32Array = new Uint32Array(0);
  u64: BigUint64Array = new BigUint64Array(0);
  /** Bytes handed out. */
  used = 0;
  // Size -> the lines (address / 64, a small integer at any address) of free blocks of that size.
  readonly #free = new Map<number, number[]>();
  // New sizes are cut from here.
  #top: number;
  #end: number;
  // Bytes from here on are still zero.
  #untouched: number;
  // Blocks that `reset` leaves: address -> size.
  readonly #kept = new Map<number, number>();

  constructor(readonly engine: Engine) {
    this.#view();
    this.#top = this.#base;
    this.#end = this.capacity;
    // Whatever the engine came with may hold anything; only what it grows by is zero for certain.
    this.#untouched = this.capacity;
  }

  /** Bytes of the whole memory. */
  get capacity(): number {
    return this.u32.byteLength;
  }

  /**
   * The address of `bytes` zero bytes, a multiple of 64. Views taken before may be void. `kept`: `reset` leaves them.
   * @throws TopologyError `OutOfMemory`; nothing has changed then.
   */
  allocate(bytes: number, kept = false): number {
    const size = sizeOf(bytes);
    const line = this.#free.get(size)?.pop();
    const ptr = line === undefined ? this.#cut(size) : line * LINE;
    if (ptr < this.#untouched) this.u32.fill(0, ptr / 4, Math.min(ptr + size, this.#untouched) / 4);
    this.#untouched = Math.max(this.#untouched, ptr + size);
    this.used += size;
    if (kept) this.#kept.set(ptr, size);
    return ptr;
  }

  /** Takes back what `allocate` gave for as many bytes. */
  free(ptr: number, bytes: number): void {
    const size = sizeOf(bytes);
    this.#release(ptr, size);
    this.used -= size;
    this.#kept.delete(ptr);
  }

  /** Takes back every block but those that are kept, whoever lost or gave back which of them. */
  reset(): void {
    this.#view();
    this.#free.clear();
    this.used = 0;
    this.#top = this.#base;
    for (const [ptr, size] of [...this.#kept].sort((a, b) => a[0] - b[0])) {
      this.#release(this.#top, ptr - this.#top);
      this.#top = ptr + size;
      this.used += size;
    }
    this.#end = this.capacity;
  }

  get #base(): number {
    return Math.ceil(this.engine.base / LINE) * LINE;
  }

  #release(ptr: number, size: number): void {
    if (size === 0) return;
    const lines = this.#free.get(size);
    if (lines === undefined) this.#free.set(size, [ptr / LINE]);
    else lines.push(ptr / LINE);
  }

  #cut(size: number): number {
    if (this.#top + size > this.#end) this.#open(size);
    const ptr = this.#top;
    this.#top += size;
    return ptr;
  }

  // Makes [top, end) hold `size`.
  #open(size: number): void {
    if (this.#openLargest(size)) return;
    this.#merge();
    if (this.#top + size <= this.#end || this.#openLargest(size)) return;
    if (!this.#grow(this.#top + size)) {
      throw new TopologyError("OutOfMemory", `${size} bytes more than the ${this.used} in use do not fit the memory`);
    }
    this.#end = this.capacity;
  }

  #openLargest(size: number): boolean {
    let largest = 0;
    for (const [waiting, lines] of this.#free) if (lines.length > 0 && waiting > largest) largest = waiting;
    if (largest < size) return false;
    this.#release(this.#top, this.#end - this.#top);
    this.#top = this.#free.get(largest)!.pop()! * LINE;
    this.#end = this.#top + largest;
    return true;
  }

  // Joins neighbours. What lies last in the memory becomes [top, end), which growth extends.
  #merge(): void {
    this.#release(this.#top, this.#end - this.#top);
    const blocks: (readonly [line: number, size: number])[] = [];
    for (const [size, lines] of this.#free) for (const line of lines) blocks.push([line, size]);
    blocks.sort((a, b) => a[0] - b[0]);
    this.#free.clear();
    this.#top = this.#end = blocks.length > 0 ? blocks[0][0] * LINE : this.capacity;
    for (const [line, size] of blocks) {
      if (line * LINE !== this.#end) {
        this.#release(this.#top, this.#end - this.#top);
        this.#top = this.#end = line * LINE;
      }
      this.#end += size;
    }
    if (this.#end === this.capacity) return;
    this.#release(this.#top, this.#end - this.#top);
    this.#top = this.#end = this.capacity;
  }

  #grow(least: number): boolean {
    const { memory } = this.engine;
    const ample = this.capacity + Math.max(SMALLEST_GROWTH, this.capacity / 4);
    const wanted = Math.min(MOST_BYTES, Math.max(least, ample));
    // An ample step may be refused where a smaller one is not.
    const grown = memory.grow(Math.ceil(wanted / PAGE) * PAGE) || memory.grow(Math.ceil(least / PAGE) * PAGE);
    if (grown) this.#view();
    return grown;
  }

  #view(): void {
    const { buffer } = this.engine.memory;
    const u32 = new Uint32Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.u32 = u32;
  }
}

function sizeOf(bytes: number): number {
  return Math.max(LINE, Math.ceil(bytes / LINE) * LINE);
}
