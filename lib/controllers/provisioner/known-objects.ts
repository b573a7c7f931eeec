// controllers: the objects that the provisioner looks up, out of a cluster's tables.

import { TopologyError } from "../../errors.js";
import { Blocks } from "../../intern/blocks.js";
import { Cluster } from "../../intern/cluster.js";
import { SET_NAMES } from "../../intern/kinds.js";
import { givenName, itemsOf } from "../../objects/arguments.js";
import type { Quantity } from "../../objects/quantity.js";
import { parseQuantity, quantityText } from "../../objects/quantity.js";
import type { ObjectsBySet, SetName } from "../../objects/sets.js";
import type { ObjectLike, QuantityLike, ResourceListLike } from "../../objects/types.js";

const DEFAULT_NAMESPACE = "default";
/** Then what asked-about objects have left is dropped. */
const MOST_DECODED = 4096;

type ObjectLists = { readonly [Name in SetName]?: Iterable<ObjectsBySet[Name]> | undefined };

/** @throws TopologyError for lists that are none, and for objects that could not be decoded. */
export function clusterOfLists(lists: ObjectLists): Cluster {
  const cluster = new Cluster(new Blocks());
  for (const name of SET_NAMES) {
    const objects = lists[name] as Iterable<unknown> | undefined;
    if (objects === undefined) continue;
    for (const object of itemsOf(objects, name, `${name} of createProvisioner`)) cluster.tables[name].upsert(object);
  }
  return cluster;
}

/** The object with this key, or undefined. */
export function find<Name extends SetName>(cluster: Cluster, set: Name, key: string): ObjectsBySet[Name] | undefined {
  const table = cluster.tables[set];
  const row = table.findKey(key);
  return row < 0 ? undefined : (table.read(row) as ObjectsBySet[Name]);
}

/** Every object of a set. */
export function* all<Name extends SetName>(cluster: Cluster, set: Name): Iterable<ObjectsBySet[Name]> {
  const table = cluster.tables[set];
  for (let row = 0; row < table.limit; row++) if (table.has(row)) yield table.read(row) as ObjectsBySet[Name];
}

export function namespaceOf({ metadata }: ObjectLike): string {
  return metadata?.namespace || DEFAULT_NAMESPACE;
}

export function nameOf({ metadata }: ObjectLike): string {
  return metadata?.name ?? "";
}

/** Objects that are asked about without being in a set, checked as a set would. */
export class Decoder {
  #cluster = new Cluster(new Blocks());
  #decoded = 0;

  /** What is kept of an object. @throws TopologyError. */
  decode<Name extends SetName>(set: Name, object: ObjectsBySet[Name]): ObjectsBySet[Name] {
    if (typeof object !== "object" || object === null) {
      const sentence = `${set} takes an object or the key of one, but was given ${givenName(object)}`;
      throw new TopologyError("BadArgument", sentence, "object");
    }
    if (++this.#decoded % MOST_DECODED === 0) this.#cluster = new Cluster(new Blocks());
    const table = this.#cluster.tables[set];
    const row = table.stage(object);
    try {
      return table.read(row) as ObjectsBySet[Name];
    } finally {
      table.unstage(row);
    }
  }
}

/** The storage in a list of resources; undefined where there is none. */
export function storageOf(resources: ResourceListLike | null | undefined): Quantity | undefined {
  return Object.hasOwn(resources ?? {}, "storage") ? quantityOf(resources?.storage ?? "0") : undefined;
}

/** A quantity that was decoded. */
export function quantityOf(quantity: QuantityLike): Quantity {
  return parseQuantity(quantityText(quantity) ?? "0");
}
