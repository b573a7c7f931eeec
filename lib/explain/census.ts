// explain: the volumes of each class in groups that fail the same tests, the largest first, kept until something changes.

import type { Context } from "../evaluate/context.js";
import { SINGLE } from "../evaluate/mask.js";
import { VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { isGivenUp } from "./volume-tests.js";

/** Volumes that differ in nothing but their names, their labels, their sizes and where they can be reached. */
export interface VolumeGroup {
  /** The largest first, of equal ones the first by name. */
  readonly volumes: Uint32Array;
  /** The node where each can be reached, or -1 where it is no single one. */
  readonly nodes: Int32Array;
}

/** By class. */
type Groups = ReadonlyMap<number, readonly VolumeGroup[]>;

interface Census {
  readonly epoch: number;
  readonly groups: Groups;
}

/** What can be made again: the collector may take it. */
const kept = new WeakMap<Context, WeakRef<Census>>();

/** The groups of every class. The first time after a change O(volumes), and a sort of them. */
export function groupsOf(context: Context): Groups {
  const epoch = context.cluster.changeCounts.changes + context.derivations.epoch;
  const last = kept.get(context)?.deref();
  if (last?.epoch === epoch) return last.groups;
  const census = { epoch, groups: groupsByClass(context) };
  kept.set(context, new WeakRef(census));
  return census.groups;
}

function groupsByClass(context: Context): Groups {
  const { volumes } = context.cluster;
  const rows = new Map<number, Map<string, number[]>>();
  for (let row = 0; row < volumes.limit; row++) {
    if (!volumes.has(row)) continue;
    const storageClass = volumes.get(row, VOLUME.class);
    const ofClass = rows.get(storageClass) ?? new Map<string, number[]>();
    rows.set(storageClass, ofClass);
    const key = keyOf(context, row);
    const group = ofClass.get(key);
    if (group === undefined) ofClass.set(key, [row]);
    else group.push(row);
  }
  const inOrder = orderOf(context);
  return new Map(
    Array.from(rows, ([storageClass, ofClass]) => [
      storageClass,
      Array.from(ofClass.values(), (group) => {
        const sorted = Uint32Array.from(group.sort(inOrder));
        return { volumes: sorted, nodes: Int32Array.from(sorted, (row) => nodeOf(context, row)) };
      }),
    ]),
  );
}

/** What a claim's tests look at, whichever claim it is. */
function keyOf(context: Context, row: number): string {
  const { ids, volumes } = context.cluster;
  const hasRef = volumes.get(row, VOLUME.claimRef) !== 0;
  return [
    hasRef ? (isGivenUp(context, row) ? 2 : 1) : 0,
    volumes.get(row, VOLUME.volumeMode) || ids.filesystem,
    volumes.get(row, VOLUME.volumeAttributesClassName) || EMPTY_TEXT,
    volumes.get(row, VOLUME.deletionTimestamp) === 0 ? 0 : 1,
    hasRef ? 0 : volumes.get(row, VOLUME.phase),
    hasRef ? 0 : volumes.get(row, VOLUME.accessModes),
  ].join();
}

function orderOf({ amounts, cluster }: Context): (a: number, b: number) => number {
  const { strings, volumes } = cluster;
  return (a, b) => {
    const [tokenA, tokenB] = [cluster.capacityOf(a), cluster.capacityOf(b)];
    if (tokenA !== tokenB) {
      const [sizeA, sizeB] = [amounts.nanos(tokenA), amounts.nanos(tokenB)];
      if (sizeA !== sizeB) return sizeA > sizeB ? -1 : 1;
    }
    return strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name));
  };
}

function nodeOf(context: Context, row: number): number {
  const mask = context.selectors.mask(context.affinityOf(row));
  return (mask & 7) === SINGLE ? mask >>> 3 : -1;
}
