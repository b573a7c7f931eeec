// The fields of Kubernetes objects that plugins read, as JSON may hold them.

import type { QuantityText } from "./quantities.js";

export type Opt<T> = T | null | undefined;
export type TextMap = Opt<Record<string, string | null>>;

export interface Metadata {
  name: string;
  namespace?: Opt<string>;
  uid?: Opt<string>;
  labels?: TextMap;
  annotations?: TextMap;
  deletionTimestamp?: Opt<string>;
  ownerReferences?: Opt<Opt<{ controller?: Opt<boolean>; uid?: Opt<string> }>[]>;
}

export interface Expression {
  key?: Opt<string>;
  operator?: Opt<string>;
  values?: Opt<Opt<string>[]>;
}

export interface LabelSelector {
  matchLabels?: TextMap;
  matchExpressions?: Opt<Opt<Expression>[]>;
}

export interface NodeSelectorTerm {
  matchExpressions?: Opt<Opt<Expression>[]>;
  matchFields?: Opt<Opt<Expression>[]>;
}

export interface NodeSelector {
  nodeSelectorTerms?: Opt<Opt<NodeSelectorTerm>[]>;
}

export interface TopologyTerm {
  matchLabelExpressions?: Opt<Opt<{ key?: Opt<string>; values?: Opt<Opt<string>[]> }>[]>;
}

export interface KubeObject {
  apiVersion?: Opt<string>;
  kind: string;
  metadata: Metadata;
}

export interface Taint {
  key?: Opt<string>;
  value?: Opt<string>;
  effect?: Opt<string>;
}

export interface Toleration extends Taint {
  operator?: Opt<string>;
}

export type ResourceTexts = Record<string, QuantityText>;

export interface Resources {
  requests?: Opt<ResourceTexts>;
}

export interface Container {
  name?: Opt<string>;
  restartPolicy?: Opt<string>;
  resources?: Opt<Resources>;
}

export interface ContainerStatus {
  name?: Opt<string>;
  allocatedResources?: Opt<ResourceTexts>;
  resources?: Opt<Resources>;
}

export interface NodeObject extends KubeObject {
  status?: Opt<{ allocatable?: Opt<ResourceTexts> }>;
  spec?: Opt<{ unschedulable?: Opt<boolean>; taints?: Opt<Opt<Taint>[]> }>;
}

/** What a volume is, in a pod or in a persistent volume. */
export interface Sources {
  gcePersistentDisk?: Opt<{ pdName?: Opt<string>; readOnly?: Opt<boolean> }>;
  awsElasticBlockStore?: Opt<{ volumeID?: Opt<string>; readOnly?: Opt<boolean> }>;
  azureDisk?: Opt<{ kind?: Opt<string>; diskURI?: Opt<string> }>;
  azureFile?: Opt<object>;
  cinder?: Opt<{ volumeID?: Opt<string> }>;
  vsphereVolume?: Opt<object>;
  portworxVolume?: Opt<{ volumeID?: Opt<string> }>;
  iscsi?: Opt<{ iqn?: Opt<string>; readOnly?: Opt<boolean> }>;
  rbd?: Opt<{
    monitors?: Opt<Opt<string>[]>;
    pool?: Opt<string>;
    image?: Opt<string>;
    readOnly?: Opt<boolean>;
  }>;
}

export interface PodVolume extends Sources {
  name?: Opt<string>;
  persistentVolumeClaim?: Opt<{ claimName?: Opt<string> }>;
  ephemeral?: Opt<object>;
}

export interface Pod extends KubeObject {
  spec?: Opt<{
    nodeName?: Opt<string>;
    volumes?: Opt<Opt<PodVolume>[]>;
    nodeSelector?: TextMap;
    affinity?: Opt<{ nodeAffinity?: Opt<{ requiredDuringSchedulingIgnoredDuringExecution?: Opt<NodeSelector> }> }>;
    tolerations?: Opt<Opt<Toleration>[]>;
    containers?: Opt<Opt<Container>[]>;
    initContainers?: Opt<Opt<Container>[]>;
    resources?: Opt<Resources>;
    overhead?: Opt<ResourceTexts>;
  }>;
  status?: Opt<{
    phase?: Opt<string>;
    conditions?: Opt<Opt<{ type?: Opt<string>; reason?: Opt<string> }>[]>;
    allocatedResources?: Opt<ResourceTexts>;
    resources?: Opt<Resources>;
    containerStatuses?: Opt<Opt<ContainerStatus>[]>;
    initContainerStatuses?: Opt<Opt<ContainerStatus>[]>;
  }>;
}

export interface Claim extends KubeObject {
  spec?: Opt<{
    volumeName?: Opt<string>;
    storageClassName?: Opt<string>;
    volumeMode?: Opt<string>;
    volumeAttributesClassName?: Opt<string>;
    accessModes?: Opt<Opt<string>[]>;
    selector?: Opt<LabelSelector>;
    resources?: Opt<{ requests?: Opt<Record<string, QuantityText>> }>;
    dataSource?: Opt<Source>;
    dataSourceRef?: Opt<Source>;
  }>;
  status?: Opt<{ phase?: Opt<string> }>;
}

/** What a claim is to be filled from. */
export interface Source {
  apiGroup?: Opt<string>;
  kind?: Opt<string>;
  name?: Opt<string>;
  namespace?: Opt<string>;
}

export interface Volume extends KubeObject {
  spec?: Opt<
    Sources & {
      csi?: Opt<{ driver?: Opt<string>; volumeHandle?: Opt<string> }>;
      storageClassName?: Opt<string>;
      volumeMode?: Opt<string>;
      volumeAttributesClassName?: Opt<string>;
      accessModes?: Opt<Opt<string>[]>;
      capacity?: Opt<Record<string, QuantityText>>;
      claimRef?: Opt<{ namespace?: Opt<string>; name?: Opt<string>; uid?: Opt<string> }>;
      nodeAffinity?: Opt<{ required?: Opt<NodeSelector> }>;
    }
  >;
  status?: Opt<{ phase?: Opt<string> }>;
}

export interface StorageClass extends KubeObject {
  provisioner?: Opt<string>;
  volumeBindingMode?: Opt<string>;
  allowedTopologies?: Opt<Opt<TopologyTerm>[]>;
}

export interface VolumeSnapshot extends KubeObject {
  status?: Opt<{ boundVolumeSnapshotContentName?: Opt<string> }>;
}

export interface VolumeSnapshotContent extends KubeObject {
  spec?: Opt<{ nodeAffinity?: Opt<Opt<TopologyTerm>[]> }>;
}

export interface CSIDriver extends KubeObject {
  spec?: Opt<{ storageCapacity?: Opt<boolean>; preventPodSchedulingIfMissing?: Opt<boolean> }>;
}

export interface CSINode extends KubeObject {
  spec?: Opt<{ drivers?: Opt<Opt<{ name?: Opt<string>; allocatable?: Opt<{ count?: Opt<number> }> }>[]> }>;
}

export interface VolumeAttachment extends KubeObject {
  spec?: Opt<{
    nodeName?: Opt<string>;
    attacher?: Opt<string>;
    source?: Opt<{ persistentVolumeName?: Opt<string> }>;
  }>;
}

export interface CSIStorageCapacity extends KubeObject {
  storageClassName?: Opt<string>;
  nodeTopology?: Opt<LabelSelector>;
  capacity?: Opt<string | number>;
  maximumVolumeSize?: Opt<string | number>;
}
