// Mutants of the stage intern: texts, blocks, hashes.

import { changes, type Mutant, tables } from "./mutant.js";

const SWEEPS = ["sweep-ids", "equal-hashes", "sweep-events", "sweep"];
const INDEXES = ["row-index", "equal-hashes", "node-masks", "batches", "columns"];

export const internTexts: readonly Mutant[] = [
  ...changes("lib/intern/strings.ts", SWEEPS, [
    ["places[id * 2 + 1] === length && arena.equals(places[id * 2])", "places[id * 2 + 1] === length", "unseeded hash"],
    ['    this.#recentTexts.fill("");\n', "", "stale cache"],
    [
      "if (marked[id] !== 0 || id <= DEFAULT_NAMESPACE) order",
      "if (marked[id] !== 0 || id < DEFAULT_NAMESPACE) order",
      "use after release",
    ],
    ["    this.#slots.filter((id) => marked[id] !== 0 || id <= DEFAULT_NAMESPACE);\n", "", "use after release"],
    ["order.sort((a, b) => places[a * 2] - places[b * 2]);", "", "use after release"],
    ["if (places[id * 2 + 1] === FREED) continue;", "", "use after release"],
    ["if (length > into.length) return -1;", "if (length >= into.length) return -1;", { suites: [tables("labels")] }],
  ]),
  ...changes(
    "lib/intern/arena.ts",
    ["round-trip", "object-reading", "equal-hashes", "sweep-ids"],
    [
      ["(length + 3) >>> 2", "(length + 4) >>> 2", { suites: ["blocks"] }],
      [
        "for (let i = wordsOf(this.length) - 1; i >= 0; i--)",
        "for (let i = wordsOf(this.length) - 1; i > 0; i--)",
        "off by one at a word's edge",
      ],
      [
        "words[at] = shift === 0 ? byte : words[at] | (byte << shift);",
        "words[at] |= byte << shift;",
        "use after release",
      ],
      [
        "if (a !== b) return bigEndian(a) - bigEndian(b);",
        "if (a !== b) return a - b;",
        { suites: [tables("matching-sizes", "matching-reserved", "scoring-recorded"), "kept-answers", "cli/check"] },
      ],
      [
        "return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;",
        "return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);",
        { suites: ["equal-hashes", "kept-answers", tables("matching-sizes", "labels", "composition"), "batches"] },
      ],
      [
        "readonly #seed = (Math.random() * 0x1_0000_0000) | 0;",
        "readonly #seed = 0;",
        { kind: "unseeded hash", suites: ["equal-hashes"] },
      ],
      ["if (all >= 0x80) this.#writeUtf8(text);", "if (all > 0x80) this.#writeUtf8(text);"],
      ["const needed = this.tail + wordsOf(characters * 3);", "const needed = this.tail + wordsOf(characters);"],
    ],
  ),
  ...changes(
    "lib/intern/blocks.ts",
    ["blocks", ...SWEEPS],
    [
      ["if (this.equals(id, source, from, to)) return id;", "return id;", "unseeded hash"],
      ["if (tokens[start] !== to - from) return false;", "", "unseeded hash"],
      [
        "if (marked[id] !== 0 || id === NONE) order.push(id);",
        "if (marked[id] !== 0) order.push(id);",
        "use after release",
      ],
      [
        "    this.#slots.filter((id) => marked[id] !== 0 || id === NONE);\n",
        "",
        {
          kind: "use after release",
          suites: ["blocks"],
        },
      ],
      ["    order.sort((a, b) => this.start[a] - this.start[b]);\n", "", "use after release"],
      ["const needed = this.#tail + length + 1;", "const needed = this.#tail + length;", "off by one at a word's edge"],
      ["if (this.start[id] === FREED) continue;", "", "use after release"],
    ],
  ),
  ...changes(
    "lib/intern/hash.ts",
    ["equal-hashes"],
    [
      ["const SEED = (Math.random() * 0x1_0000_0000) | 0;", "const SEED = 0;", "unseeded hash"],
      ["let odd = SEED;", "let odd = 0;", "unseeded hash"],
    ],
  ),
  ...changes(
    "lib/intern/hash-slots.ts",
    ["hash-slots", ...INDEXES],
    [
      [
        "if (((at - home) & mask) < ((at - hole) & mask)) continue;",
        "if (((at - home) & mask) <= ((at - hole) & mask)) continue;",
        "use after release",
      ],
      ["    slots[hole + 1] = 0;\n", "", "use after release"],
      [
        "    this.#used = used;\n",
        "",
        { equivalent: "Slots that were freed count as taken, so that the table grows sooner: memory alone." },
      ],
      [
        "this.#slots = this.#resized(this.#slots.length, keep);",
        "this.#slots = this.#resized(this.#slots.length);",
        { kind: "use after release", suites: SWEEPS },
      ],
      [
        "return this.#from((place + 2) & (this.#slots.length - 1), hash);",
        "return this.#from(place + 2, hash);",
        "off by one at a word's edge",
      ],
    ],
  ),
  ...changes("lib/intern/row-index.ts", INDEXES, [
    [
      "this.rows.get(row, this.columnB) === b && this.rows.get(row, this.columnA) === a",
      "this.rows.get(row, this.columnB) === b",
      "unseeded hash",
    ],
    ["this.rows.get(row, this.columnB) === b && this.rows.get(row, this.columnA) === a", "true", "unseeded hash"],
    ["if (head !== 0) this.#previous[head - 1] = row + 1;", ""],
    ["if (next !== 0) this.#previous[next - 1] = previous;", ""],
  ]),
];
