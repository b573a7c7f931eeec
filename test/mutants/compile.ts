// Mutants of the stage compile: selectors, amounts, requests.

import { changes, type Mutant, tables } from "./mutant.js";

const SELECTORS = [
  tables(
    "node-affinity",
    "node-affinity-errors",
    "labels",
    "provisioning-topologies",
    "matching-errors",
    "matching-properties",
  ),
  tables("bound-claims", "pod-affinity", "pod-affinity-names"),
];
const REQUESTS = [tables("pod-requests", "node-resources"), "told-apart", "node-resources"];

export const compile: readonly Mutant[] = [
  ...changes(
    "lib/compile/label-grammar.ts",
    ["label-grammar"],
    [
      ["export const LABEL_MAX_BYTES = 63;", "export const LABEL_MAX_BYTES = 64;"],
      ["export const PREFIX_MAX_BYTES = 253;", "export const PREFIX_MAX_BYTES = 254;"],
      ["Math.min(text.charCodeAt(i), 0x80)", "text.charCodeAt(i) & 0xff"],
      ["return previous !== 46 && previous !== 45;", "return previous !== 46;"],
      ["previous === 46 || previous === 45 : ", "previous === 46 : "],
      ["length === 0 || isName", "isName"],
    ],
  ),
  ...changes(
    "lib/compile/amounts.ts",
    ["dropped-ids", "sweep-ids"],
    [
      [
        "    this.#nanos.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#values.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#millis.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
    ],
  ),
  ...changes(
    "lib/compile/programs.ts",
    ["programs", ...SELECTORS, "equal-hashes"],
    [
      ["if (this.length - from > 32) numbers.subarray(from, this.length).sort();", "if (this.length - from > 32) {}"],
      [
        "for (; at > from && numbers[at - 1] > number; at--)",
        "for (; at > from + 1 && numbers[at - 1] > number; at--)",
      ],
      ["if (numbers[i] !== numbers[kept - 1]) numbers[kept++] = numbers[i];", "numbers[kept++] = numbers[i];"],
      ["if (terms.length > 0 && term === NONE) return this.EVERYTHING;", ""],
      [
        "[no, requirement * 2 + 1],",
        "[no, requirement * 2],",
        { suites: [tables("migration", "migration-terms"), "migration"] },
      ],
      [
        "if (yes === no) return yes;",
        "",
        { equivalent: "The terms of both are kept with a literal each: the same nodes, by a longer program." },
      ],
      ["    written.canonical(2);\n", "", { suites: ["programs"] }],
    ],
  ),
  ...changes("lib/compile/requirements.ts", SELECTORS, [
    ["operator === this.ids.gt || operator === this.ids.lt ? INVALID", "operator === this.ids.gt ? INVALID"],
    [
      "(!negated && this.#operator !== ids.in) || length !== 3",
      "(!negated && this.#operator !== ids.in) || length < 3",
    ],
    [
      "(numbers[2] === EMPTY_TEXT) !== negated ? HOLDS : FAILS",
      "(numbers[2] === EMPTY_TEXT) === negated ? HOLDS : FAILS",
    ],
    ["(operator === this.ids.notIn ? 1 : 0)", "0"],
    ["(operator === this.ids.doesNotExist ? 1 : 0)", "0"],
    ["if (values !== 0) return INVALID;", ""],
    ["if (values === 0) return INVALID;", ""],
    ["const bound = values === 1 ?", "const bound = values >= 1 ?"],
    ["operator === this.ids.gt ? OP_GT : OP_LT", "operator === this.ids.gt ? OP_LT : OP_GT"],
    [
      "strings.intern(integer.toString())",
      "id",
      {
        suites: ["programs"],
      },
    ],
    ["good ? GOOD_KEY : BAD_KEY;", "good ? GOOD_KEY | GOOD_VALUE : BAD_KEY;", "stale cache"],
  ]),
  ...changes("lib/compile/selector-compiler.ts", SELECTORS, [
    [
      "if (!nodeSelector.seek(cursor, TERMS)) return NOTHING;",
      "if (!nodeSelector.seek(cursor, TERMS)) return this.programs.EVERYTHING;",
    ],
    ["return written === 0 || !matches ? INVALID", "return !matches ? INVALID"],
    ["literal === INVALID || (named && literal === FAILS)", "literal === INVALID"],
    ["if (written > 0 && parses) terms", "if (parses) terms"],
    ["block === 0 || this.codec.blocks.at(block, 0) === 0", "block === 0"],
    [
      "    this.#volumeAffinities = new Uint32Array(0);\n",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
    [
      "    this.#topologies.clear();\n",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
    [
      "    this.#labelSelectors.clear();\n",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
    [
      "    this.requirements = new Requirements(this.codec, this.ids, this.programs);\n    this.#vol",
      "    this.#vol",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
  ]),
  ...changes(
    "lib/compile/pod-selectors.ts",
    [tables("pod-affinity", "pod-affinity-names"), "node-filters"],
    [
      ["if (ofTerm === undefined) return undefined;", "if (ofTerm === undefined) continue;"],
      ["if (terms === 0) return undefined;", ""],
      ["names === undefined ? [...listed] : names.filter((name) => listed.includes(name))", "[...listed]"],
      [
        "    this.#tolerated.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#affinities.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#nodeSelectors.clear();\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#uncordoned = 0;\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
    ],
  ),
  ...changes(
    "lib/compile/tolerations.ts",
    [tables("taints", "tolerations"), "node-filters"],
    [
      ["effect !== ids.noSchedule && effect !== ids.noExecute", "effect !== ids.noSchedule"],
      ["if (effect !== EMPTY_TEXT && effect !== taintEffect) continue;", "if (effect !== taintEffect) continue;"],
      ["if (key !== EMPTY_TEXT && key !== taintKey) continue;", "if (key !== taintKey) continue;"],
      ["operator === EMPTY_TEXT || operator === ids.equal", "operator === ids.equal"],
      ["if (operator === ids.exists) return true;", "if (operator === ids.exists) return value === EMPTY_TEXT;"],
      ["/^(0|-?[1-9][0-9]*)$/", "/^-?[0-9]+$/"],
      [
        "operator === ids.gt ? actual > bound : actual < bound",
        "operator === ids.gt ? actual >= bound : actual < bound",
      ],
    ],
  ),
  ...changes("lib/compile/pod-resources.ts", REQUESTS, [
    [
      "        raiseResources(peak, sidecars);\n",
      "",
      {
        suites: ["node-resources"],
      },
    ],
    ["        addResources(alone, sidecars);\n", ""],
    ["    raiseResources(total, peak);\n", ""],
    ["rules.minor >= 37 ? this.#usedByPod", "rules.minor >= 36 ? this.#usedByPod"],
    ["statuses.findLast((known)", "statuses.find((known)"],
    [
      "statusOf(container)?.allocated ?? (infeasible ? nothing : container.requests)",
      "statusOf(container)?.allocated ?? container.requests",
    ],
    [
      "infeasible ? maxResources(actuated, allocated) : maxResources(spec",
      "infeasible ? maxResources(spec, actuated, allocated) : maxResources(spec",
    ],
    ["if (this.names.isPodLevel(name)) total.set(name, amount);", "total.set(name, amount);"],
    ["if (overhead !== 0) addResources(total", "if (overhead === 0) addResources(total"],
  ]),
  ...changes(
    "lib/compile/pod-requests.ts",
    ["dropped-ids", ...REQUESTS],
    [
      ["    this.#key.fill(0, SPEC.length);\n", "", "stale cache"],
      ["name === cpu ? milliValue(quantity)", "name !== cpu ? milliValue(quantity)"],
      [
        "    this.#forget();\n    this.names.clear();",
        "    this.names.clear();",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      [
        "    this.#forget();\n    this.names.clear();",
        "    this.#forget();",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
    ],
  ),
  ...changes("lib/compile/resource-names.ts", REQUESTS, [
    ["!name.startsWith(QUOTA) && ", ""],
    ["isLabelKey(QUOTA + name)", "isLabelKey(name)"],
    ["name.startsWith(HUGE_PAGES) || name.startsWith(ATTACHABLE_VOLUMES)", "name.startsWith(HUGE_PAGES)"],
  ]),
];
