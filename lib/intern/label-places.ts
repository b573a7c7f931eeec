// intern: a place for every node with its value of one key, and the nodes of each value.
//
//   slots: hash(value) -> number     values[number] -> value     counts[number], lists: number -> its nodes

import { Chains } from "./chains.js";
import { growU32 } from "./grow.js";
import { hashPair } from "./hash.js";
import { HashSlots } from "./hash-slots.js";

export class LabelPlaces {
  /** The value on each node, 0 for none. Renewed when it grows. */
  value: Uint32Array;
  /** Nodes that have one. */
  present = 0;
  // The values that some node has are numbered from 1 on; numbers are used again.
  #values = new Uint32Array(16);
  #counts = new Uint32Array(16);
  readonly #lists = new Chains();
  readonly #slots = new HashSlots();
  #limit = 1;
  readonly #free: number[] = [];
  // Of the value that was looked for last: its hash, and the place of its number, or the free one where it would go.
  #hash = 0;
  #place = 0;

  constructor(nodes: number) {
    this.value = new Uint32Array(nodes);
    this.#lists.reserve(nodes);
  }

  set(node: number, value: number): void {
    if (node >= this.value.length) this.value = growU32(this.value, node + 1);
    const lost = this.value[node];
    if (lost !== 0) this.#remove(node, lost);
    this.value[node] = value;
    if (value !== 0) this.#add(node, value);
  }

  /** Sets the bits of the nodes with this value in the words that begin at `first`. */
  mark(value: number, words: Uint32Array, first: number): void {
    const lists = this.#lists;
    for (let node = lists.first(this.#numberOf(value)); node >= 0; node = lists.next(node)) {
      words[first + (node >>> 5)] |= 1 << (node & 31);
    }
  }

  /** How many nodes have this value. O(1). */
  count(value: number): number {
    return this.#counts[this.#numberOf(value)];
  }

  /** The values that some node has. */
  *values(): Iterable<number> {
    for (let number = 1; number < this.#limit; number++) if (this.#counts[number] > 0) yield this.#values[number];
  }

  /** Appends the nodes with this value to `into`, in no order. */
  collect(value: number, into: number[]): void {
    const lists = this.#lists;
    for (let node = lists.first(this.#numberOf(value)); node >= 0; node = lists.next(node)) into.push(node);
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.value.byteLength + this.#values.byteLength * 2 + this.#lists.byteLength + this.#slots.byteLength;
  }

  /** The number of a value, or 0, which has no nodes. */
  #numberOf(value: number): number {
    const slots = this.#slots;
    const hash = hashPair(value, value);
    let place = slots.first(hash);
    let number = slots.at(place);
    while (number !== 0 && this.#values[number] !== value) {
      place = slots.next(place, hash);
      number = slots.at(place);
    }
    this.#hash = hash;
    this.#place = place;
    return number;
  }

  #add(node: number, value: number): void {
    const number = this.#numberOf(value) || this.#newNumber(value);
    this.#lists.add(number, node);
    this.#counts[number]++;
    this.present++;
  }

  #remove(node: number, value: number): void {
    const number = this.#numberOf(value);
    this.#lists.remove(number, node);
    this.present--;
    if (--this.#counts[number] > 0) return;
    this.#slots.remove(this.#place);
    this.#free.push(number);
  }

  /** A number for the value that was looked for last. */
  #newNumber(value: number): number {
    const number = this.#free.pop() ?? this.#limit++;
    if (number >= this.#values.length) {
      this.#values = growU32(this.#values, number + 1);
      this.#counts = growU32(this.#counts, number + 1);
    }
    this.#values[number] = value;
    this.#slots.add(this.#place, this.#hash, number);
    return number;
  }
}
