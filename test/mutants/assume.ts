// Mutants of what is assumed, bound and laid over a cluster, and of whom a change wakes.

import { changes, type Mutant } from "./mutant.js";

const RESERVE = ["assume/reserve", "assume/binding-status", "assume/overlays", "assume/statefulset", "assume/random"];
const LAYERS = ["assume/overlays", "assume/reserve", "assume/random"];

export const assume: readonly Mutant[] = [
  ...changes("lib/assume/reservation.ts", RESERVE, [
    // R-RSV-3, R-RSV-5
    ["const boundBefore = volumes.get(volume, VOLUME.claimRef) !== 0;", "const boundBefore = false;"],
    ["annotate: !boundBefore && says === 0,", "annotate: !boundBefore,"],
    ["whole: boundBefore && volumes.sameUid", "whole: volumes.sameUid"],
    ["if (changed[i]) amendments.push", "amendments.push"],
    // R-BND-2 of a claim that two pods share
    ["if (!binding.whole || !(earlier instanceof ReservedVolume)) return binding;", "return binding;"],
    ["annotate: byController && own === 0, claimVersion", "claimVersion"],
    // R-RSV-4
    ["if (layer.amendmentOf(claims, claim) === undefined) {", "if (layer.amendmentOf(claims, claim) !== undefined) {"],
    // R-RSV-7
    ["for (const { volume } of this.bindings) this.#restore(volumes, volume);", ""],
    ["for (const claim of this.provisions) this.#restore(claims, claim);", ""],
    ["amendment !== undefined && amendment.version === version", "amendment !== undefined"],
    ["if (ofVolume) seen.version = seen.written;", "seen.version = seen.written;"],
    ["if (ofVolume) seen.version = seen.written;", ""],
    // R-RSV-8
    ["[row: number, amendment: Amendment])[] = [[pod, this.#placed]];", "[row: number, amendment: Amendment])[] = [];"],
    ["if (this.#placed.own) this.layer.delete(pods, pod);", ""],
    ["pod >= 0 && this.layer.amendmentOf(pods, pod) === this.#placed", "pod >= 0"],
    ["    layer.holders.add(this);\n", "", { kind: "use after release", suites: ["sweep-ids", "assume/random"] }],
  ]),
  ...changes("lib/assume/assumer.ts", RESERVE, [
    // R-RSV-1, R-RSV-2
    ["plan.bindings.length === 0 && plan.provisions.length === 0", "plan.provisions.length === 0"],
    ["plan.bindings.length === 0 && plan.provisions.length === 0", "plan.bindings.length === 0"],
    // R-RSV-8
    ["if (known >= 0) this.#refusePlaced(known);", "", { equivalent: "It is refused behind, when it is assumed." }],
    ["    this.#refusePlaced(pod);\n    const outcome", "    const outcome"],
    ["if (before === undefined) layer.delete(pods, pod);", "if (before === undefined) void pod;"],
    ["error !== undefined || !masks.has(result.accepted, node)", "error !== undefined"],
  ]),
  ...changes("lib/assume/assumption.ts", RESERVE, [
    ['if (this.allBound) return { state: "bound" };', ""], // R-BND-1
    ["if (!view.layer.ended) {", "if (true) {"],
    ["    this.#reservation = undefined;\n", ""],
  ]),
  ...changes("lib/assume/patches.ts", RESERVE, [
    // R-BND-2
    ["const patch = whole ? { metadata }", "const patch = !whole ? { metadata }"],
    ["    ...versionPart(cluster, claimVersion),\n", ""],
    [
      "patch: { metadata: { ...versionPart(cluster, claim.filtered), annotations } },",
      "patch: { metadata: { annotations } },",
    ],
    ["{ resourceVersion: numeralText(version, strings) }", "{}"],
    ["...(annotate && {", "...(!annotate && {"],
  ]),
  ...changes("lib/assume/binding-status.ts", RESERVE, [
    ["`binding volumes: $", "`$"], // R-BND-3
    // R-BND-4
    ["if (node < 0) return failed(", "if (node < -1) return failed("],
    ["if (pod < 0 || cluster.hasEnded(pod)) {", "if (cluster.hasEnded(pod)) {"],
    ["if (pod < 0 || cluster.hasEnded(pod)) {", "if (pod < 0) {"],
    [
      "if (row < 0) return failed(`failed to check binding: persistentvolumes",
      "if (false) return failed(`persistentvolumes",
    ],
    ["if (claimRow < 0) {", "if (false) {"],
    ["if (unreached !== undefined) return failed(unreached);\n    if (!this.#hasClaim", "if (!this.#hasClaim"],
    ["if (!this.#hasClaim(row)) return failed", "if (false) return failed"],
    ["return this.#unbound(claimRow);", "return undefined;"],
    [
      "for (const binding of plan.bindings) {\n    const status = look.binding(binding);\n    if (status !== undefined) return status;\n  }\n",
      "",
    ],
    // R-BND-5
    ["if (annotations === 0) return failed", "if (false) return failed"],
    ["blocks.lookup(annotations, ids.selectedNode) !== this.plan.node", "false"],
    ["if (volume < 0) return waiting", "if (false) return waiting"],
    [
      "if (unreached !== undefined) return failed(unreached);\n    }\n    return this.#unbound(row);",
      "}\n    return this.#unbound(row);",
    ],
    ["(version === filtered && filtered !== 0)", "false"],
    ["return isOlder(version, written, table.codec.strings);", "return version !== written;"],
    ["amended.original(VOLUME.claimRef) !== 0 && amended.hasOriginalUid(VOLUME.refUid)", "true"],
    ["?.original(column) ?? table.get(row, column)", "?.original(-1) ?? table.get(row, column)"],
    // R-BND-6
    ["isFullyBound(cluster, claim) ? undefined : waiting(`", "isFullyBound(cluster, claim) ? undefined : failed(`"],
  ]),
  ...changes(
    "lib/layers/amendment.ts",
    [...LAYERS, "assume/binding-status"],
    [
      ["return token === EMPTY_TEXT ? 0 : token;", "return token;", { suites: RESERVE }],
      ["if (versionOf(this.table, row) !== this.version) return false;", "", "stale cache"],
      ["return this.version !== 0 || this.columns", "return true || this.columns", "stale cache"],
      ["return this.version !== 0 || this.columns", "return this.columns", "stale cache"],
      ["for (let i = 0; i < UID_WIDTH; i++) table.set(row, VOLUME.refUid + i, this.#uid[i]);", ""], // R-RSV-5
      ["const isThere = !this.byController ||", "const isThere ="],
      // R-RSV-6
      [
        "table.set(row, VOLUME.claimRef, WHOLE_REF);",
        "table.set(row, VOLUME.claimRef, WHOLE_REF);\n    table.set(row, VOLUME.phase, EMPTY_TEXT);",
        { suites: RESERVE },
      ],
      // R-RSV-8
      ["&& table.get(row, POD.nodeName) <= EMPTY_TEXT", ""],
      ["return table.isUid(row, POD.uid, { tokens: this.#uid, at: 0 }) &&", "return", "stale cache"],
      ["    this.own = false;\n", ""],
      ["if (table.get(row, POD.deletionTimestamp) !== 0 && !this.#wasLeaving) return false;", "", "stale cache"],
    ],
  ),
  ...changes(
    "lib/layers/with-entry.ts",
    ["assume/with-entry", ...LAYERS],
    [
      [
        "tokens[length++] = name === key ? value : blocks.at(map, 2 + i * 2);",
        "tokens[length++] = blocks.at(map, 2 + i * 2);",
      ],
    ],
  ),
  ...changes("lib/layers/layer.ts", LAYERS, [
    ["if (below !== undefined) this.amendmentOf(table, row)?.withdrawFrom(below);", "", "stale cache"],
    ["if (!amendment.holds(row)) this.#amendments.get(table)?.delete(row);\n    else if", "if", "stale cache"],
    ["if (row < 0 || !amendment.holds(row)) continue;", "if (row < 0) continue;", "stale cache"],
    [
      "if (now >= 0 && (below === undefined || now !== row)) table.delete(now);",
      "if (now >= 0 && below === undefined) table.delete(now);",
    ],
    [
      "[...this.#substitutes.values()].reverse();",
      "[...this.#substitutes.values()];",
      { equivalent: "All that came goes before anything returns: only the order in which rows are free differs." },
    ],
    ["return this.#ended || (this.parent?.ended ?? false);", "return this.#ended;", "use after release"],
    ["if (substitute.below === undefined) this.#substitutes.delete(idOf(table, substitute));", ""],
    ["if (table.has(row) && !kept.has(row)) this.delete(table, row);", ""],
    ["    this.rest();\n    const substitutes", "    const substitutes", "stale cache"],
  ]),
  ...changes("lib/layers/views.ts", LAYERS, [
    ["      table.watch((row) => this.#current.wentFrom(table, row));\n", "", "missed listener"],
    ["if (this.#current.ended) this.#climb(layer.parent);", "", "stale cache"],
    ["    yield this.base;\n", "", { kind: "use after release", suites: ["sweep-ids", ...LAYERS] }],
    ["    this.base.rest();\n", "", { kind: "use after release", suites: ["sweep-ids"] }],
    ["    this.cluster.codec.refuseReentry();\n", ""],
  ]),
  ...changes(
    "lib/hints/wakes.ts",
    ["wakes"],
    [
      ["if (isVain(change)) return NOBODY;", ""],
      ["use !== NO_CLAIM);", "use === NAMED);"],
      ["return (pod) => this.#hasVolumes(pod);\n      default:", "return NOBODY;\n      default:"],
      ['return this.filters.has("NodeResourcesFit") ? EVERYONE : (pod)', "return (pod)"],
      ["? itself\n      : (pod) => itself(pod) || this.#hasVolumes(pod);", "? itself\n      : itself;"],
      ["if (key >= 0 && byClaim.first(key) >= 0) return (pod) => this.#hasVolumes(pod);", ""],
      [
        "return use === EPHEMERAL_CLAIM && ephemeralClaim(cluster, pod, volume) === cluster.strings.get(name);",
        "return false;",
      ],
      ["if (cluster.pods.get(pod, POD.namespace) !== namespace) return false;", ""],
      [
        "if (tokens === undefined) return NOBODY;\n    // kube: R-HNT-6",
        "if (tokens === undefined) return EVERYONE;\n    // kube: R-HNT-6",
      ],
    ],
  ),
  ...changes(
    "lib/hints/wake.ts",
    ["wakes"],
    [
      ["phase === ids.succeeded || phase === ids.failed", "phase === ids.failed"],
      ["if (wake.#derivations.sweeps === wake.#epoch) return;", "return;", "stale cache"],
    ],
  ),
  ...changes(
    "lib/intern/versions.ts",
    ["if-newer", "assume/binding-status"],
    [
      ['[x.replace(/^0+/, ""), y.replace(/^0+/, "")]', "[x, y]"],
      ["m.length === n.length ? m < n : m.length < n.length", "m < n"],
      ["if (!DECIMAL.test(x) || !DECIMAL.test(y)) return false;", ""],
    ],
  ),
];
