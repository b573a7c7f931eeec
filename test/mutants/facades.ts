// Mutants of the facades and of results: what is kept, what is stale, what is reported.

import { changes, type Mutant, tables } from "./mutant.js";

const KEPT = ["kept-answers", "verdict", "verdict-parity"];

export const facades: readonly Mutant[] = [
  ...changes("lib/result/live-nodes.ts", KEPT, [
    ["    this.#words = this.#words.slice();\n", "", "use after release"],
    ["    this.#names = this.#names.slice();\n", "", "use after release"],
    ["    this.#index.outdated = true;\n", "", "stale cache"],
    [
      "    this.#outdated.add(new WeakRef(this.#index));\n",
      "",
      { kind: "use after release", suites: ["sweep-ids", "sweep"] },
    ],
    [
      "this.#words[node >>> 5] &= ~(1 << (node & 31));",
      "this.#words[node >>> 5] &= ~(1 << (node & 15));",
      "off by one at a word's edge",
    ],
    [
      "(node >>> 5) + 1);",
      "node >>> 5);",
      {
        kind: "off by one at a word's edge",
        equivalent: "Rows come one after the other, and what grows has at least half as much again, and 64 words.",
      },
    ],
  ]),
  ...changes("lib/result/node-index.ts", KEPT, [
    ["row >= 0 && names[row] === id ? row", "row >= 0 ? row", "stale cache"],
    [
      "return outdated && names[node] > 0 && nodes.has(node) && nodes",
      "return names[node] > 0 && nodes.has(node) && nodes",
      { equivalent: "As long as no node came or went, each id has its name." },
    ],
    ["nodes.get(node, nodes.NAME) !== names[node]", "false", "stale cache"],
    [
      "if (id === 0) return -1;",
      "",
      { equivalent: "The row that it leads to has no node, and whoever gets it looks whether it has." },
    ],
  ]),
  ...changes(
    "lib/result/node-set.ts",
    ["kept-answers", "verdict", "verdict-parity"],
    [
      ["return inside === this.#inverted ? -1 : id;", "return inside ? id : -1;"],
      ["this.#inverted ? index.size - size : size", "size"],
      ["if (!(index.names[id] > 0)) return -1;", ""],
      ["nodes.has(id) && !index.isTaken(id)", "nodes.has(id)", "stale cache"],
      ["if (this.#index.outdated) for (const id of ids) this.#index.checkId(id);", "", "stale cache"],
      [
        "(31 - Math.clz32(word & -word));\n        word &= word - 1;\n        if (excluded",
        "(30 - Math.clz32(word & -word));\n        word &= word - 1;\n        if (excluded",
        "off by one at a word's edge",
      ],
      [
        "return allocating(() => list.slice());",
        "return list;",
        { kind: "use after release", suites: ["kept-answers", "verdict", "printing"] },
      ],
    ],
  ),
  ...changes(
    "lib/result/node-mask.ts",
    ["node-masks", "verdict", "arguments"],
    [
      [
        "if (held.capacity !== masks.capacity) {",
        "if (held.capacity === 0) {",
        {
          kind: "use after release",
          equivalent:
            "Every set gives back its row before rows get another length, and none is read while they have none.",
        },
      ],
      ["    this.#size--;\n    this.#changed = true;", "    this.#size--;", "stale cache"],
      ["    this.#size++;\n    this.#changed = true;", "    this.#size++;", "stale cache"],
      ["    this.capacity = 0;\n", "", "use after release"],
      ["      masks.clearRow(held.row);\n", "", "use after release"],
      ["if (this.#hasId(id)) return;", ""],
      ["if (own.#masks !== masks) throw", "if (false) throw"],
      ["id >>> 5 >= this.#words.length", "id >>> 5 > this.#words.length", "off by one at a word's edge"],
    ],
  ),
  ...changes(
    "lib/result/plans.ts",
    ["kept-answers", tables("matching-sizes", "provisioning"), "verdict"],
    [
      ["if (this.state.epoch !== this.#epoch) {", "if (false) {", "stale cache"],
      ["claims.has(claim) ? claims.keyOf(claim) : this.key", "claims.keyOf(claim)", "use after release"],
    ],
  ),
  ...changes(
    "lib/result/outcome.ts",
    [
      "outcome",
      "cycle",
      "verdict",
      tables("composition", "bound-claims", "pre-filter-volumes", "matching-errors"),
      "verdict-parity",
    ],
    [
      ["if (first >= 0 && index.compare(node, first) >= 0) continue;", ""],
      [
        "totalOf(outcome) === 0 ? NO_NODES : outcome.result.accepted",
        "outcome.result.accepted",
        { equivalent: "Of no nodes none is accepted." },
      ],
      ["if (totalOf(outcome) === 0) return [];", ""],
      [
        "{ ...known, nodes: masks.or(known.nodes, nodes) }",
        "known",
        { suites: ["cycle", tables("node-resources", "composition"), "verdict"] },
      ],
      [
        "if (result.preFilter !== undefined) return undefined;",
        "",
        { equivalent: "A PreFilter that rejects leaves neither an error nor failures of nodes." },
      ],
    ],
  ),
  ...changes(
    "lib/result/message.ts",
    ["message", tables("composition", "node-resources")],
    [
      ["(counts.get(reason) ?? 0) + count", "count"],
      [".sort(compareUtf8);", ";"],
    ],
  ),
  ...changes(
    "lib/result/feasibility.ts",
    [tables("composition", "matching-errors", "pre-filter-volumes", "taints"), "verdict-parity"],
    [
      ["const alone = groups.length === 1 && error === undefined &&", "const alone = groups.length === 1 &&"],
      ["&& outcome.result.asked === ALL_NODES;", ";", { suites: ["evaluate-options", "verdict-parity"] }],
      [
        "alone && mask !== ALL_NODES ? accepted",
        "alone ? accepted",
        { equivalent: "All nodes are the complement of none." },
      ],
      ["else if (mark >= FIRST_REJECTED) {", "else if (mark > FIRST_REJECTED) {"],
      ["preFilter === undefined ? this.rejected : []", "this.rejected"],
    ],
  ),
  ...changes(
    "lib/verdict.ts",
    ["verdict", "verdict-parity", "kept-answers"],
    [
      ["    this.#outcome = undefined;\n    this.#view.enter", "    this.#view.enter", "stale cache"],
      [
        "if (this.#outcome !== undefined && this.#epoch === this.#evaluation.epoch) return this.#outcome;\n    throw",
        "if (this.#outcome !== undefined) return this.#outcome;\n    throw",
        "stale cache",
      ],
      [
        "    masks.scratch.enter(this.#scratch);\n",
        "",
        { equivalent: "Nothing that is made on reading is kept, so that it does not matter in whose scratch it lies." },
      ],
      ['typeof pod === "object" ? this.#evaluation.asked : pod', "pod as string", "use after release"],
      ["return this.feasibleCount > 0 && !failures", "return !failures"],
      ["if (!this.has(node)) return undefined;", ""],
    ],
  ),
  ...changes(
    "lib/evaluation.ts",
    ["node-masks", ...KEPT, "batches"],
    [
      ["if (!this.views.overlaid) this.nodeMasks.gone(node);", "", "missed listener"],
      [
        "          this.#liveNodes.markOutdated(markString);\n",
        "",
        { kind: "use after release", suites: ["sweep-ids", "sweep"] },
      ],
      ["      if (isStaged) table.unstage(row);\n", "", { kind: "use after release", suites: KEPT }],
      [
        "masks.memory.u32.set(this.#liveNodes.words, masks.all >>> 2);",
        "masks.memory.u32.set(this.#liveNodes.words.subarray(1), masks.all >>> 2);",
        { kind: "off by one at a word's edge", suites: ["node-masks", "row-growth"] },
      ],
      [
        "cluster.nodes.limit > masks.capacity",
        "cluster.nodes.limit > masks.capacity + 1",
        { kind: "off by one at a word's edge", suites: ["row-growth", "node-masks", "differential"] },
      ],
      [
        "      derivations.dropRows();\n      masks.resize",
        "      masks.resize",
        { kind: "use after release", suites: ["row-growth", "node-masks", "batches"] },
      ],
      [
        "return this.cluster.changeCounts.changes + this.context.derivations.epoch;",
        "return this.cluster.changeCounts.changes;",
        { kind: "stale cache", suites: ["kept-answers", "verdict"] },
      ],
      [
        "    masks.scratch.reset();\n    return masks.count",
        "    return masks.count",
        {
          equivalent: "What one pod's evaluation made stays until the batch ends: memory alone.",
          kind: "use after release",
        },
      ],
    ],
  ),
  ...changes(
    "lib/result/node-masks.ts",
    ["node-masks", ...KEPT, "batches"],
    [
      ["for (const row of this.#sets.keys()) row.release();", "", "use after release"],
      ["for (const mask of this.#sets.values()) mask.deref()?.delete(node);", "", "missed listener"],
    ],
  ),
  ...changes(
    "lib/result/subject.ts",
    ["kept-answers"],
    [['return asked.indexOf("/") > 0 ? asked : table', "return asked ? asked : table"]],
  ),
  ...changes(
    "lib/object-set.ts",
    ["object-set", "arguments"],
    [
      ["if (row < 0) return false;", "if (row <= 0) return false;"],
      [
        "for (let row = 0; row < table.limit; row++) if (table.has(row)) yield",
        "for (let row = 0; row < table.limit - 1; row++) if (table.has(row)) yield",
        "off by one at a word's edge",
      ],
    ],
  ),
  ...changes(
    "lib/options.ts",
    [
      "options",
      tables("volume-limits-sources", "pod-requests", "node-filter-order", "matching-properties"),
      "cli/arguments",
    ],
    [
      [
        "StorageCapacityScoring: { since: 33, on: 37 }",
        "StorageCapacityScoring: { since: 33, on: 36 }",
        { suites: ["options", tables("scoring", "scoring-recorded", "scoring-provisions")] },
      ],
      ["VolumeLimitScaling: { since: 35, on: 37 }", "VolumeLimitScaling: { since: 35, on: 36 }"],
      ["PodLevelResources: { since: 32, on: 34 }", "PodLevelResources: { since: 32, on: 33 }"],
      ["locked: 36 }", "locked: 37 }", { suites: ["options", "cli/arguments"] }],
    ],
  ),
  ...changes(
    "lib/matcher.ts",
    ["arguments", "verdict"],
    [
      ['return nodes.has(id) ? nodes.keyOf(id) : "";', "return nodes.keyOf(id);"],
      [
        'if (unknown !== undefined) throw new TopologyError("UnknownPod"',
        'if (false) throw new TopologyError("UnknownPod"',
      ],
    ],
  ),
];
