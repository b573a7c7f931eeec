// bench: pods that run on nodes, with what they request and the disks that are attached for them; taints and limits.

import type {
  CSINodeLike,
  NodeLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
} from "../../lib/index.js";
import { boundClaim, boundVolume } from "./bound.js";
import { hash, uid } from "./hash.js";
import { nodeLabels, nodeName, POOLS, poolName, zoneOf } from "./nodes.js";

const NAMESPACE = "running";
const TAINTED = 20;
const WITH_SELECTOR = 5;
const TOLERANT = 8;

/** What a pod requests: thousandths of cpu, and Mi of memory. */
export interface Requests {
  readonly milli: number;
  readonly mebi: number;
}

export interface RunningPod {
  readonly number: number;
  readonly node: number;
  readonly name: string;
  readonly requests: Requests;
  /** The number of its disk, -1 for none. */
  readonly disk: number;
}

/** One node in 20 has a taint that most pods do not tolerate. */
export function taintsOf(node: number): { key: string; value: string; effect: string }[] | undefined {
  return hash(node, 170) % TAINTED === 0
    ? [{ key: "example.com/dedicated", value: "batch", effect: "NoSchedule" }]
    : undefined;
}

/** What a node can have: as much as ten of the pods below take together, more or less. */
export const ALLOCATABLE = { cpu: "64", memory: "256Gi", "ephemeral-storage": "500Gi", pods: "110" };
export const NODE_MILLI = 64_000;
export const NODE_MEBI = 256 * 1024;
export const NODE_PODS = 110;

export function tainted(node: number): NodeLike {
  const taints = taintsOf(node);
  return {
    metadata: { name: nodeName(node), labels: nodeLabels(node) },
    ...(taints === undefined ? {} : { spec: { taints } }),
    status: { allocatable: ALLOCATABLE },
  };
}

/** As many disks of a driver as can be attached to a node: some nodes have no place left. */
export const limitOf = (node: number): number => 3 + (hash(node, 171) % 8);

export function csiNode(node: number, drivers: readonly string[]): CSINodeLike {
  const count = limitOf(node);
  return {
    metadata: { name: nodeName(node) },
    spec: {
      drivers: drivers.map((name) => ({
        name,
        nodeID: `i-${uid(node, 172).slice(0, 8)}`,
        topologyKeys: ["topology.kubernetes.io/zone"],
        allocatable: { count },
      })),
    },
  };
}

/** The i-th of the pods that run on a node; three of ten have a disk. */
export function runningPod(node: number, i: number): RunningPod {
  const number = node * 16 + i;
  return {
    number,
    node,
    name: `run-${node}-${i}`,
    requests: { milli: 250 + (hash(number, 173) % 11_000), mebi: 256 + (hash(number, 174) % 48_000) },
    disk: i % 10 < 3 ? number : -1,
  };
}

/** As the API server has it. */
export function running({ disk, name, node, number, requests }: RunningPod): PodLike {
  return {
    metadata: { name, namespace: NAMESPACE, uid: uid(number, 175) },
    spec: {
      nodeName: nodeName(node),
      ...(disk < 0 ? {} : { volumes: [{ name: "data", persistentVolumeClaim: { claimName: `data-${DISK + disk}` } }] }),
      containers: [container(requests)],
    },
    status: { phase: "Running" },
  };
}

export const runningKey = (name: string): string => `${NAMESPACE}/${name}`;

/** Disks of running pods have numbers from here on. */
const DISK = 100_000_000;

export function diskOf(pod: RunningPod): PersistentVolumeLike {
  const values = [zoneOf(pod.node)];
  const { metadata, spec, status } = boundVolume(DISK + pod.disk, [
    { matchExpressions: [{ key: "topology.kubernetes.io/zone", operator: "In", values }] },
  ]);
  const claimRef = { namespace: NAMESPACE, name: `data-${DISK + pod.disk}` };
  return { metadata, spec: { ...spec, claimRef, csi: { ...spec?.csi, volumeHandle: `vol-run-${pod.disk}` } }, status };
}

export function diskClaimOf(pod: RunningPod): PersistentVolumeClaimLike {
  const claim = boundClaim(DISK + pod.disk);
  return { ...claim, metadata: { ...claim.metadata, namespace: NAMESPACE } };
}

/** What a pod that is asked about requests: hardly two request the same. */
export function candidateRequests(pod: number): Requests {
  return { milli: 100 + (hash(pod, 176) % 4_000), mebi: 128 + (hash(pod, 177) % 8_000) };
}

/** Gives a pod requests; every fifth a node selector, and some a toleration. */
export function candidate(pod: PodLike, number: number, requests: Requests): PodLike {
  return { ...pod, spec: { ...pod.spec, containers: [container(requests)], ...constraints(number) } };
}

/** The pool that a pod asks for, if it does. */
export const poolAskedBy = (pod: number): string | undefined =>
  pod % WITH_SELECTOR === 0 ? poolName(hash(pod, 178) % POOLS) : undefined;

/** Whether it may go to nodes with the taint. */
export const tolerates = (pod: number): boolean => hash(pod, 179) % TOLERANT === 0;

function constraints(pod: number): Pick<NonNullable<PodLike["spec"]>, "nodeSelector" | "tolerations"> {
  const pool = poolAskedBy(pod);
  return {
    ...(pool === undefined ? {} : { nodeSelector: { "example.com/pool": pool } }),
    ...(tolerates(pod)
      ? { tolerations: [{ key: "example.com/dedicated", operator: "Exists", effect: "NoSchedule" }] }
      : {}),
  };
}

function container({ mebi, milli }: Requests) {
  return { name: "main", resources: { requests: { cpu: `${milli}m`, memory: `${mebi}Mi` } } };
}
