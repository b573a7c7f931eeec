// Mutants of the stage evaluate: masks, rows, memory, selectors.

import { changes, type Mutant, tables } from "./mutant.js";

const COUNTS = ["row-growth", "node-masks", "batches", "incremental-counts", "columns"];

export const evaluateMasks: readonly Mutant[] = [
  ...changes(
    "lib/evaluate/mask.ts",
    ["node-masks", "kept-answers", "columns", "incremental-counts"],
    [
      [
        "return (((row >>> 6) << 3) | DENSE) >>> 0;",
        "return ((row >>> 6) << 3) | DENSE;",
        { kind: "sign of an address", suites: ["high-addresses"] },
      ],
      [
        "return (mask >>> 3) * 64;",
        "return (mask >>> 3) << 6;",
        { kind: "sign of an address", suites: ["high-addresses"] },
      ],
      [
        "return ((node << 3) | SINGLE) >>> 0;",
        "return (node << 3) | SINGLE;",
        { equivalent: "A node's number is below 2^28: a row of so many bits would fill the memory several times." },
      ],
      ["return ids[low] === node;", "return ids[low] >= node;"],
      ["if (i < a.length && a[i] === b[j]) i++;", ""],
    ],
  ),
  ...changes("lib/evaluate/mask-rows.ts", COUNTS, [
    [
      "Math.ceil((nodes * 1.25) / 512) * 512",
      "Math.ceil((nodes * 1.25) / 256) * 256",
      { kind: "off by one at a word's edge", suites: ["row-growth", "kernels", "node-masks"] },
    ],
    [
      "const at = (row >>> 2) + (node >>> 5);\n    const bit",
      "const at = (row >> 2) + (node >>> 5);\n    const bit",
      { kind: "sign of an address", suites: ["high-addresses"] },
    ],
    [
      "u32.slice(from, from + (this.bytes >> 2))",
      "u32.slice(from, from + (this.bytes >> 2) - 1)",
      { kind: "off by one at a word's edge", suites: ["kept-answers", "row-growth", "differential"] },
    ],
    [
      "if (this.#listBytes < this.capacity * 4) {",
      "if (this.#listBytes === 0) {",
      { kind: "use after release", suites: ["row-growth", "node-masks", "kept-answers"] },
    ],
    [
      "if (this.capacity > 0) this.freeRow(this.all);\n    this.capacity = capacity;",
      "this.capacity = capacity;",
      { suites: ["node-masks", "memory", "row-growth"] },
    ],
    [
      "Math.max(512,",
      "Math.max(0,",
      { equivalent: "A cluster without nodes gets rows of no bits, which are never read." },
    ],
  ]),
  ...changes(
    "lib/evaluate/mask-lists.ts",
    ["batches", "incremental-counts", "columns"],
    [["    this.#free.push(place);\n", "    this.#free.push(place, place);\n", "use after release"]],
  ),
  ...changes(
    "lib/evaluate/masks.ts",
    ["node-masks", "batches", tables("matching-several", "composition"), "incremental-counts", "columns"],
    [
      [
        "if (ids.length <= this.arrayLimit) return this.#array",
        "if (ids.length <= this.arrayLimit + 1) return this.#array",
        { equivalent: "A list one longer is kept as a list: the same nodes in another form." },
      ],
      [
        "    const patched = this.keepIds(ids);\n    this.release(mask);",
        "    this.release(mask);\n    const patched = this.keepIds(ids);",
        {
          kind: "use after release",
          equivalent: "Nothing fails between the two but for want of memory, and then the matcher is told so.",
        },
      ],
      [
        "if (form === ARRAY) this.#lists.free(mask >>> 3);",
        "",
        {
          suites: ["memory"],
          equivalent: "Places of lists are not used again then: memory alone, until rows get another length.",
        },
      ],
      ["ids.splice(at < 0 ? ids.length : at, 0, node);", "ids.splice(at < 0 ? 0 : at, 0, node);"],
      [
        "    if (a === NO_NODES || b === NO_NODES) return NO_NODES;\n    if (!this.isRow(a)) return this.#filter(a, b, true);",
        "    if (!this.isRow(a)) return this.#filter(a, b, true);",
      ],
      [
        "kept.length === this.#lists.at(few >>> 3).length ? few : this.#inScratch",
        "this.#inScratch",
        { equivalent: "A copy of the list instead of the list: the same nodes." },
      ],
      [
        "if ((mask & 7) === ARRAY) this.scratch.own(mask >>> 3);",
        "",
        { equivalent: "Lists of questions are not given back until rows get another length: memory alone." },
      ],
      [
        "    const row = this.scratch.row();\n    this.clearRow(row);",
        "    const row = this.scratch.row();",
        { kind: "use after release", suites: ["batches", "node-filters", "columns", "differential"] },
      ],
      [
        "count === 0 ? NO_NODES : dense(row)",
        "dense(row)",
        { equivalent: "An empty row instead of NO_NODES: whoever asks counts it." },
      ],
      [
        "for (let word = u32[from + i]; word !== 0 && count < most;",
        "for (let word = u32[from + i]; word !== 0;",
        { suites: ["node-masks", "verdict", "verdict-parity"] },
      ],
      [
        "for (let i = 0; i < words && count < most; i++)",
        "for (let i = 0; i < words - 1 && count < most; i++)",
        { kind: "off by one at a word's edge", suites: ["node-masks", "verdict", "row-growth"] },
      ],
      [
        "    this.scratch.clear();\n    this.#lists.clear();\n    this.lengthen",
        "    this.#lists.clear();\n    this.lengthen",
        { kind: "use after release", suites: ["row-growth", "node-masks", "batches"] },
      ],
      [
        "for (const node of this.ids(b)) this.setBit(row, node, false);",
        "",
        { suites: ["batches", "node-filters", "differential"] },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/scratch.ts",
    ["node-masks", "verdict", "batches"],
    [
      ["for (const scratch of this.#all) this.#empty(scratch);", "this.#empty(this.#common);", "use after release"],
      [
        "      this.#shrink(top, length);\n",
        "",
        { suites: ["memory", "verdict"], equivalent: "Masks of one call stay until the next question: memory alone." },
      ],
      ["    scratch.lists.length = lists;\n", "", "use after release"],
      [
        "    this.#current = scratch;\n",
        "",
        { kind: "use after release", suites: ["node-masks", "verdict", "verdict-parity"] },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/memory.ts",
    ["memory", "row-growth"],
    [
      ["ptr < this.#untouched", "ptr + size <= this.#untouched"],
      ["this.u32.fill(0, ptr / 4,", "this.u32.fill(0, ptr / 4 + 1,", "off by one at a word's edge"],
      [
        "line === undefined ? this.#cut(size) : line * LINE",
        "line === undefined ? this.#cut(size) : (line * LINE) | 0",
        "sign of an address",
      ],
      ["    if (grown) this.#view();\n", "", "stale cache"],
      ["    this.used -= size;\n", ""],
      ["if (largest < size) return false;", "if (largest <= size) return false;"],
      ["    this.#merge();\n    if", "    if"],
      ["      this.#end += size;\n", "      this.#end += LINE;\n", "use after release"],
      ["|| memory.grow(Math.ceil(least / PAGE) * PAGE)", ""],
      [
        "Math.max(LINE, Math.ceil(bytes / LINE) * LINE)",
        "Math.max(LINE, Math.floor(bytes / LINE) * LINE)",
        "off by one at a word's edge",
      ],
    ],
  ),
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
      ["this.#chains = new RowIndex(this, KEY, VALUE);\n  }\n\n  /** A term's", "}\n\n  /** A term's", "stale cache"],
      ["(literal & 1) !== 0 || blocks.at", "blocks.at", "missed listener"],
    ],
  ),
  ...changes("lib/evaluate/node-selectors.ts", COUNTS, [
    ["for (const column of changed) this.#anchors.collect(column.key, column.lost, touched);", "", "missed listener"],
    ["for (const selector of this.#anchors.unanchored) touched.add(selector);", "", "missed listener"],
    ["    this.#rows.patch(node, changed);\n", "", "stale cache"],
    ["    this.#anchors.settle();\n", "", "missed listener"],
    ["masks.setBit(masks.all, node, !gone);", "", "stale cache"],
    [
      "for (const listener of this.#listeners) listener(EVERYTHING, node, !gone);",
      "",
      { kind: "missed listener", suites: ["columns", "batches"] },
    ],
    [
      "for (const listener of this.#listeners) listener(selector, node, on);",
      "",
      { kind: "missed listener", suites: ["columns", "batches"] },
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
    ["    this.#program.clear();\n", "", { suites: ["memory"], equivalent: "A block of words stays: memory alone." }],
    ["(literal & 1) === 0 ? count : masks.count(ALL_NODES) - count", "count"],
    ["if (terms > 1) this.#found = found.filter((node, i) => node !== found[i - 1]);", ""],
    ["      if (masks.hasBit(row, node)) continue;\n", ""],
    [
      "if (this.#spare !== 0) this.masks.freeRow(this.#spare);\n    this.#spare = this.#brief = 0;",
      "this.#brief = 0;",
      "use after release",
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
      ["    this.#integers.clear();\n", "", { kind: "stale cache", suites: ["sweep-ids", "sweep-events"] }],
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
    ["masks.memory.u32.fill(0, row >>> 2, (row + masks.bytes) >>> 2);", "", "use after release"],
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
  ...changes("lib/evaluate/term-program.ts", COUNTS, [
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
  ]),
];
