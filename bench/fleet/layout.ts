// bench: who is bound to what in a cluster of any size, the same shape at each.
//
// For every node 4 local and 4 zonal volumes, 8 claims and 8 pods: one pod of 4 claims, four of one claim, three
// without. The claims of a node's number are, by number mod 4:
//   0 bound local     to the volumes of an even node, 4 claims of one pod on one node
//   1 bound zonal     to one zone's volumes
//   2 delayed static  want free local volumes, all on odd nodes
//   3 provisioned     half by a driver that reports capacity for each zone, half by one that does for each node

import { hash } from "./hash.js";
import { nodeName, ZONES, zoneName } from "./nodes.js";

export const CLASSES = ["bound local", "bound zonal", "delayed static", "provisioned"] as const;
export type PodClass = (typeof CLASSES)[number];

export const LOCAL_CLASS = "local-nvme";
export const ZONAL_CLASS = "gp3";
/** Delayed, capacity reported by zone. */
export const ZONED_CLASS = "gp3-tracked";
/** Delayed, capacity reported by node. */
export const LVM_CLASS = "topolvm";
export const LVM_DRIVER = "topolvm.example.com";
export const EBS_DRIVER = "ebs.csi.aws.com";
export const TRACKED_DRIVER = "tracked.ebs.csi.aws.com";

/** Claims, pods and volumes of each node. */
export const EACH = 8;
const LOCALS = 4;

export const namespaceOf = (object: number): string => `team-${hash(object >>> 6, 20) % 400}`;
export const claimName = (claim: number): string => `data-${appOf(claim)}-${claim}`;
export const appOf = (object: number): string => `store-${object >>> 4}`;
export const podName = (pod: number): string => `${appOf(pod)}-${pod}`;
export const localName = (volume: number): string => `local-pv-${(volume + 0x1000_0000).toString(16)}`;
export const zonalName = (volume: number): string =>
  `pvc-${(volume + 0x1000_0000).toString(16)}-33c4-4a0b-9d0e-2b7d5f1c8a94`;

/** The claims of a pod. */
export function claimsOf(pod: number): number[] {
  const [block, at] = [pod >>> 3, pod & 7];
  const first = block * EACH;
  if (at === 0) return [first, first + 1, first + 2, first + 3];
  return at <= 4 ? [first + 3 + at] : [];
}

/** The pods of a class and a number of claims, the n-th of them. */
export function podOf(podClass: PodClass, claims: 1 | 4, n: number): number {
  const block = (claims === 4 ? n : n >>> 2) * 4 + CLASSES.indexOf(podClass);
  return block * EACH + (claims === 4 ? 0 : 1 + (n & 3));
}

export const classOfClaim = (claim: number): PodClass => CLASSES[(claim >>> 3) & 3];

/** The storage class of a claim. */
export function storageClassOf(claim: number): string {
  switch (classOfClaim(claim)) {
    case "bound zonal":
      return ZONAL_CLASS;
    case "provisioned":
      return ((claim >>> 5) & 1) === 0 ? ZONED_CLASS : LVM_CLASS;
    default:
      return LOCAL_CLASS;
  }
}

/** The number of the volume that a bound claim has: of the local ones, or of the zonal ones; -1 if it has none. */
export function volumeOf(claim: number): number {
  const [group, at] = [claim >>> 5, claim & 7];
  switch (classOfClaim(claim)) {
    case "bound local":
      return (group * 4 + (at >>> 2) * 2) * LOCALS + (at & 3);
    case "bound zonal":
      return group * EACH + at;
    default:
      return -1;
  }
}

/** The claim that a local volume is bound to, or -1 while it is free. */
export function claimOfLocal(volume: number): number {
  const node = volume >>> 2;
  if ((node & 1) === 1) return -1;
  return (node >>> 2) * 4 * EACH + ((node >>> 1) & 1) * 4 + (volume & 3);
}

/** The claim that a zonal volume is bound to, or -1 once it is released; of `zonal` volumes half are bound. */
export function claimOfZonal(volume: number, zonal: number): number {
  return volume < zonal / 2 ? (volume >>> 3) * 4 * EACH + EACH + (volume & 7) : -1;
}

export const localNode = (volume: number): string => nodeName(volume >>> 2);
export const zonalZone = (volume: number): string => zoneName(hash(volume >>> 3, 21) % ZONES);

export const localGi = (volume: number): number => 200 + (hash(volume, 22) % 2000);
export const zonalGi = (volume: number): number => 1 + (hash(volume, 23) % 500);

/** The room that a zone's and a node's capacity objects report. */
export const zoneGi = (zone: number): number => 100 * (zone + 1);
export const lvmGi = (node: number): number => localGi(node + 0x2000_0000);

/** What a claim requests, in MiB. */
export function requestMi(claim: number): number {
  const volume = volumeOf(claim);
  switch (classOfClaim(claim)) {
    case "bound local":
      return localGi(volume) * 1024;
    case "bound zonal":
      return zonalGi(volume) * 1024;
    case "delayed static":
      return (100 + (hash(claim, 24) % 1700)) * 1024 + (hash(claim, 25) % 1024);
    default:
      return 1024 + (hash(claim, 26) % 900_000);
  }
}
