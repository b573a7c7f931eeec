// Objects by hand, and what is found in a cluster of them.

import type { MatcherOptions } from "../../lib/index.js";
import type { Finding } from "../../lib/lint.js";
import { lint } from "../../lib/lint.js";
import { matcherOf } from "../support/load.js";

// biome-ignore lint/suspicious/noExplicitAny: tests write objects of any form.
type Any = any;

export { matcherOf };

export function findings(objects: readonly Any[], options: MatcherOptions = {}): readonly Finding[] {
  return lint(matcherOf(objects, options)).findings;
}

/** `severity id Kind key field: sentence` of each finding. */
export function found(...objects: readonly Any[]): string[] {
  return findings(objects).map(lineOf);
}

export function lineOf({ field, id, object, sentence, severity }: Finding): string {
  const key = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  return `${severity} ${id} ${object.kind} ${key} ${field}: ${sentence}`;
}

export const node = (name: string, labels: { readonly [key: string]: string } = {}, more: Any = {}): Any => ({
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
  ...more,
});

/** A volume of 10Gi that is nobody's. */
export const volume = (name: string, spec: Any = {}, metadata: Any = {}, phase = "Available"): Any => ({
  kind: "PersistentVolume",
  metadata: { name, ...metadata },
  spec: { capacity: { storage: "10Gi" }, accessModes: ["ReadWriteOnce"], storageClassName: "static", ...spec },
  status: { phase },
});

/** A claim for 1Gi in namespace d that is not bound. */
export const claim = (name: string, spec: Any = {}, metadata: Any = {}, phase = "Pending"): Any => ({
  kind: "PersistentVolumeClaim",
  metadata: { name, namespace: "d", uid: `uid-${name}`, ...metadata },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...spec },
  status: { phase },
});

/** A class that waits for a pod. */
export const storageClass = (name: string, provisioner: string, more: Any = {}): Any => ({
  kind: "StorageClass",
  metadata: { name },
  provisioner,
  volumeBindingMode: "WaitForFirstConsumer",
  ...more,
});

/** A node affinity, a term an argument, each a list of `[key, operator, ...values]`. */
export const affinity = (...terms: readonly (readonly (readonly string[])[])[]): Any => ({
  nodeAffinity: {
    required: {
      nodeSelectorTerms: terms.map((term) => ({
        matchExpressions: term.map(([key, operator, ...values]) => ({ key, operator, values })),
      })),
    },
  },
});

export const csiNode = (name: string, drivers: { readonly [driver: string]: readonly string[] }): Any => ({
  kind: "CSINode",
  metadata: { name },
  spec: { drivers: Object.entries(drivers).map(([driver, topologyKeys]) => ({ name: driver, topologyKeys })) },
});

export const csiDriver = (name: string, storageCapacity = false): Any => ({
  kind: "CSIDriver",
  metadata: { name },
  spec: { storageCapacity },
});

export const capacity = (name: string, storageClassName: string, more: Any = {}): Any => ({
  kind: "CSIStorageCapacity",
  metadata: { name, namespace: "d" },
  storageClassName,
  nodeTopology: {},
  capacity: "100Gi",
  ...more,
});

export const ZONE = "topology.kubernetes.io/zone";
export const HOSTNAME = "kubernetes.io/hostname";
/** Two nodes in two zones. */
export const NODES = [node("n1", { [ZONE]: "a" }), node("n2", { [ZONE]: "b" })];
