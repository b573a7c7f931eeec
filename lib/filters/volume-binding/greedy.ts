// filters: claims to bind on one node (or on nodes that reach the same volumes) -> the volume that each of them takes.

import type { Context } from "../../evaluate/context.js";
import type { Place } from "../../evaluate/places.js";
import { VOLUME } from "../../intern/cluster.js";
import type { ClaimToBind } from "./claims-to-bind.js";
import type { FreeList, FreeVolumes } from "./free-volumes.js";

/** What a node can reach. */
export interface Reach {
  /** Whether a volume with this affinity can be reached. */
  has(selector: number): boolean;
  /** The places of a list that can be reached. */
  places(list: FreeList): readonly Place[];
}

/** Writes the volume (a row) that each claim takes, -1 for none, exactly as the scheduler goes about it. */
export function greedy(
  context: Context,
  freeVolumes: FreeVolumes,
  toBind: readonly ClaimToBind[],
  reach: Reach,
  into: number[],
): void {
  freeVolumes.beginPass();
  // kube: R-MAT-12 one claim after another, never an optimal assignment.
  for (let i = 0; i < toBind.length; i++) {
    const volume = search(context, freeVolumes, toBind[i], reach);
    // kube: R-MAT-11 a volume that was taken is taken for this pod.
    // kube: R-MAT-14 also for the same claim in another volume of the pod.
    if (volume >= 0) freeVolumes.take(volume);
    into[i] = volume;
  }
}

function search(
  context: Context,
  freeVolumes: FreeVolumes,
  { least: { rank: least }, list, reserved }: ClaimToBind,
  reach: Reach,
): number {
  for (const volume of reserved) {
    if (freeVolumes.isTaken(volume)) continue;
    // kube: R-MAT-4 a reserved volume ends the search, reached or not.
    return reach.has(context.affinityOf(volume)) ? volume : -1;
  }
  if (least === 0) return -1;
  let best = -1;
  for (const { items } of reach.places(list)) {
    const volume = firstFree(items, least, freeVolumes);
    if (volume < 0) continue;
    // kube: R-MAT-7 the smallest that is large enough; of equal ones the first.
    const difference = best < 0 ? -1 : freeVolumes.rankOf(volume) - freeVolumes.rankOf(best);
    if (difference < 0 || (difference === 0 && isBefore(context, volume, best))) best = volume;
  }
  return best;
}

function isBefore({ cluster: { strings, volumes } }: Context, volume: number, other: number): boolean {
  return strings.compare(volumes.get(volume, VOLUME.name), volumes.get(other, VOLUME.name)) < 0;
}

/** The first item whose rank is not below the least and that is not taken, or -1. */
function firstFree(items: readonly number[], least: number, freeVolumes: FreeVolumes): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (freeVolumes.rankOf(items[middle]) < least) low = middle + 1;
    else high = middle;
  }
  while (low < items.length && freeVolumes.isTaken(items[low])) low++;
  return low < items.length ? items[low] : -1;
}
