// intern: which fields of each kind are kept, and of which type they are. Everything else is not looked at.

import type { SetName } from "../objects/sets.js";
import { GroupType, RowType } from "./row.js";
import { bool, int32, numeral, presence, quantity, rareText, text, time, uid } from "./scalars.js";
import { ListType, MapType, ObjectType } from "./structures.js";
import type { Type } from "./type.js";

/** Annotations that some rule, or finding, reads; others are checked to be text and dropped. */
export const ANN_BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
export const ANN_BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
export const ANN_SELECTED_NODE = "volume.kubernetes.io/selected-node";
export const ANN_BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
export const ANN_MIGRATED_PLUGINS = "storage.alpha.kubernetes.io/migrated-plugins";
/** Either makes a class the one of claims that name none. */
export const ANN_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
export const ANN_BETA_DEFAULT_CLASS = "storageclass.beta.kubernetes.io/is-default-class";
/** The annotations that are kept. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  ANN_BIND_COMPLETED,
  ANN_SELECTED_NODE,
  ANN_BETA_CLASS,
  ANN_BOUND_BY_CONTROLLER,
  "pv.kubernetes.io/provisioned-by",
  "pv.kubernetes.io/migrated-to",
  "volume.kubernetes.io/storage-provisioner",
  "volume.beta.kubernetes.io/storage-provisioner",
  ANN_MIGRATED_PLUGINS,
  ANN_DEFAULT_CLASS,
  ANN_BETA_DEFAULT_CLASS,
  "volume.alpha.kubernetes.io/selected-node",
  "snapshot.storage.kubernetes.io/allow-volume-mode-change",
  "snapshot.storage.kubernetes.io/is-default-class",
]);

const list = (item: Type): ListType => new ListType(item);
const map = (value: Type, keep?: (key: string) => boolean): MapType => new MapType(value, keep);
/** Fields that are columns. */
const group = (fields: GroupType["types"]): GroupType => new GroupType(fields, false);
/** The same, of an object that says something by its being there. */
const columns = (fields: GroupType["types"]): GroupType => new GroupType(fields, true);
const object = (fields: { readonly [name: string]: Type }): ObjectType => new ObjectType(fields);

export const ownerReference = object({ uid, controller: bool });
const annotations = map(text, (key) => ANNOTATIONS.has(key));
const labels = map(text);
/** Labels that no rule reads: checked and dropped. */
const unreadLabels = map(text, () => false);

const named = { name: rareText, namespace: text, labels: unreadLabels, annotations, uid, resourceVersion: numeral };
const deletable = { ...named, deletionTimestamp: time };
const finalizers = list(text);

export const requirement = object({ key: text, operator: text, values: list(text) });
export const labelSelector = object({ matchLabels: labels, matchExpressions: list(requirement) });
export const nodeSelectorTerm = object({ matchExpressions: list(requirement), matchFields: list(requirement) });
export const nodeSelector = object({ nodeSelectorTerms: list(nodeSelectorTerm) });
export const topologyExpression = object({ key: text, values: list(text) });
export const topologyTerm = object({ matchLabelExpressions: list(topologyExpression) });
const resourceList = map(quantity);
export const resources = object({ requests: resourceList });
export const reference = object({ apiGroup: text, kind: text, name: text, namespace: text });

/** Sources of volumes, in pods and in persistent volumes. */
export const inTree = {
  gcePersistentDisk: object({ pdName: text, readOnly: bool }),
  awsElasticBlockStore: object({ volumeID: text, readOnly: bool }),
  azureDisk: object({ diskName: text, diskURI: text, kind: text }),
  azureFile: presence,
  cinder: object({ volumeID: text }),
  vsphereVolume: presence,
  portworxVolume: object({ volumeID: text }),
  iscsi: object({ iqn: text, readOnly: bool }),
  rbd: object({ monitors: list(text), pool: text, image: text, readOnly: bool }),
};

export const claimSource = object({ claimName: rareText });
export const podVolume = object({
  name: text,
  persistentVolumeClaim: claimSource,
  ephemeral: presence,
  csi: object({ driver: text }),
  ...inTree,
});

export const container = object({ name: text, restartPolicy: text, resources });
export const containerStatus = object({ name: text, allocatedResources: resourceList, resources });

// kube: R-NOD-3 the node filters read nothing else of nodes and pods: no condition, no time, no preferred affinity.
export const taint = object({ key: text, value: text, effect: text });

export const nodeRow = new RowType("Node", false, [], {
  // A node's name returns in its labels.
  metadata: group({ ...named, name: text, labels }),
  spec: group({ unschedulable: bool, taints: list(taint) }),
  status: group({ allocatable: resourceList }),
});

export const podCondition = object({ type: text, status: text, reason: text });
export const toleration = object({ key: text, operator: text, value: text, effect: text });
export const podNodeAffinity = object({ requiredDuringSchedulingIgnoredDuringExecution: nodeSelector });
export const podAffinity = object({ nodeAffinity: podNodeAffinity });

export const podRow = new RowType("Pod", true, [], {
  metadata: group(deletable),
  spec: group({
    nodeName: text,
    volumes: list(podVolume),
    containers: list(container),
    initContainers: list(container),
    resources,
    overhead: resourceList,
    nodeSelector: labels,
    affinity: podAffinity,
    tolerations: list(toleration),
  }),
  status: group({
    phase: text,
    nominatedNodeName: text,
    conditions: list(podCondition),
    allocatedResources: resourceList,
    resources,
    containerStatuses: list(containerStatus),
    initContainerStatuses: list(containerStatus),
  }),
});

export const claimRow = new RowType("PersistentVolumeClaim", true, ["class"], {
  metadata: group({ ...deletable, ownerReferences: list(ownerReference), finalizers }),
  spec: group({
    volumeName: rareText,
    storageClassName: text,
    resources,
    accessModes: list(text),
    volumeMode: text,
    selector: labelSelector,
    volumeAttributesClassName: text,
    dataSource: reference,
    dataSourceRef: reference,
  }),
  status: group({ phase: text }),
});

export const volumeAffinity = object({ required: nodeSelector });

/** In-tree sources whose migration to CSI can change which nodes reach a bound volume. */
export const MIGRATED_SOURCES = ["awsElasticBlockStore", "gcePersistentDisk", "cinder", "azureDisk"] as const;

export const volumeRow = new RowType("PersistentVolume", false, ["class", "migratedSource"], {
  metadata: group({ ...deletable, labels }),
  spec: group({
    storageClassName: text,
    capacity: resourceList,
    accessModes: list(text),
    volumeMode: text,
    volumeAttributesClassName: text,
    persistentVolumeReclaimPolicy: text,
    claimRef: columns({ namespace: text, name: rareText, uid }),
    nodeAffinity: volumeAffinity,
    csi: columns({ driver: text, volumeHandle: rareText }),
    ...inTree,
  }),
  status: group({ phase: text }),
});

export const storageClassRow = new RowType("StorageClass", false, [], {
  metadata: group({ ...named, creationTimestamp: time }),
  provisioner: text,
  volumeBindingMode: text,
  allowedTopologies: list(topologyTerm),
  parameters: map(text),
});

export const csiDriverRow = new RowType("CSIDriver", false, [], {
  metadata: group(named),
  spec: group({ storageCapacity: bool, preventPodSchedulingIfMissing: bool }),
});

export const csiNodeAllocatable = object({ count: int32 });
export const csiNodeDriver = object({ name: text, allocatable: csiNodeAllocatable, topologyKeys: list(text) });

export const csiNodeRow = new RowType("CSINode", false, [], {
  metadata: group(named),
  spec: group({
    drivers: list(csiNodeDriver),
  }),
});

export const capacityRow = new RowType("CSIStorageCapacity", true, ["class"], {
  metadata: group(named),
  storageClassName: text,
  nodeTopology: labelSelector,
  capacity: quantity,
  maximumVolumeSize: quantity,
});

export const attachmentSource = object({ persistentVolumeName: text });

export const attachmentRow = new RowType("VolumeAttachment", false, [], {
  metadata: group(named),
  spec: group({ nodeName: text, attacher: text, source: attachmentSource }),
});

export const attributesClassRow = new RowType("VolumeAttributesClass", false, [], {
  metadata: group(named),
  driverName: text,
  parameters: map(text),
});

export const snapshotSource = object({ persistentVolumeClaimName: text, volumeSnapshotContentName: text });

export const snapshotRow = new RowType("VolumeSnapshot", true, [], {
  metadata: group({ ...deletable, finalizers }),
  spec: group({ source: snapshotSource, volumeSnapshotClassName: text }),
  status: group({ boundVolumeSnapshotContentName: text, readyToUse: bool, restoreSize: quantity }),
});

export const snapshotContentRow = new RowType("VolumeSnapshotContent", false, [], {
  metadata: group(named),
  spec: group({
    driver: text,
    volumeSnapshotRef: object({ uid, namespace: text, name: text }),
    sourceVolumeMode: text,
    nodeAffinity: list(topologyTerm),
  }),
  status: group({ snapshotHandle: text }),
});

export const snapshotClassRow = new RowType("VolumeSnapshotClass", false, [], { metadata: group(named), driver: text });

export const referenceGrantRow = new RowType("ReferenceGrant", true, [], {
  metadata: group(named),
  spec: group({
    from: list(object({ group: text, kind: text, namespace: text })),
    to: list(object({ group: text, kind: text, name: text })),
  }),
});

/** The kinds that are kept, by the name of their set. */
export const KINDS: { readonly [Name in SetName]: RowType } = {
  nodes: nodeRow,
  pods: podRow,
  persistentVolumes: volumeRow,
  persistentVolumeClaims: claimRow,
  storageClasses: storageClassRow,
  csiDrivers: csiDriverRow,
  csiNodes: csiNodeRow,
  csiStorageCapacities: capacityRow,
  volumeAttachments: attachmentRow,
  volumeAttributesClasses: attributesClassRow,
  volumeSnapshots: snapshotRow,
  volumeSnapshotContents: snapshotContentRow,
  volumeSnapshotClasses: snapshotClassRow,
  referenceGrants: referenceGrantRow,
};
export const SET_NAMES = Object.keys(KINDS) as readonly SetName[];
