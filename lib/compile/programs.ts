// compile: selectors in one canonical form, so that equal ones, however they were spelt, are one number.
//
//   selector:     term*                  ORed, ascending; no term matches nothing
//   term:         (requirement * 2 + negated)*   ANDed, ascending; none matches everything
//   requirement:  op, key, value*        values ascending; In any of them, Exists none, Gt and Lt the one bound,
//                                        Untolerated the one block of tolerations

import { Blocks, NONE } from "../intern/blocks.js";
import { growU32 } from "../intern/grow.js";

export const OP_IN = 1;
export const OP_EXISTS = 2;
export const OP_GT = 3;
export const OP_LT = 4;
/** Some taint of a node is tolerated by none of the tolerations. */
export const OP_UNTOLERATED = 5;

/** The selector without terms. */
export const NOTHING = NONE;

/** A list of numbers that is written again and again. */
export class NumberList {
  numbers = new Uint32Array(64);
  length = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.length++] = number;
  }

  // kube: R-SEL-7 what is written twice counts once.
  // kube: R-SEL-8 the order of requirements does not matter.
  /** Puts what lies from `from` on in ascending order, each number once. */
  canonical(from: number): void {
    const { numbers } = this;
    if (this.length - from > 32) numbers.subarray(from, this.length).sort();
    else {
      for (let i = from + 1; i < this.length; i++) {
        const number = numbers[i];
        let at = i;
        for (; at > from && numbers[at - 1] > number; at--) numbers[at] = numbers[at - 1];
        numbers[at] = number;
      }
    }
    let kept = Math.min(from + 1, this.length);
    for (let i = from + 1; i < this.length; i++) if (numbers[i] !== numbers[kept - 1]) numbers[kept++] = numbers[i];
    this.length = kept;
  }
}

/** Interned requirements, terms and selectors; all three are blocks, told apart by where their number came from. */
export class Programs {
  readonly blocks = new Blocks();
  /** The selector of one term without requirements. */
  readonly EVERYTHING = this.blocks.intern(Uint32Array.of(NONE), 0, 1);
  // Most terms have one literal and most selectors one term: those are found without hashing them.
  #termOf = new Uint32Array(64);
  #selectorOf = new Uint32Array(64);

  /** `written`: op, key and values in any order; it is left in canonical order. */
  requirement(written: NumberList): number {
    written.canonical(2);
    return this.blocks.intern(written.numbers, 0, written.length);
  }

  /** `literals` in any order. */
  term(literals: NumberList): number {
    literals.canonical(0);
    if (literals.length !== 1) return this.blocks.intern(literals.numbers, 0, literals.length);
    const literal = literals.numbers[0];
    if (literal >= this.#termOf.length) this.#termOf = growU32(this.#termOf, this.blocks.limit * 2);
    if (this.#termOf[literal] === 0) this.#termOf[literal] = this.blocks.append(literals.numbers, 0, 1);
    return this.#termOf[literal];
  }

  /** The selector that is `yes` where a requirement holds, and `no` elsewhere. */
  choice(requirement: number, yes: number, no: number): number {
    if (yes === no) return yes;
    const { blocks } = this;
    const terms = new NumberList();
    const literals = new NumberList();
    for (const [selector, literal] of [
      [yes, requirement * 2],
      [no, requirement * 2 + 1],
    ]) {
      for (let i = 0; i < blocks.length(selector); i++) {
        const term = blocks.at(selector, i);
        literals.length = 0;
        for (let j = 0; j < blocks.length(term); j++) literals.push(blocks.at(term, j));
        literals.push(literal);
        terms.push(this.term(literals));
      }
    }
    return this.selector(terms);
  }

  /** `terms` in any order. */
  selector(terms: NumberList): number {
    terms.canonical(0);
    const term = terms.numbers[0];
    // The empty term has the lowest number of all.
    if (terms.length > 0 && term === NONE) return this.EVERYTHING;
    if (terms.length !== 1) return this.blocks.intern(terms.numbers, 0, terms.length);
    if (term >= this.#selectorOf.length) this.#selectorOf = growU32(this.#selectorOf, this.blocks.limit);
    if (this.#selectorOf[term] === 0) this.#selectorOf[term] = this.blocks.append(terms.numbers, 0, 1);
    return this.#selectorOf[term];
  }
}
