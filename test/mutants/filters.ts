// Mutants of the filters that look at nodes, and of their cycle.

import { changes, type Mutant, tables } from "./mutant.js";

const NODES = [
  tables("taints", "tolerations", "pod-affinity", "pod-affinity-names", "node-filter-order"),
  "node-filters",
];
const RESOURCES = [tables("node-resources", "pod-requests", "node-filter-order"), "node-resources", "batches"];
const LIMITS = [tables("volume-limits", "volume-limits-sources", "volume-limits-changes"), "batches", "differential"];
const DISKS = [tables("volume-restrictions"), "batches"];
const ZONES = [tables("volume-zone", "volume-zone-claims"), "migration"];
const MIGRATION = [tables("migration", "migration-terms", "migration-errors"), "migration", "batches"];

export const filters: readonly Mutant[] = [
  ...changes(
    "lib/filters/cycle.ts",
    ["cycle", ...NODES],
    [
      ["remaining = ran.filtered.accepted;", "remaining = ran.filtered.accepted || remaining;"],
      ["if (answer.code === UNRESOLVABLE) return NO_NODES;", "", { suites: ["cycle"] }],
      ["if (result.preFilter !== undefined) return NO_NODES;", "", { suites: ["cycle"] }],
      [
        "      if (remaining === NO_NODES) break;\n",
        "",
        { equivalent: "A filter that is asked about no node finds nothing." },
      ],
      ['if (answer.kind === "skip") continue;', 'if (answer.kind === "skip") break;'],
    ],
  ),
  ...changes(
    "lib/filters/narrowing.ts",
    ["cycle", ...NODES],
    [
      ["this.#names === undefined ? names : this.#names.filter((name) => names.includes(name))", "names"],
      ["    rows.delete(-1);\n", ""],
      ["[...rows].sort((a, b) => a - b)", "[...rows]", { suites: ["cycle", ...NODES, "batches"] }],
    ],
  ),
  ...changes("lib/filters/node-affinity.ts", NODES, [
    ["nodeSelector === undefined && affinity === undefined", "nodeSelector === undefined || affinity === undefined"],
    ["if (affinity?.names?.length === 0) return CONFLICT;", ""],
    [
      "for (const selector of [this.nodeSelector, this.affinity?.selector]) {",
      "for (const selector of [this.nodeSelector]) {",
    ],
    [
      "for (const selector of [this.context.podSelectors.added, nodeSelector, affinity?.selector]) {",
      "for (const selector of [this.context.podSelectors.added, affinity?.selector]) {",
      { suites: ["node-filters"] },
    ],
    [
      "for (const selector of [this.context.podSelectors.added, nodeSelector, affinity?.selector]) {",
      "for (const selector of [nodeSelector, affinity?.selector]) {",
      { suites: ["plugin-config"] },
    ],
    [" && added === undefined) return SKIP", ") return SKIP", { suites: ["plugin-config"] }],
  ]),
  ...changes(
    "lib/filters/node-name.ts",
    ["node-name", "cycle"],
    [
      ["minor >= 37 ? [this.nodeName]", "minor >= 36 ? [this.nodeName]"],
      ["node < 0 ? NO_NODES : masks.and", "node < 0 ? nodes : masks.and"],
      ['nodeName <= EMPTY_TEXT ? "selectors" : "open"', '"selectors"'],
    ],
  ),
  ...changes("lib/filters/node-unschedulable.ts", NODES, [
    ["return pod >= 0 && tolerations", "return pod < 0 || tolerations"],
    ["cordoned === 0 ? nodes", "cordoned <= 1 ? nodes"],
    ["this.#tolerates(candidate) || list.push", "list.push", { suites: ["node-filters"] }],
  ]),
  ...changes("lib/filters/taint-toleration.ts", NODES, [
    ["if (behaviour.minor >= 34) return", "if (behaviour.minor >= 33) return"],
    ["columns.column(NODE_TAINTS).present === 0", "columns.column(NODE_TAINTS).present <= 1"],
    ["pod < 0 ? 0 : this.context.cluster.pods.get(pod, POD.tolerations)", "0"],
    ["      else group.push(node);\n", ""],
  ]),
  ...changes("lib/filters/selected-nodes.ts", NODES, [
    ["context.masks.andNot(nodes, accepted)", "context.masks.andNot(1, accepted)"],
  ]),
  ...changes("lib/filters/node-resources-fit/insufficient-nodes.ts", RESOURCES, [
    ["this.context.behaviour.minor >= 34 ? UNRESOLVABLE", "this.context.behaviour.minor >= 33 ? UNRESOLVABLE"],
    ["group.code === UNRESOLVABLE ? UNRESOLVABLE : code", "code"],
    ["if (short === NO_NODES) continue;", "", { equivalent: "Nothing is split off where nothing is short." }],
    [
      "resources.freeOf(node, part.name, amountIn(used, part.name)) >= part.amount",
      "resources.freeOf(node, part.name, 0n) >= part.amount",
    ],
    ["if (owns) failed = this.#without(failed, single(own.node));", "", "stale cache"],
    ["resources.allocatable(part.name), part)", "resources.free(part.name), part)"],
    [
      "resources.allocatableOf(node, part.name) < part.amount",
      "resources.allocatableOf(node, part.name) <= part.amount",
    ],
  ]),
  ...changes("lib/filters/node-resources-fit/node-resources-fit.ts", RESOURCES, [
    [
      "if (nodes !== ALL_NODES) return masks.and(nodes, dense(row));",
      "return masks.and(nodes, dense(row));",
      { kind: "use after release", suites: ["node-resources", "verdict", "kept-answers"] },
    ],
    ["fits === masks.has(accepted, own.node)", "true"],
    ["pod < 0 ? undefined : this.#ownNode(pod)", "undefined"],
  ]),
  ...changes("lib/filters/volume-restrictions/raw-disks.ts", DISKS, [
    ['name === "awsElasticBlockStore" ? -1', 'name === "iscsi" ? -1'],
    ["(a.readOnly && b.readOnly)", "(a.readOnly || b.readOnly)"],
    ["a.pool === b.pool && ", ""],
    ["a.monitors.some((monitor)", "a.monitors.every((monitor)"],
  ]),
  ...changes("lib/filters/volume-restrictions/volume-restrictions.ts", DISKS, [
    ["byClaim.markOf(use) === 0 && pod !== self", "pod !== self"],
    ["byClaim.markOf(use) === 0 && pod !== self", "byClaim.markOf(use) === 0"],
    ["nodes.find(EMPTY_TEXT, cluster.nodeOf(pod)) >= 0", "cluster.nodeOf(pod) >= 0"],
    ["if (pod === this.self) continue;", ""],
    [
      'rejected.push({ code: "Unschedulable", reasons: [READ_WRITE_ONCE_POD], nodes: free });',
      'rejected.push({ code: "Unschedulable", reasons: [READ_WRITE_ONCE_POD], nodes });',
    ],
    ["disks.length === 0 && !inUse ? SKIP", "disks.length === 0 ? SKIP"],
    [
      'if (claims.some((claim) => this.#isExclusive(claim))) return "open";',
      "",
      { suites: ["batches", "verdict-parity", "counts"] },
    ],
    ["context.derivations.add(this.byDisk);", "", { kind: "stale cache", suites: ["sweep-ids", "sweep-events"] }],
    ["if (claimUseOf(volume) !== NAMED) return true;", "if (claimUseOf(volume) !== NAMED) return false;"],
  ]),
  ...changes("lib/filters/volume-zone/zone-selectors.ts", ZONES, [
    ['zones.includes("") ? [] : zones.map', "zones.map"],
    ["if (today !== 0) choices.push", "if (false) choices.push"],
    ["    ways.push(this.#topologyKeys.map(({ key }) => requirements.existsLiteral(key) + 1));\n", ""],
    ["    this.#selectors.fill(0);\n", "", { kind: "stale cache", suites: ["sweep-ids", "sweep-events"] }],
    [
      "    this.#combinations = new Blocks();\n    this.#selectors",
      "    this.#selectors",
      {
        kind: "stale cache",
        equivalent:
          "Combinations are values' ids: one of other texts gets its selector anew, since those are forgotten.",
      },
    ],
    ["any |= values[i] = blocks", "any = values[i] = blocks"],
  ]),
  ...changes("lib/filters/volume-zone/volume-zone.ts", ZONES, [
    ["if (name === EMPTY_TEXT) return NO_CLAIM_NAME;", ""],
    ["return mode === ids.waitForFirstConsumer ? undefined : NO_VOLUME_NAME;", "return undefined;"],
    ["if (volume < 0) return `persistentvolume", "if (false) return `persistentvolume"],
    [
      "if (!podVolume.seek(source, PERSISTENT_VOLUME_CLAIM)) continue;",
      "if (!podVolume.seek(source, PERSISTENT_VOLUME_CLAIM)) break;",
    ],
    [
      "return claims.epoch + volumes.epoch + storageClasses.epoch;",
      "return claims.epoch + storageClasses.epoch;",
      { kind: "stale cache", suites: ["counts", "migration", "batches"] },
    ],
  ]),
  ...changes("lib/filters/migration/migrated-nodes.ts", MIGRATION, [
    ["    context.cluster.csiNodes.listen(this);\n", "", "missed listener"],
    ["    this.#refresh(csiNode);\n    this.#leaving = -1;", "    this.#leaving = -1;", "missed listener"],
    ["csiNode < 0 || csiNode === this.#leaving", "csiNode < 0", "stale cache"],
    ['split(","))', 'split(", "))'],
    ["    this.#bits.clear();\n", "", { kind: "stale cache", suites: ["sweep-ids", "sweep-events"] }],
  ]),
  ...changes("lib/filters/migration/migrated-affinity.ts", MIGRATION, [
    ["if (keysOf(terms).has(ZONE)) return false;", ""],
    ["labels.zone === undefined && labels.betaZone !== undefined", "labels.betaZone !== undefined"],
    ["(terms.length === 0 ? [{}] : terms)", "terms"],
    ["if (beta && hasValues(migrated, BETA_REGION))", "if (hasValues(migrated, BETA_REGION))"],
    ["key === wanted && (values ?? []).length > 0", "key === wanted"],
  ]),
  ...changes(
    "lib/filters/migration/volume-handles.ts",
    [...MIGRATION, ...LIMITS],
    [
      ["const zone = label(BETA_ZONE) || label(ZONE);", "const zone = label(ZONE) || label(BETA_ZONE);"],
      ["if (pieces.length !== 3) {", "if (pieces.length < 3) {"],
      ["kind !== 0 && strings.get(kind)", "strings.get(kind)"],
      ["regions.add(`", "regions.add(zone + `"],
    ],
  ),
];

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
  ...changes("lib/filters/node-volume-limits/rooms.ts", LIMITS, [
    ["    nodes.listen({ leaving: nodeChanges, entered: nodeChanges });\n", "", "missed listener"],
    ["    table.listen({ leaving: csiNodeChanges, entered: csiNodeChanges });\n", "", "missed listener"],
    ["return room >= number;", "return room > number;"],
    ["Math.max(0, limit - this.attached(name, driver))", "limit - this.attached(name, driver)", "sign of an address"],
    ["    this.#columns.clear();\n", "", "use after release"],
    ["    for (const node of this.#changed) this.#isChanged[node] = 0;\n", "", "missed listener"],
    ["cluster.nodes.has(node) ? this.#roomOf(node, driver) : 0", "this.#roomOf(node, driver)", "use after release"],
  ]),
  ...changes("lib/filters/node-volume-limits/attached-volumes.ts", LIMITS, [
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
  ]),
  ...changes("lib/filters/node-volume-limits/attachments.ts", LIMITS, [
    [
      "attacher <= EMPTY_TEXT || volume < 0 || volumes.get(volume, VOLUME.csi) === 0",
      "attacher <= EMPTY_TEXT || volume < 0",
    ],
    ["    counts.volumes.release(volume);\n", "", { equivalent: "Volumes keep their ids: memory alone." }],
    ["if (pairs.references(pair) === 1) counts", "counts"],
  ]),
  ...changes("lib/filters/node-volume-limits/claim-volumes.ts", LIMITS, [
    ["(key | OF_CLAIM) >>> 0", "key | OF_CLAIM", "sign of an address"],
    ["return counted && volume === this.volumeOf(key) && ", "return volume === this.volumeOf(key) && "],
    ["attachables.isByClass(claim) ? claims", "false ? claims", "missed listener"],
    [
      "        this.#release(key);\n        this.#take(key, found);",
      "        this.#take(key, found);",
      { equivalent: "Volumes keep their ids: memory alone." },
    ],
  ]),
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
    ["batches", "counts"],
    [["csiDrivers.epoch + csiNodes.epoch", "csiDrivers.epoch", "stale cache"]],
  ),
];
