// Mutants of NodeVolumeLimits.

import { changes, type Mutant, tables } from "./mutant.js";

const LIMITS = [tables("volume-limits", "volume-limits-sources", "volume-limits-changes"), "batches", "differential"];

export const limits: readonly Mutant[] = [
  ...changes("lib/filters/node-volume-limits/attachable.ts", LIMITS, [
    ["driver > EMPTY_TEXT && handle > EMPTY_TEXT ? {", "driver > EMPTY_TEXT ? {"],
    ["name === PORTWORX && this.minor <= 35", "name === PORTWORX && this.minor <= 36"],
    [
      "if (!plugin.translated) return undefined;\n      const { fault, id } = volumeHandle(cluster",
      "const { fault, id } = volumeHandle(cluster",
    ],
  ]),
  ...changes("lib/filters/node-volume-limits/csi-nodes.ts", LIMITS, [
    ["limit = this.#countOf(at) ?? limit;", "limit ??= this.#countOf(at);"],
    [
      "row >= 0 && csiDrivers.get(row, PREVENTS_SCHEDULING) === 2",
      "row >= 0 && csiDrivers.get(row, PREVENTS_SCHEDULING) !== 0",
    ],
    ["found ||= nameOf(at) === driver;", "found ||= nameOf(at) === driver && this.#countOf(at) !== undefined;"],
  ]),
  ...changes("lib/filters/node-volume-limits/limits-step.ts", LIMITS, [
    ["return fresh > 0 && this.limits.isOver", "return this.limits.isOver"],
    ["if (uses > own) fresh--;", "if (uses > 0) fresh--;"],
    ["else if (uses > 0 && !attached.isAttached(node, id)) count--;", ""],
    ["(pod) => pod !== this.#self", "() => true"],
    ["required.sort((a, b) => strings.compare(a, b))", "required"],
    ["!masks.has(nodes, row) || !csiNodes.hasLimits(node)", "!masks.has(nodes, row)"],
    [
      "if (volumes === undefined || volumes.size === 0) return nodes;",
      "if (volumes === undefined) return nodes;",
      { equivalent: "Without volumes no driver is asked about, but faults of pods on the nodes are." },
    ],
    [
      "if (candidate.pod < 0) return;",
      "",
      { equivalent: "A claim alone has no pod, so nodeOf is asked of no row: 0." },
    ],
  ]),
  ...changes("lib/filters/node-volume-limits/node-limits.ts", LIMITS, [
    ["attached + volumes > limit", "attached + volumes >= limit"],
    [
      "if (nodes !== ALL_NODES) return masks.and(nodes, dense(row));",
      "return masks.and(nodes, dense(row));",
      "use after release",
    ],
  ]),
  ...changes(
    "lib/filters/node-volume-limits/rooms.ts",
    ["attached-volumes", ...LIMITS],
    [
      ["    nodes.listen({ leaving: nodeChanges, entered: nodeChanges });\n", "", "missed listener"],
      ["    table.listen({ leaving: csiNodeChanges, entered: csiNodeChanges });\n", "", "missed listener"],
      ["return room >= number;", "return room > number;"],
      ["Math.max(0, limit - this.attached(name, driver))", "limit - this.attached(name, driver)", "sign of an address"],
      ["    this.#columns.clear();\n", "", { kind: "use after release", suites: ["row-growth", ...LIMITS] }],
      ["    for (const node of this.#changed) this.#isChanged[node] = 0;\n", "", "missed listener"],
      ["cluster.nodes.has(node) ? this.#roomOf(node, driver) : 0", "this.#roomOf(node, driver)", "use after release"],
    ],
  ),
  ...changes(
    "lib/filters/node-volume-limits/attached-volumes.ts",
    ["attached-volumes", ...LIMITS],
    [
      ["    byClaim.listen(this);\n", "", "missed listener"],
      ["        if (this.#built) this.#attachments.remove(row);\n", "", "missed listener"],
      ["        this.#claims.volumeChanges(name);\n", "", "missed listener"],
      ["        this.#attachments.volumeChanges(name);\n", "", "missed listener"],
      ["storageClasses.listen(whenBuilt", "void (whenBuilt", "missed listener"],
      ["claims.listen(whenBuilt", "void (whenBuilt", "missed listener"],
      ["if (this.byPods.references(id) > 1) return;", ""],
      ["if (!this.isAttached(node, volume)) this.#tally(node, volume, true);", "this.#tally(node, volume, true);"],
      ["if (this.byPods.find(node, volume) < 0) this.#tally(node, volume, on);", "this.#tally(node, volume, on);"],
      ["if (!replaced && this.#wasMigrated) this.#forget();", "", "missed listener"],
      ["isMigrated(row) !== (replaced && this.#wasMigrated)", "isMigrated(row) !== this.#wasMigrated", "stale cache"],
      [
        "    this.#built = false;\n    this.#hasConditional = false;",
        "    this.#hasConditional = false;",
        { kind: "stale cache", suites: ["sweep-ids", "sweep-events", "batches"] },
      ],
      [
        "if (byClaim.markOf(use) === 1) this.sources.check",
        "if (byClaim.markOf(use) === 0) this.sources.check",
        "missed listener",
      ],
    ],
  ),
  ...changes("lib/filters/node-volume-limits/attachments.ts", LIMITS, [
    [
      "attacher <= EMPTY_TEXT || volume < 0 || volumes.get(volume, VOLUME.csi) === 0",
      "attacher <= EMPTY_TEXT || volume < 0",
    ],
    ["    counts.volumes.release(volume);\n", "", { equivalent: "Volumes keep their ids: memory alone." }],
    ["if (pairs.references(pair) === 1) counts", "counts"],
  ]),
  ...changes(
    "lib/filters/node-volume-limits/claim-volumes.ts",
    ["attached-volumes", ...LIMITS],
    [
      ["(key | OF_CLAIM) >>> 0", "key | OF_CLAIM", "sign of an address"],
      ["return counted && volume === this.volumeOf(key) && ", "return volume === this.volumeOf(key) && "],
      ["attachables.isByClass(claim) ? claims", "false ? claims", "missed listener"],
      [
        "        this.#release(key);\n        this.#take(key, found);",
        "        this.#take(key, found);",
        { equivalent: "Volumes keep their ids: memory alone." },
      ],
    ],
  ),
  ...changes("lib/filters/node-volume-limits/pod-sources.ts", LIMITS, [
    ["return claimUseOf(volume) === 0;", "return true;"],
    ["claim < 0 || isControlledBy(cluster, claim, pod)", "claim < 0"],
    ["return fault === undefined;", "return true;"],
  ]),
  ...changes("lib/filters/node-volume-limits/wanted.ts", LIMITS, [
    ["if (entry.condition > met) continue;", "if (entry.condition >= met) continue;"],
    ["else if (!known.some((other) => other.handle === handle)) known", "else known"],
    [
      "return concerned ? entries : undefined;",
      "return entries;",
      { equivalent: "A step with nothing to count accepts every node, as a skipped one does." },
    ],
  ]),
  ...changes(
    "lib/filters/node-volume-limits/node-volume-limits.ts",
    ["attached-volumes", "batches", "counts"],
    [["csiDrivers.epoch + csiNodes.epoch", "csiDrivers.epoch", "stale cache"]],
  ),
];
