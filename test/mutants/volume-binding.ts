// Mutants of VolumeBinding.

import { changes, type Mutant, tables } from "./mutant.js";

const CLAIMS = [
  tables("pre-filter-volumes", "pre-filter-classes", "bound-claims", "composition"),
  tables("provisioning", "capacity-objects", "capacity-sizes"),
];
const MATCHING = [
  tables("matching-sizes", "matching-several", "matching-reserved", "matching-properties", "matching-errors"),
  tables(
    "selected-node",
    "provisioning",
    "changes",
    "composition",
    "capacity-objects",
    "capacity-sizes",
    "scoring-recorded",
  ),
  "told-apart",
  "ranks",
  "columns",
  "differential",
];

export const volumeBinding: readonly Mutant[] = [
  ...changes("lib/filters/volume-binding/pre-filter.ts", CLAIMS, [
    ["if (delayed && !hasVolumeName(cluster, claim)) claims", "if (delayed) claims"],
    ["cluster.claimAnnotation(claim, cluster.ids.bindCompleted) !== 0", "true"],
    ["if (mode === 0) return `VolumeBindingMode", "if (false) return `VolumeBindingMode"],
    ["tokens[controller.at] !== 2) continue;", "false) continue;"],
    ["const ephemeral = !direct && podVolume", "const ephemeral = podVolume"],
    [
      "if (!ownerReference.seek(uid, UID)) return !pods.hasUid(pod, POD.uid);",
      "if (!ownerReference.seek(uid, UID)) return false;",
    ],
    [
      "return !isLost(cluster, claim) && !isDeleting(cluster, claim) && isFullyBound",
      "return !isLost(cluster, claim) && isFullyBound",
      { suites: ["batches", "counts", "verdict-parity"] },
    ],
    ["if (ephemeral && !isControlledBy(cluster, claim, pod)) {", "if (false) {"],
  ]),
  ...changes(
    "lib/filters/volume-binding/bound-claims.ts",
    [tables("bound-claims", "composition", "migration-errors")],
    [
      [
        "return new BoundNodes(context, nodes, NO_NODES, reached, failed);",
        "return new BoundNodes(context, nodes, NO_NODES, nodes, failed);",
      ],
      [
        "context.masks.andNot(context.masks.andNot(judged, accepted), missing)",
        "context.masks.andNot(judged, accepted)",
      ],
      [
        "const moved = masks.and(reached, volumes.movedNodes(volume));",
        "const moved = masks.and(nodes, volumes.movedNodes(volume));",
      ],
    ],
  ),
  ...changes(
    "lib/filters/volume-binding/bound-volumes.ts",
    [tables("migration", "migration-terms", "migration-errors", "changes"), "migration", "batches"],
    [
      ["    key[BETA_ZONE] = blocks.lookup(labels, ids.betaZone);\n", "", "stale cache"],
      ["key[FAULTY] = this.faultOf(volume) === undefined ? 0 : 1;", "key[FAULTY] = 0;"],
      ["leaving: (volume) => this.#forget(volume)", "leaving: () => {}", "missed listener"],
      [
        "    this.#selectors.fill(0);\n",
        "",
        { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
      ],
      ["    new MigratedNodes(context);\n", "", "missed listener"],
    ],
  ),
  ...changes("lib/filters/volume-binding/claims-to-bind.ts", MATCHING, [
    ["(a, b) => a.request < b.request", "(a, b) => a.request <= b.request"],
    ["if (volumes.get(row, VOLUME.class) !== shape.class) continue;", ""],
    ["amounts.nanos(cluster.capacityOf(row)) >= request", "amounts.nanos(cluster.capacityOf(row)) > request"],
    ["return rows.sort((a, b) => strings.compare", "return rows.reverse().sort((a, b) => -strings.compare"],
    [
      "for (const { list } of toBind) freeVolumes.refresh(list);",
      "",
      { kind: "stale cache", suites: ["ranks", "columns", "batches"] },
    ],
    ['behaviour.gates.get("VolumeAttributesClass") === false', 'behaviour.gates.get("VolumeAttributesClass") !== true'],
    ["if (!cluster.claimRefAllows(row, claim)) continue;", ""],
  ]),
  ...changes("lib/filters/volume-binding/delayed-claims.ts", MATCHING, [
    ["const delayed = this.#serve(bound.judged);", "const delayed = this.#serve(bound.accepted);"],
    ["node === EMPTY_TEXT ? -1 : cluster.nodes", "cluster.nodes", { equivalent: "No node has the empty name." }],
    [
      "for (const { list } of toBind) freeVolumes.refresh(list);",
      "",
      { kind: "stale cache", suites: ["ranks", "kept-answers"] },
    ],
    ["const refused = masks.andNot(wanting, allowed);", "const refused = masks.andNot(served, allowed);"],
    [
      "for (const claim of [...this.selected, ...this.toBind]) {\n      const places",
      "for (const claim of [...this.selected]) {\n      const places",
      { suites: ["scores"] },
    ],
    ["served = masks.andNot(masks.andNot(served, refused), crowded);", "served = masks.andNot(served, refused);"],
    ["all.length === 0 ? NO_NODES : masks.and(nodes, there)", "masks.and(nodes, there)"],
  ]),
  ...changes("lib/filters/volume-binding/free-volumes.ts", MATCHING, [
    ["    key[3] = shape.accessModes;\n", "", "stale cache"],
    ["    key[4] = shape.selector;\n", "", "stale cache"],
    ["    key[2] = shape.volumeAttributesClassName;\n", "", "stale cache"],
    ["if (volumes.get(row, VOLUME.claimRef) !== 0) return false;", ""],
    ["if (volumes.get(row, VOLUME.phase) !== ids.available) return false;", ""],
    ["claims.get(claim, CLAIM.volumeMode) || ids.filesystem", "claims.get(claim, CLAIM.volumeMode)"],
    [
      "    this.#lists.clear();\n",
      "",
      { kind: "stale cache", suites: ["sweep-generations", "sweep-ids", "sweep-events"] },
    ],
    [
      "order: (a, b) => strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name)),",
      "order: (a, b) => a - b,",
    ],
    ["if (wanted === 0 || wanted === modes) return true;", "if (wanted === modes) return true;"],
    ["!found && j > 0; j--)", "!found && j > 1; j--)", "off by one at a word's edge"],
  ]),
  ...changes("lib/filters/volume-binding/greedy.ts", MATCHING, [
    ["if (volume >= 0) freeVolumes.take(volume);", ""],
    ["if (freeVolumes.isTaken(volume)) continue;", ""],
    ["difference < 0 || (difference === 0 && isBefore(context, volume, best))", "difference <= 0"],
    [
      "while (low < items.length && freeVolumes.isTaken(items[low])) low++;",
      "if (low < items.length && freeVolumes.isTaken(items[low])) low++;",
    ],
    [
      "return reach.has(context.affinityOf(volume)) ? volume : -1;",
      "if (reach.has(context.affinityOf(volume))) return volume;",
    ],
  ]),
  ...changes("lib/filters/volume-binding/static-matching.ts", MATCHING, [
    [
      "const FEW_AFFINITIES = 48;",
      "const FEW_AFFINITIES = 0;",
      { equivalent: "Node by node: the same volumes, slower." },
    ],
    ["!provisions(context, list.shape.class) &&", ""],
    [
      "toBind.every((other) => other.list === list && other.reserved.length === 0)",
      "toBind.every((other) => other.list === list)",
    ],
    ["list.index.reach(ranks.reverse())", "list.index.reach(ranks)"],
    ["j !== i && other.claim === claim", "false"],
    [
      "for (const { reserved } of members) for (const volume of reserved) affinities.add(context.affinityOf(volume));",
      "",
    ],
    [
      "for (const node of masks.ids(nodes).slice()) {",
      "for (const node of masks.ids(nodes)) {",
      { kind: "use after release", suites: ["columns", "batches"] },
    ],
  ]),
  ...changes("lib/filters/volume-binding/provisioning.ts", CLAIMS, [
    ["provisioner <= EMPTY_TEXT || provisioner === ids.noProvisioner", "provisioner === ids.noProvisioner"],
    ["return request !== 0 && cluster", "return cluster"],
    ["amounts.value(request)) };", "amounts.nanos(request)) };"],
  ]),
  ...changes("lib/filters/volume-binding/capacities.ts", MATCHING, [
    ["maximum !== 0 ? maximum :", "maximum === 0 ? maximum :"],
    ["this.#order(items[i], first) < 0", "false"],
    [
      "if (least === 0) return first;",
      "",
      { equivalent: "It is asked about nodes that have room for the claim: some object is large enough." },
    ],
    [
      "    this.#ofClass.clear();\n",
      "",
      {
        kind: "stale cache",
        equivalent:
          "Objects that left have emptied the list of a class that is swept: it serves the next of its number.",
      },
    ],
    ['topology === 0 ? "" : this', "topology === 0 ? this.context.compiler.programs.EVERYTHING : this"],
  ]),
  ...changes(
    "lib/filters/volume-binding/volume-binding.ts",
    ["counts", "batches", "incremental-counts"],
    [
      ['if (claims.delayed.length > 0) return "open";', ""],
      ['rejected !== undefined || error !== undefined) return "nowhere"', 'rejected !== undefined) return "nowhere"'],
      [
        "return claims.epoch + volumes.epoch + storageClasses.epoch;",
        "return claims.epoch + storageClasses.epoch;",
        "stale cache",
      ],
      [
        "return claims.epoch + volumes.epoch + storageClasses.epoch;",
        "return volumes.epoch + storageClasses.epoch;",
        "stale cache",
      ],
      [
        "return claims.epoch + volumes.epoch + storageClasses.epoch;",
        "return claims.epoch + volumes.epoch;",
        "stale cache",
      ],
    ],
  ),
];
