// explain: a claim to provision, and nodes without room for it -> the largest CSIStorageCapacity objects that they reach.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
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
  const { capacitiesByClass, claims, storageClasses } = cluster;
  const name = claims.get(claim, CLAIM.class);
  const row = storageClasses.find(EMPTY_TEXT, name);
  const driver = textOf(cluster, storageClasses.get(row, STORAGE_CLASS.provisioner));
  let objects = 0;
  for (let at = capacitiesByClass.first(name, name); at >= 0; at = capacitiesByClass.next(at)) objects++;
  const { reachable, unreached } = largestOf(x, capacities, name, nodes);
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
): { readonly reachable: readonly CapacityObject[]; readonly unreached: Mask } {
  const { amounts, cluster, masks, selectors } = x.context;
  const limits = [...capacities.places(storageClass).values()].flatMap(({ items, selector }) => {
    const row = items.at(-1);
    if (row === undefined) return [];
    return [{ row, selector, name: cluster.capacities.keyOf(row), limit: amounts.value(limitOf(x, row).token) }];
  });
  limits.sort((a, b) => (a.limit === b.limit ? compareUtf8(a.name, b.name) : a.limit > b.limit ? -1 : 1));
  const reachable: CapacityObject[] = [];
  let left = nodes;
  for (const { name, row, selector } of limits) {
    const there = both(x, left, selectors.mask(selector));
    if (there === NO_NODES) continue;
    left = without(x, left, there);
    const { path, token } = limitOf(x, row);
    const limit = quantityText(token, cluster.strings);
    if (reachable.length < LISTED) {
      reachable.push({ name, path, limit, nodes: masks.count(there) });
    }
    if (left === NO_NODES) break;
  }
  return { reachable, unreached: left };
}

function limitOf(
  { context: { cluster } }: Examination,
  row: number,
): { readonly path: string; readonly token: number } {
  const { capacities } = cluster;
  const maximum = capacities.get(row, CAPACITY.maximumVolumeSize);
  if (maximum !== 0) return { path: "maximumVolumeSize", token: maximum };
  return { path: "capacity", token: capacities.get(row, CAPACITY.capacity) };
}
