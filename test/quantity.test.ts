// objects: quantities against a table worked out by hand (T-253).

import { test } from "uvu";
import * as assert from "uvu/assert";
import { addQuantities, compareQuantity, maxQuantity, milliValue, parseQuantity } from "../lib/objects/quantity.js";

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

function integerOf(text: string): bigint {
  return parseQuantity(text).value;
}

function compare(left: string, right: string): number {
  return compareQuantity(parseQuantity(left), parseQuantity(right));
}

function assertTable<T>(rows: readonly (readonly [string, T])[], actual: (text: string) => T): void {
  for (const [text, expected] of rows) assert.is(actual(text), expected, JSON.stringify(text));
}

test("a quantity is a sign, digits with a point and a suffix, each of which may be missing", () => {
  assertTable(
    [
      ["0", 0n],
      ["1", GIGA],
      ["+1", GIGA],
      ["-1", -GIGA],
      ["007", 7n * GIGA],
      ["1.", GIGA],
      [".5", GIGA / 2n],
      ["00.50", GIGA / 2n],
      ["1.Gi", 2n ** 30n * GIGA],
      ["-.5k", -500n * GIGA],
    ],
    (text) => parseQuantity(text).nanos,
  );
});

test("what is left over after the suffix breaks the format", () => {
  const texts = ["", " ", "1 Gi", "1. 5", "1g", "1B", "1GB", "1_0", "0x1", "1.5.5", "1,5", "1Gi5x", "--1x", "٣", "abc"];
  assertTable(
    texts.map((text) => [text, FORMAT] as const),
    errorOf,
  );
});

test("letters of the suffix set that make no suffix are refused as a suffix", () => {
  const texts = [
    "1K",
    "1ki",
    "1e",
    "1Kii",
    "1i",
    "k5",
    "-5k5",
    "--5",
    "1-5",
    "1e+",
    "1+",
    "1eE5",
    "1ee5",
    "1Gi5",
    "1nn",
  ];
  assertTable(
    [...texts, "1e9223372036854775808", "1e-9223372036854775809"].map((text) => [text, SUFFIX] as const),
    errorOf,
  );
});

test("every suffix stands for its power", () => {
  const tens = {
    n: 0,
    u: 3,
    m: 6,
    "": 9,
    k: 12,
    M: 15,
    G: 18,
    T: 21,
    P: 24,
    E: 27,
    e3: 12,
    E3: 12,
    "e+3": 12,
    "e-3": 6,
  };
  for (const [suffix, exponent] of Object.entries({ ...tens, e007: 16 })) {
    assert.is(parseQuantity(`1${suffix}`).nanos, 10n ** BigInt(exponent), suffix);
  }
  for (const [suffix, exponent] of Object.entries({ Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 })) {
    assert.is(parseQuantity(`1${suffix}`).nanos, 2n ** BigInt(exponent) * GIGA, suffix);
  }
});

test("an exponent keeps its low 32 bits, and beyond 1000 it is refused", () => {
  assert.is(compare("1e4294967296", "1"), 0);
  assert.is(compare("1e4294967299", "1k"), 0);
  assert.is(compare("1e1000", "1e999"), 1);
  assert.is(parseQuantity("1e-1000").nanos, 1n);
  assertTable(
    ["1e1001", "1e-1001", "1e2147483648", "0e5000"].map((text) => [text, EXPONENT] as const),
    errorOf,
  );
});

test("amounts finer than 10^-9 are rounded away from zero, after the suffix", () => {
  assertTable(
    [
      ["0.0000000001", 1n],
      ["-0.0000000001", -1n],
      ["0.1n", 1n],
      ["1.1n", 2n],
      ["1e-10", 1n],
      ["1.0000000001k", 1000000000100n],
      ["1.0000000000001k", 1000000000001n],
      ["0.0000000001Ki", 103n],
      ["0.0000000000", 0n],
    ],
    (text) => parseQuantity(text).nanos,
  );
});

test("binary suffixes are capped at int64, decimals are not", () => {
  for (const text of ["8Ei", "9Ei", "8192Pi", "9223372036854775807"]) assert.is(compare(text, "8Ei"), 0, text);
  assert.is(parseQuantity("-9Ei").nanos, -INT64_MAX * GIGA);
  assert.is(compare("7.99Ei", "8Ei"), -1);
  assert.is(compare("9223372036854775808", "8Ei"), 1);
  assert.is(compare("10E", "9Ei"), 1);
});

test("comparison is exact whatever the spelling", () => {
  assert.is(compare("1Gi", "1G"), 1);
  assert.is(compare("1.5Gi", "1536Mi"), 0);
  assert.is(compare("1000m", "1"), 0);
  assert.is(compare("0.5", "1"), -1);
  assert.is(compare("-1", "1n"), -1);
  assert.is(compare("1E", "1000000000000000001"), -1);
  for (const text of ["9300000000000M", "9300P", "9.3E", "9300000000000000000"]) {
    assert.is(compare(text, "9300000000G"), 0, text);
  }
});

test("the value is the amount rounded up", () => {
  assertTable(
    [
      ["100m", 1n],
      ["1500m", 2n],
      ["1.1Ki", 1127n],
      ["2Gi", 2147483648n],
      ["1n", 1n],
      ["-1.5", -2n],
      ["-1.1Ki", -1125n],
      ["-1500m", -2n],
      ["0", 0n],
    ],
    integerOf,
  );
});

test("the value of a decimal that overflows depends on its spelling", () => {
  assertTable(
    [
      ["9300000000G", -9146744073709551616n],
      ["9300000000000M", -9146744073709551616n],
      ["9300P", 0n],
      ["9.3E", 0n],
      ["10E", 0n],
      ["10000000000000000e4", 0n],
      ["100000000000000000k", 7766279631452241920n],
      ["10000000000000G", 1864712049423024128n],
      ["9E", 9000000000000000000n],
      ["9223372036854775808", -9223372036854775808n],
      ["100000000000000000000", 7766279631452241920n],
      ["1e1000", 0n],
      ["8Ei", INT64_MAX],
      ["-9Ei", -INT64_MAX],
    ],
    integerOf,
  );
});

test("a negative big decimal loses its high bits before it is divided", () => {
  // -10200547328 x 10^9 + 2^64 = 8246196745709551616
  assert.is(integerOf("-9.5Gi"), 8246196746n);
});

test("a text without digits is zero unless it needs a big decimal", () => {
  const zeros = ["-", "+", ".", "-0", "000", "-.", "k", "m", "Ki", "Mi", "Gi", "Ti", "E", "e5", "+Gi", "e-9"];
  assertTable(
    zeros.map((text) => [text, 0n] as const),
    (text) => parseQuantity(text).nanos,
  );
  assertTable(
    ["Pi", "Ei", ".Pi", "-Ei", ".Gi", "e-10"].map((text) => [text, text === ".Gi" ? undefined : NUMERIC] as const),
    errorOf,
  );
  assert.is(parseQuantity("0Pi").nanos, 0n);
  assert.is(parseQuantity(".5Pi").value, 2n ** 49n);
});

test("white space around the text goes, control characters do not", () => {
  for (const space of [" ", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028", "\u202f", "\u205f", "\u3000"]) {
    assert.is(integerOf(`${space}1Gi${space}${space}`), 2n ** 30n, JSON.stringify(space));
  }
  for (const other of ["\t", "\n", "\r", "\v", "\f", "\u0000", "\u001f", "\u200b", "\ufeff", "\u180e", '"', "\\"]) {
    assert.is(errorOf(`${other}1`), FORMAT, JSON.stringify(other));
    assert.is(errorOf(`1${other}`), FORMAT, JSON.stringify(other));
  }
});

test("the thousandths are rounded up and overflow a thousand times earlier", () => {
  assertTable(
    [
      ["0.0001", 1n],
      ["1500u", 2n],
      ["2", 2000n],
      ["1.1Ki", 1126400n],
      ["9223372036854775", 9223372036854775000n],
      ["9300000000000000", -9146744073709551616n],
      ["9300000000M", -9146744073709551616n],
      ["9300000000000k", -9146744073709551616n],
      ["9300000G", 0n],
      ["9300T", 0n],
      ["8Ei", -1000n],
      ["-9Ei", 1000n],
    ],
    (text) => milliValue(parseQuantity(text)),
  );
});

test("sums and maxima keep the form of int64 while it holds them", () => {
  const sum = (...texts: string[]): bigint => texts.map(parseQuantity).reduce(addQuantities).value;
  const most = (...texts: string[]): bigint => texts.map(parseQuantity).reduce(maxQuantity).value;
  assert.is(sum("0.5", "0.5"), 1n);
  assert.is(sum("100u", "100u", "100u"), 1n);
  // Added as 18 x 10^18, which is 0 by its scale; as whole numbers it wraps around.
  assert.is(sum("9E", "9E"), 0n);
  assert.is(sum("9E", "1"), 9000000000000000001n);
  assert.is(sum("9E", "9E", "1"), -446744073709551615n);
  assert.is(sum("9223372036854775807", "1"), -9223372036854775808n);
  // 10E fits by its scale, and not as the whole number that it is added as, though the sum would.
  assert.is(addQuantities(parseQuantity("10E"), parseQuantity("-9000000000000000000")).form, "decimal");
  // Nothing in form of int64 leaves 10E as it is, and in the other form it does not.
  assert.is(sum("10E", "0m"), 0n);
  assert.is(sum("0m", "10E"), 0n);
  assert.is(sum("10E", "0.0000000001", "-1n"), -8446744073709551616n);
  assert.is(most("10E", "9"), 0n);
  assert.is(most("9223372036854775807", "10E"), -8446744073709551616n);
  assert.is(most("10E", "9223372036854775807"), 0n);
  assert.is(most("1", "1000m"), 1n);
  assert.is(parseQuantity("1").scale, maxQuantity(parseQuantity("1"), parseQuantity("1000m")).scale);
});

test("a big decimal with a power of ten that int64 cannot hold is nothing, or the least integer", () => {
  const big = (text: string) => maxQuantity(parseQuantity("9223372036854775807"), parseQuantity(text));
  assert.is(milliValue(big("10E")), 0n);
  assert.is(milliValue(big("11E")), -9223372036854775808n);
  assert.is(milliValue(big("100000P")), BigInt.asIntN(64, 100000n * 10n ** 18n));
});

test.run();
