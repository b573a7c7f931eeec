// filters: CSIStorageCapacity objects -> the nodes on which a class has room for a request.

import type { Context } from "../../evaluate/context.js";
import type { Least } from "../../evaluate/least.js";
import type { Mask } from "../../evaluate/mask.js";
import type { Place } from "../../evaluate/places.js";
import type { RankedIndex } from "../../evaluate/ranked-indexes.js";
import { RankedIndexes } from "../../evaluate/ranked-indexes.js";
import { CAPACITY } from "../../intern/cluster.js";
import type { Held } from "../../intern/derived.js";

/** For each class that was asked for an index of its capacity objects, kept true as they change. */
export class Capacities {
  readonly cache = "capacities";
  readonly #indexes: RankedIndexes;
  readonly #ofClass = new Map<number, RankedIndex>();

  constructor(readonly context: Context) {
    const { capacities, capacitiesByClass } = context.cluster;
    this.#indexes = new RankedIndexes(context, capacities, {
      groupOf: (row) => capacities.get(row, CAPACITY.class),
      chains: capacitiesByClass,
      amountKeyOf: (row) => this.#limit(row),
      amountOf: (quantity) => context.amounts.value(quantity),
      selectorOf: (row) => this.#topologyOf(row) as number,
      order: (a, b) => this.#order(a, b),
    });
    context.derivations.add(this);
  }

  /** The nodes with at least one object of the class that has room. First call: O(objects of the class). */
  reach(storageClass: number, request: bigint): Mask {
    // kube: R-CAP-4 one object with room that the node can reach is enough.
    // kube: R-CAP-8 requests are not added up.
    // kube: R-CAP-9 where no object is known, no node has room, be the request zero.
    // path: room: few places if !this.#index(storageClass).hasColumns
    // path: room: columns if this.#index(storageClass).hasColumns
    return this.#index(storageClass).reach([this.#indexes.least(request).rank]);
  }

  /** From which rank on an object has room for a request. */
  least(request: bigint): Least {
    return this.#indexes.least(request);
  }

  /** The object of the class that the scheduler finds to have room on a node, or -1. */
  recorded(storageClass: number, { rank: least }: Least, node: number): number {
    const index = this.#index(storageClass);
    const indexes = this.#indexes;
    let first = -1;
    if (least === 0) return first;
    for (const { items } of index.placesOf(node)) {
      // Largest limits last.
      for (let i = items.length - 1; i >= 0 && indexes.rankOf(items[i]) >= least; i--) {
        // kube: R-CAP-7 the first object with room, not the one with the most, or the least.
        if (first < 0 || this.#order(items[i], first) < 0) first = items[i];
      }
    }
    return first;
  }

  /** The places of the class's objects, by their selectors. */
  places(storageClass: number): ReadonlyMap<number, Place> {
    return this.#index(storageClass).places;
  }

  /** Those of them that a node reaches; the list holds until the next call. */
  placesOf(storageClass: number, node: number): readonly Place[] {
    return this.#index(storageClass).placesOf(node);
  }

  held(): Held {
    let bytes = 0;
    for (const index of this.#ofClass.values()) bytes += index.byteLength;
    return { entries: this.#ofClass.size, bytes };
  }

  dropIds(): void {
    this.#ofClass.clear();
  }

  #index(storageClass: number): RankedIndex {
    let index = this.#ofClass.get(storageClass);
    if (index === undefined) {
      // kube: R-CAP-10 of an object only class, topology and limit count.
      index = this.#indexes.create(storageClass, (row) => this.#counts(row));
      this.#ofClass.set(storageClass, index);
    }
    this.#indexes.refresh(index);
    return index;
  }

  #order(a: number, b: number): number {
    const { capacities, strings } = this.context.cluster;
    // kube: R-ND-6 objects are looked at by name, then by namespace.
    return (
      strings.compare(capacities.get(a, CAPACITY.name), capacities.get(b, CAPACITY.name)) ||
      strings.compare(capacities.get(a, CAPACITY.namespace), capacities.get(b, CAPACITY.namespace))
    );
  }

  #counts(row: number): boolean {
    const { capacities } = this.context.cluster;
    // kube: R-CAP-5 without any limit an object has no room.
    const limited =
      capacities.get(row, CAPACITY.capacity) !== 0 || capacities.get(row, CAPACITY.maximumVolumeSize) !== 0;
    return limited && typeof this.#topologyOf(row) === "number";
  }

  /** The quantity that bounds a request. */
  #limit(row: number): number {
    const { capacities } = this.context.cluster;
    const maximum = capacities.get(row, CAPACITY.maximumVolumeSize);
    return maximum !== 0 ? maximum : capacities.get(row, CAPACITY.capacity);
  }

  #topologyOf(row: number): number | undefined {
    const topology = this.context.cluster.capacities.get(row, CAPACITY.nodeTopology);
    // kube: R-CAP-6 no topology, or one that does not convert, reaches no node.
    const selector = topology === 0 ? "" : this.context.compiler.labelSelector(topology);
    return typeof selector === "number" ? selector : undefined;
  }
}
