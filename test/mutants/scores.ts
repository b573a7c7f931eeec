// Mutants of scores, and of counts of batches.

import { changes, type Mutant, tables } from "./mutant.js";

const SCORES = [tables("scoring", "scoring-provisions", "scoring-recorded"), "scores"];

export const scores: readonly Mutant[] = [
  ...changes(
    "lib/filters/candidate-parts.ts",
    ["batches"],
    [
      [
        "if (selector === this.everything) return true;",
        "",
        { equivalent: "One more selector in the combination, of all nodes: the same count." },
      ],
      ["    if (this.length === MOST_PARTS) return false;\n", "", "off by one at a word's edge"],
      [
        "export const MOST_PARTS = 256;",
        "export const MOST_PARTS = 257;",
        { equivalent: "One more selector is combined: the same count." },
      ],
      ["CONDITION + this.plugin * NUMBERS + condition", "CONDITION + condition", "stale cache"],
    ],
  ),
  ...changes(
    "lib/filters/candidate-counts.ts",
    ["kept-rows", "counts", "batches", "row-growth", "incremental-counts"],
    [
      ["if (length > 1) ids.subarray(0, length).sort();", "", { suites: ["kept-rows"] }],
      ["if (pod < this.#resolvedAt.length) this.#resolvedAt[pod] = 0;", "", "stale cache"],
      [
        "if (this.#countedAt[combination] === epoch) return;",
        "if (this.#countedAt[combination] !== 0) return;",
        "stale cache",
      ],
      ["    this.#countedAt.fill(0);\n", "", { kind: "stale cache", suites: ["sweep-ids", "row-growth", "batches"] }],
      ["    this.#drops++;\n", "", { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] }],
      [
        "      this.dropRows();\n      throw error;",
        "      throw error;",
        { kind: "stale cache", suites: ["threads", "threaded-row-counter", "row-counter", "batches"] },
      ],
      [
        "while (row < rows && masks.hasBit(this.#rows[row], node)) row++;",
        "while (row < rows - 1 && masks.hasBit(this.#rows[row], node)) row++;",
        "off by one at a word's edge",
      ],
      ['if (answer === "open") resolution = answer;', 'if (answer === "open") return answer;'],
      [
        "for (let i = 0; i < pods.length; i++) counts[i] = count[counts[i]];",
        "for (let i = 1; i < pods.length; i++) counts[i] = count[counts[i]];",
      ],
      [
        "const count = this.#count;\n    for",
        "const count = this.#count.slice(0, 1 << 20);\n    for",
        { equivalent: "No cluster has so many combinations." },
      ],
      [
        "return this.#resolvedAt[pod] > 0 || this",
        "return this.#resolvedAt[pod] >= 0 || this",
        { suites: ["verdict", "arguments"] },
      ],
    ],
  ),
  ...changes("lib/score/shape.ts", SCORES, [
    [
      "utilization > shape[next].utilization) next++;",
      "utilization >= shape[next].utilization) next++;",
      { equivalent: "At a point the two lines that meet in it give one score." },
    ],
    [
      "Math.trunc(rise / (right.utilization - left.utilization))",
      "Math.floor(rise / (right.utilization - left.utilization))",
    ],
    ["utilization <= before", "utilization < before"],
  ]),
  ...changes(
    "lib/score/best-nodes.ts",
    ["scores"],
    [
      ["score === other ? this.before(this.nodes[than], node) : score < other", "score <= other"],
      ["this.#isWorse(this.nodes[child + 1], this.#scores[child + 1], child)) child++;", "false) child++;"],
      ["for (let left = this.size - 1; left > 0; left--)", "for (let left = this.size - 1; left > 1; left--)"],
    ],
  ),
  ...changes(
    "lib/score/step-scores.ts",
    ["scores"],
    [
      [
        "masks.ids(part).slice()",
        "masks.ids(part)",
        {
          kind: "use after release",
          equivalent: "Scoring lists no other row today; the copy is there for the day when it does.",
        },
      ],
      ["      into.fill(0);\n", "", "stale cache"],
    ],
  ),
  ...changes("lib/score/scored-rows.ts", SCORES, [
    ["this.#amounts[row] = Number.NaN;", "this.#amounts[row] += 0;", "stale cache"],
    ["    this.#amounts = new Float64Array(0);\n  }", "  }", { kind: "stale cache", suites: ["bounds", "scores"] }],
  ]),
  ...changes(
    "lib/evaluate/least.ts",
    ["ranks"],
    [
      ["epoch !== this.#epoch || ", "", "stale cache"],
      [" || size !== this.#size", "", "stale cache"],
    ],
  ),
  ...changes("lib/score/volume-scorer.ts", SCORES, [
    [
      "if (this.#adds) return this.#mean(step);",
      "if (this.#adds && step.selected.length === 0) return this.#mean(step);",
    ],
    ["classes === 0 ? 0 : Math.round(sum / classes)", "classes === 0 ? 0 : Math.floor(sum / classes)"],
    [
      "capacity === 0n || requested > capacity",
      "capacity === 0n || requested >= capacity",
      { equivalent: "All of it in use is 100 percent either way." },
    ],
    ["this.#objects.classOf(object) === 0 || storageClassName === 0", "capacity === 0"],
    ["capacity = this.#adds ? capacity + held : held;", "capacity += held;"],
    ["if (this.#isKnown(i)) continue;", ""],
  ]),
];
