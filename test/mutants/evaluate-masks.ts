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
        { kind: "sign of an address", equivalent: "Lines of 64 bytes below 4 GiB, times eight, stay below 2^31." },
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
  ...changes(
    "lib/evaluate/mask-rows.ts",
    ["mask-rows", ...COUNTS],
    [
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
        { kind: "use after release", suites: ["mask-rows", "row-growth", "node-masks", "kept-answers"] },
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
    ],
  ),
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
        { suites: ["scratch"] },
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
      ["if ((mask & 7) === ARRAY) this.scratch.own(mask >>> 3);", "", { suites: ["scratch"] }],
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
    ["scratch", "node-masks", "verdict", "batches"],
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
];
