// objects: the text of a resource quantity -> its exact amount, and the integers that Kubernetes reads out of it.

/** A parsed quantity: `unscaled` x 10^`scale`, never finer than 10^-9. */
export interface Quantity {
  /** The exact amount in units of 10^-9. */
  readonly nanos: bigint;
  /** The amount as Kubernetes' `Value()` gives it: a signed 64-bit integer, rounded up. */
  readonly value: bigint;
  /** Which of Kubernetes' two inner forms holds the amount; it decides how `value` rounds and overflows. */
  readonly form: "int64" | "decimal";
  readonly unscaled: bigint;
  readonly scale: number;
}

const FORMAT_ERROR = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMERIC_ERROR = "unable to parse numeric part of quantity";
const SUFFIX_ERROR = "unable to parse quantity's suffix";
const EXPONENT_ERROR = "the exponent of a quantity must lie between -1000 and 1000";

const NANO = -9;
const MILLI = -3;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const POWERS = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));
const LETTERS = "eEinumkKMGTP";
const WHITE_SPACE = /\p{White_Space}/u;

// kube: R-QTY-2 decimal suffixes stand for powers of ten, binary ones for powers of two.
const DECIMAL_SUFFIXES = new Map(Object.entries({ "": 0, n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }));
const BINARY_SUFFIXES = new Map(Object.entries({ Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }));
// kube: R-QTY-10 how many digits a whole number may have to stay in int64 form, by binary suffix.
const BINARY_DIGITS = new Map(Object.entries({ Ki: 11, Mi: 8, Gi: 5, Ti: 2, Pi: 0, Ei: 0 }));
const DECIMAL_DIGITS = 18;

class Amount implements Quantity {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
    readonly form: "int64" | "decimal",
  ) {}

  get nanos(): bigint {
    return this.unscaled === 0n ? 0n : this.unscaled * power(this.scale - NANO);
  }

  get value(): bigint {
    return scaledValue(this, 0);
  }
}

/** The text of a quantity as JSON carries it: a string, or a bare number; undefined for what JSON has no number for. */
export function quantityText(value: string | number): string | undefined {
  if (typeof value === "string") return value;
  // kube: R-QTY-7 a bare number is read as its text.
  return Number.isFinite(value) ? String(value) : undefined;
}

/**
 * Parses what the JSON decoder of a quantity would be handed, outer white space included. About 0.1 us.
 * @throws Error with Kubernetes' own sentence.
 */
export function parseQuantity(text: string): Quantity {
  return parsePlain(text) ?? parseAny(trimSpace(text));
}

/** Compares the exact amounts. */
export function compareQuantity(a: Quantity, b: Quantity): -1 | 0 | 1 {
  // kube: R-QTY-4 forms and scales do not matter, only the amounts.
  const same = a.scale === b.scale;
  const left = same ? a.unscaled : a.nanos;
  const right = same ? b.unscaled : b.nanos;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The exact sum, in the form that Kubernetes' `Add` leaves it in. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const integers = a.form === "int64" && b.form === "int64";
  if (integers && b.unscaled === 0n) return a;
  if (integers && a.unscaled === 0n) return b;
  const scale = Math.min(a.scale, b.scale);
  const left = a.unscaled * power(a.scale - scale);
  const right = b.unscaled * power(b.scale - scale);
  const sum = left + right;
  // kube: R-QTY-10 a sum stays in int64 form while it and what it is made of fit.
  const fits = integers && isInt64(left) && isInt64(right) && isInt64(sum);
  return new Amount(sum, scale, fits ? "int64" : "decimal");
}

/** The greater of two, in the form that Kubernetes leaves it in where it looks for a maximum. */
export function maxQuantity(first: Quantity, second: Quantity): Quantity {
  // kube: R-QTY-10 of equal ones the first stays; what is compared with a big decimal becomes one.
  if (compareQuantity(second, first) <= 0) return first;
  return first.form === "int64" ? second : new Amount(second.unscaled, second.scale, "decimal");
}

/** The amount in thousandths as Kubernetes' `MilliValue()` gives it. */
export function milliValue(quantity: Quantity): bigint {
  // kube: R-QTY-11 as the value, three decimal places further right.
  return scaledValue(quantity, MILLI);
}

/** A signed 64-bit integer as Go's ParseInt reads base 10, or undefined. */
export function parseInt64(text: string): bigint | undefined {
  const first = text.charCodeAt(0);
  let start = first === 43 || first === 45 ? 1 : 0;
  if (digitsEnd(text, start) !== text.length || start === text.length) return undefined;
  while (start < text.length - 1 && text.charCodeAt(start) === 48) start++;
  if (text.length - start > 19) return undefined;
  const size = BigInt(text.slice(start));
  const value = first === 45 ? -size : size;
  return value > INT64_MAX || value < INT64_MIN ? undefined : value;
}

/** Whole numbers of few digits with a usual suffix, which nearly all quantities are; undefined leaves it to `parseAny`. */
function parsePlain(text: string): Quantity | undefined {
  const end = digitsEnd(text, 0);
  if (end === 0 || end > 15 || (text.charCodeAt(0) === 48 && end > 1)) return undefined;
  const suffix = text.slice(end);
  const exponent = DECIMAL_SUFFIXES.get(suffix);
  if (exponent !== undefined) return new Amount(BigInt(text.slice(0, end)), exponent, "int64");
  if (end > (BINARY_DIGITS.get(suffix) ?? 0)) return undefined;
  // At most 99999999999 x 2^10, hence exact as a double.
  return new Amount(BigInt(Number(text.slice(0, end)) * 2 ** BINARY_SUFFIXES.get(suffix)!), 0, "int64");
}

function parseAny(text: string): Quantity {
  // kube: R-QTY-1 sign, zeros, digits, point and digits, letters, sign and digits; each may be missing, but not all.
  if (text === "") throw new Error(FORMAT_ERROR);
  const first = text.charCodeAt(0);
  const signed = first === 43 || first === 45 ? 1 : 0;
  let start = signed;
  while (text.charCodeAt(start) === 48) start++;
  let end = digitsEnd(text, start);
  let hasDigit = end > signed;
  const whole = text.slice(start, end) || "0";
  let fraction = "";
  if (text.charCodeAt(end) === 46) {
    const point = end + 1;
    end = digitsEnd(text, point);
    fraction = text.slice(point, end);
    hasDigit ||= end > point;
  }
  let suffixEnd = end;
  while (suffixEnd < text.length && LETTERS.includes(text[suffixEnd])) suffixEnd++;
  const sign = text.charCodeAt(suffixEnd);
  suffixEnd = digitsEnd(text, sign === 43 || sign === 45 ? suffixEnd + 1 : suffixEnd);
  if (suffixEnd !== text.length) throw new Error(FORMAT_ERROR);
  return amountOf(first === 45, whole, fraction, text.slice(end), hasDigit);
}

function amountOf(negative: boolean, whole: string, fraction: string, suffix: string, hasDigit: boolean): Quantity {
  const digits = BigInt(whole + fraction);
  const magnitude = negative ? -digits : digits;
  const length = whole.length + fraction.length;
  const twos = BINARY_SUFFIXES.get(suffix);
  if (twos !== undefined) {
    const multiplied = magnitude << BigInt(twos);
    const fits = fraction === "" && length <= BINARY_DIGITS.get(suffix)!;
    if (fits) return new Amount(multiplied, 0, "int64");
    requireDigit(hasDigit);
    return capped(rounded(multiplied, -fraction.length));
  }
  const exponent = DECIMAL_SUFFIXES.get(suffix) ?? exponentOf(suffix);
  const scale = exponent - fraction.length;
  // kube: R-QTY-10 the form of a decimal: int64 if its digits fit and nothing needs rounding.
  if (length <= DECIMAL_DIGITS && scale >= NANO) return new Amount(magnitude, scale, "int64");
  requireDigit(hasDigit);
  return rounded(magnitude, scale);
}

function requireDigit(hasDigit: boolean): void {
  // kube: R-QTY-7 without any digit the amount is zero, but big decimals must have one.
  if (!hasDigit) throw new Error(NUMERIC_ERROR);
}

function exponentOf(suffix: string): number {
  const letter = suffix.charCodeAt(0);
  const parsed = letter === 69 || letter === 101 ? parseInt64(suffix.slice(1)) : undefined;
  if (parsed === undefined) throw new Error(SUFFIX_ERROR);
  // kube: R-QTY-2 only 32 bits of the exponent are kept.
  const exponent = Number(BigInt.asIntN(32, parsed));
  if (Math.abs(exponent) > 1000) throw new Error(EXPONENT_ERROR);
  return exponent;
}

/** A big decimal, brought to nine decimal places. */
function rounded(unscaled: bigint, scale: number): Quantity {
  if (unscaled === 0n || scale >= NANO) return new Amount(unscaled * power(Math.max(0, scale - NANO)), NANO, "decimal");
  // kube: R-QTY-3 what is finer than 10^-9 is rounded away from zero.
  return new Amount(divideAway(unscaled, power(NANO - scale)), NANO, "decimal");
}

function capped(quantity: Quantity): Quantity {
  const limit = INT64_MAX * POWERS[-NANO];
  // kube: R-QTY-3 binary suffixes reach no further than int64.
  if (quantity.unscaled > limit) return new Amount(INT64_MAX, 0, "decimal");
  if (quantity.unscaled < -limit) return new Amount(-INT64_MAX, 0, "decimal");
  return quantity;
}

/** The amount divided by 10^target as a signed 64-bit integer. */
function scaledValue(quantity: Quantity, target: 0 | -3): bigint {
  const shift = quantity.scale - target;
  return quantity.form === "int64" ? int64Value(quantity.unscaled, shift) : decimalValue(quantity.unscaled, shift);
}

function int64Value(unscaled: bigint, shift: number): bigint {
  if (shift === 0 || unscaled === 0n) return unscaled;
  // kube: R-QTY-5 int64 form rounds away from zero.
  if (shift < 0) return divideAway(unscaled, power(-shift));
  if (shift > 18) return 0n;
  const product = unscaled * POWERS[shift];
  if (isInt64(product)) return product;
  // kube: R-QTY-6 some scales wrap on overflow, the others give zero.
  return shift <= 3 || shift === 6 || shift === 9 ? BigInt.asIntN(64, product) : 0n;
}

function decimalValue(unscaled: bigint, shift: number): bigint {
  // A power of ten beyond int64 is the least integer to Go on amd64, of which an even multiple is nothing.
  if (shift > 18) return unscaled % 2n === 0n ? 0n : INT64_MIN;
  // kube: R-QTY-6 big decimals keep their low 64 bits.
  if (shift >= 0) return BigInt.asIntN(64, unscaled * power(shift));
  const divisor = power(-shift);
  // kube: R-QTY-5 big decimals lose their fraction and then gain 1; a negative one loses its high bits before that.
  const dividend = unscaled < 0n ? BigInt.asIntN(64, unscaled) : unscaled;
  return BigInt.asIntN(64, dividend / divisor + (dividend % divisor === 0n ? 0n : 1n));
}

function isInt64(integer: bigint): boolean {
  return integer <= INT64_MAX && integer >= INT64_MIN;
}

function divideAway(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor === 0n ? quotient : dividend < 0n ? quotient - 1n : quotient + 1n;
}

function power(exponent: number): bigint {
  return exponent < POWERS.length ? POWERS[exponent] : 10n ** BigInt(exponent);
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code < 48 || code > 57) break;
    end++;
  }
  return end;
}

function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isTrimmed(text[start])) start++;
  while (end > start && isTrimmed(text[end - 1])) end--;
  return text.slice(start, end);
}

function isTrimmed(character: string): boolean {
  // kube: R-QTY-7 white space goes; control characters stay and are refused, for JSON writes them as escapes.
  return character >= " " && WHITE_SPACE.test(character);
}
