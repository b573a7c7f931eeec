// evaluate: what a kernel engine offers. Rows are sets of nodes, one bit a node, in one linear memory.
//
//  row: | 64 B chunk (512 nodes) | 64 B chunk | ... |   bit i of word i>>5 is node i; bits past the last node are zero
//
// Addresses and sizes are bytes; every row is 64 B aligned and `bytes` is a multiple of 64.

export type EngineName = "wasm" | "javascript";

/** Bit kernels over one linear memory. No kernel allocates; none keeps state between calls. */
export interface Kernels {
  readonly name: EngineName;
  /** dst = a AND b (any of them may be the same row). */
  and(dst: number, a: number, b: number, bytes: number): void;
  /** dst = a OR b. */
  or(dst: number, a: number, b: number, bytes: number): void;
  /** dst = a AND NOT b. */
  andNot(dst: number, a: number, b: number, bytes: number): void;
  /** Number of set bits. */
  count(a: number, bytes: number): number;
  /** Number of bits set in both. */
  andCount(a: number, b: number, bytes: number): number;
  /** dst = a AND b; returns its number of bits. */
  andInto(dst: number, a: number, b: number, bytes: number): number;
  /** Writes the ids of the set bits, ascending, as u32 from `dst`; returns how many. */
  list(a: number, dst: number, bytes: number): number;
  /**
   * Runs a compiled selector: `program` is u32 words, an OR of terms, each an AND of loads:
   *   [termCount, (loadCount, (row | negate)*)*]    row = byte address of a row, bit 0 set: load its complement
   * dst = (OR over terms) AND all; returns its number of bits. A term without loads matches nothing.
   */
  run(program: number, dst: number, all: number, bytes: number): number;
  /** dst bit i = column[i] >= bound, for u32 columns of bytes*8 lanes (unsigned). */
  atLeast32(dst: number, column: number, bound: number, bytes: number): void;
  /** The same for i64 columns of bytes*8 lanes (signed); the bound is high * 2^32 + low, low taken as unsigned. */
  atLeast64(dst: number, column: number, low: number, high: number, bytes: number): void;
  /** For each of n pods: how many nodes are in all of its rows. pods = u32 CSR: offsets[n+1], then row addresses. */
  countEach(offsets: number, rows: number, n: number, out: number, bytes: number): void;
}

/** A linear memory that grows; views are taken anew after growth (see `Memory`). */
export interface LinearMemory {
  readonly buffer: ArrayBufferLike;
  /** Grows to at least `bytes`; false where the host refuses. Old views are detached, or too short. */
  grow(bytes: number): boolean;
}

/** Who hands out the linear memory: see `Memory`. */
export interface BlockStore {
  /** Void after any `allocate`. */
  readonly u32: Uint32Array;
  /** `kept`: the block stays where all others are given back at once. */
  allocate(bytes: number, kept?: boolean): number;
  free(ptr: number, bytes: number): void;
}

/** Told how many nodes are in all rows of the list `id`. */
export type CountSink = (id: number, count: number) => void;

/** Gathers lists of rows and counts many of them in one call. Rows stay as they are from `add` to `finish`. */
export interface RowCounter {
  /** Begins a batch over rows of so many bytes; whatever an interrupted one left is dropped. */
  start(bytes: number): void;
  /** Adds a list: the first `length`, at least one, of `rows`. Its count is told before `finish` returns. */
  add(id: number, rows: Uint32Array, length: number): void;
  finish(): void;
}

export interface Engine {
  readonly kernels: Kernels;
  readonly memory: LinearMemory;
  /** First free byte: what lies below belongs to the module. */
  readonly base: number;
  /** The engine's own way to count batches; without it they are counted by `countEach` as they come. */
  rowCounter?(blocks: BlockStore, sink: CountSink): RowCounter;
}
