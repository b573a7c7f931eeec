// filters: claims to bind -> for each of them the nodes on which it finds no existing volume.
//
// Claims that cannot want one volume are decided alone, as masks. Claims of one shape are too: served by size, the
// first i of them all find a volume exactly where the j-th largest volume is no smaller than the j-th largest of
// their requests, for every j; and where one finds none, no later one does. Only claims of different shapes that
// could still want one volume, and a reserved volume whose claim is used twice, are played through, once for each
// set of nodes that reach the same volumes.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { NO_NODES } from "../../evaluate/mask.js";
import type { Place } from "../../evaluate/places.js";
import { splitByPlaces } from "../../evaluate/places.js";
import type { ClaimToBind } from "./claims-to-bind.js";
import type { FreeList, FreeVolumes } from "./free-volumes.js";
import type { Reach } from "./greedy.js";
import { greedy } from "./greedy.js";
import { provisions } from "./provisioning.js";

/** Above so many affinities, contested nodes are played through one by one. */
const FEW_AFFINITIES = 48;

/**
 * `left[i]`: the nodes of `nodes` on which claimToBind i finds none. Where no claimToBind could be provisioned, nodes on
 * which any of them finds none may all be in the first one's.
 */
export function matchStatic(
  context: Context,
  freeVolumes: FreeVolumes,
  toBind: readonly ClaimToBind[],
  nodes: Mask,
): Mask[] {
  const left: Mask[] = toBind.map(() => NO_NODES);
  if (toBind.length === 0) return left;
  if (toBind.length === 1) {
    left[0] = context.masks.andNot(nodes, aloneReach(context, toBind[0]));
    return left;
  }
  const [{ list }] = toBind;
  if (
    !provisions(context, list.shape.class) &&
    toBind.every((other) => other.list === list && other.reserved.length === 0)
  ) {
    // Whichever claim is left, the node is rejected for it: one question about all of them is enough.
    // path: match: claims of one shape, one question
    const ranks = toBind.map(({ least }) => least.rank);
    left[0] = context.masks.andNot(nodes, list.index.reach(ranks.reverse()));
    return left;
  }
  for (const contest of contests(toBind)) {
    const members = contest.map((i) => toBind[i]);
    const masks = decide(context, freeVolumes, members, nodes);
    for (let i = 0; i < contest.length; i++) left[contest[i]] = masks[i];
  }
  return left;
}

/** Groups claims (by index, ascending) that could want one volume. */
function contests(toBind: readonly ClaimToBind[]): number[][] {
  const groups = new Map<string, number[]>();
  toBind.forEach(({ claim, list, reserved }, i) => {
    const twice = toBind.some((other, j) => j !== i && other.claim === claim);
    // A reserved volume serves one claim only, so that claim competes with nobody.
    const { shape } = list;
    const key =
      reserved.length > 0 && !twice
        ? `reserved ${claim}`
        : `${shape.class}/${shape.volumeMode}/${shape.volumeAttributesClassName}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return [...groups.values()];
}

function decide(context: Context, freeVolumes: FreeVolumes, members: readonly ClaimToBind[], nodes: Mask): Mask[] {
  const { masks } = context;
  if (members.length === 1) return [masks.andNot(nodes, aloneReach(context, members[0]))];
  const [{ list }] = members;
  if (members.every((member) => member.list === list && member.reserved.length === 0)) {
    // path: match: claims of one shape, each in turn
    const ranks = members.map(({ least }) => least.rank);
    return ranks.map((_, i) => masks.andNot(nodes, list.index.reach(ranks.slice(0, i + 1).reverse())));
  }
  return play(context, freeVolumes, members, nodes);
}

/** The nodes on which a claim that competes with no other finds a volume. */
function aloneReach(context: Context, { least, list, reserved }: ClaimToBind): Mask {
  // path: match: one claim, a volume reserved for it if reserved.length > 0
  if (reserved.length > 0) return context.selectors.mask(context.affinityOf(reserved[0]));
  // path: match: one claim alone
  return list.index.reach([least.rank]);
}

/** The general case: the scheduler's own greedy pass. */
function play(context: Context, freeVolumes: FreeVolumes, members: readonly ClaimToBind[], nodes: Mask): Mask[] {
  const { masks, selectors } = context;
  const distinct = [...new Set(members.map(({ list }) => list))];
  const affinities = new Set(distinct.flatMap(({ index }) => [...index.places.keys()]));
  for (const { reserved } of members) for (const volume of reserved) affinities.add(context.affinityOf(volume));
  if (affinities.size <= FEW_AFFINITIES) {
    // path: match: competing claims, by patterns of places
    const places = [...affinities].map((selector) => ({ selector, items: [] }));
    const volumes: number[] = [];
    let left: Mask[] = members.map(() => NO_NODES);
    for (const pattern of splitByPlaces(masks, selectors, nodes, places)) {
      const reached = new Set(pattern.places.map(({ selector }) => selector));
      const reach: Reach = {
        has: (selector) => reached.has(selector),
        places: ({ index }) => [...index.places.values()].filter(({ selector }) => reached.has(selector)),
      };
      greedy(context, freeVolumes, members, reach, volumes);
      left = left.map((mask, i) => (volumes[i] < 0 ? masks.or(mask, pattern.nodes) : mask));
    }
    return left;
  }
  // path: match: competing claims, node by node
  const left: number[][] = members.map(() => []);
  const reach = new NodeReach(context);
  const volumes: number[] = [];
  for (const node of masks.ids(nodes).slice()) {
    reach.node = node;
    greedy(context, freeVolumes, members, reach, volumes);
    volumes.forEach((volume, i) => {
      if (volume < 0) left[i].push(node);
    });
  }
  return left.map((ids) => masks.scratchIds(ids));
}

/** What one node reaches. */
export class NodeReach implements Reach {
  node = -1;

  constructor(readonly context: Context) {}

  has(selector: number): boolean {
    const { masks, selectors } = this.context;
    return masks.has(selectors.mask(selector), this.node);
  }

  places({ index }: FreeList): readonly Place[] {
    return index.placesOf(this.node);
  }
}
