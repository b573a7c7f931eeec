// intern: which fields of each kind are kept, and of which type they are. Everything else is not looked at.

import { RowType } from "./row.js";
import { bool, int32, numeral, presence, quantity, text, time } from "./scalars.js";
import { list, map, object } from "./structures.js";

/** Annotations that some rule reads; others are checked to be text and dropped. */
export const ANN_BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
export const ANN_SELECTED_NODE = "volume.kubernetes.io/selected-node";
export const ANN_BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
const ANNOTATIONS = new Set([
  ANN_BIND_COMPLETED,
  ANN_SELECTED_NODE,
  ANN_BETA_CLASS,
  "pv.kubernetes.io/bound-by-controller",
  "pv.kubernetes.io/provisioned-by",
  "pv.kubernetes.io/migrated-to",
  "volume.kubernetes.io/storage-provisioner",
  "volume.beta.kubernetes.io/storage-provisioner",
  "storage.alpha.kubernetes.io/migrated-plugins",
  "snapshot.storage.kubernetes.io/allow-volume-mode-change",
]);

const ownerReference = object({ apiVersion: text, kind: text, name: text, uid: text, controller: bool });
const annotations = map(text, (key) => ANNOTATIONS.has(key));
const labels = map(text);
/** Labels that no rule reads: checked and dropped. */
const unreadLabels = map(text, () => false);

const metadata = {
  name: text,
  namespace: text,
  uid: text,
  resourceVersion: numeral,
  creationTimestamp: time,
  deletionTimestamp: time,
  labels: unreadLabels,
  annotations,
  ownerReferences: list(ownerReference),
  finalizers: list(text),
};
const labelled = { ...metadata, labels };

const requirement = object({ key: text, operator: text, values: list(text) });
const labelSelector = object({ matchLabels: labels, matchExpressions: list(requirement) });
const nodeSelectorTerm = object({ matchExpressions: list(requirement), matchFields: list(requirement) });
const nodeSelector = object({ nodeSelectorTerms: list(nodeSelectorTerm) });
const topologyExpression = object({ key: text, values: list(text) });
const topologyTerm = object({ matchLabelExpressions: list(topologyExpression) });
const resourceList = map(quantity);
const resources = object({ requests: resourceList });
const reference = object({ apiGroup: text, kind: text, name: text, namespace: text });

const inTree = {
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

const claimSource = object({ claimName: text });
const podVolume = object({
  name: text,
  persistentVolumeClaim: claimSource,
  ephemeral: presence,
  csi: object({ driver: text }),
  ...inTree,
});

const container = object({ name: text, restartPolicy: text, resources });
const containerStatus = object({ name: text, allocatedResources: resourceList, resources });

export const nodeRow = new RowType("Node", false, {
  metadata: labelled,
  spec: { unschedulable: bool, taints: list(object({ key: text, value: text, effect: text })) },
  status: { allocatable: resourceList },
});

export const podRow = new RowType("Pod", true, {
  metadata,
  spec: {
    nodeName: text,
    volumes: list(podVolume),
    containers: list(container),
    initContainers: list(container),
    resources,
    overhead: resourceList,
    nodeSelector: labels,
    affinity: object({ nodeAffinity: object({ requiredDuringSchedulingIgnoredDuringExecution: nodeSelector }) }),
    tolerations: list(object({ key: text, operator: text, value: text, effect: text })),
  },
  status: {
    phase: text,
    nominatedNodeName: text,
    conditions: list(object({ type: text, status: text, reason: text })),
    allocatedResources: resourceList,
    resources,
    containerStatuses: list(containerStatus),
    initContainerStatuses: list(containerStatus),
  },
});

export const claimRow = new RowType("PersistentVolumeClaim", true, {
  metadata,
  spec: {
    volumeName: text,
    storageClassName: text,
    resources,
    accessModes: list(text),
    volumeMode: text,
    selector: labelSelector,
    volumeAttributesClassName: text,
    dataSource: reference,
    dataSourceRef: reference,
  },
  status: { phase: text },
});

const claimReference = object({ namespace: text, name: text, uid: text });
const volumeAffinity = object({ required: nodeSelector });

export const volumeRow = new RowType("PersistentVolume", false, {
  metadata: labelled,
  spec: {
    storageClassName: text,
    capacity: resourceList,
    accessModes: list(text),
    volumeMode: text,
    volumeAttributesClassName: text,
    persistentVolumeReclaimPolicy: text,
    claimRef: claimReference,
    nodeAffinity: volumeAffinity,
    csi: object({ driver: text, volumeHandle: text }),
    ...inTree,
  },
  status: { phase: text },
});

export const storageClassRow = new RowType("StorageClass", false, {
  metadata,
  provisioner: text,
  volumeBindingMode: text,
  allowedTopologies: list(topologyTerm),
  parameters: map(text),
});

export const csiDriverRow = new RowType("CSIDriver", false, {
  metadata,
  spec: { storageCapacity: bool, preventPodSchedulingIfMissing: bool },
});

export const csiNodeRow = new RowType("CSINode", false, {
  metadata,
  spec: {
    drivers: list(object({ name: text, allocatable: object({ count: int32 }), topologyKeys: list(text) })),
  },
});

export const capacityRow = new RowType("CSIStorageCapacity", true, {
  metadata,
  storageClassName: text,
  nodeTopology: labelSelector,
  capacity: quantity,
  maximumVolumeSize: quantity,
});

export const attachmentRow = new RowType("VolumeAttachment", false, {
  metadata,
  spec: { nodeName: text, attacher: text, source: object({ persistentVolumeName: text }) },
});

export const attributesClassRow = new RowType("VolumeAttributesClass", false, {
  metadata,
  driverName: text,
  parameters: map(text),
});

export const snapshotRow = new RowType("VolumeSnapshot", true, {
  metadata,
  status: { boundVolumeSnapshotContentName: text, readyToUse: bool, restoreSize: quantity },
});

export const snapshotContentRow = new RowType("VolumeSnapshotContent", false, {
  metadata,
  spec: {
    driver: text,
    volumeSnapshotRef: object({ uid: text, namespace: text, name: text }),
    sourceVolumeMode: text,
  },
  status: { snapshotHandle: text },
});

export const snapshotClassRow = new RowType("VolumeSnapshotClass", false, { metadata, driver: text });

export const referenceGrantRow = new RowType("ReferenceGrant", true, {
  metadata,
  spec: {
    from: list(object({ group: text, kind: text, namespace: text })),
    to: list(object({ group: text, kind: text, name: text })),
  },
});

/** Where the fields that rules read lie inside their blocks; see `fieldOf`. */
export const FIELD = {
  volumeName: podVolume.bit("name"),
  volumeClaim: podVolume.bit("persistentVolumeClaim"),
  volumeEphemeral: podVolume.bit("ephemeral"),
  claimName: claimSource.bit("claimName"),
  ownerUid: ownerReference.bit("uid"),
  ownerController: ownerReference.bit("controller"),
  requests: resources.bit("requests"),
  refNamespace: claimReference.bit("namespace"),
  refName: claimReference.bit("name"),
  refUid: claimReference.bit("uid"),
  affinityRequired: volumeAffinity.bit("required"),
  selectorTerms: nodeSelector.bit("nodeSelectorTerms"),
  termExpressions: nodeSelectorTerm.bit("matchExpressions"),
  termFields: nodeSelectorTerm.bit("matchFields"),
  requirementKey: requirement.bit("key"),
  requirementOperator: requirement.bit("operator"),
  requirementValues: requirement.bit("values"),
  matchLabels: labelSelector.bit("matchLabels"),
  matchExpressions: labelSelector.bit("matchExpressions"),
  topologyExpressions: topologyTerm.bit("matchLabelExpressions"),
  topologyKey: topologyExpression.bit("key"),
  topologyValues: topologyExpression.bit("values"),
} as const;

/** Reads a label selector's block back, for the text of its error. */
export const labelSelectorType = labelSelector;
