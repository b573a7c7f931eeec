// evaluate: the store of masks' rows and lists, and the algebra on masks.

import type { Mask } from "./mask.js";
import { ALL_NODES, ARRAY, DENSE, dense, includes, NO_NODES, rowOf, SINGLE, single, union } from "./mask.js";
import { MaskLists } from "./mask-lists.js";
import { MaskRows } from "./mask-rows.js";
import { Scratches } from "./scratch.js";

/** What a list takes beside its numbers. */
const LIST_BYTES = 128;
const NOBODY = new Uint32Array(0);

/** Owns rows and lists. Results of the algebra lie in the scratch that was entered. */
export class Masks extends MaskRows {
  readonly #lists = new MaskLists();
  readonly scratch = new Scratches(this, this.#lists);

  /**
   * Makes rows of at least `nodes` bits. Every mask handed out before is void.
   * @throws TopologyError `OutOfMemory`: rows are as long as before then.
   */
  resize(nodes: number): void {
    this.scratch.clear();
    this.#lists.clear();
    this.lengthen(nodes);
  }

  /** Gives back all that questions have left; rows are made again as for the first one. Every mask is void. */
  trim(): void {
    this.scratch.clear();
    this.#lists.clear();
    this.giveBack();
  }

  /** Lists longer than this are rows: from here on a row is the faster and the smaller one. */
  get arrayLimit(): number {
    return this.capacity >> 6;
  }

  /** A kept mask of ascending node ids; a row if they are many. */
  keepIds(ids: readonly number[]): Mask {
    if (ids.length === 0) return NO_NODES;
    if (ids.length === 1) return single(ids[0]);
    if (ids.length <= this.arrayLimit) return this.#array(Uint32Array.from(ids));
    const row = this.newRow();
    for (const node of ids) this.setBit(row, node, true);
    return dense(row);
  }

  /** A kept mask that takes over `row`, whose number of bits is known. */
  keepRow(row: number, count: number): Mask {
    if (count > this.arrayLimit) return dense(row);
    const ids = count === 0 ? [] : Array.from(this.listRow(row, count));
    this.freeRow(row);
    return this.keepIds(ids);
  }

  /** Gives back a kept mask. */
  release(mask: Mask): void {
    const form = mask & 7;
    if (form === ARRAY) this.#lists.free(mask >>> 3);
    else if (form === DENSE) this.freeRow(rowOf(mask));
  }

  /** A kept mask with one node put in or taken out; the old one is given back. */
  patch(mask: Mask, node: number, on: boolean): Mask {
    if (this.has(mask, node) === on) return mask;
    if ((mask & 7) === DENSE) {
      this.setBit(rowOf(mask), node, on);
      return mask;
    }
    let ids = Array.from(this.ids(mask));
    if (!on) ids = ids.filter((id) => id !== node);
    else {
      const at = ids.findIndex((id) => id > node);
      ids.splice(at < 0 ? ids.length : at, 0, node);
    }
    // The old one last: where there is no memory for the new one, it stays.
    const patched = this.keepIds(ids);
    this.release(mask);
    return patched;
  }

  /** Bytes of a kept mask beside the number that it is. */
  bytesOf(mask: Mask): number {
    const form = mask & 7;
    return form === DENSE ? this.bytes : form === ARRAY ? this.#lists.at(mask >>> 3).byteLength + LIST_BYTES : 0;
  }

  has(mask: Mask, node: number): boolean {
    switch (mask & 7) {
      case ALL_NODES:
        return this.hasBit(this.all, node);
      case SINGLE:
        return mask >>> 3 === node;
      case ARRAY:
        return includes(this.#lists.at(mask >>> 3), node);
      case DENSE:
        return this.hasBit(rowOf(mask), node);
      default:
        return false;
    }
  }

  count(mask: Mask): number {
    switch (mask & 7) {
      case SINGLE:
        return 1;
      case ARRAY:
        return this.#lists.at(mask >>> 3).length;
      case ALL_NODES:
      case DENSE:
        return this.kernels.count(this.rowOr(mask), this.bytes);
      default:
        return 0;
    }
  }

  /** Node ids, ascending. Not to be written to; a view that holds until the next call for a row. */
  ids(mask: Mask): Uint32Array {
    switch (mask & 7) {
      case SINGLE:
        return Uint32Array.of(mask >>> 3);
      case ARRAY:
        return this.#lists.at(mask >>> 3);
      case ALL_NODES:
      case DENSE:
        return this.listRow(this.rowOr(mask), this.capacity);
      default:
        return NOBODY;
    }
  }

  /** Calls `use` with each node id, ascending; it may not ask for a row. */
  each(mask: Mask, use: (node: number) => void): void {
    if ((mask & 7) === SINGLE) use(mask >>> 3);
    else for (const node of this.ids(mask)) use(node);
  }

  /** Writes the first `limit` nodes, ascending; returns how many there were. */
  first(mask: Mask, limit: number, into: Uint32Array): number {
    const most = Math.min(limit, into.length);
    if (!this.isRow(mask)) {
      const ids = this.ids(mask);
      const count = Math.min(most, ids.length);
      for (let i = 0; i < count; i++) into[i] = ids[i];
      return count;
    }
    const { u32 } = this.memory;
    const from = this.rowOr(mask) >>> 2;
    const words = this.bytes >> 2;
    let count = 0;
    for (let i = 0; i < words && count < most; i++) {
      for (let word = u32[from + i]; word !== 0 && count < most; word &= word - 1) {
        into[count++] = i * 32 + 31 - Math.clz32(word & -word);
      }
    }
    return count;
  }

  /** The address of a mask's row; only for ALL_NODES and DENSE. */
  rowOr(mask: Mask): number {
    return mask === ALL_NODES ? this.all : rowOf(mask);
  }

  /** Whether a mask is held as a row. */
  isRow(mask: Mask): boolean {
    return mask === ALL_NODES || (mask & 7) === DENSE;
  }

  and(a: Mask, b: Mask): Mask {
    if (a === b || b === ALL_NODES) return a;
    if (a === ALL_NODES) return b;
    if (a === NO_NODES || b === NO_NODES) return NO_NODES;
    if (!this.isRow(a)) return this.#filter(a, b, true);
    if (!this.isRow(b)) return this.#filter(b, a, true);
    const row = this.scratch.row();
    return this.kernels.andInto(row, rowOf(a), rowOf(b), this.bytes) === 0 ? NO_NODES : dense(row);
  }

  andNot(a: Mask, b: Mask): Mask {
    if (a === NO_NODES || a === b || b === ALL_NODES) return NO_NODES;
    if (b === NO_NODES) return a;
    if (!this.isRow(a)) return this.#filter(a, b, false);
    const row = this.scratch.row();
    if (this.isRow(b)) this.kernels.andNot(row, this.rowOr(a), rowOf(b), this.bytes);
    else {
      this.copyInto(row, this.rowOr(a));
      for (const node of this.ids(b)) this.setBit(row, node, false);
    }
    return dense(row);
  }

  or(a: Mask, b: Mask): Mask {
    if (a === b || b === NO_NODES || a === ALL_NODES) return a;
    if (a === NO_NODES || b === ALL_NODES) return b;
    if (!this.isRow(a) && !this.isRow(b)) {
      const ids = union(this.ids(a), this.ids(b));
      return ids.length <= this.arrayLimit ? this.#inScratch(this.keepIds(ids)) : this.#rowOfIds(ids);
    }
    const [base, more] = this.isRow(a) ? [a, b] : [b, a];
    const row = this.scratch.row();
    if (this.isRow(more)) this.kernels.or(row, rowOf(base), rowOf(more), this.bytes);
    else {
      this.copyInto(row, rowOf(base));
      for (const node of this.ids(more)) this.setBit(row, node, true);
    }
    return dense(row);
  }

  /** A scratch mask of ascending node ids. */
  scratchIds(ids: readonly number[]): Mask {
    return ids.length <= this.arrayLimit ? this.#inScratch(this.keepIds(ids)) : this.#rowOfIds(ids);
  }

  /** A mask of its own that has the bits of a row now. */
  scratchCopy(row: number): Mask {
    const copy = this.scratch.row();
    this.copyInto(copy, row);
    return dense(copy);
  }

  /** A scratch mask of a scratch row with so many bits. */
  scratchDense(row: number, count: number): Mask {
    return count === 0 ? NO_NODES : dense(row);
  }

  #filter(few: Mask, other: Mask, keep: boolean): Mask {
    if ((few & 7) === SINGLE) return this.has(other, few >>> 3) === keep ? few : NO_NODES;
    const kept: number[] = [];
    for (const node of this.#lists.at(few >>> 3)) if (this.has(other, node) === keep) kept.push(node);
    return kept.length === this.#lists.at(few >>> 3).length ? few : this.#inScratch(this.keepIds(kept));
  }

  #rowOfIds(ids: readonly number[]): Mask {
    const row = this.scratch.row();
    this.clearRow(row);
    for (const node of ids) this.setBit(row, node, true);
    return dense(row);
  }

  #inScratch(mask: Mask): Mask {
    if ((mask & 7) === ARRAY) this.scratch.own(mask >>> 3);
    return mask;
  }

  #array(ids: Uint32Array): Mask {
    return ((this.#lists.add(ids) << 3) | ARRAY) >>> 0;
  }
}
