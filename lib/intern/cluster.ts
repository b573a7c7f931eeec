// intern: all objects of a cluster, a table a kind, with the few columns that every verdict begins with.

import type { SetName } from "../objects/sets.js";
import type { Blocks } from "./blocks.js";
import { ChangeCounts } from "./change-counts.js";
import { Codec } from "./codec.js";
import { Derivations } from "./derived.js";
import * as kinds from "./kinds.js";
import { LazyRowIndex } from "./lazy-row-index.js";
import { EMPTY_TEXT, Strings } from "./strings.js";
import { Table } from "./table.js";

/** Columns of a claim. `class` is never 0: EMPTY_TEXT stands for none. */
export const CLAIM = {
  name: kinds.claimRow.column("metadata.name"),
  namespace: kinds.claimRow.column("metadata.namespace"),
  uid: kinds.claimRow.column("metadata.uid"),
  deletionTimestamp: kinds.claimRow.column("metadata.deletionTimestamp"),
  annotations: kinds.claimRow.column("metadata.annotations"),
  ownerReferences: kinds.claimRow.column("metadata.ownerReferences"),
  volumeName: kinds.claimRow.column("spec.volumeName"),
  resources: kinds.claimRow.column("spec.resources"),
  accessModes: kinds.claimRow.column("spec.accessModes"),
  volumeMode: kinds.claimRow.column("spec.volumeMode"),
  selector: kinds.claimRow.column("spec.selector"),
  volumeAttributesClassName: kinds.claimRow.column("spec.volumeAttributesClassName"),
  phase: kinds.claimRow.column("status.phase"),
  storageClassName: kinds.claimRow.column("spec.storageClassName"),
  class: kinds.claimRow.derivedColumn("class"),
} as const;

/** Columns of a volume. Where there is a claimRef its namespace and name are never 0. `migratedSource`: see MIGRATED. */
export const VOLUME = {
  name: kinds.volumeRow.column("metadata.name"),
  labels: kinds.volumeRow.column("metadata.labels"),
  annotations: kinds.volumeRow.column("metadata.annotations"),
  deletionTimestamp: kinds.volumeRow.column("metadata.deletionTimestamp"),
  capacity: kinds.volumeRow.column("spec.capacity"),
  accessModes: kinds.volumeRow.column("spec.accessModes"),
  volumeMode: kinds.volumeRow.column("spec.volumeMode"),
  volumeAttributesClassName: kinds.volumeRow.column("spec.volumeAttributesClassName"),
  claimRef: kinds.volumeRow.column("spec.claimRef"),
  refNamespace: kinds.volumeRow.column("spec.claimRef.namespace"),
  refName: kinds.volumeRow.column("spec.claimRef.name"),
  refUid: kinds.volumeRow.column("spec.claimRef.uid"),
  nodeAffinity: kinds.volumeRow.column("spec.nodeAffinity"),
  csi: kinds.volumeRow.column("spec.csi"),
  csiDriver: kinds.volumeRow.column("spec.csi.driver"),
  csiHandle: kinds.volumeRow.column("spec.csi.volumeHandle"),
  phase: kinds.volumeRow.column("status.phase"),
  storageClassName: kinds.volumeRow.column("spec.storageClassName"),
  class: kinds.volumeRow.derivedColumn("class"),
  migratedSource: kinds.volumeRow.derivedColumn("migratedSource"),
} as const;

/** The columns of the sources that migration looks at; a volume's `migratedSource` is 1 + the place of its own, or 0. */
export const MIGRATED = kinds.MIGRATED_SOURCES.map((source) => kinds.volumeRow.column(`spec.${source}`));

/** Columns of a pod. */
export const POD = {
  name: kinds.podRow.column("metadata.name"),
  namespace: kinds.podRow.column("metadata.namespace"),
  uid: kinds.podRow.column("metadata.uid"),
  deletionTimestamp: kinds.podRow.column("metadata.deletionTimestamp"),
  volumes: kinds.podRow.column("spec.volumes"),
  nodeSelector: kinds.podRow.column("spec.nodeSelector"),
  affinity: kinds.podRow.column("spec.affinity"),
  tolerations: kinds.podRow.column("spec.tolerations"),
  nodeName: kinds.podRow.column("spec.nodeName"),
  phase: kinds.podRow.column("status.phase"),
  containers: kinds.podRow.column("spec.containers"),
  initContainers: kinds.podRow.column("spec.initContainers"),
  resources: kinds.podRow.column("spec.resources"),
  overhead: kinds.podRow.column("spec.overhead"),
  conditions: kinds.podRow.column("status.conditions"),
  allocatedResources: kinds.podRow.column("status.allocatedResources"),
  statusResources: kinds.podRow.column("status.resources"),
  containerStatuses: kinds.podRow.column("status.containerStatuses"),
  initContainerStatuses: kinds.podRow.column("status.initContainerStatuses"),
} as const;

/** Columns of a node. */
export const NODE = {
  name: kinds.nodeRow.column("metadata.name"),
  allocatable: kinds.nodeRow.column("status.allocatable"),
} as const;

export const STORAGE_CLASS = {
  name: kinds.storageClassRow.column("metadata.name"),
  provisioner: kinds.storageClassRow.column("provisioner"),
  volumeBindingMode: kinds.storageClassRow.column("volumeBindingMode"),
  allowedTopologies: kinds.storageClassRow.column("allowedTopologies"),
} as const;

/** Columns of a capacity object. `class` is never 0. */
export const CAPACITY = {
  name: kinds.capacityRow.column("metadata.name"),
  namespace: kinds.capacityRow.column("metadata.namespace"),
  nodeTopology: kinds.capacityRow.column("nodeTopology"),
  capacity: kinds.capacityRow.column("capacity"),
  maximumVolumeSize: kinds.capacityRow.column("maximumVolumeSize"),
  class: kinds.capacityRow.derivedColumn("class"),
} as const;

const REQUESTS = kinds.resources.bit("requests");
const DRIVER_STORAGE_CAPACITY = kinds.csiDriverRow.column("spec.storageCapacity");

export type WellKnown = Readonly<ReturnType<typeof wellKnown>>;

/** Text that rules compare with, as string ids; a sweep never frees it. */
function wellKnown(strings: Strings) {
  return {
    storage: strings.intern("storage"),
    filesystem: strings.intern("Filesystem"),
    available: strings.intern("Available"),
    lost: strings.intern("Lost"),
    succeeded: strings.intern("Succeeded"),
    failed: strings.intern("Failed"),
    readWriteOncePod: strings.intern("ReadWriteOncePod"),
    waitForFirstConsumer: strings.intern("WaitForFirstConsumer"),
    noProvisioner: strings.intern("kubernetes.io/no-provisioner"),
    bindCompleted: strings.intern(kinds.ANN_BIND_COMPLETED),
    selectedNode: strings.intern(kinds.ANN_SELECTED_NODE),
    boundByController: strings.intern(kinds.ANN_BOUND_BY_CONTROLLER),
    yes: strings.intern("yes"),
    betaClass: strings.intern(kinds.ANN_BETA_CLASS),
    migratedPlugins: strings.intern(kinds.ANN_MIGRATED_PLUGINS),
    zone: strings.intern("topology.kubernetes.io/zone"),
    region: strings.intern("topology.kubernetes.io/region"),
    betaZone: strings.intern("failure-domain.beta.kubernetes.io/zone"),
    betaRegion: strings.intern("failure-domain.beta.kubernetes.io/region"),
    in: strings.intern("In"),
    notIn: strings.intern("NotIn"),
    exists: strings.intern("Exists"),
    doesNotExist: strings.intern("DoesNotExist"),
    gt: strings.intern("Gt"),
    lt: strings.intern("Lt"),
    nameField: strings.intern("metadata.name"),
    equal: strings.intern("Equal"),
    noSchedule: strings.intern("NoSchedule"),
    noExecute: strings.intern("NoExecute"),
    unschedulableTaint: strings.intern("node.kubernetes.io/unschedulable"),
    always: strings.intern("Always"),
    podResizePending: strings.intern("PodResizePending"),
    infeasible: strings.intern("Infeasible"),
    pods: strings.intern("pods"),
    cpu: strings.intern("cpu"),
    memory: strings.intern("memory"),
    ephemeralStorage: strings.intern("ephemeral-storage"),
  };
}

export class Cluster {
  readonly strings = new Strings();
  readonly changeCounts = new ChangeCounts();
  /** Who keeps what was made from the objects. */
  readonly derivations = new Derivations();
  readonly codec: Codec;
  readonly blocks: Blocks;
  readonly ids: WellKnown;
  /** One table a kind. Those that rules read have short names too. */
  readonly tables: { readonly [Name in SetName]: Table };
  readonly nodes: Table;
  readonly pods: Table;
  readonly claims: Table;
  readonly volumes: Table;
  readonly storageClasses: Table;
  readonly csiDrivers: Table;
  readonly csiNodes: Table;
  readonly capacities: Table;
  readonly attachments: Table;
  /** Volumes by class. */
  readonly volumesByClass: LazyRowIndex;
  /** Volumes that have a claimRef, by the namespace and name in it. */
  readonly volumesByClaim: LazyRowIndex;
  readonly capacitiesByClass: LazyRowIndex;

  constructor(blocks: Blocks) {
    const { changeCounts, derivations, strings } = this;
    this.blocks = blocks;
    const codec = new Codec(strings, blocks);
    this.codec = codec;
    this.ids = wellKnown(strings);
    const tableOf = (name: SetName) => [name, new Table(kinds.KINDS[name], codec, changeCounts, derivations)] as const;
    const tables = Object.fromEntries(kinds.SET_NAMES.map(tableOf)) as Record<SetName, Table>;
    this.tables = tables;
    this.nodes = tables.nodes;
    this.pods = tables.pods;
    this.claims = tables.persistentVolumeClaims;
    this.volumes = tables.persistentVolumes;
    this.storageClasses = tables.storageClasses;
    this.csiDrivers = tables.csiDrivers;
    this.csiNodes = tables.csiNodes;
    this.capacities = tables.csiStorageCapacities;
    this.attachments = tables.volumeAttachments;
    const { claims, volumes, capacities } = this;
    const capacityClass = kinds.capacityRow.column("storageClassName");
    claims.derive = (row) => {
      // kube: R-CLS-1 the beta annotation, though it be empty, hides a claim's storageClassName.
      const beta = blocks.lookup(claims.get(row, CLAIM.annotations), this.ids.betaClass);
      claims.set(row, CLAIM.class, beta || claims.get(row, CLAIM.storageClassName) || EMPTY_TEXT);
    };
    volumes.derive = (row) => {
      // kube: R-CLS-2 the same for a volume.
      const beta = blocks.lookup(volumes.get(row, VOLUME.annotations), this.ids.betaClass);
      volumes.set(row, VOLUME.class, beta || volumes.get(row, VOLUME.storageClassName) || EMPTY_TEXT);
      let source = MIGRATED.length;
      while (source > 0 && volumes.get(row, MIGRATED[source - 1]) === 0) source--;
      volumes.set(row, VOLUME.migratedSource, source);
      if (volumes.get(row, VOLUME.claimRef) === 0) return;
      if (volumes.get(row, VOLUME.refNamespace) === 0) volumes.set(row, VOLUME.refNamespace, EMPTY_TEXT);
      if (volumes.get(row, VOLUME.refName) === 0) volumes.set(row, VOLUME.refName, EMPTY_TEXT);
    };
    capacities.derive = (row) => capacities.set(row, CAPACITY.class, capacities.get(row, capacityClass) || EMPTY_TEXT);

    this.volumesByClass = new LazyRowIndex(volumes, VOLUME.class, VOLUME.class, VOLUME.class);
    this.volumesByClaim = new LazyRowIndex(volumes, VOLUME.refNamespace, VOLUME.refName, VOLUME.claimRef);
    this.capacitiesByClass = new LazyRowIndex(capacities, CAPACITY.class, CAPACITY.class, CAPACITY.class);
  }

  /** Bytes held by strings, blocks, rows and chains. */
  get byteLength(): number {
    let bytes = this.strings.byteLength + this.blocks.byteLength;
    for (const table of Object.values(this.tables)) bytes += table.byteLength;
    for (const chains of [this.volumesByClass, this.volumesByClaim, this.capacitiesByClass]) bytes += chains.byteLength;
    return bytes;
  }

  /** The name (a string id) of the node that a pod is on, or 0. Whether there is such a node is not asked. */
  nodeOf(pod: number): number {
    const name = this.pods.get(pod, POD.nodeName);
    // kube: R-NOD-4 a pod is on the node that it names until it has succeeded or failed.
    return name <= EMPTY_TEXT || this.hasEnded(pod) ? 0 : name;
  }

  /** Whether a pod has succeeded or failed. */
  hasEnded(pod: number): boolean {
    const { ids, pods } = this;
    const phase = pods.get(pod, POD.phase);
    return phase === ids.succeeded || phase === ids.failed;
  }

  /** The row of the pod that is known by a pod's name, or -1: its own, unless it is there for one question. */
  knownPod(pod: number): number {
    return this.pods.find(this.pods.get(pod, POD.namespace), this.pods.get(pod, POD.name));
  }

  /** The value of an annotation of a claim (a string id), or 0 where the key is absent. */
  claimAnnotation(claim: number, key: number): number {
    return this.blocks.lookup(this.claims.get(claim, CLAIM.annotations), key);
  }

  /** The token of a claim's requested storage, or 0 where the key is absent. */
  requestOf(claim: number): number {
    const resources = this.claims.get(claim, CLAIM.resources);
    if (resources === 0) return 0;
    const cursor = this.blocks.cursor(resources);
    if (!kinds.resources.seek(cursor, REQUESTS)) return 0;
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      if (cursor.tokens[cursor.at++] === this.ids.storage) return cursor.tokens[cursor.at];
      cursor.at++;
    }
    return 0;
  }

  /** Whether the uid in a volume's claimRef is this claim's, or not given. */
  claimRefAllows(volume: number, claim: number): boolean {
    const { claims, volumes } = this;
    return !volumes.hasUid(volume, VOLUME.refUid) || volumes.sameUid(volume, VOLUME.refUid, claims, claim, CLAIM.uid);
  }

  /** The token of a volume's capacity, or 0. */
  capacityOf(volume: number): number {
    return this.blocks.lookup(this.volumes.get(volume, VOLUME.capacity), this.ids.storage);
  }

  /** Whether the driver of this name reports its capacity. */
  reportsCapacity(driver: number): boolean {
    const row = this.csiDrivers.find(EMPTY_TEXT, driver);
    return row >= 0 && this.csiDrivers.get(row, DRIVER_STORAGE_CAPACITY) === 2;
  }
}
