// Mutants of what keeps a failure from doing harm.

import type { Mutant } from "./mutant.js";
import { changes } from "./mutant.js";

const FAULTS = ["faults/faults"];

export const faults: readonly Mutant[] = [
  ...changes("lib/intern/derived.ts", FAULTS, [
    ["    this.isVoid = true;\n", "", "stale cache"],
    ["for (const owner of this.#owners) owner.spoilt?.();", "", "missed listener"],
    ["    if (this.isVoid) this.#mend();\n", "", "stale cache"],
    ["      this.restore?.();\n", "", "use after release"],
    ["    this.isVoid = true;\n    this.epoch++;\n", "    this.isVoid = true;\n", "stale cache"],
  ]),
  ...changes("lib/intern/row-listeners.ts", FAULTS, [
    [
      "if (!replaced) for (const gone of this.#keepers) gone(row);",
      "",
      { kind: "missed listener", suites: ["node-masks"] },
    ],
  ]),
  ...changes("lib/intern/hash-slots.ts", FAULTS, [
    [
      "    this.#slots = this.#resized(size);\n    return true;",
      "    this.#slots = this.#resized(size);\n    return false;",
    ],
  ]),
  ...changes("lib/evaluate/memory.ts", FAULTS, [
    ["    this.#free.clear();\n    this.used = 0;", "    this.used = 0;", "use after release"],
    ["    this.used -= size;\n    this.#kept.delete(ptr);", "    this.used -= size;"],
  ]),
  ...changes("lib/layers/layer.ts", FAULTS, [
    ["    table.reserveFor(tokens);\n", ""],
    ["    for (const [row, amendment] of amendments) amendment.prepare(row);\n", ""],
    ["    for (const [table, objects] of coming) table.reserve(objects);\n", ""],
    ["      this.isOwing = true;\n", "", "missed listener"],
  ]),
  ...changes("lib/layers/views.ts", FAULTS, [
    ["    if (layer.isOwing) allocating(() => layer.repair());\n", "", "missed listener"],
  ]),
  ...changes("lib/result/live-nodes.ts", FAULTS, [
    ["    this.#outdate();\n    this.#isVoid = true;", "    this.#outdate();", "stale cache"],
  ]),
  ...changes(
    "lib/evaluate/requirement-rows.ts",
    ["high-addresses"],
    [["masks.clearRow(row);", "masks.memory.u32.fill(0, row >>> 2, (row + masks.bytes) >>> 2);", "sign of an address"]],
  ),
];
