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

/** The volume (a row) that each claim takes, -1 for none, exactly as the scheduler goes about it. */
export function greedy(
  context: Context,
  freeVolumes: FreeVolumes,
  toBind: readonly ClaimToBind[],
  reach: Reach,
): number[] {
  const chosen = new Set<number>();
  // kube: R-MAT-12 one claim after another, never an optimal assignment.
  return toBind.map((claim) => {
    const volume = take(context, freeVolumes, claim, reach, chosen);
    // kube: R-MAT-11 a volume that was taken is taken for this pod.
    // kube: R-MAT-14 also for the same claim in another volume of the pod.
    if (volume >= 0) chosen.add(volume);
    return volume;
  });
}

function take(
  context: Context,
  freeVolumes: FreeVolumes,
  { list, request, reserved }: ClaimToBind,
  reach: Reach,
  chosen: ReadonlySet<number>,
): number {
  for (const volume of reserved) {
    if (chosen.has(volume)) continue;
    // kube: R-MAT-4 a reserved volume ends the search, reached or not.
    return reach.has(context.affinityOf(volume)) ? volume : -1;
  }
  const { strings, volumes } = context.cluster;
  const least = freeVolumes.rankAtLeast(request);
  if (least === 0) return -1;
  let best = -1;
  for (const { items } of reach.places(list)) {
    const volume = firstFree(items, (row) => freeVolumes.rankOf(row) < least, chosen);
    if (volume < 0) continue;
    // kube: R-MAT-7 the smallest that is large enough; of equal ones the first.
    const difference = best < 0 ? -1 : freeVolumes.rankOf(volume) - freeVolumes.rankOf(best);
    const before = () => strings.compare(volumes.get(volume, VOLUME.name), volumes.get(best, VOLUME.name)) < 0;
    if (difference < 0 || (difference === 0 && before())) best = volume;
  }
  return best;
}

/** The first item that is not below the bound and not chosen, or -1. */
function firstFree(items: readonly number[], below: (item: number) => boolean, chosen: ReadonlySet<number>): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(items[middle])) low = middle + 1;
    else high = middle;
  }
  while (low < items.length && chosen.has(items[low])) low++;
  return low < items.length ? items[low] : -1;
}
