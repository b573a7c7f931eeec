// Puts plain objects into a matcher's sets by their kind.

import type { MatcherOptions, ObjectLike, ObjectSet, PodReport, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";

export interface KubeObject extends ObjectLike {
  readonly kind?: string | undefined;
}

const SETS: { readonly [kind: string]: keyof TopologyMatcher } = {
  Node: "nodes",
  Pod: "pods",
  PersistentVolume: "persistentVolumes",
  PersistentVolumeClaim: "persistentVolumeClaims",
  StorageClass: "storageClasses",
  CSIDriver: "csiDrivers",
  CSINode: "csiNodes",
  CSIStorageCapacity: "csiStorageCapacities",
  VolumeAttachment: "volumeAttachments",
  VolumeSnapshot: "volumeSnapshots",
  VolumeSnapshotContent: "volumeSnapshotContents",
};

export function setOf(matcher: TopologyMatcher, kind: string | undefined): ObjectSet<ObjectLike> {
  const name = SETS[kind ?? ""];
  if (name === undefined) throw new Error(`no set for ${kind}`);
  return matcher[name] as ObjectSet<ObjectLike>;
}

export function load(matcher: TopologyMatcher, objects: Iterable<KubeObject>): void {
  for (const object of objects) setOf(matcher, object.kind).upsert(object);
}

export function matcherOf(objects: Iterable<KubeObject>, options: MatcherOptions = {}): TopologyMatcher {
  const matcher = createMatcherSync(options);
  load(matcher, objects);
  return matcher;
}

/** A pod's report with its plans, as it reads once printed. */
export function reportOf(matcher: TopologyMatcher, pod: string): PodReport {
  return JSON.parse(JSON.stringify(matcher.evaluatePod(pod).toReport({ plans: true })));
}
