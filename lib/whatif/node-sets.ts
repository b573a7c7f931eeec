// whatif: the nodes that pods fit -> a number for each distinct set, and what is different between two of them.

import type { Mask } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";

/** Nodes by their rows: ascending ids where they are few, bits where they are many. */
interface NodeSet {
  readonly count: number;
  readonly ids: Uint32Array | undefined;
  readonly words: Uint32Array;
}

const NO_WORDS = new Uint32Array(0);
const FEW = 16;

/** Equal sets have one number; 0 is the empty one. */
export class NodeSets {
  readonly #sets: NodeSet[] = [{ count: 0, ids: NO_WORDS, words: NO_WORDS }];
  readonly #hashes = [0];
  readonly #byHash = new Map<number, number[]>();

  get size(): number {
    return this.#sets.length;
  }

  /** The number of a mask's nodes. O(N / 32) for a row. */
  of(masks: Masks, mask: Mask): number {
    const count = masks.count(mask);
    if (count === 0) return 0;
    if (count <= FEW) return this.#intern(count, masks.ids(mask), true);
    if (masks.isRow(mask)) {
      const from = masks.rowOr(mask) >>> 2;
      return this.#intern(count, masks.memory.u32.subarray(from, from + (masks.bytes >> 2)), false);
    }
    const words = new Uint32Array(masks.bytes >> 2);
    for (const id of masks.ids(mask)) words[id >>> 5] |= 1 << (id & 31);
    return this.#intern(count, words, false);
  }

  /** Forgets the sets from a number on. */
  forget(from: number): void {
    while (this.#sets.length > from) {
      this.#sets.pop();
      const hash = this.#hashes.pop() as number;
      const known = this.#byHash.get(hash) as number[];
      known.pop();
      if (known.length === 0) this.#byHash.delete(hash);
    }
  }

  /** Whether a set is a list of a few nodes. */
  isShort(set: number): boolean {
    return this.#sets[set].ids !== undefined;
  }

  count(set: number): number {
    return this.#sets[set].count;
  }

  has(set: number, node: number): boolean {
    const { ids, words } = this.#sets[set];
    if (ids !== undefined) return ids.includes(node);
    return (words[node >>> 5] & (1 << (node & 31))) !== 0;
  }

  /** The rows of the nodes of a set, ascending. */
  ids(set: number): number[] {
    const { ids, words } = this.#sets[set];
    if (ids !== undefined) return [...ids];
    const found: number[] = [];
    for (let i = 0; i < words.length; i++) {
      for (let word = words[i]; word !== 0; word &= word - 1) found.push(i * 32 + 31 - Math.clz32(word & -word));
    }
    return found;
  }

  /** How many nodes of a set another one does not have; `others`: rows that mean another node there. */
  beyond(set: number, other: number, others: ReadonlySet<number>): number {
    let count = set === other ? 0 : this.#without(this.#sets[set], this.#sets[other], other);
    for (const node of others) if (this.has(set, node) && this.has(other, node)) count++;
    return count;
  }

  /** The same, as rows. */
  idsBeyond(set: number, other: number, others: ReadonlySet<number>): number[] {
    return this.ids(set).filter((node) => others.has(node) || !this.has(other, node));
  }

  #without(set: NodeSet, { ids, words }: NodeSet, other: number): number {
    if (set.ids !== undefined) return set.ids.reduce((count, node) => count + (this.has(other, node) ? 0 : 1), 0);
    if (ids !== undefined) {
      const shared = ids.reduce((count, node) => count + (bit(set.words, node) ? 1 : 0), 0);
      return set.count - shared;
    }
    let count = 0;
    for (let i = 0; i < set.words.length; i++) count += bits(set.words[i] & ~(words[i] ?? 0));
    return count;
  }

  #intern(count: number, numbers: Uint32Array, few: boolean): number {
    let hash = count;
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] !== 0) hash = Math.imul(hash ^ numbers[i], 0x0100_0193) ^ (hash >>> 15) ^ i;
    }
    const known = this.#byHash.get(hash) ?? [];
    for (const set of known) {
      const { ids, words } = this.#sets[set];
      if (few === (ids !== undefined) && isEqual(ids ?? words, numbers)) return set;
    }
    const set = this.#sets.length;
    const own = numbers.slice();
    this.#hashes.push(hash);
    this.#sets.push({ count, ids: few ? own : undefined, words: few ? NO_WORDS : own });
    if (known.length === 0) this.#byHash.set(hash, known);
    known.push(set);
    return set;
  }
}

/** Rows may have got longer in between. */
function isEqual(kept: Uint32Array, given: Uint32Array): boolean {
  const length = Math.max(kept.length, given.length);
  for (let i = 0; i < length; i++) if ((kept[i] ?? 0) !== (given[i] ?? 0)) return false;
  return true;
}

function bit(words: Uint32Array, node: number): boolean {
  return (words[node >>> 5] & (1 << (node & 31))) !== 0;
}

function bits(word: number): number {
  let pairs = word - ((word >>> 1) & 0x5555_5555);
  pairs = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((pairs + (pairs >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
