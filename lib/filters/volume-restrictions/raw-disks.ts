// filters: disks that pods mount without a claim, and the pods on nodes that have them.

import { visitVolumes } from "../../evaluate/pod-volumes.js";
import { PodsByKey } from "../../evaluate/pods-by-key.js";
import type { Cluster } from "../../intern/cluster.js";
import { inTree, podVolume } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { ObjectType } from "../../intern/structures.js";
import type { Cursor } from "../../intern/type.js";

/** A source whose disk must not be mounted twice. */
interface RawSource {
  readonly bit: number;
  readonly type: ObjectType;
  /** The field that names the disk. */
  readonly id: number;
  /** Its readOnly, -1 where it does not matter. */
  readonly readOnly: number;
}

function source(name: "gcePersistentDisk" | "awsElasticBlockStore" | "iscsi" | "rbd", id: string): RawSource {
  const type = inTree[name];
  // kube: R-RST-4 of an EBS volume readOnly does not matter.
  const readOnly = name === "awsElasticBlockStore" ? -1 : type.bit("readOnly");
  return { bit: podVolume.bit(name), type, id: type.bit(id), readOnly };
}

const SOURCES: readonly RawSource[] = [
  source("gcePersistentDisk", "pdName"),
  source("awsElasticBlockStore", "volumeID"),
  source("iscsi", "iqn"),
  source("rbd", "image"),
];
const RBD = 3;
const MONITORS = inTree.rbd.bit("monitors");
const POOL = inTree.rbd.bit("pool");

/** A disk as a pod mounts it, in string ids. */
export interface RawDisk {
  /** The place of its source in SOURCES. */
  readonly kind: number;
  readonly id: number;
  readonly readOnly: boolean;
  /** Of an RBD image. */
  readonly pool: number;
  readonly monitors: readonly number[];
}

/** The disks of a pod, in the order of its volumes. */
export function rawDisksOf(cluster: Cluster, pod: number): RawDisk[] {
  const disks: RawDisk[] = [];
  visitVolumes(cluster, pod, (volume) => {
    for (const [kind, { bit }] of SOURCES.entries()) {
      const cursor = { ...volume };
      if (podVolume.seek(cursor, bit)) disks.push(read(kind, cursor));
    }
    return true;
  });
  return disks;
}

/** Whether one node cannot have both. */
export function conflict(a: RawDisk, b: RawDisk): boolean {
  // kube: R-RST-4 disks of one kind and name conflict, unless all mount them read-only.
  if (a.kind !== b.kind || a.id !== b.id || (a.readOnly && b.readOnly)) return false;
  // kube: R-RST-4 RBD images must have a pool and a monitor in common too.
  return a.kind !== RBD || (a.pool === b.pool && a.monitors.some((monitor) => b.monitors.includes(monitor)));
}

/** The pods on nodes by the kind and name of their disks. */
export function podsByDisk(cluster: Cluster): PodsByKey {
  return new PodsByKey(cluster, (pod, add) => {
    for (const { id, kind } of rawDisksOf(cluster, pod)) add(kind, id, 0);
  });
}

function read(kind: number, at: Cursor): RawDisk {
  const { id, readOnly, type } = SOURCES[kind];
  const token = (bit: number): number => {
    const cursor = { ...at };
    return type.seek(cursor, bit) ? cursor.tokens[cursor.at] : 0;
  };
  const disk = { kind, id: token(id) || EMPTY_TEXT, readOnly: readOnly >= 0 && token(readOnly) === 2 };
  if (kind !== RBD) return { ...disk, pool: 0, monitors: [] };
  const cursor = { ...at };
  const monitors = type.seek(cursor, MONITORS)
    ? Array.from(cursor.tokens.subarray(cursor.at + 1, cursor.at + 1 + cursor.tokens[cursor.at]))
    : [];
  return { ...disk, pool: token(POOL) || EMPTY_TEXT, monitors };
}
