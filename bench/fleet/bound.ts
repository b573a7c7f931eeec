// bench: claims that are bound to volumes with node affinities of three sorts, as plain objects.

import type {
  NodeSelectorTermLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
} from "../../lib/index.js";
import { hash } from "./hash.js";
import { coresOf, nodeName, POOLS, poolName, TYPES, typeName, ZONES, zoneName, zoneOf } from "./nodes.js";

export const SHAPES = ["zonal", "local", "mixed"] as const;
export type AffinityShape = (typeof SHAPES)[number];
type Requirement = NonNullable<NonNullable<NodeSelectorTermLike["matchExpressions"]>[number]>;

const requirement = (key: string, operator: string, ...values: string[]): Requirement =>
  values.length === 0 ? { key, operator } : { key, operator, values };

/** The terms of the i-th volume's node affinity among so many nodes. */
export function termsOf(shape: AffinityShape, i: number, nodes: number): NodeSelectorTermLike[] {
  if (shape === "zonal") return [{ matchExpressions: [zonal(i)] }];
  if (shape === "local") return [{ matchExpressions: [local(i, nodes)] }];
  // A third as a local or zonal volume has it, the rest one or two terms of one to four requirements.
  const draw = hash(i, 60) % 6;
  if (draw === 0) return [{ matchExpressions: [zonal(i)] }];
  if (draw === 1) return [{ matchExpressions: [local(i, nodes)] }];
  return Array.from({ length: draw === 2 ? 2 : 1 }, (_, term) => ({
    matchExpressions: Array.from({ length: 1 + (hash(i, 61 + term) % 4) }, (_, j) => any(i, 70 + term * 8 + j)),
  }));
}

/** One zone in most cases, two or three in some. */
function zonal(i: number): Requirement {
  const draw = hash(i, 62) % 10;
  const count = draw < 7 ? 1 : draw < 9 ? 2 : 3;
  const zones = new Set(Array.from({ length: count }, (_, j) => zoneName(hash(i, 63 + j) % ZONES)));
  return requirement("topology.kubernetes.io/zone", "In", ...zones);
}

const local = (i: number, nodes: number): Requirement =>
  requirement("kubernetes.io/hostname", "In", nodeName(hash(i, 66) % nodes));

function any(i: number, salt: number): Requirement {
  const draw = hash(i, salt);
  const pick = draw >>> 8;
  switch (draw % 8) {
    case 0:
      return requirement("topology.kubernetes.io/zone", "In", zoneName(pick % ZONES), zoneName((pick >>> 5) % ZONES));
    case 1:
      return requirement("example.com/pool", "NotIn", poolName(pick % POOLS), poolName((pick >>> 6) % POOLS));
    case 2:
      return requirement(
        "node.kubernetes.io/instance-type",
        "In",
        typeName(pick % TYPES),
        typeName((pick >>> 6) % TYPES),
      );
    case 3:
      return requirement("example.com/gpu", pick % 2 === 0 ? "Exists" : "DoesNotExist");
    case 4:
      return requirement("example.com/cores", "Gt", String(coresOf(pick) - (pick % 3)));
    case 5:
      return requirement("example.com/cores", "Lt", String(coresOf(pick) + 1 + (pick % 3)));
    case 6:
      return requirement("example.com/rack", "NotIn", `${zoneOf(pick)}-r${pick % 64}`);
    default:
      return requirement("example.com/pool", "In", poolName(pick % POOLS), poolName((pick >>> 5) % POOLS), poolName(7));
  }
}

const NAMESPACE = "team-1";
export const claimKey = (i: number): string => `${NAMESPACE}/data-${i}`;

/** A volume as a CSI driver makes it. */
export function boundVolume(i: number, nodeSelectorTerms: NodeSelectorTermLike[]): PersistentVolumeLike {
  return {
    metadata: {
      name: `pv-${i}`,
      uid: `a0000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
      resourceVersion: `${1e8 + i}`,
    },
    spec: {
      capacity: { storage: `${1 + (hash(i, 67) % 500)}Gi` },
      accessModes: ["ReadWriteOnce"],
      claimRef: { namespace: NAMESPACE, name: `data-${i}` },
      persistentVolumeReclaimPolicy: "Delete",
      storageClassName: "standard",
      volumeMode: "Filesystem",
      csi: { driver: "ebs.csi.aws.com", volumeHandle: `vol-${hash(i, 68).toString(16)}` },
      nodeAffinity: { required: { nodeSelectorTerms } },
    },
    status: { phase: "Bound" },
  };
}

export function boundClaim(i: number, volume = i): PersistentVolumeClaimLike {
  return {
    metadata: {
      name: `data-${i}`,
      namespace: NAMESPACE,
      uid: `b0000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
      annotations: { "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes" },
    },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: `${1 + (hash(volume, 67) % 500)}Gi` } },
      storageClassName: "standard",
      volumeMode: "Filesystem",
      volumeName: `pv-${volume}`,
    },
    status: { phase: "Bound" },
  };
}

export const podKey = (i: number): string => `${NAMESPACE}/pod-${i}`;

export function podWith(i: number, claims: readonly number[]): PodLike {
  return {
    metadata: { name: `pod-${i}`, namespace: NAMESPACE },
    spec: {
      volumes: claims.map((claim) => ({ name: `v${claim}`, persistentVolumeClaim: { claimName: `data-${claim}` } })),
    },
  };
}
