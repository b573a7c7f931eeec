// result: the outcome of a question -> what VolumeBinding would do on each node that it accepts, of that very moment.

import { TopologyError } from "../errors.js";
import type { CycleResult } from "../filters/cycle.js";
import type { PlannedClaim, VolumeStep } from "../filters/volume-binding/plan.js";
import { planOf } from "../filters/volume-binding/plan.js";
import type { Cluster } from "../intern/cluster.js";
import { StepScores } from "../score/step-scores.js";
import type { VolumeScorer } from "../score/volume-scorer.js";
import type { Plan } from "./types.js";

/** The cluster, what counts its changes, and who scores, if anybody does. */
interface State {
  readonly cluster: Cluster;
  readonly epoch: number;
  readonly scorer: VolumeScorer | undefined;
}

/** Plans of one outcome, as long as nothing has changed since. */
export class Plans {
  readonly #epoch: number;

  constructor(
    readonly state: State,
    readonly outcome: CycleResult,
    /** The key of what was asked about: an object of the question alone has left its row by now. */
    readonly key: string,
  ) {
    this.#epoch = state.epoch;
  }

  /** See `Derivations.guard`. */
  guard<R>(work: () => R): R {
    return this.state.cluster.derivations.guard(work);
  }

  /** The plan for a node id that the outcome accepts. @throws TopologyError `Stale` after a change. */
  of(node: number): Plan {
    return this.guard(() => this.#of(node));
  }

  #of(node: number): Plan {
    const scores = this.scores();
    const { claims, volumes } = this.state.cluster;
    const keyOf = ({ claim }: PlannedClaim): string => (claims.has(claim) ? claims.keyOf(claim) : this.key);
    const { bindings, provisions } = planOf(scores.step, node);
    const score = scores.of(node);
    return {
      staticBindings: bindings.map(({ claim, volume }) => ({ claim: keyOf(claim), volume: volumes.keyOf(volume) })),
      dynamicProvisions: provisions.map(keyOf),
      ...(score >= 0 && { score }),
    };
  }

  scores(): StepScores {
    if (this.state.epoch !== this.#epoch) {
      throw new TopologyError("Stale", `the matcher was changed after ${this.key} was evaluated: evaluate it again`);
    }
    return new StepScores(this.state.scorer, this.outcome.stepOf("VolumeBinding") as VolumeStep | undefined);
  }
}
