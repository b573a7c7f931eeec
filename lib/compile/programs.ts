// compile: selectors in one canonical form, so that equal ones, however they were spelt, are one number.
//
//   selector:     term*                  ORed, sorted; no term matches nothing
//   term:         (requirement * 2 + negated)*   ANDed, sorted; none matches everything
//   requirement:  op, key, value*        values sorted; In any of them, Exists none, Gt and Lt the one bound

import { Blocks, NONE } from "../intern/blocks.js";

export const OP_IN = 1;
export const OP_EXISTS = 2;
export const OP_GT = 3;
export const OP_LT = 4;

/** The selector without terms. */
export const NOTHING = NONE;

/** Interned requirements, terms and selectors; all three are blocks, told apart by where their number came from. */
export class Programs {
  readonly blocks = new Blocks();
  /** The selector of one term without requirements. */
  readonly EVERYTHING = this.#intern([NONE]);

  requirement(op: number, key: number, values: readonly number[]): number {
    return this.#intern([op, key, ...sorted(values)]);
  }

  term(loads: readonly number[]): number {
    return this.#intern(sorted(loads));
  }

  selector(terms: readonly number[]): number {
    if (terms.includes(NONE)) return this.EVERYTHING;
    return this.#intern(sorted(terms));
  }

  #intern(tokens: readonly number[]): number {
    return this.blocks.intern(Uint32Array.from(tokens), 0, tokens.length);
  }
}

function sorted(values: readonly number[]): readonly number[] {
  if (values.length < 2) return values;
  const ascending = [...values].sort((a, b) => a - b);
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]);
}
