// Mutants of the stage evaluate: amounts by place, users of claims, what nodes have left, lists to count.

import { changes, type Mutant, tables } from "./mutant.js";

const PLACES = [tables("matching-several", "matching-sizes"), "ranks", "columns", "batches", "differential"];

export const evaluatePlaces: readonly Mutant[] = [
  ...changes(
    "lib/evaluate/ranks.ts",
    ["ranks", "columns"],
    [
      ["if (half === 0) return 0;", ""],
      ["return at === 0 && ranks.length > 0 ? above - step : below + half;", "return below + half;"],
      ["if (at === ranks.length && at > 0) return below + step;", ""],
      ["fresh.size === 1 || fresh.size * AMOUNTS_A_PLACE < this.size", "fresh.size === 1"],
      ["    this.#step = step;\n    this.epoch++;\n", "    this.#step = step;\n", "stale cache"],
      ["number < rounded || (number === rounded && amounts[middle] < amount)", "number < rounded"],
      ["?? 0;\n  }\n\n  #lowerBound", "?? 1;\n  }\n\n  #lowerBound"],
    ],
  ),
  ...changes("lib/evaluate/ranked-indexes.ts", PLACES, [
    [
      "if (ranks.epoch !== epoch) return;",
      "",
      { equivalent: "An index whose ranks are void is filled again before it is asked." },
    ],
    ["for (const index of this.#all()) index.nodeChanged(selector, node, on);", "", "missed listener"],
    ["index.remove(row, this.rows.selectorOf(row));", "", "missed listener"],
    ["for (const index of indexes) index.add(row, rows.selectorOf(row));", "", "missed listener"],
    [
      "for (const index of this.#all()) index.dropColumns();",
      "",
      { kind: "use after release", suites: ["row-growth", "columns", "batches"] },
    ],
    [
      "    for (const index of this.#all()) index.clear();\n",
      "",
      { equivalent: "Indexes are not found again after a sweep, and rows gave back their columns before." },
    ],
    [
      "    this.#rank.fill(0);\n",
      "",
      { kind: "stale cache", equivalent: "A rank says which index has a row, and after a sweep there is no index." },
    ],
    [
      "if (index.epoch !== this.#ranks.epoch) this.#fill(index);",
      "if (index.epoch < 0) this.#fill(index);",
      "stale cache",
    ],
  ]),
  ...changes(
    "lib/evaluate/place-index.ts",
    ["place-index", "node-events", ...PLACES],
    [
      ["if (wide !== this.masks.isRow(this.selectors.mask(selector))) {", "if (false) {", "stale cache"],
      [
        "if (on) this.#cover.add(node, place);\n      else this.#cover.remove(node, place);",
        "if (on) this.#cover.add(node, place);",
        "missed listener",
      ],
      ["if (!this.#stale) this.#fresh.add(place);", "", "stale cache"],
      ["      for (const place of this.#fresh) this.#enter(place);\n", "", "stale cache"],
      ["      this.#fresh.clear();\n      return;", "      return;", "stale cache"],
      ["if (place.items.length > 0) this.#changed(place);", "if (true) {}", "stale cache"],
      ["    else this.#vanish(place);", "", "stale cache"],
      ["if (left !== undefined) this.#cover.remove(node, left);", "", "stale cache"],
      ["    this.places.delete(place.selector);\n", "", "stale cache"],
      [
        "if (this.#fresh.delete(place) || !this.#isIn(place)) return;",
        "if (!this.#isIn(place)) return;",
        "stale cache",
      ],
      [
        "if (rank <= there) continue;",
        "if (rank < there) continue;",
        { equivalent: "Of two equal ranks either may be the one that moves on." },
      ],
      ["for (let i = 1; i < bounds.length; i++) {", "for (let i = 2; i < bounds.length; i++) {"],
      ["items.slice(-bounds.length)", "items.slice(-1)"],
      ["bounds.includes(0) || ", ""],
      [
        "if (!this.#isIn(place)) return;\n    if (this.#wide.includes(place)) this.#stale = true;\n    else",
        "if (!this.#isIn(place)) return;\n    if (true)",
        "stale cache",
      ],
      ["return !this.#stale && this", "return this", "stale cache"],
      ["this.#columns.length > 0 && !this.#fresh.has(place)", "this.#columns.length > 0", "stale cache"],
      ["while (columns < depth) columns *= 2;", ""],
      ["return this.rankOf(a) - this.rankOf(b) || this.order(a, b);", "return this.rankOf(a) - this.rankOf(b);"],
      ["    this.#columns = [];\n    this.#stale = true;", "    this.#stale = true;", "use after release"],
      [
        "(column >>> 2) + masks.capacity);\n    this.#wide",
        "(column >>> 2) + masks.capacity - 512);\n    this.#wide",
        { kind: "off by one at a word's edge", suites: ["columns", "row-growth", "batches"] },
      ],
      ["const from = Math.max(0, items.length - columns.length);", "const from = Math.max(0, items.length - 1);"],
    ],
  ),
  ...changes("lib/evaluate/place-cover.ts", PLACES, [
    ["      this.#free.push(e);\n", "", { suites: ["place-index"] }],
    ["if (this.#place[e] !== place) continue;", "", "use after release"],
  ]),
  ...changes(
    "lib/evaluate/row-lists.ts",
    ["row-counter", "threaded-row-counter", "batches"],
    [
      ["block + ((this.length + 2) >>> 1) * 8", "block + ((this.length + 1) >>> 1) * 8", "off by one at a word's edge"],
      ["this.#offsets[at + 1] = this.rows;", "this.#offsets[at] = this.rows;"],
    ],
  ),
  ...changes(
    "lib/evaluate/row-counter.ts",
    ["row-counter", "batches"],
    [
      [
        "if (this.#lists.length === MOST_LISTS) this.finish();",
        "",
        { equivalent: "A batch is counted in one call, however long: the same counts." },
      ],
      [
        "    this.#lists.clear();\n    this.#bytes",
        "    this.#bytes",
        { kind: "stale cache", suites: ["row-counter", "memory"] },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/pods-by-key.ts",
    [
      "pods-by-key",
      tables("volume-restrictions", "volume-limits", "volume-limits-changes"),
      "kept-answers",
      "batches",
      "sweep-ids",
    ],
    [
      [
        "if (pods.find(pods.get(pod, POD.namespace), pods.get(pod, POD.name)) === pod) yield pod;",
        "yield pod;",
        "use after release",
      ],
      ["        if (this.#built) this.#remove(pod);\n", "", "missed listener"],
      ["        if (this.#built) this.#add(pod);\n", "", "missed listener"],
      [
        "if (this.keys.references(key) === 1) for (const listener of this.#listeners) listener.went(key);",
        "",
        "missed listener",
      ],
      [
        "    this.#built = false;\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/node-usage.ts",
    ["batches", "node-resources"],
    [
      ["    this.#releaseEmpty(place);\n    return node;", "    return node;", { suites: ["dropped-ids"] }],
      [
        "if (this.#node[place] !== 0 || this.#pods.get(place) !== 0n) return;",
        "if (this.#node[place] !== 0) return;",
        "use after release",
      ],
      ["    this.#pods.add(place, -1n);\n", "", "stale cache"],
    ],
  ),
  ...changes(
    "lib/evaluate/node-resources.ts",
    ["dropped-ids", tables("node-resources"), "kept-answers", "batches", "node-resources"],
    [
      [
        "name === 0 || pods.find(pods.get(pod, POD.namespace), pods.get(pod, POD.name)) !== pod",
        "name === 0",
        "use after release",
      ],
      ["      this.#podLeft();\n    }\n    //", "    }\n    //", "stale cache"],
      ["if (!replaced) this.#podLeft();", "", "missed listener"],
      [
        "name === this.#leftName && (name === 0 || request === this.#leftRequest)",
        "name === this.#leftName",
        "stale cache",
      ],
      ["    this.#free.write(node);\n", "", "stale cache"],
      ["    this.#allocatable.write(node);\n", "", "stale cache"],
      ["    this.changes.add(node);\n  }\n\n  #nodeLeaving", "  }\n\n  #nodeLeaving", "missed listener"],
      ["if (name === ids.cpu) return amounts.milli(token);", ""],
      ["name === ids.pods && amount < 0n ? 0n : amount", "amount"],
      [
        "    this.#usage = undefined;\n    this.requests.dropIds();",
        "    this.requests.dropIds();",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#free.drop();\n",
        "",
        { kind: "use after release", suites: ["node-resources", "row-growth", "batches"] },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/fitting-nodes.ts",
    [tables("node-resources"), "node-resources", "batches"],
    [
      ["kernels.and(row, row, masks.all, bytes);", "", "use after release"],
      ["this.enough(row, this.resources.free(cluster.ids.pods), ONE);", ""],
      ["    this.rows.dropRows();\n", "", { kind: "stale cache", suites: ["sweep-ids", "batches", "sweep-events"] }],
      ["request.filter(({ amount }) => amount > 0n)", "request"],
      ["    this.epoch++;\n", "", { kind: "stale cache", suites: ["sweep-ids", "batches", "sweep-events"] }],
    ],
  ),
  ...changes(
    "lib/evaluate/kept-rows.ts",
    ["kept-rows", "node-resources", "batches"],
    [
      [
        "cluster.nodes.has(node) && this.source.holds(condition, node)",
        "this.source.holds(condition, node)",
        "use after release",
      ],
      [
        "    kept.seen = changes.count;\n",
        "",
        { equivalent: "Nodes that changed are looked at again and again: slower, and the same row." },
      ],
      ["if (at < this.#all.length) this.#rows.delete(this.#all[at].condition);", "", "use after release"],
      ["    this.#rows.clear();\n", "", "use after release"],
      ["while (this.#all[this.#hand].round === this.#round) this.#hand++;", "", "use after release"],
    ],
  ),
  ...changes(
    "lib/evaluate/node-changes.ts",
    ["kept-rows", "node-resources"],
    [["return this.count - count <= MOST;", "return true;", "stale cache"]],
  ),
];
