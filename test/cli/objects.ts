// Short ways to write objects for the command to read.

export interface Written {
  readonly [field: string]: unknown;
}

export const list = (...items: readonly unknown[]): Written => ({ apiVersion: "v1", kind: "List", items });

/** A node on which there is room for pods. */
export const node = (name: string, labels: Written = {}): Written => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
  status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110" } },
});

/** A pod that uses the claims, in the default namespace. */
export const pod = (name: string, claims: readonly string[] = [], rest: Written = {}): Written => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: { volumes: claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })) },
  ...rest,
});

export const claim = (name: string, spec: Written = {}, metadata: Written = {}): Written => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name, ...metadata },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...spec },
});

export const volume = (name: string, spec: Written = {}, rest: Written = {}): Written => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, ...spec },
  ...rest,
});

export const storageClass = (name: string, rest: Written = {}): Written => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name },
  provisioner: "kubernetes.io/no-provisioner",
  ...rest,
});

export const delayed = { volumeBindingMode: "WaitForFirstConsumer" };

/** Node affinity for one node. */
export const onNode = (name: string): Written => ({
  nodeAffinity: {
    required: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [name] }] }],
    },
  },
});
