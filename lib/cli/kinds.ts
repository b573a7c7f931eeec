// cli: the kinds that are read, their API groups, and the matcher's set that holds each.

import type { ObjectLike, ObjectSet, SetName, TopologyMatcher } from "../index.js";

export interface Kind {
  readonly name: string;
  readonly group: string;
  /** What an object is printed with that names no version. */
  readonly apiVersion: string;
  readonly namespaced: boolean;
  /** Absent for workloads, which become pods and claims. */
  readonly set?: SetName;
}

function stored(name: string, group: string, version: string, namespaced: boolean, set: SetName): Kind {
  return { name, group, apiVersion: group === "" ? version : `${group}/${version}`, namespaced, set };
}

function workload(name: string, group: string): Kind {
  return { name, group, apiVersion: `${group}/v1`, namespaced: true };
}

const STORAGE = "storage.k8s.io";
const SNAPSHOT = "snapshot.storage.k8s.io";
const GATEWAY = "gateway.networking.k8s.io";

const byName = (kinds: readonly Kind[]): ReadonlyMap<string, Kind> => new Map(kinds.map((kind) => [kind.name, kind]));

export const LIVE_KINDS = byName([
  stored("Node", "", "v1", false, "nodes"),
  stored("Pod", "", "v1", true, "pods"),
  stored("PersistentVolume", "", "v1", false, "persistentVolumes"),
  stored("PersistentVolumeClaim", "", "v1", true, "persistentVolumeClaims"),
  stored("StorageClass", STORAGE, "v1", false, "storageClasses"),
  stored("CSIDriver", STORAGE, "v1", false, "csiDrivers"),
  stored("CSINode", STORAGE, "v1", false, "csiNodes"),
  stored("CSIStorageCapacity", STORAGE, "v1", true, "csiStorageCapacities"),
  stored("VolumeAttachment", STORAGE, "v1", false, "volumeAttachments"),
  stored("VolumeAttributesClass", STORAGE, "v1", false, "volumeAttributesClasses"),
  stored("VolumeSnapshot", SNAPSHOT, "v1", true, "volumeSnapshots"),
  stored("VolumeSnapshotContent", SNAPSHOT, "v1", false, "volumeSnapshotContents"),
  stored("VolumeSnapshotClass", SNAPSHOT, "v1", false, "volumeSnapshotClasses"),
  stored("ReferenceGrant", GATEWAY, "v1beta1", true, "referenceGrants"),
]);

/** Workloads whose pods are made in manifests mode. */
export const WORKLOAD_KINDS = byName([
  workload("StatefulSet", "apps"),
  workload("Deployment", "apps"),
  workload("ReplicaSet", "apps"),
  workload("Job", "batch"),
]);

/** Workloads that manifests mode knows and skips, and why. */
export const SKIPPED_WORKLOADS: ReadonlyMap<string, { readonly group: string; readonly reason: string }> = new Map([
  ["DaemonSet", { group: "apps", reason: "its pods need NodeAffinity, which is not carried out yet" }],
  ["CronJob", { group: "batch", reason: "its pods exist only when a job of it runs" }],
]);

/** The group in an `apiVersion` such as `apps/v1`; `""` for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

export function setOf(matcher: TopologyMatcher, name: SetName): ObjectSet<ObjectLike> {
  return matcher[name] as ObjectSet<ObjectLike>;
}

/** `NAME`, or `NAMESPACE/NAME` for kinds that have namespaces. */
export function keyOf(kind: Kind, namespace: string, name: string): string {
  return kind.namespaced ? `${namespace}/${name}` : name;
}
