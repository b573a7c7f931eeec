// Amounts of resources in Kubernetes' two forms, their sums and maxima, and the integers read out of them (R-QTY-10, 11).

import { decided } from "./decided.js";
import { parseForm, type QuantityText } from "./quantities.js";

/** `units` x 10^`exponent`; `big`: held as a big decimal rather than as an int64. */
export interface Amount {
  units: bigint;
  exponent: number;
  big: boolean;
}

export type Amounts = Map<string, Amount>;

export const NOTHING: Amount = { units: 0n, exponent: 0, big: false };

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const WRAPPING = [1, 2, 3, 6, 9];

export function readAmount(text: QuantityText): Amount {
  return text === null ? NOTHING : parseForm(text);
}

export function plus(a: Amount, b: Amount): Amount {
  if (!a.big && !b.big && b.units === 0n) return a;
  if (!a.big && !b.big && a.units === 0n) return b;
  const exponent = Math.min(a.exponent, b.exponent);
  const parts = [a, b].map((amount) => amount.units * 10n ** BigInt(amount.exponent - exponent));
  const units = parts[0] + parts[1];
  const small = !a.big && !b.big && [...parts, units].every((part) => part >= INT64_MIN && part <= INT64_MAX);
  if (!small) decided("R-QTY-10");
  return { units, exponent, big: !small };
}

export function greater(first: Amount, second: Amount): Amount {
  const exponent = Math.min(first.exponent, second.exponent);
  const [a, b] = [first, second].map((amount) => amount.units * 10n ** BigInt(amount.exponent - exponent));
  if (b <= a) return first;
  return first.big ? { ...second, big: true } : second;
}

/** Value() for 0 places, MilliValue() for 3. */
export function integer({ units, exponent, big }: Amount, places: 0 | 3): bigint {
  if (places === 3) decided("R-QTY-11");
  const shift = exponent + places;
  if (big) return bigInteger(units, shift);
  if (shift < 0) return awayFromZero(units, 10n ** BigInt(-shift));
  const product = units * 10n ** BigInt(shift);
  if (product >= INT64_MIN && product <= INT64_MAX) return product;
  decided("R-QTY-6");
  return WRAPPING.includes(shift) ? BigInt.asIntN(64, product) : 0n;
}

function bigInteger(units: bigint, shift: number): bigint {
  // int64(math.Pow10(19)) is -2^63 on amd64.
  if (shift > 18) return BigInt.asIntN(64, units * INT64_MIN);
  if (shift >= 0) return BigInt.asIntN(64, units * 10n ** BigInt(shift));
  const divisor = 10n ** BigInt(-shift);
  // Upstream divides in int64 what is less than its greatest number, hence also what is less than its least one.
  const dividend = units < INT64_MAX ? BigInt.asIntN(64, units) : units;
  const quotient = dividend / divisor;
  return BigInt.asIntN(64, dividend % divisor === 0n ? quotient : quotient + 1n);
}

function awayFromZero(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (quotient * divisor === dividend) return quotient;
  decided("R-QTY-5 (rounding)");
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}
