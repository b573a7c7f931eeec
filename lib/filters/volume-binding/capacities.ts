// filters: CSIStorageCapacity objects -> the nodes on which a class has room for a request.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { PlaceIndex } from "../../evaluate/place-index.js";
import { Ranks } from "../../evaluate/ranks.js";
import { CAPACITY } from "../../intern/cluster.js";

interface KeptIndex {
  readonly index: PlaceIndex;
  labels: number;
}

/** For each class a index of its capacity objects, kept true as they change. */
export class Capacities {
  readonly #order = new Ranks();
  readonly #indexes = new Map<number, KeptIndex>();

  constructor(readonly context: Context) {
    const { capacities } = context.cluster;
    capacities.listen({
      leaving: (row) => {
        const kept = this.#current(row);
        if (kept !== undefined && capacities.get(row, CAPACITY.rank) !== 0) {
          kept.index.remove(row, this.#topologyOf(row) as number);
        }
      },
      entered: (row) => {
        const kept = this.#current(row);
        if (kept === undefined || !this.#counts(row)) return;
        this.#order.addAll([this.#limit(row)]);
        if (this.#order.version !== kept.labels) return;
        capacities.set(row, CAPACITY.rank, this.#order.label(this.#limit(row)));
        kept.index.add(row, this.#topologyOf(row) as number);
      },
    });
    context.selectors.onChange((selector, node, on) => {
      for (const { index } of this.#indexes.values()) index.nodeChanged(selector, node, on);
    });
  }

  /** The nodes with at least one object of the class that has room. First call: O(objects of the class). */
  reach(storageClass: number, request: bigint): Mask {
    const kept = this.#index(storageClass);
    // kube: R-CAP-4 one object with room that the node can reach is enough.
    // kube: R-CAP-8 requests are not added up.
    // kube: R-CAP-9 where no object is known, no node has room, be the request zero.
    return kept.index.reach([this.#order.atLeast(request)]);
  }

  dropColumns(): void {
    for (const { index } of this.#indexes.values()) index.dropColumns();
  }

  clear(): void {
    for (const { index } of this.#indexes.values()) index.clear();
    this.#indexes.clear();
  }

  #index(storageClass: number): KeptIndex {
    const { cluster, masks, selectors } = this.context;
    const { capacities, capacitiesByClass, strings } = cluster;
    let kept = this.#indexes.get(storageClass);
    if (kept === undefined) {
      // kube: R-ND-6 objects of one limit by name, then by namespace.
      const order = (a: number, b: number) =>
        strings.compare(capacities.get(a, CAPACITY.name), capacities.get(b, CAPACITY.name)) ||
        strings.compare(capacities.get(a, CAPACITY.namespace), capacities.get(b, CAPACITY.namespace));
      const index = new PlaceIndex(masks, selectors, (row) => capacities.get(row, CAPACITY.rank), order);
      kept = { index, labels: -1 };
      this.#indexes.set(storageClass, kept);
    }
    if (kept.labels === this.#order.version) return kept;
    // kube: R-CAP-10 of an object only class, topology and limit count.
    const rows: number[] = [];
    for (let row = capacitiesByClass.first(storageClass, storageClass); row >= 0; row = capacitiesByClass.next(row)) {
      if (this.#counts(row)) rows.push(row);
    }
    this.#order.addAll(new Set(rows.map((row) => this.#limit(row))));
    for (const row of rows) capacities.set(row, CAPACITY.rank, this.#order.label(this.#limit(row)));
    kept.index.fill(rows.map((row) => [row, this.#topologyOf(row) as number] as const));
    kept.labels = this.#order.version;
    return kept;
  }

  /** The index that a row belongs to, if it is filled and its labels hold. */
  #current(row: number): KeptIndex | undefined {
    const kept = this.#indexes.get(this.context.cluster.capacities.get(row, CAPACITY.class));
    return kept?.labels === this.#order.version ? kept : undefined;
  }

  #counts(row: number): boolean {
    const { capacities } = this.context.cluster;
    // kube: R-CAP-5 without any limit an object has no room.
    const limited =
      capacities.get(row, CAPACITY.capacity) !== 0 || capacities.get(row, CAPACITY.maximumVolumeSize) !== 0;
    return limited && typeof this.#topologyOf(row) === "number";
  }

  #limit(row: number): bigint {
    const { amounts, cluster } = this.context;
    const maximum = cluster.capacities.get(row, CAPACITY.maximumVolumeSize);
    return amounts.value(maximum !== 0 ? maximum : cluster.capacities.get(row, CAPACITY.capacity));
  }

  #topologyOf(row: number): number | undefined {
    const topology = this.context.cluster.capacities.get(row, CAPACITY.nodeTopology);
    // kube: R-CAP-6 no topology, or one that does not convert, reaches no node.
    const selector = topology === 0 ? "" : this.context.compiler.labelSelector(topology);
    return typeof selector === "number" ? selector : undefined;
  }
}
