// controllers: a claim's shape and size -> the smallest free volume, without looking through all volumes.

import type { ClaimShape } from "../../filters/volume-binding/free-volumes.js";
import { isFreeFor } from "../../filters/volume-binding/free-volumes.js";
import { VOLUME } from "../../intern/cluster.js";
import type { AccessModes } from "./access-modes.js";
import { LabelIndex } from "./label-index.js";
import type { ControllerState } from "./state.js";

/** Volumes of one amount, by name, the first last. Some may be free no more: that is seen when their turn comes. */
interface Size {
  readonly amount: bigint;
  readonly rows: number[];
  sorted: boolean;
}

/** For each group of access modes the volumes that are free for a shape, by amount. */
interface Shelf {
  readonly shape: ClaimShape;
  readonly groups: Map<number, Size[]>;
}

/** Beyond so many rows on all shelves, they are cleared and filled again as they are asked for: 32 MB. */
const MOST_ROWS = 1 << 22;

/** So many volumes are looked through one by one: some 0.2 ms. */
const FEW = 4096;

export class FreeBySize {
  readonly #shelves = new Map<string, Shelf>();
  /** Shapes with a selector that were asked for, and the groups in which they were. */
  readonly #asked = new Set<string>();
  readonly #labels: LabelIndex;
  #rows = 0;

  constructor(
    readonly state: ControllerState,
    readonly modes: AccessModes,
  ) {
    this.#labels = new LabelIndex(state);
    state.cluster.volumes.listen({ leaving: () => {}, entered: (row) => this.#entered(row) });
  }

  /**
   * The smallest free volume (a row) of a group of access modes that suits a shape and holds an amount, or -1.
   * O(log sizes) once a shape has a shelf. A shape without selector gets it at once, which takes O(volumes of its
   * class); one with a selector when it is asked for again. Before that the volumes with its labels are looked through
   * if they are few, and otherwise those of the class by size, up to the first that the selector selects.
   */
  smallest(shape: ClaimShape, group: number, amount: bigint): number {
    const { EVERYTHING } = this.state.compiler.programs;
    const known = this.#shelves.get(keyOf(shape));
    if (known !== undefined) return this.#firstOn(known, shape, group, amount);
    if (shape.selector !== EVERYTHING && !this.#wasAsked(shape, group)) {
      const labelled = this.#labels.candidates(shape.selector, FEW);
      if (labelled !== undefined) return this.#smallestOf(labelled, shape, group, amount);
      return this.#firstOn(this.#shelf({ ...shape, selector: EVERYTHING }), shape, group, amount);
    }
    return this.#firstOn(this.#shelf(shape), shape, group, amount);
  }

  #wasAsked(shape: ClaimShape, group: number): boolean {
    const key = `${keyOf(shape)}/${group}`;
    const known = this.#asked.has(key);
    this.#asked.add(key);
    return known;
  }

  /** The first volume on a shelf that holds an amount and suits a shape, which may ask for more than the shelf's. */
  #firstOn(shelf: Shelf, shape: ClaimShape, group: number, amount: bigint): number {
    const sizes = shelf.groups.get(group) ?? [];
    // kube: R-MAT-7 the smallest that is large enough; of equal ones the first by name.
    let at = placeOf(sizes, amount);
    while (at < sizes.length) {
      const { rows } = this.#inOrder(sizes[at]);
      for (let i = rows.length - 1; i >= 0; i--) {
        if (isFreeFor(this.state, shape, rows[i])) return rows[i];
        // What is free no more leaves the shelf.
        if (!isFreeFor(this.state, shelf.shape, rows[i])) rows.splice(i, 1);
      }
      if (rows.length === 0) sizes.splice(at, 1);
      else at++;
    }
    return -1;
  }

  /** The smallest of a few volumes. */
  #smallestOf(rows: readonly number[], shape: ClaimShape, group: number, amount: bigint): number {
    let best = -1;
    for (const row of rows) {
      const size = this.#amountOf(row);
      if (size < amount || this.#groupOf(row) !== group || !this.#suits(shape, row)) continue;
      const difference = best < 0 ? -1n : size - this.#amountOf(best);
      // kube: R-MAT-7 of few volumes, too, the smallest and then the first by name.
      if (difference < 0n || (difference === 0n && this.#byName(row, best) < 0)) best = row;
    }
    return best;
  }

  #shelf(shape: ClaimShape): Shelf {
    const key = keyOf(shape);
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      if (this.#rows > MOST_ROWS) {
        this.#shelves.clear();
        this.#rows = 0;
      }
      shelf = { shape, groups: this.#fill(shape) };
      this.#shelves.set(key, shelf);
    }
    return shelf;
  }

  #fill(shape: ClaimShape): Map<number, Size[]> {
    const groups = new Map<number, Map<bigint, Size>>();
    for (const row of this.#candidates(shape)) {
      if (!this.#suits(shape, row)) continue;
      const group = this.#groupOf(row);
      const amount = this.#amountOf(row);
      const sizes = groups.get(group) ?? new Map<bigint, Size>();
      const size = sizes.get(amount);
      if (size === undefined) sizes.set(amount, { amount, rows: [row], sorted: false });
      else size.rows.push(row);
      groups.set(group, sizes);
      this.#rows++;
    }
    const byAmount = (a: Size, b: Size): number => (a.amount < b.amount ? -1 : 1);
    return new Map([...groups].map(([group, sizes]) => [group, [...sizes.values()].sort(byAmount)]));
  }

  *#candidates({ class: storageClass, selector }: ClaimShape): Iterable<number> {
    const selectable = this.#labels.candidates(selector, Number.POSITIVE_INFINITY);
    const { volumesByClass } = this.state.cluster;
    if (selectable !== undefined) yield* selectable;
    else {
      let row = volumesByClass.first(storageClass, storageClass);
      for (; row >= 0; row = volumesByClass.next(row)) yield row;
    }
  }

  /** Volumes that become free again join the shelves that they suit. */
  #entered(row: number): void {
    if (this.state.hasClaimRef(row)) return;
    for (const shelf of this.#shelves.values()) this.#offer(shelf, row);
  }

  #offer({ groups, shape }: Shelf, row: number): void {
    if (!this.#suits(shape, row)) return;
    const sizes = groups.get(this.#groupOf(row)) ?? [];
    const amount = this.#amountOf(row);
    const at = placeOf(sizes, amount);
    if (sizes[at]?.amount !== amount) sizes.splice(at, 0, { amount, rows: [], sorted: true });
    sizes[at].rows.push(row);
    sizes[at].sorted = false;
    groups.set(this.#groupOf(row), sizes);
    this.#rows++;
  }

  #suits(shape: ClaimShape, row: number): boolean {
    return this.state.cluster.volumes.get(row, VOLUME.class) === shape.class && isFreeFor(this.state, shape, row);
  }

  #groupOf(row: number): number {
    return this.modes.groupOf(this.state.cluster.volumes.get(row, VOLUME.accessModes));
  }

  #amountOf(row: number): bigint {
    return this.state.amounts.nanos(this.state.cluster.capacityOf(row));
  }

  #inOrder(size: Size): Size {
    if (size.sorted) return size;
    // kube: R-ND-6 volumes of one size in the order of their names.
    size.rows.sort((a, b) => this.#byName(b, a));
    size.sorted = true;
    return size;
  }

  #byName(a: number, b: number): number {
    const { strings, volumes } = this.state.cluster;
    return strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name));
  }
}

function keyOf(shape: ClaimShape): string {
  return `${shape.class}/${shape.volumeMode}/${shape.volumeAttributesClassName}/${shape.selector}`;
}

/** The index of the first size of at least this amount. */
function placeOf(sizes: readonly Size[], amount: bigint): number {
  let [low, high] = [0, sizes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sizes[middle].amount < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
