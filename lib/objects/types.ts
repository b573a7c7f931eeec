// objects: what topomatch reads of each Kubernetes kind, as structural types.
// Every field is optional, readonly and may be undefined, so that client-node's classes, kubernetes-types and
// parsed JSON all fit. Fields that are not listed are neither read nor kept.

type Maybe<T> = T | null | undefined;

/** A resource quantity as the API writes it (`"10Gi"`), or a bare JSON number. */
export type QuantityLike = string | number;

/** An RFC 3339 time, or the `Date` that a typed client makes of it. */
export type TimeLike = string | Date;

export interface OwnerReferenceLike {
  readonly apiVersion?: Maybe<string>;
  readonly kind?: Maybe<string>;
  readonly name?: Maybe<string>;
  readonly uid?: Maybe<string>;
  readonly controller?: Maybe<boolean>;
}

export interface ObjectMetaLike {
  readonly name?: Maybe<string>;
  readonly namespace?: Maybe<string>;
  readonly uid?: Maybe<string>;
  readonly resourceVersion?: Maybe<string>;
  readonly creationTimestamp?: Maybe<TimeLike>;
  readonly deletionTimestamp?: Maybe<TimeLike>;
  readonly labels?: Maybe<{ readonly [key: string]: string }>;
  readonly annotations?: Maybe<{ readonly [key: string]: string }>;
  readonly ownerReferences?: Maybe<readonly OwnerReferenceLike[]>;
  readonly finalizers?: Maybe<readonly string[]>;
}

/** Any Kubernetes object; `apiVersion` and `kind` are not looked at. */
export interface ObjectLike {
  readonly metadata?: Maybe<ObjectMetaLike>;
}

export interface LabelSelectorRequirementLike {
  readonly key?: Maybe<string>;
  readonly operator?: Maybe<string>;
  readonly values?: Maybe<readonly string[]>;
}

export interface LabelSelectorLike {
  readonly matchLabels?: Maybe<{ readonly [key: string]: string }>;
  readonly matchExpressions?: Maybe<readonly LabelSelectorRequirementLike[]>;
}

export interface NodeSelectorTermLike {
  readonly matchExpressions?: Maybe<readonly LabelSelectorRequirementLike[]>;
  readonly matchFields?: Maybe<readonly LabelSelectorRequirementLike[]>;
}

export interface NodeSelectorLike {
  readonly nodeSelectorTerms?: Maybe<readonly NodeSelectorTermLike[]>;
}

export interface TopologySelectorTermLike {
  readonly matchLabelExpressions?: Maybe<
    readonly { readonly key?: Maybe<string>; readonly values?: Maybe<readonly string[]> }[]
  >;
}

export type ResourceListLike = { readonly [name: string]: QuantityLike };

export interface ResourceRequirementsLike {
  readonly requests?: Maybe<ResourceListLike>;
  readonly limits?: Maybe<ResourceListLike>;
}

export interface TypedReferenceLike {
  readonly apiGroup?: Maybe<string>;
  readonly kind?: Maybe<string>;
  readonly name?: Maybe<string>;
  readonly namespace?: Maybe<string>;
}

export interface NodeLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly unschedulable?: Maybe<boolean>;
    readonly taints?: Maybe<
      readonly { readonly key?: Maybe<string>; readonly value?: Maybe<string>; readonly effect?: Maybe<string> }[]
    >;
  }>;
  readonly status?: Maybe<{ readonly allocatable?: Maybe<ResourceListLike> }>;
}

export interface VolumeLike {
  readonly name?: Maybe<string>;
  readonly persistentVolumeClaim?: Maybe<{ readonly claimName?: Maybe<string> }>;
  readonly ephemeral?: Maybe<object>;
  readonly csi?: Maybe<{ readonly driver?: Maybe<string> }>;
  readonly gcePersistentDisk?: Maybe<{ readonly pdName?: Maybe<string>; readonly readOnly?: Maybe<boolean> }>;
  readonly awsElasticBlockStore?: Maybe<{ readonly volumeID?: Maybe<string>; readonly readOnly?: Maybe<boolean> }>;
  readonly azureDisk?: Maybe<{
    readonly diskName?: Maybe<string>;
    readonly diskURI?: Maybe<string>;
    readonly kind?: Maybe<string>;
  }>;
  readonly azureFile?: Maybe<{ readonly shareName?: Maybe<string> }>;
  readonly cinder?: Maybe<{ readonly volumeID?: Maybe<string> }>;
  readonly vsphereVolume?: Maybe<{ readonly volumePath?: Maybe<string> }>;
  readonly portworxVolume?: Maybe<{ readonly volumeID?: Maybe<string> }>;
  readonly iscsi?: Maybe<{ readonly iqn?: Maybe<string>; readonly readOnly?: Maybe<boolean> }>;
  readonly rbd?: Maybe<{
    readonly monitors?: Maybe<readonly string[]>;
    readonly pool?: Maybe<string>;
    readonly image?: Maybe<string>;
    readonly readOnly?: Maybe<boolean>;
  }>;
}

export interface ContainerLike {
  readonly name?: Maybe<string>;
  readonly restartPolicy?: Maybe<string>;
  readonly resources?: Maybe<ResourceRequirementsLike>;
}

export interface ContainerStatusLike {
  readonly name?: Maybe<string>;
  readonly allocatedResources?: Maybe<ResourceListLike>;
  readonly resources?: Maybe<ResourceRequirementsLike>;
}

export interface PodLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly nodeName?: Maybe<string>;
    readonly volumes?: Maybe<readonly VolumeLike[]>;
    readonly containers?: Maybe<readonly ContainerLike[]>;
    readonly initContainers?: Maybe<readonly ContainerLike[]>;
    readonly resources?: Maybe<ResourceRequirementsLike>;
    readonly overhead?: Maybe<ResourceListLike>;
    readonly nodeSelector?: Maybe<{ readonly [key: string]: string }>;
    readonly affinity?: Maybe<{
      readonly nodeAffinity?: Maybe<{
        readonly requiredDuringSchedulingIgnoredDuringExecution?: Maybe<NodeSelectorLike>;
      }>;
    }>;
    readonly tolerations?: Maybe<
      readonly {
        readonly key?: Maybe<string>;
        readonly operator?: Maybe<string>;
        readonly value?: Maybe<string>;
        readonly effect?: Maybe<string>;
      }[]
    >;
  }>;
  readonly status?: Maybe<{
    readonly phase?: Maybe<string>;
    readonly nominatedNodeName?: Maybe<string>;
    readonly conditions?: Maybe<
      readonly { readonly type?: Maybe<string>; readonly status?: Maybe<string>; readonly reason?: Maybe<string> }[]
    >;
    readonly allocatedResources?: Maybe<ResourceListLike>;
    readonly resources?: Maybe<ResourceRequirementsLike>;
    readonly containerStatuses?: Maybe<readonly ContainerStatusLike[]>;
    readonly initContainerStatuses?: Maybe<readonly ContainerStatusLike[]>;
  }>;
}

export interface PersistentVolumeClaimLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly volumeName?: Maybe<string>;
    readonly storageClassName?: Maybe<string>;
    readonly resources?: Maybe<ResourceRequirementsLike>;
    readonly accessModes?: Maybe<readonly string[]>;
    readonly volumeMode?: Maybe<string>;
    readonly selector?: Maybe<LabelSelectorLike>;
    readonly volumeAttributesClassName?: Maybe<string>;
    readonly dataSource?: Maybe<TypedReferenceLike>;
    readonly dataSourceRef?: Maybe<TypedReferenceLike>;
  }>;
  readonly status?: Maybe<{ readonly phase?: Maybe<string> }>;
}

export interface PersistentVolumeLike extends ObjectLike {
  readonly spec?: Maybe<
    {
      readonly storageClassName?: Maybe<string>;
      readonly capacity?: Maybe<ResourceListLike>;
      readonly accessModes?: Maybe<readonly string[]>;
      readonly volumeMode?: Maybe<string>;
      readonly volumeAttributesClassName?: Maybe<string>;
      readonly persistentVolumeReclaimPolicy?: Maybe<string>;
      readonly claimRef?: Maybe<{
        readonly namespace?: Maybe<string>;
        readonly name?: Maybe<string>;
        readonly uid?: Maybe<string>;
      }>;
      readonly nodeAffinity?: Maybe<{ readonly required?: Maybe<NodeSelectorLike> }>;
      readonly csi?: Maybe<{ readonly driver?: Maybe<string>; readonly volumeHandle?: Maybe<string> }>;
    } & Omit<VolumeLike, "name" | "persistentVolumeClaim" | "ephemeral" | "csi">
  >;
  readonly status?: Maybe<{ readonly phase?: Maybe<string> }>;
}

export interface StorageClassLike extends ObjectLike {
  readonly provisioner?: Maybe<string>;
  readonly volumeBindingMode?: Maybe<string>;
  readonly allowedTopologies?: Maybe<readonly TopologySelectorTermLike[]>;
  readonly parameters?: Maybe<{ readonly [key: string]: string }>;
}

export interface CSIDriverLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly storageCapacity?: Maybe<boolean>;
    readonly preventPodSchedulingIfMissing?: Maybe<boolean>;
  }>;
}

export interface CSINodeLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly drivers?: Maybe<
      readonly {
        readonly name?: Maybe<string>;
        readonly allocatable?: Maybe<{ readonly count?: Maybe<number> }>;
        readonly topologyKeys?: Maybe<readonly string[]>;
      }[]
    >;
  }>;
}

export interface CSIStorageCapacityLike extends ObjectLike {
  readonly storageClassName?: Maybe<string>;
  readonly nodeTopology?: Maybe<LabelSelectorLike>;
  readonly capacity?: Maybe<QuantityLike>;
  readonly maximumVolumeSize?: Maybe<QuantityLike>;
}

export interface VolumeAttachmentLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly nodeName?: Maybe<string>;
    readonly attacher?: Maybe<string>;
    readonly source?: Maybe<{ readonly persistentVolumeName?: Maybe<string> }>;
  }>;
}

export interface VolumeAttributesClassLike extends ObjectLike {
  readonly driverName?: Maybe<string>;
  readonly parameters?: Maybe<{ readonly [key: string]: string }>;
}

export interface VolumeSnapshotLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly source?: Maybe<{
      readonly persistentVolumeClaimName?: Maybe<string>;
      readonly volumeSnapshotContentName?: Maybe<string>;
    }>;
    readonly volumeSnapshotClassName?: Maybe<string>;
  }>;
  readonly status?: Maybe<{
    readonly boundVolumeSnapshotContentName?: Maybe<string>;
    readonly readyToUse?: Maybe<boolean>;
    readonly restoreSize?: Maybe<QuantityLike>;
  }>;
}

export interface VolumeSnapshotContentLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly driver?: Maybe<string>;
    readonly volumeSnapshotRef?: Maybe<{
      readonly uid?: Maybe<string>;
      readonly namespace?: Maybe<string>;
      readonly name?: Maybe<string>;
    }>;
    readonly sourceVolumeMode?: Maybe<string>;
    /** Where the snapshot can be used, as KEP-5943 has it; no release fills it in yet. */
    readonly nodeAffinity?: Maybe<readonly TopologySelectorTermLike[]>;
  }>;
  readonly status?: Maybe<{ readonly snapshotHandle?: Maybe<string> }>;
}

export interface VolumeSnapshotClassLike extends ObjectLike {
  readonly driver?: Maybe<string>;
}

export interface ReferenceGrantLike extends ObjectLike {
  readonly spec?: Maybe<{
    readonly from?: Maybe<
      readonly { readonly group?: Maybe<string>; readonly kind?: Maybe<string>; readonly namespace?: Maybe<string> }[]
    >;
    readonly to?: Maybe<
      readonly { readonly group?: Maybe<string>; readonly kind?: Maybe<string>; readonly name?: Maybe<string> }[]
    >;
  }>;
}
