// compile: requirements as they were written -> canonical literals (compile/programs.ts), or that they do not parse.

import type { WellKnown } from "../intern/cluster.js";
import type { Codec } from "../intern/codec.js";
import { growU8 } from "../intern/grow.js";
import { requirement, topologyExpression } from "../intern/kinds.js";
import { NODE_NAME, NODE_TAINTS } from "../intern/label-columns.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Cursor } from "../intern/type.js";
import { isLabelKeyIn, isLabelValueIn, LONGEST_BYTES, parseLabelInteger } from "./label-grammar.js";
import type { Programs } from "./programs.js";
import { NumberList, OP_EXISTS, OP_GT, OP_IN, OP_LT, OP_UNTOLERATED } from "./programs.js";

/** A requirement that Kubernetes' own parser refuses. */
export const INVALID = -1;
/** One that holds whatever the node, and one that holds on none. */
export const HOLDS = -2;
export const FAILS = -3;

const KEY = 1 << requirement.bit("key");
const OPERATOR = 1 << requirement.bit("operator");
const VALUES = 1 << requirement.bit("values");
const TOPOLOGY_KEY = 1 << topologyExpression.bit("key");
const TOPOLOGY_VALUES = 1 << topologyExpression.bit("values");

const GOOD_KEY = 1;
const BAD_KEY = 2;
const GOOD_VALUE = 4;
const BAD_VALUE = 8;

export class Requirements {
  // op, key, values of the requirement that was read last.
  readonly #written = new NumberList();
  #operator = EMPTY_TEXT;
  /** What each string id is known to be; a text is looked at once. */
  #known = new Uint8Array(256);
  readonly #bytes = new Uint8Array(LONGEST_BYTES);
  readonly #bounds = new Map<number, number>();

  constructor(
    readonly codec: Codec,
    readonly ids: WellKnown,
    readonly programs: Programs,
  ) {}

  /** The literal (requirement * 2 + negated) of the requirement at the cursor, or INVALID. */
  literal(cursor: Cursor): number {
    this.#read(cursor);
    return this.#compile();
  }

  /** The same in a label selector, which knows fewer operators. */
  labelLiteral(cursor: Cursor): number {
    this.#read(cursor);
    const operator = this.#operator;
    // kube: R-LS-4 Gt, Lt and unknown operators do not convert.
    return operator === this.ids.gt || operator === this.ids.lt ? INVALID : this.#compile();
  }

  /** The literal of the topology expression at the cursor: key In values. */
  topologyLiteral(cursor: Cursor): number {
    const { tokens } = cursor;
    const mask = tokens[cursor.at++];
    this.#begin((mask & TOPOLOGY_KEY) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT);
    if ((mask & TOPOLOGY_VALUES) !== 0) this.#readValues(cursor);
    this.#operator = this.ids.in;
    return this.#compile();
  }

  /** The literal of a label that must be equal. */
  equalsLiteral(key: number, value: number): number {
    this.#begin(key);
    this.#written.push(value);
    this.#operator = this.ids.in;
    return this.#compile();
  }

  /** The literal of the matchFields requirement at the cursor, HOLDS, FAILS or INVALID. */
  fieldLiteral(cursor: Cursor): number {
    this.#read(cursor);
    const { ids } = this;
    const { length, numbers } = this.#written;
    const negated = this.#operator === ids.notIn;
    // kube: R-NS-4 matchFields take In and NotIn with exactly one value, which need not be that of a label.
    if ((!negated && this.#operator !== ids.in) || length !== 3) return INVALID;
    // kube: R-NOD-18 the one field that a node has is its name, every other reads as the empty text.
    if (numbers[1] !== ids.nameField) return (numbers[2] === EMPTY_TEXT) !== negated ? HOLDS : FAILS;
    return this.exactLiteral(NODE_NAME, numbers[2]) + (negated ? 1 : 0);
  }

  /** The literal of a key that must have a value, both as they stand. */
  exactLiteral(key: number, value: number): number {
    return this.anyLiteral(key, [value]);
  }

  /** The literal of a key that must have one of these values, all as they stand. */
  anyLiteral(key: number, values: readonly number[]): number {
    this.#begin(key);
    for (const value of values) this.#written.push(value);
    this.#written.numbers[0] = OP_IN;
    return this.programs.requirement(this.#written) * 2;
  }

  /** The literal of a key that must be there, as it stands. */
  existsLiteral(key: number): number {
    this.#begin(key);
    this.#written.numbers[0] = OP_EXISTS;
    return this.programs.requirement(this.#written) * 2;
  }

  /** The literal of a node whose taints these tolerations (a block, or 0) do not all tolerate. */
  untoleratedLiteral(tolerations: number): number {
    this.#begin(NODE_TAINTS);
    this.#written.push(tolerations);
    this.#written.numbers[0] = OP_UNTOLERATED;
    return this.programs.requirement(this.#written) * 2;
  }

  #begin(key: number): void {
    this.#written.length = 0;
    this.#written.push(0);
    this.#written.push(key);
  }

  #read(cursor: Cursor): void {
    const { tokens } = cursor;
    const mask = tokens[cursor.at++];
    this.#begin((mask & KEY) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT);
    this.#operator = (mask & OPERATOR) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
    if ((mask & VALUES) !== 0) this.#readValues(cursor);
  }

  #readValues(cursor: Cursor): void {
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) this.#written.push(cursor.tokens[cursor.at++]);
  }

  #compile(): number {
    const written = this.#written;
    const operator = this.#operator;
    const values = written.length - 2;
    if (!this.#isKey(written.numbers[1])) return INVALID;
    for (let i = 2; i < written.length; i++) if (!this.#isValue(written.numbers[i])) return INVALID;
    // kube: R-SEL-3 In and NotIn take at least one value, Exists and DoesNotExist none, Gt and Lt one.
    if (operator === this.ids.in || operator === this.ids.notIn) {
      if (values === 0) return INVALID;
      written.numbers[0] = OP_IN;
      // kube: R-SEL-6 NotIn also holds where the key is absent: it is the complement of In.
      return this.programs.requirement(written) * 2 + (operator === this.ids.notIn ? 1 : 0);
    }
    if (operator === this.ids.exists || operator === this.ids.doesNotExist) {
      if (values !== 0) return INVALID;
      written.numbers[0] = OP_EXISTS;
      return this.programs.requirement(written) * 2 + (operator === this.ids.doesNotExist ? 1 : 0);
    }
    if (operator === this.ids.gt || operator === this.ids.lt) {
      const bound = values === 1 ? this.#boundOf(written.numbers[2]) : 0;
      if (bound === 0) return INVALID;
      written.numbers[0] = operator === this.ids.gt ? OP_GT : OP_LT;
      written.numbers[2] = bound;
      return this.programs.requirement(written) * 2;
    }
    // kube: R-SEL-5 an operator that is none of these, to the letter, does not parse.
    return INVALID;
  }

  /** The string id of an integer as Gt and Lt see it, or 0 where the text of an id is none. */
  #boundOf(id: number): number {
    let bound = this.#bounds.get(id);
    if (bound === undefined) {
      const { strings } = this.codec;
      const integer = parseLabelInteger(strings.get(id));
      bound = integer === undefined ? 0 : strings.intern(integer.toString());
      this.#bounds.set(id, bound);
    }
    return bound;
  }

  #isKey(id: number): boolean {
    const known = this.#knownOf(id);
    if ((known & (GOOD_KEY | BAD_KEY)) !== 0) return (known & GOOD_KEY) !== 0;
    const length = this.codec.strings.copy(id, this.#bytes);
    const good = length >= 0 && isLabelKeyIn(this.#bytes, length);
    this.#known[id] |= good ? GOOD_KEY : BAD_KEY;
    return good;
  }

  #isValue(id: number): boolean {
    const known = this.#knownOf(id);
    if ((known & (GOOD_VALUE | BAD_VALUE)) !== 0) return (known & GOOD_VALUE) !== 0;
    const length = this.codec.strings.copy(id, this.#bytes);
    const good = length >= 0 && isLabelValueIn(this.#bytes, length);
    this.#known[id] |= good ? GOOD_VALUE : BAD_VALUE;
    return good;
  }

  #knownOf(id: number): number {
    if (id >= this.#known.length) this.#known = growU8(this.#known, this.codec.strings.limit);
    return this.#known[id];
  }
}
