// explain: nodes that VolumeRestrictions rejected -> the other pod that has the disk, or uses the claim.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { conflict, rawDisksOf } from "../filters/volume-restrictions/raw-disks.js";
import type { VolumeRestrictions } from "../filters/volume-restrictions/volume-restrictions.js";
import { CLAIM } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { Examination, Finding } from "./examination.js";
import { referenceTo, textOf, without } from "./examination.js";
import { claimsOf } from "./pod-claims.js";

/** A pod on a node. */
interface User {
  readonly pod: number;
  readonly node: number;
}

/** O(pods that use the disks and claims). */
export function sharedFindings(x: Examination, plugin: VolumeRestrictions, nodes: Mask): Finding[] {
  const findings = diskFindings(x, plugin, nodes);
  const left = findings.reduce((rest, { nodes: taken }) => without(x, rest, taken), nodes);
  return left === NO_NODES ? findings : [...findings, ...claimFindings(x, plugin, left)];
}

function diskFindings(x: Examination, { byDisk }: VolumeRestrictions, nodes: Mask): Finding[] {
  const { candidate, context } = x;
  const { cluster, masks } = context;
  if (candidate.pod < 0) return [];
  const disks = rawDisksOf(cluster, candidate.pod);
  if (disks.length === 0) return [];
  byDisk.build();
  const self = cluster.knownPod(candidate.pod);
  return disks.flatMap((disk) => {
    const key = byDisk.keys.find(disk.kind, disk.id);
    const users: User[] = [];
    for (let use = key < 0 ? -1 : byDisk.first(key); use >= 0; use = byDisk.next(use)) {
      const pod = byDisk.podOf(use);
      const node = cluster.nodes.find(EMPTY_TEXT, cluster.nodeOf(pod));
      if (pod === self || node < 0 || !masks.has(nodes, node)) continue;
      if (rawDisksOf(cluster, pod).some((other) => conflict(disk, other))) users.push({ pod, node });
    }
    if (users.length === 0) return [];
    const mask = masks.scratchIds([...new Set(users.map(({ node }) => node))].sort((a, b) => a - b));
    const user = firstUser(x, users);
    const where = { object: { kind: "Pod", name: user.pod }, path: "spec.volumes" };
    return [{ cause: { code: "DiskInUse", ...where, disk: textOf(cluster, disk.id), ...user }, nodes: mask }];
  });
}

function claimFindings(x: Examination, { byClaim }: VolumeRestrictions, nodes: Mask): Finding[] {
  const { candidate, context } = x;
  const { cluster } = context;
  const { blocks, claims, ids } = cluster;
  const self = candidate.pod < 0 ? -1 : cluster.knownPod(candidate.pod);
  byClaim.build();
  return claimsOf(x).flatMap(({ claim, named }) => {
    const modes = claims.get(claim, CLAIM.accessModes);
    const count = modes === 0 ? 0 : blocks.at(modes, 0);
    const isExclusive = Array.from({ length: count }, (_, i) => blocks.at(modes, i + 1)).includes(ids.readWriteOncePod);
    const key = byClaim.keys.find(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    if (!named || !isExclusive || key < 0) return [];
    const users: User[] = [];
    for (let use = byClaim.first(key); use >= 0; use = byClaim.next(use)) {
      const pod = byClaim.podOf(use);
      const node = cluster.nodes.find(EMPTY_TEXT, cluster.nodeOf(pod));
      if (byClaim.markOf(use) === 0 && pod !== self && node >= 0) users.push({ pod, node });
    }
    if (users.length === 0) return [];
    const where = { object: referenceTo(claims, claim), path: "spec.accessModes" };
    return [{ cause: { code: "ClaimInUse", ...where, disk: claims.keyOf(claim), ...firstUser(x, users) }, nodes }];
  });
}

/** The user whose pod comes first by name. */
function firstUser(
  { context: { cluster } }: Examination,
  users: readonly User[],
): { readonly node: string; readonly pod: string } {
  const named = users.map(({ node, pod }) => ({ node: cluster.nodes.keyOf(node), pod: cluster.pods.keyOf(pod) }));
  return named.reduce((first, other) => (compareUtf8(other.pod, first.pod) < 0 ? other : first));
}
