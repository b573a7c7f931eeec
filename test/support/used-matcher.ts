// A matcher that has held other clusters: making one costs ten times what a small cluster's question costs, and whatever
// it remembers of the clusters before must not show.

import type { MatcherOptions, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";

const SETS = [
  ...["volumeAttachments", "csiStorageCapacities", "csiNodes", "csiDrivers", "pods", "persistentVolumeClaims"],
  ...["persistentVolumes", "storageClasses", "nodes", "volumeSnapshots", "volumeSnapshotContents"],
] as readonly (keyof TopologyMatcher)[];

const kept = new Map<string, TopologyMatcher>();

/** An empty matcher of these options; whoever asked for such a one before must be done with it. */
export function usedMatcher(options: MatcherOptions): TopologyMatcher {
  const key = JSON.stringify(options);
  let matcher = kept.get(key);
  if (matcher === undefined) {
    matcher = createMatcherSync(options);
    kept.set(key, matcher);
  }
  for (const set of SETS) (matcher[set] as { replace(objects: readonly never[]): void }).replace([]);
  return matcher;
}
