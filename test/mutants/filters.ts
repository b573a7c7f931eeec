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
      ["[...rows].sort((a, b) => a - b)", "[...rows]", { suites: ["cycle", "verdict", ...NODES, "batches"] }],
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
      'rejected.push({ code: "Unschedulable", reasons: [this.plugin.inUseReason], nodes: free });',
      'rejected.push({ code: "Unschedulable", reasons: [READ_WRITE_ONCE_POD], nodes });',
    ],
    ["disks.length === 0 && !inUse ? SKIP", "disks.length === 0 ? SKIP"],
    [
      'if (claims.some((claim) => this.#isExclusive(claim))) return "open";',
      "",
      { suites: ["batches", "verdict-parity", "counts"] },
    ],
    [
      "context.derivations.add(this.byDisk);",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
    ["if (claimUseOf(volume) !== NAMED) return true;", "if (claimUseOf(volume) !== NAMED) return false;"],
  ]),
  ...changes("lib/filters/volume-zone/zone-selectors.ts", ZONES, [
    ['zones.includes("") ? [] : zones.map', "zones.map"],
    ["if (today !== 0) choices.push", "if (false) choices.push"],
    ["    ways.push(this.#topologyKeys.map(({ key }) => requirements.existsLiteral(key) + 1));\n", ""],
    [
      "    this.#selectors.fill(0);\n",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
    [
      "    this.#combinations = new Blocks();\n    this.#selectors",
      "    this.#selectors",
      {
        kind: "stale cache",
        suites: ["sweep-ids"],
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
    [
      "    this.#bits.clear();\n",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
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
