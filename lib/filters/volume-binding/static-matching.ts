// filters: contenders -> for each of them the nodes on which it finds no existing volume.
//
// Claims that cannot want one volume are decided alone, as masks. Claims of one shape are too: served by size, the
// first i of them all find a volume exactly where the j-th largest volume is no smaller than the j-th largest of
// their requests, for every j; and where one finds none, no later one does. Only claims of different shapes that
// could still want one volume, and a reserved volume whose claim is used twice, are played through, once for each
// set of nodes that reach the same volumes.

import type { Mask } from "../../evaluate/mask.js";
import { EMPTY } from "../../evaluate/mask.js";
import { splitBySites } from "../../evaluate/stock.js";
import type { Contender } from "./contenders.js";
import type { Context } from "./context.js";
import type { Reach } from "./greedy.js";
import { greedy } from "./greedy.js";
import type { Pool, Pools } from "./pools.js";
import { provisions } from "./provisioning.js";

/** Above so many affinities, contested nodes are played through one by one. */
const FEW_AFFINITIES = 48;

/**
 * `left[i]`: the nodes of `nodes` on which contender i finds none. Where no contender could be provisioned, nodes on
 * which any of them finds none may all be in the first one's.
 */
export function matchStatic(context: Context, pools: Pools, contenders: readonly Contender[], nodes: Mask): Mask[] {
  const left: Mask[] = contenders.map(() => EMPTY);
  if (contenders.length === 0) return left;
  if (contenders.length === 1) {
    left[0] = context.masks.andNot(nodes, aloneReach(context, pools, contenders[0]));
    return left;
  }
  const [{ pool }] = contenders;
  if (
    !provisions(context, pool.shape.class) &&
    contenders.every((other) => other.pool === pool && other.reserved.length === 0)
  ) {
    // Whichever claim is left, the node is rejected for it: one question about all of them is enough.
    const bounds = contenders.map(({ request }) => pools.bound(request));
    left[0] = context.masks.andNot(nodes, pool.stock.reach(bounds.reverse()));
    return left;
  }
  for (const contest of contests(contenders)) {
    const members = contest.map((i) => contenders[i]);
    const masks = decide(context, pools, members, nodes);
    for (let i = 0; i < contest.length; i++) left[contest[i]] = masks[i];
  }
  return left;
}

/** Groups contenders (by index, ascending) that could want one volume. */
function contests(contenders: readonly Contender[]): number[][] {
  const groups = new Map<string, number[]>();
  contenders.forEach(({ claim, pool, reserved }, i) => {
    const twice = contenders.some((other, j) => j !== i && other.claim === claim);
    // A reserved volume serves one claim only, so that claim competes with nobody.
    const { shape } = pool;
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

function decide(context: Context, pools: Pools, members: readonly Contender[], nodes: Mask): Mask[] {
  const { masks } = context;
  if (members.length === 1) return [masks.andNot(nodes, aloneReach(context, pools, members[0]))];
  const [{ pool }] = members;
  if (members.every((member) => member.pool === pool && member.reserved.length === 0)) {
    const bounds = members.map(({ request }) => pools.bound(request));
    return bounds.map((_, i) => masks.andNot(nodes, pool.stock.reach(bounds.slice(0, i + 1).reverse())));
  }
  return play(context, pools, members, nodes);
}

/** The nodes on which a claim that competes with no other finds a volume. */
function aloneReach(context: Context, pools: Pools, { pool, request, reserved }: Contender): Mask {
  if (reserved.length > 0) return context.selectors.mask(context.affinityOf(reserved[0]));
  return pool.stock.reach([pools.bound(request)]);
}

/** The general case: the scheduler's own greedy pass. */
function play(context: Context, pools: Pools, members: readonly Contender[], nodes: Mask): Mask[] {
  const { masks, selectors } = context;
  const distinct = [...new Set(members.map(({ pool }) => pool))];
  const affinities = new Set(distinct.flatMap(({ stock }) => [...stock.sites.keys()]));
  for (const { reserved } of members) for (const volume of reserved) affinities.add(context.affinityOf(volume));
  if (affinities.size <= FEW_AFFINITIES) {
    const sites = [...affinities].map((selector) => ({ selector, items: [] }));
    let left: Mask[] = members.map(() => EMPTY);
    for (const pattern of splitBySites(masks, selectors, nodes, sites)) {
      const reached = new Set(pattern.sites.map(({ selector }) => selector));
      const volumes = greedy(context, pools, members, {
        has: (selector) => reached.has(selector),
        sites: ({ stock }) => [...stock.sites.values()].filter(({ selector }) => reached.has(selector)),
      });
      left = left.map((mask, i) => (volumes[i] < 0 ? masks.or(mask, pattern.nodes) : mask));
    }
    return left;
  }
  const left: number[][] = members.map(() => []);
  for (const node of masks.ids(nodes).slice()) {
    greedy(context, pools, members, reachOf(context, node)).forEach((volume, i) => {
      if (volume < 0) left[i].push(node);
    });
  }
  return left.map((ids) => masks.scratchIds(ids));
}

/** What one node reaches. */
export function reachOf({ masks, selectors }: Context, node: number): Reach {
  return {
    has: (selector) => masks.has(selectors.mask(selector), node),
    sites: ({ stock }: Pool) => stock.sitesOf(node),
  };
}
