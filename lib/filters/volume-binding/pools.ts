// filters: the volumes that any claim of one shape could take, whatever its size; kept true as volumes change.

import { OrderLabels } from "../../evaluate/order-labels.js";
import { Stock } from "../../evaluate/stock.js";
import { Blocks } from "../../intern/blocks.js";
import type { Cluster } from "../../intern/cluster.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY } from "../../intern/strings.js";
import type { Context } from "./context.js";

/** What a claim asks of a volume besides its size. Fields are ids; equal shapes have one pool. */
export interface Shape {
  readonly class: number;
  readonly volumeMode: number;
  readonly volumeAttributesClassName: number;
  /** The block of access modes, or 0. */
  readonly accessModes: number;
  /** The canonical selector on the volume's labels. */
  readonly selector: number;
}

/** Free volumes that fit a shape. */
export interface Pool {
  readonly shape: Shape;
  readonly stock: Stock;
}

interface KeptPool extends Pool {
  /** The version of the labels that the stock is sorted by. */
  labels: number;
}

export class Pools {
  /** Labels of capacities. */
  readonly order = new OrderLabels();
  readonly #keys = new Blocks();
  readonly #pools = new Map<number, KeptPool>();
  readonly #byClass = new Map<number, KeptPool[]>();
  readonly #key = new Uint32Array(5);

  constructor(readonly context: Context) {
    const { cluster } = context;
    cluster.volumes.listen({ leaving: (row) => this.#leaving(row), entered: (row) => this.#entered(row) });
    context.selectors.onChange((selector, node, on) => {
      for (const { stock } of this.#pools.values()) stock.nodeChanged(selector, node, on);
    });
  }

  /** The pool of a shape. First call: O(volumes of the class). */
  pool(shape: Shape): Pool {
    const key = this.#key;
    key[0] = shape.class;
    key[1] = shape.volumeMode;
    key[2] = shape.volumeAttributesClassName;
    key[3] = shape.accessModes;
    key[4] = shape.selector;
    const id = this.#keys.intern(key, 0, 5);
    let pool = this.#pools.get(id);
    if (pool === undefined) {
      const { cluster, masks, selectors } = this.context;
      const { strings, volumes } = cluster;
      // kube: R-ND-6 volumes of one size in the order of their names.
      const order = (a: number, b: number) => strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name));
      const stock = new Stock(masks, selectors, (row) => volumes.get(row, VOLUME.rank), order);
      pool = { shape, stock, labels: -1 };
      this.#pools.set(id, pool);
      const pools = this.#byClass.get(shape.class);
      if (pools === undefined) this.#byClass.set(shape.class, [pool]);
      else pools.push(pool);
    }
    this.refresh(pool);
    return pool;
  }

  /** Fills a pool again if the labels have changed, as they may when another pool is filled. */
  refresh(pool: Pool): void {
    if ((pool as KeptPool).labels !== this.order.version) this.#fill(pool as KeptPool);
  }

  /** The label of the smallest capacity known that holds so much, or 0. */
  bound(nanos: bigint): number {
    return this.order.atLeast(nanos);
  }

  /** Drops columns; to be called before rows change their size. */
  dropColumns(): void {
    for (const { stock } of this.#pools.values()) stock.dropColumns();
  }

  /** Forgets every pool. */
  clear(): void {
    for (const { stock } of this.#pools.values()) stock.clear();
    this.#pools.clear();
    this.#byClass.clear();
  }

  #fill(pool: KeptPool): void {
    const { amounts, cluster } = this.context;
    const { volumes, volumesByClass } = cluster;
    const rows: number[] = [];
    for (let row = volumesByClass.first(pool.shape.class, pool.shape.class); row >= 0; row = volumesByClass.next(row)) {
      if (this.#fits(pool.shape, row)) rows.push(row);
    }
    this.order.addAll(new Set(rows.map((row) => amounts.nanos(cluster.capacityOf(row)))));
    for (const row of rows) volumes.set(row, VOLUME.rank, this.order.label(amounts.nanos(cluster.capacityOf(row))));
    pool.stock.fill(rows.map((row) => [row, this.context.affinityOf(row)] as const));
    pool.labels = this.order.version;
  }

  #leaving(row: number): void {
    const { volumes } = this.context.cluster;
    if (volumes.get(row, VOLUME.rank) === 0) return;
    for (const pool of this.#byClass.get(volumes.get(row, VOLUME.class)) ?? []) {
      if (pool.labels === this.order.version) pool.stock.remove(row, this.context.affinityOf(row));
    }
  }

  #entered(row: number): void {
    const { amounts, cluster } = this.context;
    const pools = this.#byClass.get(cluster.volumes.get(row, VOLUME.class))?.filter((pool) => {
      return pool.labels === this.order.version && this.#fits(pool.shape, row);
    });
    if (pools === undefined || pools.length === 0) return;
    const nanos = amounts.nanos(cluster.capacityOf(row));
    const { version } = this.order;
    this.order.addAll([nanos]);
    // New labels for all: every pool is filled again when it is next asked for.
    if (this.order.version !== version) return;
    cluster.volumes.set(row, VOLUME.rank, this.order.label(nanos));
    for (const pool of pools) pool.stock.add(row, this.context.affinityOf(row));
  }

  /** Whether a volume may serve a claim of this shape that it is not reserved for. */
  #fits(shape: Shape, row: number): boolean {
    const { cluster, compiler, matching } = this.context;
    const { blocks, ids, volumes } = cluster;
    // kube: R-MAT-10 a volume with a claimRef serves the claim in it or none.
    if (volumes.get(row, VOLUME.claimRef) !== 0) return false;
    if (!suits(cluster, shape, row)) return false;
    // kube: R-MAT-6 only an available volume, whose labels the selector matches, with all the access modes.
    if (volumes.get(row, VOLUME.phase) !== ids.available) return false;
    const labels = volumes.get(row, VOLUME.labels);
    if (
      shape.selector !== compiler.programs.EVERYTHING &&
      !matching.matchesLabels(shape.selector, (key) => blocks.lookup(labels, key))
    ) {
      return false;
    }
    return hasModes(blocks, volumes.get(row, VOLUME.accessModes), shape.accessModes);
  }
}

/** The shape of a claim whose selector is already compiled. */
export function shapeOf({ claims, ids }: Cluster, claim: number, selector: number): Shape {
  return {
    class: claims.get(claim, CLAIM.class),
    volumeMode: claims.get(claim, CLAIM.volumeMode) || ids.filesystem,
    volumeAttributesClassName: claims.get(claim, CLAIM.volumeAttributesClassName) || EMPTY,
    accessModes: claims.get(claim, CLAIM.accessModes),
    selector,
  };
}

/** The tests, size apart, that even a volume reserved for the claim must pass. */
export function suits({ ids, volumes }: Cluster, shape: Shape, row: number): boolean {
  // kube: R-MAT-3 in upstream's order: volume mode, attributes class, deletion.
  // kube: R-MAT-8 a reserved volume is spared the others.
  return (
    (volumes.get(row, VOLUME.volumeMode) || ids.filesystem) === shape.volumeMode &&
    (volumes.get(row, VOLUME.volumeAttributesClassName) || EMPTY) === shape.volumeAttributesClassName &&
    volumes.get(row, VOLUME.deletionTimestamp) === 0
  );
}

function hasModes(blocks: Blocks, modes: number, wanted: number): boolean {
  // kube: R-MAT-15 modes are plain strings; asking for none is always granted.
  if (wanted === 0 || wanted === modes) return true;
  for (let i = blocks.at(wanted, 0); i > 0; i--) {
    let found = false;
    for (let j = modes === 0 ? 0 : blocks.at(modes, 0); !found && j > 0; j--) {
      found = blocks.at(modes, j) === blocks.at(wanted, i);
    }
    if (!found) return false;
  }
  return true;
}
