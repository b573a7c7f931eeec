// objects: forms and bare numbers; quantities against naive fractions (T-253).

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compareQuantity, milliValue, parseQuantity, quantityText } from "../lib/objects/quantity.js";

const FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMERIC = "unable to parse numeric part of quantity";
const SUFFIX = "unable to parse quantity's suffix";
const EXPONENT = "the exponent of a quantity must lie between -1000 and 1000";
const GIGA = 10n ** 9n;
const INT64_MAX = 9223372036854775807n;

function errorOf(text: string): string | undefined {
  try {
    parseQuantity(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test("digits and suffix decide the form", () => {
  const int64 = ["1", "123456789012345678", "99999999999Ki", "99999999Mi", "99999Gi", "99Ti", "0.123456789", "1.5e-8"];
  const decimal = ["1234567890123456789", "100000000000Ki", "100000000Mi", "100000Gi", "100Ti", "1Pi", "0Ei"];
  for (const text of int64) assert.is(parseQuantity(text).form, "int64", text);
  for (const text of [...decimal, "1.0Gi", "0.1234567890", "1e-10"]) {
    assert.is(parseQuantity(text).form, "decimal", text);
  }
  assert.is(parseQuantity("00000000000000000000123").form, "int64");
});

test("a bare number is taken as its text", () => {
  assert.is(quantityText("1Gi"), "1Gi");
  assert.is(quantityText(1e3), "1000");
  assert.is(quantityText(0.5), "0.5");
  assert.is(parseQuantity(quantityText(1e21)!).value, 0n);
  assert.is(parseQuantity(quantityText(1e-7)!).nanos, 100n);
  for (const none of [Number.NaN, Infinity, -Infinity]) assert.is(quantityText(none), undefined);
});

// The naive side: a fraction of two integers, made with nothing that lib uses.
interface Fraction {
  readonly text: string;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const tens: Record<string, number> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const twos: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const digit = fc.constantFrom(..."0123456789");
const digits = (minLength: number, maxLength: number) => fc.string({ unit: digit, minLength, maxLength });
const suffixes = fc.oneof(
  fc.constantFrom(...Object.keys(tens), ...Object.keys(twos)),
  fc.integer({ min: -30, max: 30 }).map((exponent) => `e${exponent}`),
);
const fractions = fc
  .tuple(fc.constantFrom("", "-", "+"), digits(1, 22), fc.option(digits(0, 14), { nil: undefined }), suffixes)
  .map(([sign, whole, part, suffix]) => naive(sign, whole, part, suffix));

function naive(sign: string, whole: string, part: string | undefined, suffix: string): Fraction {
  const text = sign + whole + (part === undefined ? "" : `.${part}`) + suffix;
  let numerator = BigInt(whole + (part ?? ""));
  let denominator = BigInt(`1${"0".repeat(part?.length ?? 0)}`);
  if (suffix in twos) numerator *= BigInt(2 ** twos[suffix]);
  else {
    const exponent = tens[suffix] ?? Number(suffix.slice(1));
    const factor = BigInt(`1${"0".repeat(Math.abs(exponent))}`);
    if (exponent < 0) denominator *= factor;
    else numerator *= factor;
  }
  const scaled = numerator * GIGA;
  if (scaled % denominator !== 0n) [numerator, denominator] = [scaled / denominator + 1n, GIGA];
  if (suffix in twos && numerator > INT64_MAX * denominator) [numerator, denominator] = [INT64_MAX, 1n];
  return { text, numerator: sign === "-" ? -numerator : numerator, denominator };
}

test("nanos equal naive fractions", () => {
  fc.assert(
    fc.property(fractions, ({ text, numerator, denominator }) => {
      assert.is(parseQuantity(text).nanos * denominator, numerator * GIGA, text);
    }),
    { numRuns: 3000 },
  );
});

test("comparison equals cross multiplication", () => {
  fc.assert(
    fc.property(fractions, fractions, (a, b) => {
      const difference = a.numerator * b.denominator - b.numerator * a.denominator;
      assert.is(
        compareQuantity(parseQuantity(a.text), parseQuantity(b.text)),
        difference < 0n ? -1 : difference > 0n ? 1 : 0,
      );
    }),
    { numRuns: 3000 },
  );
});

test("within int64 and above zero, value and thousandths are ceilings", () => {
  const ceiling = (dividend: bigint, divisor: bigint) => (dividend + divisor - 1n) / divisor;
  fc.assert(
    fc.property(fractions, ({ text, numerator, denominator }) => {
      const quantity = parseQuantity(text);
      const value = ceiling(numerator, denominator);
      const milli = ceiling(numerator * 1000n, denominator);
      if (numerator >= 0n && value <= INT64_MAX) assert.is(quantity.value, value, text);
      if (numerator >= 0n && milli <= INT64_MAX) assert.is(milliValue(quantity), milli, text);
    }),
    { numRuns: 3000 },
  );
});

test("what is accepted is what the grammar says", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."0019.+-eEinumkKMGTPx "), maxLength: 8 });
  const scanned = /^[+-]?[0-9]*(?:\.[0-9]*)?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
  const known = /^([numkMGTPE]?|[KMGTPE]i|[eE][-+]?[0-9]+)$/;
  fc.assert(
    fc.property(letters, (text) => {
      const error = errorOf(text);
      const match = scanned.exec(text.trim());
      if (match === null || text.trim() === "") assert.is(error, FORMAT, text);
      else if (!known.test(match[1])) assert.is(error, SUFFIX, text);
      else assert.ok(error === undefined || error === NUMERIC || error === EXPONENT, `${text}: ${error}`);
    }),
    { numRuns: 5000 },
  );
});

test.run();
