// filters: the volumes that any claim of one shape could take, whatever its size; kept true as volumes change.

import type { Context } from "../../evaluate/context.js";
import { PlaceIndex } from "../../evaluate/place-index.js";
import { Ranks } from "../../evaluate/ranks.js";
import { Blocks } from "../../intern/blocks.js";
import type { Cluster } from "../../intern/cluster.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";

/** What a claim asks of a volume besides its size. Fields are ids; equal shapes have one list. */
export interface ClaimShape {
  readonly class: number;
  readonly volumeMode: number;
  readonly volumeAttributesClassName: number;
  /** The block of access modes, or 0. */
  readonly accessModes: number;
  /** The canonical selector on the volume's labels. */
  readonly selector: number;
}

/** Free volumes that fit a shape. */
export interface FreeList {
  readonly shape: ClaimShape;
  readonly index: PlaceIndex;
}

interface KeptList extends FreeList {
  /** The version of the labels that the index is sorted by. */
  labels: number;
}

export class FreeVolumes {
  /** Labels of capacities. */
  readonly order = new Ranks();
  readonly #keys = new Blocks();
  readonly #freeVolumes = new Map<number, KeptList>();
  readonly #byClass = new Map<number, KeptList[]>();
  readonly #key = new Uint32Array(5);

  constructor(readonly context: Context) {
    const { cluster } = context;
    cluster.volumes.listen({ leaving: (row) => this.#leaving(row), entered: (row) => this.#entered(row) });
    context.selectors.onChange((selector, node, on) => {
      for (const { index } of this.#freeVolumes.values()) index.nodeChanged(selector, node, on);
    });
  }

  /** The list of a shape. First call: O(volumes of the class). */
  list(shape: ClaimShape): FreeList {
    const key = this.#key;
    key[0] = shape.class;
    key[1] = shape.volumeMode;
    key[2] = shape.volumeAttributesClassName;
    key[3] = shape.accessModes;
    key[4] = shape.selector;
    const id = this.#keys.intern(key, 0, 5);
    let list = this.#freeVolumes.get(id);
    if (list === undefined) {
      const { cluster, masks, selectors } = this.context;
      const { strings, volumes } = cluster;
      // kube: R-ND-6 volumes of one size in the order of their names.
      const order = (a: number, b: number) => strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name));
      const index = new PlaceIndex(masks, selectors, (row) => volumes.get(row, VOLUME.rank), order);
      list = { shape, index, labels: -1 };
      this.#freeVolumes.set(id, list);
      const freeVolumes = this.#byClass.get(shape.class);
      if (freeVolumes === undefined) this.#byClass.set(shape.class, [list]);
      else freeVolumes.push(list);
    }
    this.refresh(list);
    return list;
  }

  /** Fills a list again if the labels have changed, as they may when another list is filled. */
  refresh(list: FreeList): void {
    if ((list as KeptList).labels !== this.order.version) this.#fill(list as KeptList);
  }

  /** The label of the smallest capacity known that holds so much, or 0. */
  bound(nanos: bigint): number {
    return this.order.atLeast(nanos);
  }

  /** Drops columns; to be called before rows change their size. */
  dropColumns(): void {
    for (const { index } of this.#freeVolumes.values()) index.dropColumns();
  }

  /** Forgets every list. */
  clear(): void {
    for (const { index } of this.#freeVolumes.values()) index.clear();
    this.#freeVolumes.clear();
    this.#byClass.clear();
  }

  #fill(list: KeptList): void {
    const { amounts, cluster } = this.context;
    const { volumes, volumesByClass } = cluster;
    const rows: number[] = [];
    for (let row = volumesByClass.first(list.shape.class, list.shape.class); row >= 0; row = volumesByClass.next(row)) {
      if (this.#fits(list.shape, row)) rows.push(row);
    }
    this.order.addAll(new Set(rows.map((row) => amounts.nanos(cluster.capacityOf(row)))));
    for (const row of rows) volumes.set(row, VOLUME.rank, this.order.label(amounts.nanos(cluster.capacityOf(row))));
    list.index.fill(rows.map((row) => [row, this.context.affinityOf(row)] as const));
    list.labels = this.order.version;
  }

  #leaving(row: number): void {
    const { volumes } = this.context.cluster;
    if (volumes.get(row, VOLUME.rank) === 0) return;
    for (const list of this.#byClass.get(volumes.get(row, VOLUME.class)) ?? []) {
      if (list.labels === this.order.version) list.index.remove(row, this.context.affinityOf(row));
    }
  }

  #entered(row: number): void {
    const { amounts, cluster } = this.context;
    const freeVolumes = this.#byClass.get(cluster.volumes.get(row, VOLUME.class))?.filter((list) => {
      return list.labels === this.order.version && this.#fits(list.shape, row);
    });
    if (freeVolumes === undefined || freeVolumes.length === 0) return;
    const nanos = amounts.nanos(cluster.capacityOf(row));
    const { version } = this.order;
    this.order.addAll([nanos]);
    // New labels for all: every list is filled again when it is next asked for.
    if (this.order.version !== version) return;
    cluster.volumes.set(row, VOLUME.rank, this.order.label(nanos));
    for (const list of freeVolumes) list.index.add(row, this.context.affinityOf(row));
  }

  /** Whether a volume may serve a claim of this shape that it is not reserved for. */
  #fits(shape: ClaimShape, row: number): boolean {
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
export function shapeOf({ claims, ids }: Cluster, claim: number, selector: number): ClaimShape {
  return {
    class: claims.get(claim, CLAIM.class),
    volumeMode: claims.get(claim, CLAIM.volumeMode) || ids.filesystem,
    volumeAttributesClassName: claims.get(claim, CLAIM.volumeAttributesClassName) || EMPTY_TEXT,
    accessModes: claims.get(claim, CLAIM.accessModes),
    selector,
  };
}

/** The tests, size apart, that even a volume reserved for the claim must pass. */
export function suits({ ids, volumes }: Cluster, shape: ClaimShape, row: number): boolean {
  // kube: R-MAT-3 in upstream's order: volume mode, attributes class, deletion.
  // kube: R-MAT-8 a reserved volume is spared the others.
  return (
    (volumes.get(row, VOLUME.volumeMode) || ids.filesystem) === shape.volumeMode &&
    (volumes.get(row, VOLUME.volumeAttributesClassName) || EMPTY_TEXT) === shape.volumeAttributesClassName &&
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
