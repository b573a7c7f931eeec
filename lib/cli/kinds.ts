// cli: the kinds that are read, and the matcher's set that holds each.

import type { ObjectLike, ObjectSet, SetName, TopologyMatcher } from "../index.js";
import type { Kind as ObjectKind } from "../objects/kinds.js";
import { WORKLOAD_KINDS as OBJECT_WORKLOADS, STORED_KINDS } from "../objects/kinds.js";

export { groupOf, keyOf, SKIPPED_WORKLOADS } from "../objects/kinds.js";

export interface Kind extends ObjectKind {
  /** Absent for workloads, which become pods and claims. */
  readonly set?: SetName;
}

const SETS: { readonly [kind: string]: SetName } = {
  Node: "nodes",
  Pod: "pods",
  PersistentVolume: "persistentVolumes",
  PersistentVolumeClaim: "persistentVolumeClaims",
  StorageClass: "storageClasses",
  CSIDriver: "csiDrivers",
  CSINode: "csiNodes",
  CSIStorageCapacity: "csiStorageCapacities",
  VolumeAttachment: "volumeAttachments",
  VolumeAttributesClass: "volumeAttributesClasses",
  VolumeSnapshot: "volumeSnapshots",
  VolumeSnapshotContent: "volumeSnapshotContents",
  VolumeSnapshotClass: "volumeSnapshotClasses",
  ReferenceGrant: "referenceGrants",
};

export const LIVE_KINDS: ReadonlyMap<string, Kind> = new Map(
  [...STORED_KINDS].map(([name, kind]) => [name, { ...kind, set: SETS[name] }]),
);

/** Workloads whose pods are made in manifests mode. */
export const WORKLOAD_KINDS: ReadonlyMap<string, Kind> = OBJECT_WORKLOADS;

export function setOf(matcher: TopologyMatcher, name: SetName): ObjectSet<ObjectLike> {
  return matcher[name] as ObjectSet<ObjectLike>;
}
