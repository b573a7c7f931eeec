// filters: the volumes that a claim of one shape could take, whatever its size; kept true as volumes change.

import type { Context } from "../../evaluate/context.js";
import type { Least } from "../../evaluate/least.js";
import type { RankedIndex } from "../../evaluate/ranked-indexes.js";
import { RankedIndexes } from "../../evaluate/ranked-indexes.js";
import { Blocks } from "../../intern/blocks.js";
import type { Cluster } from "../../intern/cluster.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import type { Held } from "../../intern/derived.js";
import { EMPTY_TEXT } from "../../intern/strings.js";

/** What a claim asks of a volume besides its size. Fields are ids; equal shapes share a list. */
export interface ClaimShape {
  readonly class: number;
  readonly volumeMode: number;
  readonly volumeAttributesClassName: number;
  /** The block of access modes, or 0. */
  readonly accessModes: number;
  /** The canonical selector on the volume's labels. */
  readonly selector: number;
}

/** More lists than this are not kept: each costs with every volume that changes. */
const MOST_LISTS = 32;
/** Nor the keys of more shapes. */
const MOST_KEYS = 1 << 12;

/** The free volumes that any claim of one shape could take, whatever its size. */
export interface FreeList {
  readonly shape: ClaimShape;
  readonly index: RankedIndex;
  readonly key: number;
  /** When it was last asked for; 0 where it is not kept. */
  used: number;
}

/** A list for each shape that was asked for, kept true as volumes change. */
export class FreeVolumes {
  readonly cache = "freeVolumeLists";
  readonly #indexes: RankedIndexes;
  #keys = new Blocks();
  // Lists of answers that had been given up.
  readonly #others: FreeList[] = [];
  readonly #lists = new Map<number, FreeList>();
  readonly #key = new Uint32Array(5);
  // Volume -> the last pass in which a claim took it.
  #takenIn = new Float64Array(0);
  #pass = 0;
  #uses = 0;

  constructor(readonly context: Context) {
    const { amounts, cluster } = context;
    const { strings, volumes, volumesByClass } = cluster;
    this.#indexes = new RankedIndexes(context, volumes, {
      groupOf: (volume) => volumes.get(volume, VOLUME.class),
      chains: volumesByClass,
      amountKeyOf: (volume) => volumes.get(volume, VOLUME.capacity),
      amountOf: (capacity) => amounts.nanos(cluster.blocks.lookup(capacity, cluster.ids.storage)),
      selectorOf: (volume) => context.affinityOf(volume),
      // kube: R-ND-6 volumes of one size in the order of their names.
      order: (a, b) => strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name)),
    });
    context.derivations.add(this);
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
    let list = this.#lists.get(id);
    if (list === undefined) {
      const index = this.#indexes.create(shape.class, (volume) => isFreeFor(this.context, shape, volume));
      list = { shape, index, key: id, used: 0 };
      this.#lists.set(id, list);
    }
    list.used = ++this.#uses;
    this.refresh(list);
    return list;
  }

  /** Fills a list again if the ranks have changed, as they may when another list is filled. */
  refresh(list: FreeList): void {
    if (list.used === 0) {
      // An answer still refers to it, while it had to make room for others.
      this.#indexes.keep(list.index);
      this.#others.push(list);
      list.used = ++this.#uses;
    }
    this.#indexes.refresh(list.index);
  }

  /** Gives up the lists that were asked for longest ago, where there are too many. To be called between questions. */
  settle(): void {
    for (const list of this.#others.splice(0)) this.#giveUp(list);
    if (this.#lists.size <= MOST_LISTS) return;
    const lists = [...this.#lists.values()].sort((a, b) => a.used - b.used);
    const kept = this.#keys.size > MOST_KEYS ? 0 : MOST_LISTS / 2;
    for (const list of lists.slice(0, lists.length - kept)) {
      this.#lists.delete(list.key);
      this.#giveUp(list);
    }
    if (kept === 0) this.#keys = new Blocks();
  }

  #giveUp(list: FreeList): void {
    this.#indexes.remove(list.index);
    list.used = 0;
  }

  /** The rank of a volume's capacity. */
  rankOf(volume: number): number {
    return this.#indexes.rankOf(volume);
  }

  /** From which rank on volumes hold so much. */
  least(nanos: bigint): Least {
    return this.#indexes.least(nanos);
  }

  /** From now on no volume is taken. */
  beginPass(): void {
    this.#pass++;
    const { limit } = this.context.cluster.volumes;
    if (this.#takenIn.length < limit) this.#takenIn = new Float64Array(limit * 2);
  }

  /** Takes a volume for the rest of the pass. */
  take(volume: number): void {
    this.#takenIn[volume] = this.#pass;
  }

  isTaken(volume: number): boolean {
    return this.#takenIn[volume] === this.#pass;
  }

  held(): Held {
    let bytes = this.#keys.byteLength;
    for (const { index } of this.#lists.values()) bytes += index.byteLength;
    return { entries: this.#lists.size, bytes };
  }

  dropIds(): void {
    this.#lists.clear();
    this.#others.length = 0;
    this.#keys = new Blocks();
  }
}

/** Whether a volume may serve a claim of this shape that it is not reserved for; class, size and place apart. */
export function isFreeFor(
  { cluster, compiler, matching }: Pick<Context, "cluster" | "compiler" | "matching">,
  shape: ClaimShape,
  row: number,
): boolean {
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
