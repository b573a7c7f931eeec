// Objects of a case -> the lists that the library reads.

import type { ObjectLists } from "../../../lib/provisioner.js";
import type { Written } from "./request.js";

const SETS: { readonly [kind: string]: keyof ObjectLists } = {
  Node: "nodes",
  CSINode: "csiNodes",
  StorageClass: "storageClasses",
  PersistentVolume: "persistentVolumes",
  PersistentVolumeClaim: "persistentVolumeClaims",
  VolumeAttributesClass: "volumeAttributesClasses",
  VolumeSnapshot: "volumeSnapshots",
  VolumeSnapshotContent: "volumeSnapshotContents",
  ReferenceGrant: "referenceGrants",
};

export function listsOf(objects: readonly Written[]): ObjectLists {
  const lists: { [set: string]: Written[] } = {};
  for (const object of objects.filter(({ kind }) => kind in SETS)) {
    lists[SETS[object.kind]] ??= [];
    lists[SETS[object.kind]].push(object);
  }
  return lists as ObjectLists;
}
