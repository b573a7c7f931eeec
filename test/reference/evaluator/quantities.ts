// Kubernetes quantities as exact rationals (R-QTY-1 to R-QTY-10).

import { decided } from "./decided.js";
import { trimSpace } from "./go-text.js";

export type QuantityText = string | number | null;

export interface Quantity {
  /** The exact value in units of 10^-9, rounded and capped by R-QTY-3. */
  nano: bigint;
  /** Value(): the int64 that capacity checks compare. */
  value: bigint;
  form: { units: bigint; exponent: number; big: boolean };
  /** The rules that this text is an example of. */
  rules: readonly string[];
}

const NANO = 9;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const MAX_EXPONENT = 1000n;
const FORM_ERROR = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_ERROR = "unable to parse quantity's suffix";
const NUMERIC_ERROR = "unable to parse numeric part of quantity";

const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const BINARY_INT64_DIGITS: Record<string, number> = { Ki: 11, Mi: 8, Gi: 5, Ti: 2, Pi: 0, Ei: 0 };
/** Scales whose overflow wraps in int64 form; every other scale gives 0 (R-QTY-6). */
const WRAPPING_SCALES = new Set([1, 2, 3, 6, 9]);

const SCAN = /^([+-]?)(0*)([0-9]*)(?:(\.)([0-9]*))?([eEinumkKMGTP]*[+-]?[0-9]*)$/;

let rules: string[] = [];
const parsed = new Map<string, Quantity>();

export const ZERO: Quantity = { nano: 0n, value: 0n, form: bigForm(0n), rules: ["R-QTY-7"] };

export function parseQuantity(input: QuantityText): Quantity {
  if (input === null) decided("R-QTY-7");
  if (input === null) return ZERO;
  const text = typeof input === "number" ? String(input) : input;
  let quantity = parsed.get(text);
  if (quantity === undefined) {
    rules = ["R-QTY-1"];
    quantity = { ...parse(text), rules };
    parsed.set(text, quantity);
  }
  quantity.rules.forEach(decided);
  return quantity;
}

/** The form that holds a text's amount: units x 10^exponent, as an int64 or as a big decimal (R-QTY-10). */
export function parseForm(text: string | number): { units: bigint; exponent: number; big: boolean } {
  return parseQuantity(text).form;
}

export function compareQuantities(a: Quantity, b: Quantity): number {
  decided("R-QTY-4");
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

function parse(raw: string): Omit<Quantity, "rules"> {
  // Upstream reads the JSON bytes undecoded, so these are never trimmed.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f"\\]/.test(raw)) throw new SyntaxError(FORM_ERROR);
  const text = trimSpace(raw);
  const scan = SCAN.exec(text);
  if (text === "" || scan === null) throw new SyntaxError(FORM_ERROR);
  const [, sign, zeros, significant, , fraction = "", suffix] = scan;
  const integer = significant === "" ? "0" : significant;
  const negative = sign === "-";
  const digits = BigInt(integer + fraction) * (negative ? -1n : 1n);
  const digitCount = integer.length + fraction.length;
  if (text !== raw || zeros + significant + fraction === "") rules.push("R-QTY-7");
  if (suffix !== "") rules.push("R-QTY-2");
  const hasDigits = zeros + significant + fraction !== "";

  if (suffix in BINARY) {
    const int64 = fraction === "" && digitCount <= BINARY_INT64_DIGITS[suffix];
    if (!int64 && !hasDigits) throw new SyntaxError(NUMERIC_ERROR);
    const scaled = digits * 2n ** BigInt(BINARY[suffix]);
    const exact = divideAwayFromZero(scaled * 10n ** BigInt(NANO), 10n ** BigInt(fraction.length));
    const nano = capped(exact);
    if (int64) return { nano, value: scaled, form: { units: scaled, exponent: 0, big: false } };
    return { nano, value: bigDecimalValue(nano), form: bigForm(nano, nano !== exact) };
  }
  const scale = decimalExponent(suffix) - fraction.length;
  const int64 = digitCount <= 18 && scale >= -NANO;
  if (!int64 && !hasDigits) throw new SyntaxError(NUMERIC_ERROR);
  const nano =
    scale >= -NANO ? digits * 10n ** BigInt(scale + NANO) : divideAwayFromZero(digits, 10n ** BigInt(-scale - NANO));
  if (int64) return { nano, value: int64Value(digits, scale), form: { units: digits, exponent: scale, big: false } };
  return { nano, value: bigDecimalValue(nano), form: bigForm(nano) };
}

/** Nine places, but of an amount that was capped. */
function bigForm(nano: bigint, isCapped = false): Quantity["form"] {
  const exponent = isCapped ? 0 : -NANO;
  return { units: isCapped ? nano / 10n ** BigInt(NANO) : nano, exponent, big: true };
}

function decimalExponent(suffix: string): number {
  if (suffix in DECIMAL) return DECIMAL[suffix];
  if (!/^[eE][+-]?[0-9]+$/.test(suffix)) throw new SyntaxError(SUFFIX_ERROR);
  const magnitude = BigInt(suffix.replace(/^[eE][+-]?/, ""));
  const exponent = suffix[1] === "-" ? -magnitude : magnitude;
  if (exponent > INT64_MAX || exponent < INT64_MIN) throw new SyntaxError(SUFFIX_ERROR);
  const truncated = BigInt.asIntN(32, exponent);
  if (truncated > MAX_EXPONENT || truncated < -MAX_EXPONENT) throw new SyntaxError("exponent of quantity is too large");
  return Number(truncated);
}

function int64Value(digits: bigint, scale: number): bigint {
  if (scale <= 0) return divideAwayFromZero(digits, 10n ** BigInt(-scale));
  const product = digits * 10n ** BigInt(scale);
  if (product <= INT64_MAX && product >= INT64_MIN) return product;
  rules.push("R-QTY-6");
  return WRAPPING_SCALES.has(scale) ? BigInt.asIntN(64, product) : 0n;
}

function bigDecimalValue(nano: bigint): bigint {
  const unit = 10n ** BigInt(NANO);
  const truncated = nano / unit;
  rules.push("R-QTY-10");
  if (BigInt.asIntN(64, truncated) !== truncated) rules.push("R-QTY-6");
  return BigInt.asIntN(64, nano % unit === 0n ? truncated : truncated + 1n);
}

function divideAwayFromZero(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (dividend % divisor === 0n) return quotient;
  rules.push("R-QTY-5 (rounding)");
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

function capped(nano: bigint): bigint {
  const limit = INT64_MAX * 10n ** BigInt(NANO);
  if (nano > limit || nano < -limit) rules.push("R-QTY-3 (cap)");
  return nano > limit ? limit : nano < -limit ? -limit : nano;
}
