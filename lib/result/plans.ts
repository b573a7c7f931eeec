// result: the outcome of a question -> what VolumeBinding would do on each node that it accepts, of that very moment.

import { TopologyError } from "../errors.js";
import type { CycleResult } from "../filters/cycle.js";
import type { VolumeStep } from "../filters/volume-binding/plan.js";
import { NOTHING_TO_DO } from "../filters/volume-binding/plan.js";
import type { Cluster } from "../intern/cluster.js";
import type { VolumeScorer } from "../score/volume-scorer.js";
import type { Plan, Planner } from "./types.js";

/** The cluster, what counts its changes, and who scores, if anybody does. */
interface State {
  readonly cluster: Cluster;
  readonly epoch: number;
  readonly scorer: VolumeScorer | undefined;
}

/** Plans of one outcome, as long as nothing has changed since. */
export class Plans implements Planner {
  readonly #epoch: number;

  constructor(
    readonly state: State,
    readonly outcome: CycleResult,
    /** The key of what was asked about: an object of the question alone has left its row by now. */
    readonly key: string,
  ) {
    this.#epoch = state.epoch;
  }

  /** The plan for a node id that the outcome accepts. @throws TopologyError `Stale` after a change. */
  of(node: number): Plan {
    const { outcome, state } = this;
    if (state.epoch !== this.#epoch) {
      throw new TopologyError("Stale", `the matcher was changed after ${this.key} was evaluated: evaluate it again`);
    }
    const { claims, volumes } = state.cluster;
    const keyOf = (claim: number): string => (claims.has(claim) ? claims.keyOf(claim) : this.key);
    const step = outcome.stepOf("VolumeBinding") as VolumeStep | undefined;
    const plan = step?.plan(node) ?? NOTHING_TO_DO;
    // kube: R-SCO-2 without a scorer, or where VolumeBinding does not run, the score is 0.
    const score = step === undefined || state.scorer === undefined ? 0 : state.scorer.score(step, plan, node);
    return {
      staticBindings: plan.bindings.map(({ claim, volume }) => ({
        claim: keyOf(claim.claim),
        volume: volumes.keyOf(volume),
      })),
      dynamicProvisions: plan.provisions.map(({ claim }) => keyOf(claim)),
      ...(score !== undefined && { score }),
    };
  }
}
