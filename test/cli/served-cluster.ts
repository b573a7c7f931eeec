// A small cluster of two namespaces that a stand-in for kubectl serves, and the command run against it.

import { join } from "node:path";
import type { Written } from "./objects.js";
import { node } from "./objects.js";
import type { Outcome } from "./program.js";
import { Files, topomatch } from "./program.js";
import type { StandIn } from "./stand-in-kubectl.js";
import { callsOf, standIn } from "./stand-in-kubectl.js";

export const files = new Files();

/** An object as an API server gives it. */
export const inNamespace = (namespace: string, kind: string, name: string, rest: Written): Written => ({
  apiVersion: "v1",
  kind,
  metadata: { namespace, name, uid: `${namespace}-${name}` },
  ...rest,
});
const waiting = (namespace: string, name: string, claim: string): Written =>
  inNamespace(namespace, "Pod", name, {
    spec: {
      containers: [{ name: "c", resources: { requests: { cpu: "2" } } }],
      volumes: [{ name: "d", persistentVolumeClaim: { claimName: claim } }],
    },
    status: { phase: "Pending" },
  });
export const wants = (namespace: string, name: string): Written =>
  inNamespace(namespace, "PersistentVolumeClaim", name, {
    spec: { accessModes: ["ReadWriteOnce"], storageClassName: "local", resources: { requests: { storage: "1Gi" } } },
  });
const running: Written = inNamespace("team-b", "Pod", "busy", {
  spec: { nodeName: "n-1", containers: [{ name: "c", resources: { requests: { cpu: "3" } } }] },
  status: { phase: "Running" },
});
/** Node n-1 has 4 CPUs, of which pod team-b/busy has 3, and the only volume. */
export const LISTS = {
  nodes: [node("n-1"), node("n-2")],
  pods: [waiting("team-a", "web", "data"), waiting("team-b", "other", "data"), running],
  persistentvolumes: [
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "pv-1", uid: "pv-1" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        capacity: { storage: "1Gi" },
        storageClassName: "local",
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: ["n-1"] }] },
            ],
          },
        },
      },
      status: { phase: "Available" },
    },
  ],
  persistentvolumeclaims: [wants("team-a", "data"), wants("team-b", "data")],
  "storageclasses.storage.k8s.io": [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "local" },
      provisioner: "kubernetes.io/no-provisioner",
      volumeBindingMode: "WaitForFirstConsumer",
    },
  ],
  "csinodes.storage.k8s.io": [],
  "csidrivers.storage.k8s.io": [],
  "csistoragecapacities.storage.k8s.io": [],
  "volumeattachments.storage.k8s.io": [],
};
export const BASE: StandIn = { namespace: "team-a", lists: LISTS };

let count = 0;

/** Runs the command where `kubectl` is the stand-in; `calls` are those that were made of it. */
export async function run(
  asked: StandIn,
  ...argv: readonly string[]
): Promise<Outcome & { readonly calls: readonly string[] }> {
  const folder = standIn(join(files.folder, `path-${count++}`), asked);
  const outcome = await topomatch(argv, { env: { PATH: folder } });
  return { ...outcome, calls: callsOf(folder) };
}
