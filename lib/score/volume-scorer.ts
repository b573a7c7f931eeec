// score: what VolumeBinding would do on a node -> the plugin's raw score of that node.

import type { Context } from "../evaluate/context.js";
import type { PlannedClaim, VolumePlan, VolumeStep } from "../filters/volume-binding/plan.js";
import { CAPACITY, VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Shape } from "./shape.js";
import { scoreAt } from "./shape.js";

/** What the claims of one class ask for, and what there is; int64, as in the scheduler. */
interface Use {
  requested: bigint;
  capacity: bigint;
}

/** Uses by class, a string id. */
type Uses = Map<number, Use>;

export class VolumeScorer {
  constructor(
    readonly context: Context,
    readonly shape: Shape,
  ) {}

  /** A whole number from 0 to 100; undefined where the scheduler panics. `plan` is the step's for this node. */
  score(step: VolumeStep, { bindings, provisions }: VolumePlan, node: number): number | undefined {
    // kube: R-SCO-3 where a volume is bound, claims to be provisioned do not count.
    const uses = bindings.length > 0 ? this.#bound(bindings) : this.#provisioned(step, provisions, node);
    return uses === undefined ? undefined : this.#mean(uses);
  }

  #bound(bindings: VolumePlan["bindings"]): Uses {
    const { amounts, cluster } = this.context;
    const uses: Uses = new Map();
    for (const { claim, volume } of bindings) {
      const use = useOf(uses, cluster.volumes.get(volume, VOLUME.storageClassName) || EMPTY_TEXT);
      use.requested = int64(use.requested + amounts.value(claim.requested));
      use.capacity = int64(use.capacity + amounts.value(cluster.capacityOf(volume)));
    }
    return uses;
  }

  #provisioned(step: VolumeStep, provisions: readonly PlannedClaim[], node: number): Uses | undefined {
    const { amounts, cluster } = this.context;
    const uses: Uses = new Map();
    for (const claim of provisions) {
      const recorded = step.recorded(claim, node);
      if (recorded < 0) continue;
      const capacity = cluster.capacities.get(recorded, CAPACITY.capacity);
      // kube: R-SCO-4 the scheduler reads a capacity and a class that are not there, and panics.
      if (capacity === 0 || claim.storageClassName === 0) return undefined;
      const use = useOf(uses, claim.storageClassName);
      use.requested = int64(use.requested + amounts.value(claim.requested));
      // The last claim's object is the one that counts.
      use.capacity = amounts.value(capacity);
    }
    return uses;
  }

  #mean(uses: Uses): number {
    // kube: R-SCO-5 without a class there is nothing to score.
    if (uses.size === 0) return 0;
    let sum = 0;
    for (const use of uses.values()) sum += scoreAt(this.shape, utilizationOf(use));
    // kube: R-SCO-8 classes weigh the same; no score is negative, so halves are rounded away from zero.
    return Math.round(sum / uses.size);
  }
}

function useOf(uses: Uses, storageClass: number): Use {
  let use = uses.get(storageClass);
  if (use === undefined) {
    use = { requested: 0n, capacity: 0n };
    uses.set(storageClass, use);
  }
  return use;
}

function utilizationOf({ capacity, requested }: Use): number {
  // kube: R-SCO-6 in percent, truncated; all of it where there is no capacity or too little; the product wraps.
  if (capacity === 0n || requested > capacity) return 100;
  return Number(int64(requested * 100n) / capacity);
}

function int64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
