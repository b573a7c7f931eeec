// Mutants of the stage objects: quantities, texts, Go's sort.

import { changes, type Mutant, tables } from "./mutant.js";

const INTEGERS = ["label-grammar", tables("labels", "node-affinity", "tolerations")];
const QUANTITY = ["quantity", "quantity-properties"];

export const objects: readonly Mutant[] = [
  ...changes("lib/objects/quantity.ts", QUANTITY, [
    ["n: -9, u: -6", "n: -6, u: -9"],
    ["Ki: 11, Mi: 8", "Ki: 12, Mi: 8"],
    ["const DECIMAL_DIGITS = 18;", "const DECIMAL_DIGITS = 19;"],
    [
      "text.charCodeAt(0) === 48 && end > 1",
      "text.charCodeAt(0) === 48 && end > 2",
      { equivalent: "The longer way reads such a text as the same amount in the same form." },
    ],
    [
      "if (shift > 18) return 0n;",
      "if (shift > 19) return 0n;",
      { equivalent: "No whole number but 0, which was dealt with, fits int64 times 10^19: 0 either way." },
    ],
    ["shift <= 3 || shift === 6 || shift === 9", "shift <= 3 || shift === 6"],
    ["dividend < 0n ? quotient - 1n", "dividend < 0n ? quotient"],
    ["if (Math.abs(exponent) > 1000)", "if (Math.abs(exponent) >= 1000)"],
    ["const dividend = unscaled < 0n ? BigInt.asIntN(64, unscaled) : unscaled;", "const dividend = unscaled;"],
    ["if (compareQuantity(second, first) <= 0) return first;", "if (compareQuantity(second, first) < 0) return first;"],
    [
      "const fits = integers && isInt64(left) && isInt64(right) && isInt64(sum);",
      "const fits = integers && isInt64(sum);",
    ],
    [
      "if (text.length - start > 19) return undefined;",
      "if (text.length - start > 18) return undefined;",
      { suites: INTEGERS },
    ],
    ["value > INT64_MAX || value < INT64_MIN", "value > INT64_MAX || value <= INT64_MIN", { suites: INTEGERS }],
    ['character >= " " && WHITE_SPACE', "WHITE_SPACE"],
  ]),
  ...changes(
    "lib/objects/go-sort.ts",
    ["go-sort"],
    [
      ["export const INSERTED = 12;", "export const INSERTED = 13;"],
      ["const LONG = 50;", "const LONG = 51;"],
      ["const REPAIRS = 5;", "const REPAIRS = 4;"],
      ["pivot = from + (to - 1 - pivot);", "pivot = from + (to - pivot);"],
      ["if (left < right) {", "if (left <= right) {"],
      ["balanced = Math.min(left, right) >= length >> 3;", "balanced = Math.min(left, right) > length >> 3;"],
    ],
  ),
  ...changes(
    "lib/objects/zones.ts",
    [tables("volume-zone", "migration-terms")],
    [['value.split("__")', 'value.split("_")']],
  ),
];
