// controllers: hand-written objects -> the objects as a cluster would hold them before any pod is scheduled.

import type { Behaviour } from "../../evaluate/context.js";
import type { KubeObject } from "../../objects/fields.js";
import { put } from "../../objects/fields.js";
import { withDefaults } from "../defaults/api-defaults.js";
import { defaultClassOf } from "../defaults/default-class.js";
import { reservationOf, reservedUids } from "../defaults/identity.js";
import { ControllerState } from "../persistent-volume/state.js";
import { Decoder } from "../workloads/decoding.js";
import { expandWorkloads } from "../workloads/expansion.js";
import { bindWritten } from "./bind-written.js";
import { assumedCapacity, trackedClasses } from "./capacity.js";
import type { Item } from "./item.js";
import { naming } from "./item.js";
import { sizeNodes } from "./nodes.js";
import type { ManifestNote } from "./notes.js";
import { capacityAssumed, capacityUnknown, volumesAssumed } from "./notes.js";
import { readObjects } from "./reading.js";

export interface SettleOptions {
  /** Of namespaced objects that name none. */
  readonly namespace: string;
  readonly behaviour: Behaviour;
  /** Takes capacity and immediate provisioning for granted. */
  readonly assumeProvisioned: boolean;
}

export interface Settled {
  readonly items: readonly Item[];
  readonly notes: readonly ManifestNote[];
}

/**
 * Defaults, workloads, and what the PV controller does to written claims and volumes, in this order.
 * @throws ManifestError for what Kubernetes' Go types could not decode.
 */
export function settle(objects: Iterable<unknown>, options: SettleOptions): Settled {
  const state = new ControllerState(options.behaviour);
  const reading = readObjects(objects, options.namespace, new Decoder(state.cluster));
  const defaultClass = defaultClassOf(objectsOf(reading.items, "StorageClass"));
  const defaulted = reading.items.map((item) =>
    withObject(item, withDefaults(item.kind.name, item.object, defaultClass)),
  );
  const expanded = takeReservedUids(expandWorkloads(defaulted, defaultClass));
  const { items: sized, note: unsized } = sizeNodes(expanded);
  const notes: ManifestNote[] = [...reading.notes];
  if (unsized !== undefined) notes.push(unsized);
  // What is made of several objects may be more than could be decoded: it is put back under the object it is made for.
  const put = (item: Item): number => naming(item.index, () => putItem(state, item));
  const rows = new Map(sized.map((item) => [item, put(item)]));
  const bound = bindWritten(state, { defaultClass, assumeProvisioned: options.assumeProvisioned });
  notes.push(...bound.notes);
  const items = sized.flatMap((item): Item[] => {
    const row = rows.get(item) as number;
    if (item.kind.name === "PersistentVolume") return [withObject(item, state.volume(row))];
    if (item.kind.name !== "PersistentVolumeClaim") return [item];
    const made = bound.volumes.get(row);
    const claim = withObject(item, state.claim(row));
    return made === undefined ? [claim] : [claim, { ...item, ...made }];
  });
  const capacities = judgeCapacity(items, bound.waitingClasses, options, notes);
  if (bound.volumes.size > 0)
    notes.push(volumesAssumed([...bound.volumes.keys()].map((row) => state.cluster.claims.keyOf(row))));
  return { items: [...items, ...capacities], notes };
}

/** Says which classes have no room on any node, or makes the objects that say that they have. */
function judgeCapacity(
  items: readonly Item[],
  waiting: ReadonlySet<string>,
  { assumeProvisioned, namespace }: SettleOptions,
  notes: ManifestNote[],
): Item[] {
  const tracked = trackedClasses(items);
  if (!assumeProvisioned) {
    for (const { driver, known, name } of tracked) {
      if (!known && waiting.has(name)) notes.push(capacityUnknown(name, driver));
    }
    return [];
  }
  if (tracked.length === 0) return [];
  notes.push(capacityAssumed(tracked.map(({ name }) => name)));
  const taken = new Set(items.flatMap(({ key, kind }) => (kind.name === "CSIStorageCapacity" ? [key] : [])));
  return tracked.map((storageClass) => assumedCapacity(storageClass, namespace, taken));
}

/** Gives claims that came without uid, or were made, the uid that a volume knows them by. */
function takeReservedUids(items: readonly Item[]): Item[] {
  const uids = reservedUids(objectsOf(items, "PersistentVolume").flatMap((volume) => reservationOf(volume) ?? []));
  return items.map((item) => {
    if (item.kind.name !== "PersistentVolumeClaim" || !item.lacksUid) return item;
    const uid = uids.get(item.key);
    return uid === undefined ? item : { ...item, object: put(item.object, ["metadata", "uid"], uid) };
  });
}

/** The row of an object that the PV controller looks at; -1 for others. */
function putItem(state: ControllerState, { kind, object }: Item): number {
  switch (kind.name) {
    case "PersistentVolume":
      return state.putVolume(object);
    case "PersistentVolumeClaim":
      return state.putClaim(object);
    case "StorageClass":
      return state.putClass(object);
    default:
      return -1;
  }
}

function objectsOf(items: readonly Item[], kind: string): KubeObject[] {
  return items.flatMap((item) => (item.kind.name === kind ? [item.object] : []));
}

function withObject(item: Item, object: KubeObject): Item {
  return object === item.object ? item : { ...item, object };
}
