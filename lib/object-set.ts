// object-set: the objects of one kind, as a caller sees them.

import type { Cluster } from "./intern/cluster.js";
import { SET_NAMES } from "./intern/kinds.js";
import { EMPTY_TEXT } from "./intern/strings.js";
import type { Table } from "./intern/table.js";
import type { ObjectsBySet, SetName } from "./objects/sets.js";
import type { ObjectLike } from "./objects/types.js";

/**
 * The objects of one kind, by key: `NAME`, or `NAMESPACE/NAME` for kinds that have namespaces. Of each object
 * the fields of its type are kept; the caller's objects are not.
 */
export interface ObjectSet<T extends ObjectLike> {
  /** How many objects. */
  readonly size: number;
  /**
   * Puts an object in place of the one with its key; returns its id, which is the one that `podId` and `claimId` give
   * for its key. O(fields).
   * @throws TopologyError for what Kubernetes' Go types could not decode; nothing has changed then.
   */
  upsert(object: T): number;
  /** Takes an object out; false where there is none of its key. */
  delete(object: ObjectLike | string): boolean;
  /**
   * Makes these objects the only ones (a relist).
   * @throws TopologyError for the first that could not be decoded; nothing has changed then.
   */
  replace(objects: Iterable<T>): void;
  /** A plain object made from what is kept, or undefined. */
  get(object: ObjectLike | string): T | undefined;
  has(object: ObjectLike | string): boolean;
  /** The keys, in no particular order. */
  keys(): IterableIterator<string>;
}

/** One set for each kind. */
export type ObjectSets = { readonly [Name in SetName]: ObjectSet<ObjectsBySet[Name]> };

class TableSet<T extends ObjectLike> implements ObjectSet<T> {
  constructor(readonly table: Table) {}

  get size(): number {
    return this.table.size;
  }

  upsert(object: T): number {
    return this.table.upsert(object);
  }

  delete(object: ObjectLike | string): boolean {
    const row = this.#find(object);
    if (row >= 0) this.table.delete(row);
    return row >= 0;
  }

  replace(objects: Iterable<T>): void {
    const { table } = this;
    const all = [...objects];
    for (const object of all) table.encode(object);
    const kept = new Set<number>();
    for (const object of all) kept.add(table.upsert(object));
    for (let row = 0; row < table.limit; row++) if (table.has(row) && !kept.has(row)) table.delete(row);
  }

  get(object: ObjectLike | string): T | undefined {
    const row = this.#find(object);
    return row < 0 ? undefined : (this.table.read(row) as T);
  }

  has(object: ObjectLike | string): boolean {
    return this.#find(object) >= 0;
  }

  *keys(): IterableIterator<string> {
    for (let row = 0; row < this.table.limit; row++) if (this.table.has(row)) yield this.table.keyOf(row);
  }

  #find(object: ObjectLike | string): number {
    const { table } = this;
    if (typeof object === "string") return table.findKey(object);
    const { strings } = table.codec;
    const { name, namespace } = object.metadata ?? {};
    if (typeof name !== "string") return -1;
    const scope = table.type.namespaced && typeof namespace === "string" ? strings.find(namespace) : EMPTY_TEXT;
    return table.find(scope, strings.find(name));
  }
}

/** The sets of a cluster's kinds as properties. */
export const TableSets = class {
  constructor({ tables }: Cluster) {
    const sets = SET_NAMES.map((name) => [name, new TableSet(tables[name])]);
    Object.assign(this, Object.fromEntries(sets));
  }
} as new (
  cluster: Cluster,
) => ObjectSets;
