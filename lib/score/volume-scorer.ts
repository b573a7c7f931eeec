// score: what VolumeBinding would do on a node -> the plugin's raw score of that node. Nothing is allocated to score one.

import type { Context } from "../evaluate/context.js";
import type { PlannedClaim, VolumeStep } from "../filters/volume-binding/plan.js";
import { CAPACITY, VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Shape } from "./shape.js";
import { scoreAt } from "./shape.js";

/** Up to here a hundredfold is exact in a number. */
const EXACT = 2 ** 46;

export class VolumeScorer {
  // What the claims of a node ask for, and what there is for each: ids of classes, tokens of quantities.
  readonly #classes: number[] = [];
  readonly #requested: number[] = [];
  readonly #capacities: number[] = [];
  #count = 0;
  /** Capacities of a class are added up where volumes are bound; else the last one counts. */
  #adds = false;

  constructor(
    readonly context: Context,
    readonly shape: Shape,
  ) {}

  /** A whole number from 0 to 100; -1 where the scheduler panics. `volumes` is what the step chose for the node. */
  score(step: VolumeStep, volumes: readonly number[], node: number): number {
    this.#count = 0;
    this.#adds = false;
    const { toBind } = step;
    for (let i = 0; i < toBind.length; i++) if (volumes[i] >= 0) this.#bind(toBind[i], volumes[i]);
    // kube: R-SCO-3 where a volume is bound, claims to be provisioned do not count.
    if (this.#adds) return this.#mean();
    for (const claim of step.selected) if (!this.#provision(step, claim, node)) return -1;
    for (const claim of toBind) if (!this.#provision(step, claim, node)) return -1;
    return this.#mean();
  }

  #bind({ requested }: PlannedClaim, volume: number): void {
    const { cluster } = this.context;
    this.#adds = true;
    this.#put(
      cluster.volumes.get(volume, VOLUME.storageClassName) || EMPTY_TEXT,
      requested,
      cluster.capacityOf(volume),
    );
  }

  /** False where the scheduler panics. */
  #provision(step: VolumeStep, claim: PlannedClaim, node: number): boolean {
    const recorded = step.recorded(claim, node);
    if (recorded < 0) return true;
    const capacity = this.context.cluster.capacities.get(recorded, CAPACITY.capacity);
    // kube: R-SCO-4 the scheduler reads a capacity and a class that are not there, and panics.
    if (capacity === 0 || claim.storageClassName === 0) return false;
    this.#put(claim.storageClassName, claim.requested, capacity);
    return true;
  }

  #put(storageClass: number, requested: number, capacity: number): void {
    const at = this.#count++;
    this.#classes[at] = storageClass;
    this.#requested[at] = requested;
    this.#capacities[at] = capacity;
  }

  #mean(): number {
    let sum = 0;
    let classes = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#classes.indexOf(this.#classes[i]) < i) continue;
      sum += scoreAt(this.shape, this.#utilizationOf(this.#classes[i]));
      classes++;
    }
    // kube: R-SCO-5 without a class there is nothing to score.
    // kube: R-SCO-8 classes weigh the same; no score is negative, so halves are rounded away from zero.
    return classes === 0 ? 0 : Math.round(sum / classes);
  }

  #utilizationOf(storageClass: number): number {
    const { amounts } = this.context;
    let requested = 0;
    let capacity = 0;
    let isExact = true;
    for (let i = 0; i < this.#count; i++) {
      if (this.#classes[i] !== storageClass) continue;
      const asked = amounts.rounded(this.#requested[i]);
      const held = amounts.rounded(this.#capacities[i]);
      isExact &&= asked >= 0 && held >= 0;
      requested += asked;
      capacity = this.#adds ? capacity + held : held;
    }
    if (!isExact || requested > EXACT || capacity > EXACT) return this.#wideUtilizationOf(storageClass);
    // kube: R-SCO-6 in percent, truncated; all of it where there is no capacity or too little.
    if (capacity === 0 || requested > capacity) return 100;
    const percent = Math.floor((requested * 100) / capacity);
    // The quotient may have been rounded up to a whole number.
    return percent * capacity > requested * 100 ? percent - 1 : percent;
  }

  /** The same in int64, where the product wraps, as in the scheduler. */
  #wideUtilizationOf(storageClass: number): number {
    const { amounts } = this.context;
    let requested = 0n;
    let capacity = 0n;
    for (let i = 0; i < this.#count; i++) {
      if (this.#classes[i] !== storageClass) continue;
      requested = int64(requested + amounts.value(this.#requested[i]));
      capacity = int64((this.#adds ? capacity : 0n) + amounts.value(this.#capacities[i]));
    }
    if (capacity === 0n || requested > capacity) return 100;
    return Number(int64(requested * 100n) / capacity);
  }
}

function int64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
