// Reads plain objects into one snapshot: lists flattened, duplicates replaced, uids filled in, canonical order.

import { compareBytes } from "./go-text.js";
import type {
  Claim,
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  KubeObject,
  NodeObject,
  Opt,
  Pod,
  StorageClass,
  TextMap,
  Volume,
  VolumeAttachment,
  VolumeSnapshot,
  VolumeSnapshotContent,
} from "./kinds.js";

export interface Cluster {
  nodes: NodeObject[];
  pods: Pod[];
  claims: Map<string, Claim>;
  /** In the canonical order of R-ND-6. */
  volumes: Volume[];
  volumesByName: Map<string, Volume>;
  storageClasses: Map<string, StorageClass>;
  drivers: Map<string, CSIDriver>;
  csiNodes: Map<string, CSINode>;
  attachments: VolumeAttachment[];
  /** In the canonical order of R-ND-6. */
  capacities: CSIStorageCapacity[];
  snapshots: Map<string, VolumeSnapshot>;
  snapshotContents: Map<string, VolumeSnapshotContent>;
}

const STORAGE_GROUP = "storage.k8s.io";
const SNAPSHOT_GROUP = "snapshot.storage.k8s.io";
const GROUPS: Record<string, string> = {
  Node: "",
  Pod: "",
  PersistentVolume: "",
  PersistentVolumeClaim: "",
  StorageClass: STORAGE_GROUP,
  CSIDriver: STORAGE_GROUP,
  CSINode: STORAGE_GROUP,
  CSIStorageCapacity: STORAGE_GROUP,
  VolumeAttachment: STORAGE_GROUP,
  VolumeSnapshot: SNAPSHOT_GROUP,
  VolumeSnapshotContent: SNAPSHOT_GROUP,
};
const NAMESPACED = new Set(["Pod", "PersistentVolumeClaim", "CSIStorageCapacity", "VolumeSnapshot"]);

export function readCluster(objects: unknown[]): Cluster {
  const byKind = new Map<string, Map<string, KubeObject>>();
  for (const object of objects.flatMap((given) => flatten(given as Opt<GivenObject>))) {
    if (!(object.kind in GROUPS) || !isInGroup(object)) continue;
    const settled = withIdentity(object);
    const ofKind = byKind.get(object.kind) ?? new Map<string, KubeObject>();
    byKind.set(object.kind, ofKind);
    // Map.set on a known key keeps its place, which is where a replacement stands.
    ofKind.set(keyOf(settled.metadata.namespace, settled.metadata.name), settled);
  }
  const all = <T extends KubeObject>(kind: string) => [...(byKind.get(kind)?.values() ?? [])] as T[];
  const named = <T extends KubeObject>(kind: string) => new Map(all<T>(kind).map((item) => [item.metadata.name, item]));
  const volumes = all<Volume>("PersistentVolume").sort(byName);
  return {
    nodes: all<NodeObject>("Node").sort(byName),
    pods: all("Pod"),
    claims: new Map(
      all<Claim>("PersistentVolumeClaim").map((claim) => {
        const key = keyOf(claim.metadata.namespace, claim.metadata.name);
        return [key, withUid(claim, uidFromClaimRef(claim, volumes))];
      }),
    ),
    volumes,
    volumesByName: new Map(volumes.map((volume) => [volume.metadata.name, volume])),
    storageClasses: named("StorageClass"),
    drivers: named("CSIDriver"),
    csiNodes: named("CSINode"),
    attachments: all("VolumeAttachment"),
    snapshots: new Map(
      all<VolumeSnapshot>("VolumeSnapshot").map((item) => [keyOf(item.metadata.namespace, item.metadata.name), item]),
    ),
    snapshotContents: named("VolumeSnapshotContent"),
    capacities: all<CSIStorageCapacity>("CSIStorageCapacity").sort(
      (a, b) => byName(a, b) || compareBytes(a.metadata.namespace ?? "", b.metadata.namespace ?? ""),
    ),
  };
}

export function keyOf(namespace: Opt<string>, name: Opt<string>): string {
  return `${namespace ?? ""}/${name ?? ""}`;
}

/** The value of an annotation; undefined only where the key is missing. */
export function annotation(map: TextMap, key: string): string | undefined {
  return map && Object.hasOwn(map, key) ? (map[key] ?? "") : undefined;
}

type GivenObject = KubeObject & { items?: Opt<Opt<GivenObject>[]> };

function flatten(object: Opt<GivenObject>): KubeObject[] {
  if (!object) return [];
  if (!object.kind?.endsWith("List")) return [object];
  const itemKind = object.kind.slice(0, -"List".length);
  return (object.items ?? []).flatMap((item) => {
    if (!item) return [];
    return flatten(itemKind === "" ? item : { apiVersion: object.apiVersion, ...item, kind: itemKind });
  });
}

function isInGroup({ apiVersion, kind }: KubeObject): boolean {
  if (!apiVersion) return true;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return group === GROUPS[kind];
}

function withIdentity(object: KubeObject): KubeObject {
  const namespace = NAMESPACED.has(object.kind) ? object.metadata.namespace || "default" : "";
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function uidFromClaimRef({ metadata }: Claim, volumes: Volume[]): Opt<string> {
  const uids = volumes.flatMap(({ spec }) => {
    const ref = spec?.claimRef;
    return ref?.uid && ref.namespace === metadata.namespace && ref.name === metadata.name ? [ref.uid] : [];
  });
  return uids.length === 1 ? uids[0] : undefined;
}

export function withUid<T extends KubeObject>(object: T, uid?: Opt<string>): T {
  const { metadata, kind } = object;
  const filled = metadata.uid || uid || `${kind}/${metadata.namespace}/${metadata.name}`;
  return { ...object, metadata: { ...metadata, uid: filled } };
}

function byName(a: KubeObject, b: KubeObject): number {
  return compareBytes(a.metadata.name, b.metadata.name);
}
