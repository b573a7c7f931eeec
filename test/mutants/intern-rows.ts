// Mutants of the stage intern: rows, columns, sweeps.

import { changes, type Mutant, tables } from "./mutant.js";

const SWEEPS = ["sweep-ids", "equal-hashes", "sweep-events", "sweep"];

export const internRows: readonly Mutant[] = [
  ...changes(
    "lib/intern/lazy-row-index.ts",
    [tables("changes"), "batches", "columns"],
    [
      ["    this.#chains?.add(row);\n", "", "missed listener"],
      [
        "if (this.#chains !== undefined && this.table.get(row, this.needed) !== 0) this.#chains.remove(row);",
        "",
        "missed listener",
      ],
    ],
  ),
  ...changes(
    "lib/intern/lazy-row-index.ts",
    ["lazy-row-index"],
    [
      ["this.#some = table.limit > 0;", "this.#some = false;"],
      ["    this.#some = true;\n    this.#chains?.add(row);", "    this.#chains?.add(row);"],
      ["what came while everything derived was void.\n    this.#some = true;", "what came.", "stale cache"],
      ["if (!table.has(row)) return;\n", ""],
    ],
  ),
  ...changes(
    "lib/intern/rows.ts",
    ["lazy-row-index"],
    [["first < limit; first += PAGE", "first + PAGE <= limit; first += PAGE"]],
  ),
  ...changes(
    "lib/intern/table.ts",
    ["object-set", "kept-answers", "batches"],
    [
      [
        "    this.changeCounts.dropped++;\n    this.set(row, this.NAME, 0);\n",
        "    this.changeCounts.dropped++;\n",
        "use after release",
      ],
      [
        "    this.set(row, this.NAME, 0);\n    this.#free.push(row);\n    this.size--;",
        "    this.#free.push(row);\n    this.size--;",
        "use after release",
      ],
      [
        "for (let i = written; i < width; i++) page[at + i] = 0;",
        "",
        { equivalent: "Every derived column of today is written by its derive, whatever stood there." },
      ],
      ["if (page[at + this.NAMESPACE] <= EMPTY_TEXT)", "if (page[at + this.NAMESPACE] < EMPTY_TEXT)"],
      [
        "    else if (this.#implied.size > 0) this.#implied.delete(row);\n    if (!known)",
        "    if (!known)",
        "stale cache",
      ],
      ["if (this.#implied.size > 0) this.#implied.delete(row);\n    this.set", "this.set", "stale cache"],
      [
        "    this.#listeners.leaving(row, false);\n",
        "",
        { kind: "missed listener", suites: ["node-masks", "kept-answers", "batches"] },
      ],
      [
        "    this.epoch++;\n    this.changeCounts.live--;",
        "    this.changeCounts.live--;",
        { kind: "stale cache", suites: ["counts", "batches", "incremental-counts"] },
      ],
      [
        "    this.changeCounts.live--;\n    this.changeCounts.changes++;",
        "    this.changeCounts.live--;",
        { kind: "stale cache", suites: ["verdict", "verdict-parity", "kept-answers"] },
      ],
      ["const slash = this.type.namespaced ? key.indexOf", "const slash = true ? key.indexOf"],
      ["slash <= 0 ? this.#unnamed", "slash < 0 ? this.#unnamed"],
      [
        "return row >>> 0 === row && row < this.limit",
        "return row <= this.limit",
        { suites: ["arguments", "object-set", "verdict"] },
      ],
    ],
  ),
  ...changes(
    "lib/intern/rows.ts",
    ["object-set", "round-trip"],
    [["this.limit >> PAGE_BITS === this.#pages.length", "this.limit >> PAGE_BITS > this.#pages.length"]],
  ),
  ...changes("lib/intern/sweeper.ts", SWEEPS, [
    ["    markMore(markString, markBlock);\n", "", "use after release"],
    ["    for (const id of Object.values(cluster.ids)) markString(id);\n", "", "use after release"],
    ["      codec.forget();\n", "", "stale cache"],
    ["      this.derivations.dropAll();\n", "", { kind: "stale cache", suites: ["sweep-ids"] }],
    ["return dropped - this.#dropped > live + SLACK;", "return false;"],
    [
      "    this.#dropped = this.cluster.changeCounts.dropped;\n",
      "",
      { equivalent: "A sweep follows every question then: slower, and the same answers." },
    ],
  ]),
  ...changes(
    "lib/intern/derived.ts",
    ["sweep-ids", "batches", "sweep-events"],
    [
      [
        "for (let i = this.#owners.length - 1; i >= 0; i--) this.#owners[i].dropRows?.();",
        "for (let i = this.#owners.length - 1; i > 0; i--) this.#owners[i].dropRows?.();",
        { suites: ["dropped-ids"] },
      ],
      [
        "  dropAll(): void {\n    this.dropRows();\n",
        "  dropAll(): void {\n",
        { kind: "use after release", suites: ["sweep-ids", "node-masks", "batches"] },
      ],
      [
        "  dropRows(): void {\n    this.epoch++;\n",
        "  dropRows(): void {\n",
        { kind: "stale cache", suites: ["verdict", "kept-answers", "node-masks"] },
      ],
      [
        "for (let i = this.#owners.length - 1; i >= 0; i--) this.#owners[i].dropIds?.();",
        "for (let i = this.#owners.length - 1; i > 0; i--) this.#owners[i].dropIds?.();",
        {
          kind: "stale cache",
          suites: ["dropped-ids"],
        },
      ],
    ],
  ),
  ...changes(
    "lib/intern/label-columns.ts",
    ["migration", "node-filters", "node-masks", "batches", "incremental-counts"],
    [
      [" && !this.#hasOtherField(node)) return;", ") return;", "missed listener"],
      ["this.nodes.get(node, this.#labels) === this.#before && ", "", "missed listener"],
      ['    if (!replaced) this.#apply(node, "went");', "", "missed listener"],
      [
        "if (place >= pairs || tokens[first + place * 2] !== column.key) {",
        "if (tokens[first + place * 2] !== column.key) {",
      ],
      [
        "    this.#columns.clear();\n",
        "",
        { kind: "stale cache", equivalent: "A column follows the ids on the nodes, whatever texts they stand for." },
      ],
      [
        "if (column !== undefined) this.#put(column, node, read(node), changed);",
        "",
        { kind: "missed listener", suites: ["migration", "batches"] },
      ],
      [
        'if (change !== "went") this.#keys.add(this.nodes.get(node, this.#labels));',
        "",
        { kind: "missed listener", suites: ["node-events"] },
      ],
      ["if (column.present === 0) this.#keys.build();", "", { suites: ["node-events"] }],
      [
        "    this.#keys.drop();\n",
        "",
        { kind: "stale cache", equivalent: "A key that was seen and is no node's costs a look at the nodes, no more." },
      ],
    ],
  ),
  ...changes(
    "lib/intern/label-keys.ts",
    ["node-events"],
    [
      [
        "if (this.#seen !== undefined) return;\n    const",
        "const",
        { equivalent: "All nodes are looked at again: more work, and no key of theirs is missed." },
      ],
      ["at >= first", "at > first", "missed listener"],
      ["if (key >= this.#seen.length) this.#seen = growU8(this.#seen, key + 1);", "", "missed listener"],
    ],
  ),
  ...changes(
    "lib/intern/label-column.ts",
    ["label-column", "node-filters"],
    [
      ["else if (value === 0) this.#few.delete(node);", "", "stale cache"],
      ["for (const [there, kept] of this.#few) places.set(there, kept);", "", "stale cache"],
    ],
  ),
  ...changes(
    "lib/intern/label-places.ts",
    ["label-column", "node-filters"],
    [
      ["    this.#lists.remove(number, node);\n", "", "stale cache"],
      ["    this.present--;\n", "", "stale cache"],
      [
        "    this.#free.push(number);\n",
        "",
        { equivalent: "Numbers of values are not used again then: memory alone." },
      ],
      ["    this.#slots.remove(this.#place);\n", "", "use after release"],
      ["this.#values[number] !== value", "false", "unseeded hash"],
      ["1 << (node & 31)", "1 << (node & 15)", "off by one at a word's edge"],
    ],
  ),
  ...changes(
    "lib/intern/uid.ts",
    ["uids", "object-reading", "round-trip"],
    [
      ["if (!hasUid(a, atA)) return !hasUid(b, atB);", "if (!hasUid(a, atA)) return false;"],
      [
        "return wrong === 0 && isWritten(tokens, at) && !isOther(tokens, at);",
        "return wrong === 0 && !isOther(tokens, at);",
      ],
      ["wrong |= ((a | b | c | d) >>> 7)", "wrong |= 0"],
      ["for (let i = 0; i < UID_WIDTH; i++) if (a[atA + i]", "for (let i = 1; i < UID_WIDTH; i++) if (a[atA + i]"],
    ],
  ),
  ...changes(
    "lib/intern/scalars.ts",
    ["sweep-ids", "sweep"],
    [["    if (id !== 0) mark(id);\n", "", "use after release"]],
  ),
  ...changes(
    "lib/intern/numerals.ts",
    ["round-trip", "quantity", "object-reading"],
    [
      ["if (length === 0 || length > 9) return 0;", "if (length === 0 || length > 10) return 0;"],
      ["if (number > NUMBER_MASK) return 0;", "if (number > NUMBER_MASK + 1) return 0;"],
      ["(number === 0 && i > 0)", "false"],
      ["if (i > 0 && number === 0) return 0;", ""],
      ["(letters === 2 && text.charCodeAt(at + 1) !== LOWER_I)", "false"],
    ],
  ),
  ...changes(
    "lib/intern/pairs.ts",
    [tables("volume-limits", "volume-limits-changes", "volume-restrictions"), "batches"],
    [
      ["    this.#index.remove(id);\n", "", "use after release"],
      ["    this.#free.push(id);\n", "", { equivalent: "Ids of pairs are not used again then: memory alone." }],
    ],
  ),
  ...changes(
    "lib/intern/watchers.ts",
    [tables("volume-limits-changes"), "batches"],
    [["if (this.#name[item] !== 0) this.#items.remove(item);", "", "stale cache"]],
  ),
  ...changes(
    "lib/intern/codec.ts",
    ["object-set", "sweep-ids"],
    [["if (known !== 0 && blocks.equals(known, stack, base, top)) return known;", "if (known !== 0) return known;"]],
  ),
  ...changes(
    "lib/intern/field-order.ts",
    ["object-reading", "round-trip"],
    [
      [
        "const end = Math.min(place + AHEAD, names.length);",
        "const end = place + AHEAD;",
        { equivalent: "Behind the last name there is nothing that equals one." },
      ],
      ["      this.texts[place] = text;\n", "", "stale cache"],
    ],
  ),
  ...changes(
    "lib/intern/cluster.ts",
    [tables("node-resources", "volume-limits", "pre-filter-classes", "matching-reserved"), "node-resources"],
    [
      ["return phase === ids.succeeded || phase === ids.failed;", "return phase === ids.succeeded;"],
      ["claims.set(row, CLAIM.class, beta || claims", "claims.set(row, CLAIM.class, claims"],
      ["!volumes.hasUid(volume, VOLUME.refUid) || ", ""],
    ],
  ),
];
