// score: what VolumeBinding would do on a node -> the plugin's raw score of that node. Nothing is allocated to score one.

import type { Context } from "../evaluate/context.js";
import type { PlannedClaim, RoomSearch, VolumeStep } from "../filters/volume-binding/plan.js";
import { NO_SEARCHES } from "../filters/volume-binding/plan.js";
import { CAPACITY, VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { ScoredRows } from "./scored-rows.js";
import type { Shape } from "./shape.js";
import { scoreAt } from "./shape.js";

/** Up to here a hundredfold is exact in a number. */
const EXACT = 2 ** 46;

export class VolumeScorer {
  readonly #volumes: ScoredRows;
  readonly #objects: ScoredRows;
  // Of the step: what `selected` and then `toBind` ask for, as numbers, and what finds room for them.
  readonly #asked: number[] = [];
  #rooms: readonly RoomSearch[] = NO_SEARCHES;
  // What the claims of a node ask for, and what there is for each: ids of classes, places in `#asked`, rows and amounts.
  readonly #classes: number[] = [];
  readonly #claims: number[] = [];
  readonly #rows: number[] = [];
  readonly #capacities: number[] = [];
  #count = 0;
  /** Capacities of a class are added up where volumes are bound; else the last one counts. */
  #adds = false;

  constructor(
    readonly context: Context,
    readonly shape: Shape,
  ) {
    const { cluster } = context;
    this.#volumes = new ScoredRows(context, cluster.volumes, {
      classOf: (row) => cluster.volumes.get(row, VOLUME.storageClassName) || EMPTY_TEXT,
      amountOf: (row) => cluster.capacityOf(row),
    });
    this.#objects = new ScoredRows(context, cluster.capacities, {
      // No class of its own: whether there is a capacity at all.
      classOf: (row) => (cluster.capacities.get(row, CAPACITY.capacity) === 0 ? 0 : 1),
      amountOf: (row) => cluster.capacities.get(row, CAPACITY.capacity),
    });
  }

  /** Takes what no node changes from a step; to be called before its nodes are scored. */
  begin(step: VolumeStep): void {
    const { amounts } = this.context;
    const { selected, toBind } = step;
    this.#rooms = step.rooms();
    for (let i = 0; i < selected.length; i++) this.#asked[i] = amounts.rounded(selected[i].requested);
    for (let i = 0; i < toBind.length; i++) this.#asked[selected.length + i] = amounts.rounded(toBind[i].requested);
  }

  /** A whole number from 0 to 100; -1 where the scheduler panics. `volumes` is what the step chose for the node. */
  score(step: VolumeStep, volumes: readonly number[], node: number): number {
    this.#count = 0;
    this.#adds = false;
    const { selected, toBind } = step;
    const first = selected.length;
    for (let i = 0; i < toBind.length; i++) if (volumes[i] >= 0) this.#bind(first + i, volumes[i]);
    // kube: R-SCO-3 where a volume is bound, claims to be provisioned do not count.
    if (this.#adds) return this.#mean(step);
    for (let i = 0; i < first; i++) if (!this.#provision(selected[i], i, node)) return -1;
    for (let i = 0; i < toBind.length; i++) if (!this.#provision(toBind[i], first + i, node)) return -1;
    return this.#mean(step);
  }

  #bind(claim: number, volume: number): void {
    this.#adds = true;
    const capacity = this.#volumes.amountOf(volume);
    this.#put(this.#volumes.classOf(volume), claim, volume, capacity);
  }

  /** False where the scheduler panics. */
  #provision({ storageClassName }: PlannedClaim, claim: number, node: number): boolean {
    const object = this.#rooms[claim].at(node);
    if (object < 0) return true;
    const capacity = this.#objects.amountOf(object);
    // kube: R-SCO-4 the scheduler reads a capacity and a class that are not there, and panics.
    if (this.#objects.classOf(object) === 0 || storageClassName === 0) return false;
    this.#put(storageClassName, claim, object, capacity);
    return true;
  }

  #put(storageClass: number, claim: number, row: number, capacity: number): void {
    const at = this.#count++;
    this.#classes[at] = storageClass;
    this.#claims[at] = claim;
    this.#rows[at] = row;
    this.#capacities[at] = capacity;
  }

  #mean(step: VolumeStep): number {
    let sum = 0;
    let classes = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#isKnown(i)) continue;
      sum += scoreAt(this.shape, this.#utilizationOf(this.#classes[i], step));
      classes++;
    }
    // kube: R-SCO-5 without a class there is nothing to score.
    // kube: R-SCO-8 classes weigh the same; no score is negative, so halves are rounded away from zero.
    return classes === 0 ? 0 : Math.round(sum / classes);
  }

  /** Whether the class of a place stands before it too. */
  #isKnown(place: number): boolean {
    for (let i = 0; i < place; i++) if (this.#classes[i] === this.#classes[place]) return true;
    return false;
  }

  #utilizationOf(storageClass: number, step: VolumeStep): number {
    let requested = 0;
    let capacity = 0;
    let isExact = true;
    for (let i = 0; i < this.#count; i++) {
      if (this.#classes[i] !== storageClass) continue;
      const asked = this.#asked[this.#claims[i]];
      const held = this.#capacities[i];
      isExact &&= asked >= 0 && held >= 0;
      requested += asked;
      capacity = this.#adds ? capacity + held : held;
    }
    if (!isExact || requested > EXACT || capacity > EXACT) return this.#wideUtilizationOf(storageClass, step);
    // kube: R-SCO-6 in percent, truncated; all of it where there is no capacity or too little.
    if (capacity === 0 || requested > capacity) return 100;
    const percent = Math.floor((requested * 100) / capacity);
    // The quotient may have been rounded up to a whole number.
    return percent * capacity > requested * 100 ? percent - 1 : percent;
  }

  /** The same in int64, where the product wraps, as in the scheduler. */
  #wideUtilizationOf(storageClass: number, { selected, toBind }: VolumeStep): number {
    const { amounts, cluster } = this.context;
    let requested = 0n;
    let capacity = 0n;
    for (let i = 0; i < this.#count; i++) {
      if (this.#classes[i] !== storageClass) continue;
      const [claim, row] = [this.#claims[i], this.#rows[i]];
      const asked = claim < selected.length ? selected[claim] : toBind[claim - selected.length];
      const held = this.#adds ? cluster.capacityOf(row) : cluster.capacities.get(row, CAPACITY.capacity);
      requested = int64(requested + amounts.value(asked.requested));
      capacity = int64((this.#adds ? capacity : 0n) + amounts.value(held));
    }
    if (capacity === 0n || requested > capacity) return 100;
    return Number(int64(requested * 100n) / capacity);
  }
}

function int64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
