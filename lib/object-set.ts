// object-set: the objects of one kind, as a caller sees them.

import type { Cluster } from "./intern/cluster.js";
import { SET_NAMES } from "./intern/kinds.js";
import type { Table } from "./intern/table.js";
import type { View } from "./layers/views.js";
import { badArgument, detached, givenName, itemsOf } from "./objects/arguments.js";
import { counted } from "./objects/sentence.js";
import type { ObjectsBySet, SetName } from "./objects/sets.js";
import type { ObjectLike } from "./objects/types.js";
import { INSPECT } from "./result/inspect.js";

/**
 * The objects of one kind, by key: `NAME`, or `NAMESPACE/NAME` for kinds that have namespaces. An object of such a kind
 * that names no namespace is in `default`, and so is a key without one. Of each object the fields of its type are kept;
 * the caller's objects are not. An object that says its `kind` must be of this one.
 */
export interface ObjectSet<T extends ObjectLike> {
  /** How many objects. */
  readonly size: number;
  /**
   * Puts an object in place of the one with its key; returns its id, which is the one that `podId` and `claimId` give
   * for its key. O(fields).
   * `ifNewer`: an object that has the uid of the known one and a `metadata.resourceVersion` that is equal or older is
   * passed over, so that a late watch event undoes nothing; versions are decimal numbers of any length, and an object
   * without one is taken.
   * @throws TopologyError for what Kubernetes' Go types could not decode; nothing has changed then.
   */
  upsert(object: T, options?: { readonly ifNewer?: boolean | undefined }): number;
  /**
   * Takes an object out; false where there is none of its key.
   * @throws TopologyError for what is no key, and for an object without a name or of another kind; so do `get` and `has`.
   */
  delete(object: ObjectLike | string): boolean;
  /**
   * Makes these objects the only ones (a relist). Each is read once, and all of them before anything changes.
   * @throws TopologyError for the first that could not be decoded; nothing has changed then.
   */
  replace(objects: Iterable<T>): void;
  /**
   * A plain object made from what is kept, or undefined. `get<V1Node>(name)` gives it the type that the set was given:
   * fields that are not kept are not there, and times are text.
   */
  get<Given extends T = T>(object: ObjectLike | string): Given | undefined;
  has(object: ObjectLike | string): boolean;
  /** The keys, in no particular order. */
  keys(): IterableIterator<string>;
}

/** One set for each kind. */
export type ObjectSets = { readonly [Name in SetName]: ObjectSet<ObjectsBySet[Name]> };

class TableSet<T extends ObjectLike> implements ObjectSet<T> {
  readonly #name: SetName;
  readonly #table: Table;
  readonly #view: View;

  constructor(name: SetName, table: Table, view: View) {
    this.#name = name;
    this.#table = table;
    this.#view = view;
  }

  get size(): number {
    this.#view.enter();
    return this.#table.size;
  }

  upsert(object: T, options?: { readonly ifNewer?: boolean | undefined }): number {
    const table = TableSet.#of(this, "upsert");
    table.encode(object);
    const layer = this.#view.enter();
    const { stack } = table.codec;
    if (options?.ifNewer === true) {
      const known = table.findTokens(stack, 0);
      if (known >= 0 && !table.isNewer(stack, known)) return known;
    }
    const row = layer.put(table, stack, 0);
    table.changeCounts.settle();
    return row;
  }

  delete(object: ObjectLike | string): boolean {
    const table = TableSet.#of(this, "delete");
    const row = this.#find(object, "delete");
    if (row < 0) return false;
    this.#view.enter().delete(table, row);
    table.changeCounts.settle();
    return true;
  }

  replace(objects: Iterable<T>): void {
    const table = TableSet.#of(this, "replace");
    const tokens = table.encodeAll(itemsOf(objects, "objects", `${this.#name}.replace`));
    this.#view.enter().replace(table, tokens);
    table.changeCounts.settle();
  }

  get<Given extends T = T>(object: ObjectLike | string): Given | undefined {
    const table = TableSet.#of(this, "get");
    const row = this.#find(object, "get");
    return row < 0 ? undefined : (table.read(row) as Given);
  }

  has(object: ObjectLike | string): boolean {
    TableSet.#of(this, "has");
    return this.#find(object, "has") >= 0;
  }

  keys(): IterableIterator<string> {
    return keysOf(TableSet.#of(this, "keys"));
  }

  [INSPECT](): string {
    return `ObjectSet of ${counted(this.size, this.#table.type.kind, this.#table.type.kind)}`;
  }

  /** The table of the set that a method was called on. */
  static #of(set: unknown, method: string): Table {
    if (typeof set === "object" && set !== null && #table in set) {
      set.#view.enter();
      return set.#table;
    }
    throw detached(`matcher.nodes.${method}`);
  }

  #find(object: ObjectLike | string, method: string): number {
    if (typeof object === "string") return this.#table.findKey(object);
    if (typeof object === "object" && object !== null) return this.#table.findObject(object);
    throw badArgument("object", `${this.#name}.${method} takes a key or an object, but was given ${givenName(object)}`);
  }
}

function* keysOf(table: Table): IterableIterator<string> {
  for (let row = 0; row < table.limit; row++) if (table.has(row)) yield table.keyOf(row);
}

/** The sets of a cluster's kinds as properties. */
export const TableSets = class {
  constructor({ tables }: Cluster, view: View) {
    const sets = SET_NAMES.map((name) => [name, new TableSet(name, tables[name], view)]);
    Object.assign(this, Object.fromEntries(sets));
  }
} as new (
  cluster: Cluster,
  view: View,
) => ObjectSets;
