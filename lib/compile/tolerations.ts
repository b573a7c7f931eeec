// compile: a list of tolerations against a list of taints, or against a cordon.

import type { WellKnown } from "../intern/cluster.js";
import type { Codec } from "../intern/codec.js";
import { taint, toleration } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { parseInt64 } from "../objects/quantity.js";

// In the order in which a taint and a toleration have them.
const TAINT_KEY = 1 << taint.bit("key");
const TAINT_VALUE = 1 << taint.bit("value");
const TAINT_EFFECT = 1 << taint.bit("effect");
const KEY = 1 << toleration.bit("key");
const OPERATOR = 1 << toleration.bit("operator");
const VALUE = 1 << toleration.bit("value");
const EFFECT = 1 << toleration.bit("effect");

/** A taint's fields, as string ids. */
export interface Taint {
  readonly key: number;
  readonly value: number;
  readonly effect: number;
}

/** The number that Gt and Lt see in a text: decimal, written in the one canonical way, within 64 bits. */
export function canonicalInteger(text: string): bigint | undefined {
  return /^(0|-?[1-9][0-9]*)$/.test(text) ? parseInt64(text) : undefined;
}

export class Tolerations {
  constructor(
    readonly codec: Codec,
    readonly ids: WellKnown,
    /** Whether Gt and Lt compare numbers (TaintTolerationComparisonOperators). */
    readonly comparisons: boolean,
  ) {}

  /** The first taint of a block that none of the tolerations (a block, or 0) tolerates. O(taints x tolerations). */
  untolerated(tolerations: number, taints: number): Taint | undefined {
    const { ids } = this;
    const cursor = this.codec.blocks.cursor(taints);
    const { tokens } = cursor;
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const mask = tokens[cursor.at++];
      const key = (mask & TAINT_KEY) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      const value = (mask & TAINT_VALUE) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      const effect = (mask & TAINT_EFFECT) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      // kube: R-NOD-8 only NoSchedule and NoExecute, to the letter, keep a pod away.
      if (effect !== ids.noSchedule && effect !== ids.noExecute) continue;
      // kube: R-NOD-9 each of these taints must be tolerated, by any of the tolerations.
      if (!this.#tolerates(tolerations, key, value, effect)) return { key, value, effect };
    }
    return undefined;
  }

  /** Whether a pod may go to nodes that are cordoned. */
  tolerateUnschedulable(tolerations: number): boolean {
    const { noSchedule, unschedulableTaint } = this.ids;
    // kube: R-NOD-5 as if the node had this taint; whether it has it is not looked at.
    return this.#tolerates(tolerations, unschedulableTaint, EMPTY_TEXT, noSchedule);
  }

  #tolerates(tolerations: number, taintKey: number, taintValue: number, taintEffect: number): boolean {
    if (tolerations === 0) return false;
    const cursor = this.codec.blocks.cursor(tolerations);
    const { tokens } = cursor;
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const mask = tokens[cursor.at++];
      const key = (mask & KEY) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      const operator = (mask & OPERATOR) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      const value = (mask & VALUE) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      const effect = (mask & EFFECT) !== 0 ? tokens[cursor.at++] : EMPTY_TEXT;
      // kube: R-NOD-10 effect and key are equal or not given, and the operator holds.
      if (effect !== EMPTY_TEXT && effect !== taintEffect) continue;
      // kube: R-NOD-11 without a key the taint may have any, whatever the operator.
      if (key !== EMPTY_TEXT && key !== taintKey) continue;
      if (this.#holds(operator, value, taintValue)) return true;
    }
    return false;
  }

  #holds(operator: number, value: number, taintValue: number): boolean {
    const { codec, comparisons, ids } = this;
    if (operator === EMPTY_TEXT || operator === ids.equal) return value === taintValue;
    if (operator === ids.exists) return true;
    // kube: R-GATE-23 without the gate Gt and Lt are unknown operators, which never hold.
    if (!comparisons || (operator !== ids.gt && operator !== ids.lt)) return false;
    // kube: R-NOD-12 both values must be canonical integers.
    const bound = canonicalInteger(codec.strings.get(value));
    const actual = canonicalInteger(codec.strings.get(taintValue));
    if (bound === undefined || actual === undefined) return false;
    return operator === ids.gt ? actual > bound : actual < bound;
  }
}
