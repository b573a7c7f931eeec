// Mutants of the explanations: what decides which cause is told, which volume is the nearest, and which remedy is offered.

import { changes, type Mutant } from "./mutant.js";

const SITUATIONS = ["explain/situations"];
const OPTIONS = ["explain/options"];
const ORDER = ["explain/order", "explain/situations"];
const RANDOM = ["explain/situations", "explain/random"];

export const explain: readonly Mutant[] = [
  ...changes("lib/explain.ts", OPTIONS, [
    ["!context.masks.has(result.asked, row)", "false"],
    ["return isIterable ? ([...(items as Iterable<unknown>)] as T) : items;", "return items;"],
  ]),
  ...changes("lib/explain/afterwards.ts", SITUATIONS, [
    ["if (others === 0 || all <= volumes) return [];", "if (others === 0 || all < volumes) return [];"],
    ["if (driver !== provisioner) {", 'if (driver === "") {'],
    ["status?.readyToUse !== true || contentRow < 0", "contentRow < 0"],
  ]),
  ...changes("lib/explain/attach-limits.ts", SITUATIONS, [
    [
      "limit - count - (nearest.limit - nearest.attached)",
      "nearest.limit - nearest.attached - (limit - count)",
      { suites: RANDOM },
    ],
  ]),
  ...changes("lib/explain/bound-volumes.ts", RANDOM, [
    ["if (moved !== NO_NODES && fault !== undefined) {", 'if (moved !== NO_NODES && fault === "") {'],
  ]),
  ...changes("lib/explain/candidates.ts", SITUATIONS, [
    ["return ones(a) - ones(b) || rank(a) - rank(b);", "return rank(a) - rank(b);"],
    ["if (sizeA !== sizeB) return sizeA > sizeB ? a : b;", "", { suites: SITUATIONS }],
    ["ranges.filter(({ bits }) => bits === CLASS)", "ranges.filter(() => true)"],
  ]),
  ...changes("lib/explain/capacity.ts", SITUATIONS, [
    ["a.limit > b.limit ? -1 : 1", "a.limit > b.limit ? 1 : -1"],
    ["if (reached[node] === 0) bare.push(node);", "bare.push(node);"],
    ['if (maximum !== 0) return { path: "maximumVolumeSize", token: maximum };', ""],
  ]),
  ...changes("lib/explain/census.ts", ORDER, [
    ["if (last?.epoch === epoch) return last.groups;", "if (last !== undefined) return last.groups;", "stale cache"],
    ["if (sizeA !== sizeB) return sizeA > sizeB ? -1 : 1;", "if (sizeA !== sizeB) return sizeA > sizeB ? 1 : -1;"],
  ]),
  ...changes("lib/explain/node-labels.ts", SITUATIONS, [
    ["if (++distinct > MOST_TOLD_APART) return undefined;", "if (++distinct > 1) return undefined;"],
  ]),
  ...changes("lib/explain/plugin-findings.ts", OPTIONS, [
    ["if (plugin === undefined) return [];", ""],
    ["if (bare === NO_NODES || masks.count(bare) === 0) continue;", "continue;"],
  ]),
  ...changes("lib/explain/source-places.ts", SITUATIONS, [
    ["if (away === NO_NODES) return undefined;", "return undefined;"],
  ]),
  ...changes("lib/explain/unbound-claims.ts", SITUATIONS, [
    [
      "const fitting = fittingVolume(x, claim);\n  if (fitting >= 0) {",
      "const fitting = fittingVolume(x, claim);\n  if (fitting > claims.limit) {",
    ],
    ['!has(bits, "released") && !has(bits, "reserved")', "true"],
  ]),
  ...changes("lib/explain/untranslated.ts", RANDOM, [
    ["const fault = volume < 0 ? undefined : volumes.faultOf(volume);", "const fault = undefined;"],
  ]),
  ...changes("lib/explain/volume-ranges.ts", RANDOM, [
    [">= this.request.nanos", "> this.request.nanos"],
    ["yes ? bits & ~SELECTOR : bits | SELECTOR", "yes ? bits | SELECTOR : bits & ~SELECTOR"],
    ["return this.#marks[places[i]] === 1;", "return true;"],
  ]),
  ...changes("lib/remedies.ts", OPTIONS, [
    ["if (!this.#fitting.has(name)) opened++;", "opened++;", { suites: RANDOM }],
    [
      "const helps = causes.length > 0 ? opens > 0 : this.#settles(overlay);",
      "const helps = true;",
      { suites: RANDOM },
    ],
  ]),
  ...changes("lib/explain/remedies/for-nodes.ts", SITUATIONS, [
    ["key !== self && ", "", { suites: ["explain/situations", "explain/random"] }],
  ]),
  ...changes("lib/explain/remedies/change.ts", SITUATIONS, [['.replaceAll("/", "~1")', ""]]),
];
