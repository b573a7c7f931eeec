// explain: a claim to provision, and nodes without room for it -> the largest CSIStorageCapacity objects that they reach.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { NO_NODES, SINGLE } from "../evaluate/mask.js";
import type { Capacities } from "../filters/volume-binding/capacities.js";
import { CAPACITY, CLAIM, STORAGE_CLASS } from "../intern/cluster.js";
import { quantityText } from "../intern/numerals.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { CapacityObject } from "./causes.js";
import { wantsOf } from "./claim-wants.js";
import type { Examination, Finding } from "./examination.js";
import { both, textOf, without } from "./examination.js";

/** So many objects are listed. */
const LISTED = 5;

/** O(places of the class's objects) masks. */
export function capacityFindings(x: Examination, capacities: Capacities, claim: number, nodes: Mask): Finding[] {
  const { cluster } = x.context;
  const { claims, storageClasses } = cluster;
  const name = claims.get(claim, CLAIM.class);
  const row = storageClasses.find(EMPTY_TEXT, name);
  const driver = textOf(cluster, storageClasses.get(row, STORAGE_CLASS.provisioner));
  const { objects, reachable, unreached } = largestOf(x, capacities, name, nodes);
  const rest = { ...wantsOf(x, claim), driver, objects };
  const findings: Finding[] = [];
  const reaching = without(x, nodes, unreached);
  if (reaching !== NO_NODES) {
    const [largest] = reachable;
    const object = { kind: "CSIStorageCapacity", name: largest.name };
    const cause = { code: "NotEnoughCapacity", object, path: largest.path, ...rest, reachable } as const;
    findings.push({ cause, nodes: reaching });
  }
  if (unreached !== NO_NODES) {
    // That the driver reports its capacity is why an object is asked for.
    const object = { kind: "CSIDriver", name: driver };
    const cause = { code: "NoCapacityObject", object, path: "spec.storageCapacity", ...rest, reachable: [] } as const;
    findings.push({ cause, nodes: unreached });
  }
  return findings;
}

/** The objects by what they hold, each with the nodes whose largest it is, and the nodes that reach none. */
function largestOf(
  x: Examination,
  capacities: Capacities,
  storageClass: number,
  nodes: Mask,
): { readonly objects: number; readonly reachable: readonly CapacityObject[]; readonly unreached: Mask } {
  const { cluster, masks, selectors } = x.context;
  const { limits, objects, reached } = ranked(x.context, capacities, storageClass);
  const bare: number[] = [];
  for (const node of masks.ids(nodes)) if (reached[node] === 0) bare.push(node);
  const unreached = masks.scratchIds(bare);
  const reachable: CapacityObject[] = [];
  let left = without(x, nodes, unreached);
  for (const { name, node, row, selector } of limits) {
    if (left === NO_NODES || reachable.length === LISTED) break;
    if (node >= 0 && !masks.has(left, node)) continue;
    const there = both(x, left, selectors.mask(selector));
    if (there === NO_NODES) continue;
    left = without(x, left, there);
    const { path, token } = limitOf(x.context, row);
    reachable.push({ name, path, limit: quantityText(token, cluster.strings), nodes: masks.count(there) });
  }
  return { objects, reachable, unreached };
}

interface Largest {
  readonly row: number;
  readonly name: string;
  readonly selector: number;
  /** The node that reaches it, or -1 where it is no single one. */
  readonly node: number;
}

/** The largest object of each place of a class, the largest first, and which nodes reach one. */
interface Ranked {
  readonly limits: readonly Largest[];
  /** How many objects of the class there are. */
  readonly objects: number;
  /** 1 for a node that does. */
  readonly reached: Uint8Array;
}

interface RankedClasses {
  readonly epoch: number;
  readonly classes: Map<number, Ranked>;
}

/** What can be made again: the collector may take it. */
const kept = new WeakMap<Context, WeakRef<RankedClasses>>();

/** The first time after a change O(objects of the class), and a sort of them. */
function ranked(context: Context, capacities: Capacities, storageClass: number): Ranked {
  const epoch = context.cluster.changeCounts.changes + context.derivations.epoch;
  let known = kept.get(context)?.deref();
  if (known?.epoch !== epoch) {
    known = { epoch, classes: new Map() };
    kept.set(context, new WeakRef(known));
  }
  const found = known.classes.get(storageClass) ?? rankedNow(context, capacities, storageClass);
  known.classes.set(storageClass, found);
  return found;
}

function rankedNow(context: Context, capacities: Capacities, storageClass: number): Ranked {
  const { amounts, cluster, masks, selectors } = context;
  const reached = new Uint8Array(cluster.nodes.limit);
  const limits = [...capacities.places(storageClass).values()].flatMap(({ items, selector }) => {
    const row = items.at(-1);
    if (row === undefined) return [];
    const mask = selectors.mask(selector);
    masks.each(mask, (node) => {
      reached[node] = 1;
    });
    const limit = amounts.value(limitOf(context, row).token);
    const name = cluster.capacities.keyOf(row);
    return [{ row, selector, name, node: (mask & 7) === SINGLE ? mask >>> 3 : -1, limit }];
  });
  limits.sort((a, b) => (a.limit === b.limit ? compareUtf8(a.name, b.name) : a.limit > b.limit ? -1 : 1));
  const { capacitiesByClass } = cluster;
  let objects = 0;
  for (let at = capacitiesByClass.first(storageClass, storageClass); at >= 0; at = capacitiesByClass.next(at))
    objects++;
  return { limits, objects, reached };
}

function limitOf({ cluster }: Context, row: number): { readonly path: string; readonly token: number } {
  const { capacities } = cluster;
  const maximum = capacities.get(row, CAPACITY.maximumVolumeSize);
  if (maximum !== 0) return { path: "maximumVolumeSize", token: maximum };
  return { path: "capacity", token: capacities.get(row, CAPACITY.capacity) };
}
