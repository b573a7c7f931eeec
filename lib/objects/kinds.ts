// objects: the kinds that are read, their API groups and versions.

export interface Kind {
  readonly name: string;
  readonly group: string;
  /** What an object is printed with that names no version. */
  readonly apiVersion: string;
  readonly namespaced: boolean;
}

function kind(name: string, group: string, version: string, namespaced: boolean): Kind {
  return { name, group, apiVersion: group === "" ? version : `${group}/${version}`, namespaced };
}

const STORAGE = "storage.k8s.io";
const SNAPSHOT = "snapshot.storage.k8s.io";
const GATEWAY = "gateway.networking.k8s.io";

export type KindTable = ReadonlyMap<string, Kind>;

const byName = (kinds: readonly Kind[]): KindTable => new Map(kinds.map((each) => [each.name, each]));

/** Kinds of which a matcher has a set. */
export const STORED_KINDS = byName([
  kind("Node", "", "v1", false),
  kind("Pod", "", "v1", true),
  kind("PersistentVolume", "", "v1", false),
  kind("PersistentVolumeClaim", "", "v1", true),
  kind("StorageClass", STORAGE, "v1", false),
  kind("CSIDriver", STORAGE, "v1", false),
  kind("CSINode", STORAGE, "v1", false),
  kind("CSIStorageCapacity", STORAGE, "v1", true),
  kind("VolumeAttachment", STORAGE, "v1", false),
  kind("VolumeAttributesClass", STORAGE, "v1", false),
  kind("VolumeSnapshot", SNAPSHOT, "v1", true),
  kind("VolumeSnapshotContent", SNAPSHOT, "v1", false),
  kind("VolumeSnapshotClass", SNAPSHOT, "v1", false),
  kind("ReferenceGrant", GATEWAY, "v1beta1", true),
]);

/** Workloads whose pods are made where objects were written by hand. */
export const WORKLOAD_KINDS = byName([
  kind("StatefulSet", "apps", "v1", true),
  kind("Deployment", "apps", "v1", true),
  kind("ReplicaSet", "apps", "v1", true),
  kind("Job", "batch", "v1", true),
  kind("DaemonSet", "apps", "v1", true),
]);

/** Workloads that are known and skipped, and why. */
export const SKIPPED_WORKLOADS: ReadonlyMap<string, { readonly group: string; readonly reason: string }> = new Map([
  ["CronJob", { group: "batch", reason: "its pods exist only when a job of it runs" }],
]);

/** The group in an `apiVersion` such as `apps/v1`; `""` for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/** The kind of that name in a table; without `apiVersion` the name alone decides. */
export function kindIn(table: KindTable, name: string, apiVersion: string): Kind | undefined {
  const found = table.get(name);
  return found !== undefined && (apiVersion === "" || groupOf(apiVersion) === found.group) ? found : undefined;
}

/** `NAME`, or `NAMESPACE/NAME` for kinds that have namespaces. */
export function keyOf({ namespaced }: Kind, namespace: string, name: string): string {
  return namespaced ? `${namespace}/${name}` : name;
}
