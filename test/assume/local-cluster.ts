// A small cluster for what happens after the filter: two nodes, a local volume on each, claims and pods by name.

import type {
  MatcherOptions,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  TopologyMatcher,
} from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";

export const ENGINES = ["wasm", "javascript"] as const;
export const BIND_COMPLETED = { "pv.kubernetes.io/bind-completed": "yes" };
export const SELECTED = (node: string) => ({ "volume.kubernetes.io/selected-node": node });

export const node = (name: string) => ({ metadata: { name, labels: { host: name } } });

/** A local volume of 1Gi. `more` goes into its metadata, `spec` into its spec. */
export function volume(name: string, host: string, more: object = {}, spec: object = {}): PersistentVolumeLike {
  return {
    metadata: { name, resourceVersion: "1", ...more },
    spec: {
      storageClassName: "local",
      capacity: { storage: "1Gi" },
      accessModes: ["ReadWriteOnce"],
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "host", operator: "In", values: [host] }] }] },
      },
      ...spec,
    },
    status: { phase: "Available" },
  };
}

/** A claim of 1Gi in `default`, of class `local` unless `spec` says otherwise. */
export function claim(name: string, more: object = {}, spec: object = {}): PersistentVolumeClaimLike {
  return {
    metadata: { name, namespace: "default", uid: `uid-${name}`, resourceVersion: "1", ...more },
    spec: {
      storageClassName: "local",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
      ...spec,
    },
  };
}

export function pod(name: string, claims: readonly string[], spec: object = {}) {
  return {
    metadata: { name, namespace: "default", uid: `uid-${name}` },
    spec: {
      volumes: claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })),
      ...spec,
    },
  };
}

/** n1 and n2 with a volume each, claims a to d (d is provisioned), and a pod of each claim of the claim's name. */
export function localCluster(options: MatcherOptions = {}): TopologyMatcher {
  const matcher = createMatcherSync(options);
  matcher.nodes.replace(["n1", "n2"].map(node));
  const delayed = { volumeBindingMode: "WaitForFirstConsumer" };
  matcher.storageClasses.replace([
    { metadata: { name: "local" }, provisioner: "kubernetes.io/no-provisioner", ...delayed },
    { metadata: { name: "csi" }, provisioner: "csi.example.com", ...delayed },
  ]);
  matcher.persistentVolumes.replace([volume("pv1", "n1"), volume("pv2", "n2")]);
  matcher.persistentVolumeClaims.replace([
    claim("a"),
    claim("b"),
    claim("c"),
    claim("d", {}, { storageClassName: "csi" }),
  ]);
  matcher.pods.replace(["a", "b", "c", "d"].map((name) => pod(name, [name])));
  return matcher;
}

/** The feasible nodes of a pod of `default`, by name. */
export function feasible(matcher: TopologyMatcher, name: string): string[] {
  return matcher.evaluatePod(`default/${name}`).nodes.toArray().sort();
}
