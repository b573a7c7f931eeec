// explain: a pod's claims -> the nodes that each could be on alone, and the fewest of them that meet nowhere.

import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import { BoundClaims, volumeOf } from "../filters/volume-binding/bound-claims.js";
import { DelayedClaims } from "../filters/volume-binding/delayed-claims.js";
import { VolumeZone } from "../filters/volume-zone/volume-zone.js";
import { VOLUME } from "../intern/cluster.js";
import { nodesOf } from "../result/feasibility.js";
import type { Examination } from "./examination.js";
import { both } from "./examination.js";
import { claimsOf } from "./pod-claims.js";
import type { ClaimPlaces } from "./types.js";

/** So many nodes of a claim are named. */
const NAMED = 5;
/** Of more distinct places only pairs are looked at. */
const MOST_FOR_TRIPLES = 16;
const MOST_FOR_LARGER = 8;

export interface Places {
  readonly claims: readonly ClaimPlaces[];
  readonly conflict: readonly number[] | undefined;
}

/** Nothing where VolumeBinding has not looked at nodes. */
export function placesOf(x: Examination): Places {
  const { context, index, result } = x;
  const { cluster, masks } = context;
  const step = result.stepOf("VolumeBinding");
  const bound = step instanceof DelayedClaims ? step.bound : step instanceof BoundClaims ? step : undefined;
  if (bound === undefined) return { claims: [], conflict: undefined };
  const delayed = step instanceof DelayedClaims ? step : undefined;
  const asked = claimsOf(x);
  const rows = asked.map(({ claim }) => claim);
  const places = asked.map(({ claim, named }) => {
    const alone = new BoundClaims(context, bound.volumes, bound.claims.includes(claim) ? [claim] : []);
    const step = delayed?.claims.includes(claim) === true ? new DelayedClaims(delayed.supply, alone, [claim]) : alone;
    const reached = both(x, result.asked, step.filter(ALL_NODES).accepted);
    // kube: R-ZON-1 of claims of ephemeral volumes the labels are not looked at.
    return named ? both(x, reached, zoneOf(x, volumeOf(cluster, claim))) : reached;
  });
  const claims = rows.map((claim, i): ClaimPlaces => {
    const volume = bound.claims.includes(claim) ? volumeOf(cluster, claim) : -1;
    const count = nodesOf(places[i], { result, masks, index }).size;
    return {
      claim: cluster.claims.keyOf(claim),
      ...(volume >= 0 && { volume: cluster.volumes.keyOf(volume) }),
      count,
      nodes: firstNames(x, places[i], Math.min(count, NAMED)),
    };
  });
  return { claims, conflict: conflictOf(x, places) };
}

/** Where VolumeZone lets a volume be; everywhere where it does not run. */
function zoneOf({ context, plugins }: Examination, volume: number): Mask {
  const plugin = plugins.find((one) => one instanceof VolumeZone);
  if (plugin === undefined || volume < 0) return ALL_NODES;
  return context.selectors.mask(plugin.zones.selectorOf(context.cluster.volumes.get(volume, VOLUME.labels)));
}

/** So many names of nodes, in their order. O(nodes). */
function firstNames({ context: { masks }, index }: Examination, nodes: Mask, most: number): string[] {
  const { ids, names } = index.order;
  const first: string[] = [];
  for (let i = 0; first.length < most; i++) if (masks.has(nodes, ids[i])) first.push(names[i]);
  return first;
}

/** The fewest of these masks, by their places, that have no node in common; none where one of them is empty. */
function conflictOf(x: Examination, places: readonly Mask[]): readonly number[] | undefined {
  const { masks } = x.context;
  if (places.length < 2 || places.includes(NO_NODES)) return undefined;
  const all = places.reduce((shared, mask) => both(x, shared, mask));
  if (all !== NO_NODES) return undefined;
  const most = places.length <= MOST_FOR_LARGER ? places.length : places.length <= MOST_FOR_TRIPLES ? 3 : 2;
  for (let size = 2; size <= most; size++) {
    const found = masks.scratch.briefly(() => combination(x, places, size, 0, undefined));
    if (found !== undefined) return found;
  }
  return places.map((_, i) => i);
}

/** The first `size` places from `from` on that meet nowhere together with `shared`. */
function combination(
  x: Examination,
  places: readonly Mask[],
  size: number,
  from: number,
  shared: Mask | undefined,
): readonly number[] | undefined {
  for (let i = from; i <= places.length - size; i++) {
    const next = shared === undefined ? places[i] : both(x, shared, places[i]);
    if (size === 1) {
      if (next === NO_NODES) return [i];
      continue;
    }
    if (next === NO_NODES) continue;
    const rest = combination(x, places, size - 1, i + 1, next);
    if (rest !== undefined) return [i, ...rest];
  }
  return undefined;
}
