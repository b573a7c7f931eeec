// evaluate: which selectors can see a change of one node: those anchored at one of its label pairs, or at a key of which
// it has another value.

import type { Programs } from "../compile/programs.js";
import { OP_IN } from "../compile/programs.js";
import { growU32 } from "../intern/grow.js";
import { RowIndex } from "../intern/row-index.js";

const KEY = 0;
const VALUE = 1;
const SELECTOR = 2;

/** In the place of a value, which it never is: whatever the value. */
const ANY = 0;

/**
 * A selector is anchored at the pairs of one In of each of its terms; it matches no node without one of them. A term
 * without an In is anchored at each of its keys: what it says of a node stays as long as these have the same values.
 */
export class Anchors {
  /** Selectors with a term that has no In: what they say of a node that comes is to be asked. Complete after `settle`. */
  readonly unanchored = new Set<number>();
  #entries = [new Uint32Array(64), new Uint32Array(64), new Uint32Array(64)];
  #count = 0;
  #chains = new RowIndex(this, KEY, VALUE);

  /** Selectors that are anchored when they are first looked for: many clusters never see a node change. */
  readonly #waiting: number[] = [];

  constructor(readonly programs: () => Programs) {}

  /** Key or value of an entry; for the chains. */
  get(entry: number, column: number): number {
    return this.#entries[column][entry];
  }

  add(selector: number): void {
    this.#waiting.push(selector);
  }

  /** Anchors what was added since; to be called before `collect`. */
  settle(): void {
    for (const selector of this.#waiting) this.#anchor(selector);
    this.#waiting.length = 0;
  }

  #anchor(selector: number): void {
    const { blocks } = this.programs();
    for (let i = 0; i < blocks.length(selector); i++) {
      const term = blocks.at(selector, i);
      const requirement = this.#anchorOf(term);
      if (requirement === 0) {
        this.unanchored.add(selector);
        for (let j = 0; j < blocks.length(term); j++) {
          this.#addEntry(blocks.at(blocks.at(term, j) >>> 1, 1), ANY, selector);
        }
        continue;
      }
      const key = blocks.at(requirement, 1);
      for (let j = 2; j < blocks.length(requirement); j++) this.#addEntry(key, blocks.at(requirement, j), selector);
    }
  }

  /** Adds the selectors anchored at a pair of string ids. */
  collect(key: number, value: number, into: Set<number>): void {
    if (value !== ANY) this.#collect(key, value, into);
  }

  /** Adds those anchored at a key. */
  collectKey(key: number, into: Set<number>): void {
    this.#collect(key, ANY, into);
  }

  #collect(key: number, value: number, into: Set<number>): void {
    for (let entry = this.#chains.first(key, value); entry >= 0; entry = this.#chains.next(entry)) {
      into.add(this.#entries[SELECTOR][entry]);
    }
  }

  clear(): void {
    this.unanchored.clear();
    this.#waiting.length = 0;
    this.#count = 0;
    this.#chains = new RowIndex(this, KEY, VALUE);
  }

  /** A term's In with the fewest values, or 0. */
  #anchorOf(term: number): number {
    const { blocks } = this.programs();
    let best = 0;
    for (let i = 0; i < blocks.length(term); i++) {
      const literal = blocks.at(term, i);
      if ((literal & 1) !== 0 || blocks.at(literal >>> 1, 0) !== OP_IN) continue;
      if (best === 0 || blocks.length(literal >>> 1) < blocks.length(best)) best = literal >>> 1;
    }
    return best;
  }

  #addEntry(key: number, value: number, selector: number): void {
    const entry = this.#count++;
    if (entry >= this.#entries[KEY].length) this.#entries = this.#entries.map((column) => growU32(column, entry + 1));
    this.#entries[KEY][entry] = key;
    this.#entries[VALUE][entry] = value;
    this.#entries[SELECTOR][entry] = selector;
    this.#chains.add(entry);
  }
}
