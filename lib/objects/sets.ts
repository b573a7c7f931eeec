// objects: the kinds that a matcher holds, each with the name of its set.

import type {
  CSIDriverLike,
  CSINodeLike,
  CSIStorageCapacityLike,
  NodeLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
  ReferenceGrantLike,
  StorageClassLike,
  VolumeAttachmentLike,
  VolumeAttributesClassLike,
  VolumeSnapshotClassLike,
  VolumeSnapshotContentLike,
  VolumeSnapshotLike,
} from "./types.js";

/** The objects of each set. */
export interface ObjectsBySet {
  readonly nodes: NodeLike;
  readonly pods: PodLike;
  readonly persistentVolumes: PersistentVolumeLike;
  readonly persistentVolumeClaims: PersistentVolumeClaimLike;
  readonly storageClasses: StorageClassLike;
  readonly csiDrivers: CSIDriverLike;
  readonly csiNodes: CSINodeLike;
  readonly csiStorageCapacities: CSIStorageCapacityLike;
  readonly volumeAttachments: VolumeAttachmentLike;
  readonly volumeAttributesClasses: VolumeAttributesClassLike;
  readonly volumeSnapshots: VolumeSnapshotLike;
  readonly volumeSnapshotContents: VolumeSnapshotContentLike;
  readonly volumeSnapshotClasses: VolumeSnapshotClassLike;
  readonly referenceGrants: ReferenceGrantLike;
}

export type SetName = keyof ObjectsBySet;
