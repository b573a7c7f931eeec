// Tiny builders of Kubernetes objects: a case writes out only what it is about.

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

type Quantity = string | number | null;
type Strings = Readonly<Record<string, string | null>>;

/** ["zone", "In", "a", "b"]; without values the list is empty. */
export type Expression = readonly [key: string, operator: string, ...values: string[]];

/** Expressions over labels, or a term written out. */
export type Term = readonly Expression[] | { readonly fields?: readonly Expression[]; readonly labels?: Expression[] };

export const NO_PROVISIONER = "kubernetes.io/no-provisioner";
export const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const NOW = "2026-01-01T00:00:00Z";

export function node(name: string, labels: Strings = {}, spec: object = {}): KubeObject {
  return { apiVersion: "v1", kind: "Node", metadata: { name, uid: `uid-${name}`, labels }, spec };
}

export interface ClaimOptions {
  namespace?: string;
  uid?: string;
  /** static unless given; null for a claim without class. */
  class?: string | null;
  /** 1Gi unless given. */
  size?: Quantity;
  /** A volume, to which the claim is completely bound. */
  boundTo?: string;
  volumeName?: string;
  /** The value of the bind-completed annotation. */
  completed?: string;
  phase?: string;
  deleting?: boolean;
  selectedNode?: string | null;
  annotations?: Strings;
  owners?: readonly object[];
  /** Fields of the spec that win over all others. */
  spec?: object;
}

export function claim(name: string, options: ClaimOptions = {}): KubeObject {
  const { namespace = "default", boundTo, completed = boundTo && "yes", selectedNode } = options;
  const annotations: Record<string, string | null> = { ...options.annotations };
  if (completed !== undefined) annotations[BIND_COMPLETED] = completed;
  if (selectedNode !== undefined) annotations[SELECTED_NODE] = selectedNode;
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: {
      name,
      namespace,
      uid: options.uid ?? `uid-${name}`,
      annotations,
      ...(options.owners && { ownerReferences: options.owners }),
      ...(options.deleting && { deletionTimestamp: NOW }),
    },
    spec: {
      ...withClass(options.class),
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: options.size === undefined ? "1Gi" : options.size } },
      volumeName: boundTo ?? options.volumeName,
      ...options.spec,
    },
    status: { phase: options.phase ?? (boundTo ? "Bound" : "Pending") },
  };
}

export interface VolumeOptions {
  /** static unless given; null for a volume without class. */
  class?: string | null;
  /** 1Gi unless given. */
  size?: Quantity;
  /** Node affinity to one zone. */
  zone?: string;
  /** The terms of spec.nodeAffinity.required. */
  terms?: readonly Term[];
  claimRef?: object;
  /** Available unless given; null for a volume without phase. */
  phase?: string | null;
  deleting?: boolean;
  labels?: Strings;
  annotations?: Strings;
  /** Fields of the spec that win over all others. */
  spec?: object;
}

export function volume(name: string, options: VolumeOptions = {}): KubeObject {
  const { zone, terms = zone === undefined ? undefined : [[["zone", "In", zone]] as const], claimRef } = options;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name,
      uid: `uid-${name}`,
      labels: options.labels,
      annotations: options.annotations,
      ...(options.deleting && { deletionTimestamp: NOW }),
    },
    spec: {
      ...withClass(options.class),
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: options.size === undefined ? "1Gi" : options.size },
      ...(terms && { nodeAffinity: { required: { nodeSelectorTerms: terms.map(termOf) } } }),
      ...(claimRef && { claimRef }),
      ...options.spec,
    },
    status: options.phase === null ? {} : { phase: options.phase ?? "Available" },
  };
}

function withClass(name: string | null | undefined): object {
  return name === null ? {} : { storageClassName: name ?? "static" };
}

/** Claim c bound to volume pv1; the options are the volume's. */
export function boundPair(options: VolumeOptions = {}): KubeObject[] {
  return [claim("c", { boundTo: "pv1" }), volume("pv1", { claimRef: ref("c", "uid-c"), phase: "Bound", ...options })];
}

/** Names a claim of the namespace default, by name only unless a uid is given. */
export function ref(name: string, uid?: string): object {
  return { namespace: "default", name, ...(uid !== undefined && { uid }) };
}

export function termOf(term: Term): object {
  if (!("length" in term)) {
    const { fields, labels } = term;
    return {
      ...(fields && { matchFields: fields.map(expressionOf) }),
      ...(labels && { matchExpressions: labels.map(expressionOf) }),
    };
  }
  return term.length === 0 ? {} : { matchExpressions: term.map(expressionOf) };
}

function expressionOf([key, operator, ...values]: Expression): object {
  return { key, operator, values };
}

/** A label selector of expressions only. */
export function selector(...expressions: Expression[]): object {
  return { matchExpressions: expressions.map(expressionOf) };
}

export interface ClassOptions {
  mode?: string | null;
  provisioner?: string;
  /** The terms of allowedTopologies, each a list of [key, ...values]. */
  topologies?: readonly (readonly (readonly string[])[])[] | null;
}

export function storageClass(name: string, options: ClassOptions = {}): KubeObject {
  const { mode = "WaitForFirstConsumer", provisioner = `${name}.example.com`, topologies } = options;
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name },
    provisioner,
    volumeBindingMode: mode,
    allowedTopologies: topologies?.map((term) =>
      term.length === 0 ? {} : { matchLabelExpressions: term.map(([key, ...values]) => ({ key, values })) },
    ),
  };
}

/** A class of which the driver of the same name publishes capacity. */
export function limitedClass(name: string, options: ClassOptions = {}): KubeObject[] {
  return [storageClass(name, options), csiDriver(`${name}.example.com`, { storageCapacity: true })];
}

export function csiDriver(name: string, spec: object | null): KubeObject {
  return { apiVersion: "storage.k8s.io/v1", kind: "CSIDriver", metadata: { name }, spec };
}

export function csiNode(name: string, drivers: readonly object[] = []): KubeObject {
  return { apiVersion: "storage.k8s.io/v1", kind: "CSINode", metadata: { name }, spec: { drivers } };
}

/** The CSINode of a node on which these in-tree plugins have moved to CSI; the annotation may be written out. */
export function movedPlugins(name: string, plugins: readonly string[] | string): KubeObject {
  const list = typeof plugins === "string" ? plugins : plugins.map((plugin) => `kubernetes.io/${plugin}`).join(",");
  const annotations = { "storage.alpha.kubernetes.io/migrated-plugins": list };
  return { ...csiNode(name), metadata: { name, annotations } };
}

export interface CapacityOptions {
  class?: string;
  namespace?: string;
  /** A label selector; one zone, or `{}` for every node, unless given. */
  topology?: object | null;
  zone?: string;
  capacity?: Quantity;
  maximum?: Quantity;
}

/** Of class limited unless given. */
export function csiCapacity(name: string, options: CapacityOptions): KubeObject {
  const { namespace = "kube-system", zone } = options;
  const { topology = zone === undefined ? {} : { matchLabels: { zone } } } = options;
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "CSIStorageCapacity",
    metadata: { name, namespace },
    storageClassName: options.class ?? "limited",
    nodeTopology: topology,
    capacity: options.capacity,
    maximumVolumeSize: options.maximum,
  };
}

/** default/pod with a volume for each claim name, or with volumes written out. */
export function pod(...volumes: readonly (string | object)[]): KubeObject {
  return podOf({ volumes: volumes.map((given, index) => (typeof given === "string" ? uses(given, index) : given)) });
}

export function podOf(spec: object | null, namespace = "default", name = "pod"): KubeObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace, uid: `uid-${name}` }, spec };
}

function uses(claimName: string, index: number): object {
  return { name: `vol-${index}`, persistentVolumeClaim: { claimName } };
}

/** The generic ephemeral volume vol, whose claim is pod-vol. */
export const ephemeral = { name: "vol", ephemeral: { volumeClaimTemplate: { spec: {} } } };

/** The owner reference of pod-vol's own pod. */
export const owner = { apiVersion: "v1", kind: "Pod", name: "pod", uid: "uid-pod", controller: true };
