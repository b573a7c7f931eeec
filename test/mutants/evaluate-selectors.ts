// Mutants of the stage evaluate: selectors of nodes, what is kept of them, how they are counted.

import { changes, type Mutant, tables } from "./mutant.js";

const COUNTS = ["row-growth", "node-masks", "batches", "incremental-counts", "columns"];

export const evaluateSelectors: readonly Mutant[] = [
  ...changes(
    "lib/evaluate/anchors.ts",
    ["node-masks", "kept-answers", "node-filters", "batches", "incremental-counts"],
    [
      [
        "for (let j = 2; j < blocks.length(requirement); j++)",
        "for (let j = 3; j < blocks.length(requirement); j++)",
        "missed listener",
      ],
      ["        this.unanchored.add(selector);\n", "", "missed listener"],
      ["this.#addEntry(blocks.at(blocks.at(term, j) >>> 1, 1), ANY, selector);", "", "missed listener"],
      ["this.#chains = new RowIndex(this, KEY, VALUE);\n  }\n\n  /** A term's", "}\n\n  /** A term's", "stale cache"],
      ["(literal & 1) !== 0 || blocks.at", "blocks.at", "missed listener"],
    ],
  ),
  ...changes("lib/evaluate/node-selectors.ts", COUNTS, [
    ["for (const column of changed) this.#anchors.collect(column.key, column.lost, touched);", "", "missed listener"],
    ["else for (const selector of this.#anchors.unanchored) touched.add(selector);", "", "missed listener"],
    [
      'if (change === "stayed") for (const column of changed) this.#anchors.collectKey(column.key, touched);\n    else for',
      "for",
      { suites: ["node-events"] },
    ],
    [
      'if (change === "stayed" && changed.length === 0) return;',
      "if (changed.length === 0) return;",
      { kind: "missed listener", suites: ["node-events"] },
    ],
    ["    this.#rows.patch(node, changed);\n", "", "stale cache"],
    ["    this.#anchors.settle();\n", "", "missed listener"],
    ["masks.setBit(masks.all, node, !gone);", "", "stale cache"],
    [
      "for (const listener of this.#listeners) listener(EVERYTHING, node, !gone);",
      "",
      { kind: "missed listener", suites: ["node-events", "columns", "batches"] },
    ],
    [
      "for (const listener of this.#listeners) listener(selector, node, on);",
      "",
      { kind: "missed listener", suites: ["node-events", "columns", "batches"] },
    ],
    [
      "const on = !gone && this.matching",
      "const on = this.matching",
      {
        equivalent: "The labels of a node that went are gone from the columns, but NotIn and DoesNotExist hold for it.",
        kind: "stale cache",
      },
    ],
    ["    this.#known.fill(0);\n", "", "use after release"],
    ["    this.#program.clear();\n", "", { suites: ["mask-rows", "memory"] }],
    ["(literal & 1) === 0 ? count : masks.count(ALL_NODES) - count", "count"],
    ["if (terms > 1) this.#found = found.filter((node, i) => node !== found[i - 1]);", ""],
    ["      if (masks.hasBit(row, node)) continue;\n", ""],
    [
      "if (this.#spare !== 0) this.masks.freeRow(this.#spare);\n    this.#spare = this.#brief = 0;",
      "this.#brief = 0;",
      { kind: "use after release", suites: ["bounds", "row-growth"] },
    ],
    ["rows.data[place + ROWS] > 0 || rows.data[place + SIZE] >= least", "rows.data[place + SIZE] >= least"],
    ["if (literals === 1) return true;", "return true;"],
    [
      "if (this.#brief < MOST_BRIEF) {",
      "if (this.#brief < MOST_BRIEF && false) {",
      { equivalent: "Masks of questions are made in scratch from the first on: the same nodes." },
    ],
  ]),
  ...changes(
    "lib/evaluate/label-matching.ts",
    [tables("node-affinity", "matching-properties"), "batches", "incremental-counts"],
    [
      ["tokens[at] === OP_GT ? label > bound : label < bound", "tokens[at] === OP_GT ? label >= bound : label < bound"],
      [
        "if (value === 0) return false;",
        "",
        { suites: [tables("node-affinity", "matching-properties"), "batches", "incremental-counts"] },
      ],
      [
        "    this.#integers.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "for (let i = 1; i <= tokens[at]; i++) if (this.termHolds",
        "for (let i = 1; i < tokens[at]; i++) if (this.termHolds",
        "off by one at a word's edge",
      ],
    ],
  ),
  ...changes("lib/evaluate/requirement-rows.ts", COUNTS, [
    ["if (before !== undefined) masks.setBit(before, node, false);", "", "stale cache"],
    ["if (after !== undefined) masks.setBit(after, node, true);", "", "stale cache"],
    [
      "for (let i = blocks.length(requirement) - 1; i > 1; i--)",
      "for (let i = blocks.length(requirement) - 1; i > 2; i--)",
    ],
    ["    masks.clearRow(row);\n", "", "use after release"],
    ["    this.#place.fill(0);\n", "", "use after release"],
    ["      rows.set(value, row);\n", "", { equivalent: "A row for every use: memory alone.", kind: "stale cache" }],
    ["    mapIn(this.#ofRequirement, column.key).set(requirement, row);\n", "", "missed listener"],
    ["this.#end = place + FIRST + rows + values;", "this.#end = place + FIRST + rows;", "use after release"],
  ]),
  ...changes(
    "lib/evaluate/selector-counts.ts",
    ["counts", "batches", "node-filters", "incremental-counts"],
    [
      [
        'if (change !== "stayed" || changed.length > 0) this.#currentEpoch++;',
        'if (change !== "stayed") this.#currentEpoch++;',
        "stale cache",
      ],
      [
        'if (change !== "stayed" || changed.length > 0) this.#currentEpoch++;',
        "if (changed.length > 0) this.#currentEpoch++;",
        "stale cache",
      ],
      [
        "    this.#epoch.fill(0);\n",
        "",
        { kind: "stale cache", suites: ["sweep-ids", "row-growth", "batches", "incremental-counts"] },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/term-program.ts",
    ["mask-rows", ...COUNTS],
    [
      ["const apart = negated !== 0 || count + values === 1;", "const apart = negated !== 0 || count + values <= 2;"],
      [
        "this.#union(requirement, place, apart ? 0 : count) | negated",
        "this.#union(requirement, place, apart ? 0 : count)",
      ],
      ["data[place + FIRST + i] | negated", "data[place + FIRST + i]"],
      [
        "if (length * 4 > this.#blockBytes) this.#makeRoom(length * 4);",
        "if (this.#blockBytes === 0) this.#makeRoom(length * 4);",
        "off by one at a word's edge",
      ],
    ],
  ),
];
