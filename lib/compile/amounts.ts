// compile: the text of a quantity (a string id) -> its exact amount and its integer value; each text is parsed once.

import type { Strings } from "../intern/strings.js";
import { parseQuantity } from "../objects/quantity.js";

/** Amounts by text id; 0, an absent quantity, is zero. The texts were checked when their objects came in. */
export class Amounts {
  readonly #nanos = new Map<number, bigint>();
  readonly #values = new Map<number, bigint>();

  constructor(readonly strings: Strings) {}

  /** The exact amount in units of 10^-9. */
  nanos(text: number): bigint {
    // kube: R-QTY-8 a missing amount compares as zero.
    if (text === 0) return 0n;
    let nanos = this.#nanos.get(text);
    if (nanos === undefined) {
      nanos = parseQuantity(this.strings.get(text)).nanos;
      this.#nanos.set(text, nanos);
    }
    return nanos;
  }

  /** The integer that Kubernetes' Value() gives: rounded up, and wrapped where it overflows. */
  value(text: number): bigint {
    if (text === 0) return 0n;
    let value = this.#values.get(text);
    if (value === undefined) {
      value = parseQuantity(this.strings.get(text)).value;
      this.#values.set(text, value);
    }
    return value;
  }

  /** Forgets all; called when strings are swept. */
  clear(): void {
    this.#nanos.clear();
    this.#values.clear();
  }
}
