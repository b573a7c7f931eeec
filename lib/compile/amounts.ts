// compile: the token of a quantity -> its exact amount and its integer value; each is parsed once.

import type { Held } from "../intern/derived.js";
import { quantityText, wholeAmount } from "../intern/numerals.js";
import type { Strings } from "../intern/strings.js";
import { milliValue, parseQuantity } from "../objects/quantity.js";

/** So many amounts of a sort are remembered: then all of them are parsed anew. */
const MOST_AMOUNTS = 1 << 17;
/** Of a whole one. */
const NANOS = 1_000_000_000n;

/** Amounts by token; 0, an absent quantity, is zero. The texts were checked when their objects came in. */
export class Amounts {
  readonly cache = "amounts";
  readonly #nanos = new Map<number, bigint>();
  readonly #values = new Map<number, bigint>();
  readonly #rounded = new Map<number, number>();
  readonly #millis = new Map<number, bigint>();

  constructor(readonly strings: Strings) {}

  /** The exact amount in units of 10^-9. */
  nanos(token: number): bigint {
    // kube: R-QTY-8 a missing amount compares as zero.
    if (token === 0) return 0n;
    let nanos = this.#nanos.get(token);
    if (nanos === undefined) {
      const whole = wholeAmount(token, false);
      nanos = Number.isNaN(whole) ? parseQuantity(quantityText(token, this.strings)).nanos : BigInt(whole) * NANOS;
      keep(this.#nanos, token, nanos);
    }
    return nanos;
  }

  /** The integer that Kubernetes' Value() gives: rounded up, and wrapped where it overflows. */
  value(token: number): bigint {
    if (token === 0) return 0n;
    let value = this.#values.get(token);
    if (value === undefined) {
      value = parseQuantity(quantityText(token, this.strings)).value;
      keep(this.#values, token, value);
    }
    return value;
  }

  /** The same as a number, which is exact up to 2 ** 53. */
  rounded(token: number): number {
    let rounded = this.#rounded.get(token);
    if (rounded === undefined) {
      rounded = Number(this.value(token));
      keep(this.#rounded, token, rounded);
    }
    return rounded;
  }

  /** The integer that Kubernetes' MilliValue() gives: thousandths, rounded up. */
  milli(token: number): bigint {
    if (token === 0) return 0n;
    let milli = this.#millis.get(token);
    if (milli === undefined) {
      milli = milliValue(parseQuantity(quantityText(token, this.strings)));
      keep(this.#millis, token, milli);
    }
    return milli;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#nanos.size + this.#values.size + this.#rounded.size + this.#millis.size;
  }

  held(): Held {
    return { entries: this.size, bytes: this.size * 64 };
  }

  dropIds(): void {
    this.#nanos.clear();
    this.#values.clear();
    this.#rounded.clear();
    this.#millis.clear();
  }
}

function keep<Amount>(amounts: Map<number, Amount>, token: number, amount: Amount): void {
  if (amounts.size >= MOST_AMOUNTS) amounts.clear();
  amounts.set(token, amount);
}
