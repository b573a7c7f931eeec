// Mutants of SnapshotTopology.

import { changes, type Mutant } from "./mutant.js";

const SNAPSHOTS = ["snapshot-topology/snapshot-topology"];

export const snapshotTopology: readonly Mutant[] = [
  ...changes("lib/filters/snapshot-topology/snapshot-topology.ts", SNAPSHOTS, [
    ['REASON, "Unschedulable")', "REASON)"],
    [
      'list.push(selector)) ? "selectors" : "open";',
      'list.push(selector)) ? "selectors" : "selectors";',
      { equivalent: "a pod has no 256 claims of as many places" },
    ],
    ["claims.epoch + storageClasses.epoch + tables", "claims.epoch + tables", "stale cache"],
    ["+ tables.volumeSnapshots.epoch + tables", "+ tables", "stale cache"],
    ["volumeSnapshots.epoch + tables.volumeSnapshotContents.epoch", "volumeSnapshots.epoch", "stale cache"],
    ["    if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return -1;\n", ""],
    ["!== ids.waitForFirstConsumer) return -1;", "=== 0) return -1;"],
    ["claims.get(claim, CLAIM.namespace), this.#snapshotOf(claim)", "2, this.#snapshotOf(claim)"],
    [
      "if (selector !== compiler.programs.EVERYTHING) selectors.push(selector);",
      "if (selectors.length === 0) selectors.push(selector);",
    ],
    ["if (use === NO_CLAIM) return true;", "if (use !== NAMED) return true;"],
    ["claim >= 0 && (use === NAMED || isControlledBy(cluster, claim, pod))", "claim >= 0"],
    ["found.push(claim);\n      return true;", "found.push(claim);\n      return found.length === 0;"],
    ["own !== 0 ? own : claims.get(claim, DATA_SOURCE_REF)", "own"],
    ["!says(KIND, SNAPSHOT_KIND) || !says(API_GROUP, SNAPSHOT_GROUP)", "!says(API_GROUP, SNAPSHOT_GROUP)"],
    ["!says(KIND, SNAPSHOT_KIND) || !says(API_GROUP, SNAPSHOT_GROUP)", "!says(KIND, SNAPSHOT_KIND)"],
    ["own !== 0 ? 0 : field(NAMESPACE)", "field(NAMESPACE)"],
    ["    if (namespace > EMPTY_TEXT && namespace !== claims.get(claim, CLAIM.namespace)) return 0;\n", ""],
  ]),
  ...changes(
    "lib/filters/selected-nodes.ts",
    [...SNAPSHOTS, "migration"],
    [["accepted = masks.and(accepted, selectors.mask(selector));", "accepted = selectors.mask(selector);"]],
  ),
  ...changes("lib/hints/wakes.ts", SNAPSHOTS, [
    ['this.filters.has("SnapshotTopology") ? (pod)', "false ? (pod)"],
    ['this.filters.has("SnapshotTopology") ? (pod)', "true ? (pod)"],
  ]),
];
