// intern: typed arrays that grow, so that a million pushes copy each element a few times.

import { allocating } from "../errors.js";

const SMALL = 1 << 20;

/** Fourfold while that is cheap (each new buffer counts towards the next garbage collection), then by a half. */
function size(now: number, needed: number): number {
  return Math.max(needed, now < SMALL >> 2 ? now * 4 : now < SMALL ? now * 2 : now + (now >> 1), 64);
}

/** The next size of a table of slots, a power of two: what is small has room for long. */
export function moreSlots(size: number): number {
  return size < SMALL >> 4 ? size * 4 : size * 2;
}

/** @throws TopologyError `OutOfMemory`; so do those below. */
export function newU32(length: number): Uint32Array<ArrayBuffer> {
  return allocating(() => new Uint32Array(length));
}

export function newI32(length: number): Int32Array<ArrayBuffer> {
  return allocating(() => new Int32Array(length));
}

export function growU8(array: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const grown = allocating(() => new Uint8Array(size(array.length, needed)));
  grown.set(array);
  return grown;
}

export function growU32(array: Uint32Array, needed: number): Uint32Array<ArrayBuffer> {
  const grown = newU32(size(array.length, needed));
  grown.set(array);
  return grown;
}
