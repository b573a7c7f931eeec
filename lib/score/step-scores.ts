// score: one outcome -> the scores of all its nodes.

import type { VolumeStep } from "../filters/volume-binding/plan.js";
import type { VolumeScorer } from "./volume-scorer.js";

/** Holds as long as nothing has changed since. */
export class StepScores {
  constructor(
    readonly scorer: VolumeScorer | undefined,
    /** VolumeBinding's, if it runs. */
    readonly step: VolumeStep | undefined,
  ) {}

  /** -1 where the scheduler panics. */
  of(node: number): number {
    const { scorer, step } = this;
    // kube: R-SCO-2 without a scorer, or where VolumeBinding does not run, the score is 0.
    if (scorer === undefined || step === undefined) return 0;
    scorer.begin(step);
    return scorer.score(step, step.choose(node), node);
  }

  /** Writes the scores of these nodes at their ids, as `of`, and whatever at others. Nodes that are alike get one. */
  write(nodes: Uint32Array, into: Float64Array): void {
    const { scorer, step } = this;
    if (scorer === undefined || step === undefined) {
      into.fill(0);
      return;
    }
    const { masks } = scorer.context;
    masks.scratch.briefly(() => {
      const parts = step.alike();
      for (const part of parts) {
        // Copied: scoring may list other rows.
        const ids = masks.ids(part).slice();
        const score = ids.length === 0 ? 0 : this.of(ids[0]);
        for (let i = 0; i < ids.length; i++) into[ids[i]] = score;
      }
      if (parts.length > 0) return;
      scorer.begin(step);
      for (let i = 0; i < nodes.length; i++) into[nodes[i]] = scorer.score(step, step.choose(nodes[i]), nodes[i]);
    });
  }
}
