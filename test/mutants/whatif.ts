// Mutants of what-if questions and of plans.

import { changes, type Mutant } from "./mutant.js";

const FOLDER = "lib/whatif";
const CHANGES = ["whatif/whatif", "whatif/fate-of-pods", "whatif/random"];
const NEW_NODES = ["whatif/new-nodes", "whatif/random"];
const PLANS = ["whatif/plan", "whatif/random"];
const REFUSED = ["whatif/bad-changes", "whatif/whatif"];

export const whatif: readonly Mutant[] = [
  ...changes(`${FOLDER}/removal.ts`, CHANGES, [
    ['const OVER_ALL_NODES = "StrictCapacity";', 'const OVER_ALL_NODES = "";', { suites: ["whatif/random"] }],
    ["return going.length < csiNodes.size;", "return true;", { suites: ["whatif/fate-of-pods", "whatif/random"] }],
    ["if (fragile.has(i) && fate.lost > 0) losing++;", ""],
    ["if (fragile.has(i) && fate.gained > 0) gaining++;", ""],
    ["if (fates.isDoubtful) return undefined;", ""],
    [".filter(({ key }) => !stay.has(key))", ""],
  ]),
  ...changes(`${FOLDER}/cut-sets.ts`, CHANGES, [
    ["for (const set of this.#short.get(node) ?? []) cut.set(set, (cut.get(set) ?? 0) + 1);", ""],
    ["if (!left.has(i)) this.#places[next[setOf[i]]++] = i;", "this.#places[next[setOf[i]]++] = i;"],
  ]),
  ...changes(`${FOLDER}/node-changes.ts`, CHANGES, [
    ["filter(({ key }) => key !== UNSCHEDULABLE)", "filter(() => true)"],
    ["else if (removed) vacating.remove(matcher, key);", ""],
    ["vacating.assumed.get(key)?.revert();", ""],
    ["if (pod.metadata?.deletionTimestamp) {", "if (false) {"],
    ["    matcher.csiNodes.delete(name);\n", ""],
    ["return entry[1] !== null;", "return true;"],
  ]),
  ...changes(`${FOLDER}/fates.ts`, CHANGES, [
    ["now !== 0 && names[node] !== now", "now === 0"],
    ["if (nodes > 0) return { pod: key, from, nodes };", ""],
    ["[...new Set(claims)].map", "claims.map"],
    ["return found.sort((a, b) => a.nodes - b.nodes);", "return found;"],
    ["if (isFragile && this.options !== undefined) this.isDoubtful = true;", ""],
  ]),
  ...changes(`${FOLDER}/new-nodes.ts`, NEW_NODES, [
    ['filter(({ key }) => !PASSING.test(key ?? ""))', "filter(() => true)"],
    ["unschedulable: false, taints", "taints"],
    ["if (theirs[key] === labels[key]) own.delete(key);", "if (theirs[key] === undefined) own.delete(key);"],
    [
      "object.storageClassName === name && reaches(object, labels))) continue;",
      "object.storageClassName === name)) continue;",
    ],
    [
      "?.spec?.storageCapacity !== true) continue;",
      "?.spec?.storageCapacity === undefined) continue;",
      { equivalent: "room in a class whose driver does not track it is asked for nowhere" },
    ],
    ["if (labels[key] !== value) return false;", "if (labels[key] === undefined) return false;"],
    ["for (let i = 1; made.length < all; i++)", "for (let i = 2; made.length < all; i++)"],
  ]),
  ...changes(`${FOLDER}/object-changes.ts`, REFUSED, [
    [
      "storage.isMissing ? found.status?.restoreSize : storage.quantity()",
      "storage.isMissing ? undefined : storage.quantity()",
    ],
    [
      "const requests = { ...found.spec?.resources?.requests, storage",
      "const requests = { storage",
      { equivalent: "no rule reads a claim's other requests" },
    ],
    ["if (matcher.persistentVolumeClaims.has(key)) {", "if (false) {"],
  ]),
  ...changes(`${FOLDER}/order.ts`, PLANS, [
    [
      "compare(sizes.get(b) as bigint, sizes.get(a) as bigint)",
      "compare(sizes.get(a) as bigint, sizes.get(b) as bigint)",
    ],
    [
      "if (claim >= 0 && claims.get(claim, CLAIM.volumeName) <= EMPTY_TEXT) seen.add(claim);",
      "if (claim >= 0) seen.add(claim);",
    ],
  ]),
  ...changes(`${FOLDER}/place.ts`, PLANS, [
    ["verdict.assume(best[0]);", "verdict;"],
    ["this.#scoring = added === undefined ? {} : { added };", "this.#scoring = {};"],
    ["if (node === 0) continue;", "continue;"],
    ['if (!schedulable) return error ?? message ?? "";', 'if (!schedulable) return message ?? "";'],
  ]),
  ...changes(`${FOLDER}/pods.ts`, PLANS, [
    ["&& pods.get(pod, DELETED) === 0 &&", "&&"],
    ["&& !cluster.hasEnded(pod);", ";"],
    ["return [...new Set(rows)];", "return rows;"],
  ]),
];
