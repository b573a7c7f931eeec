// cli: verdicts -> the lines below the table that say how far its counts go.

import type { Feasibility, TopologyMatcher } from "../../index.js";
import { Contested } from "./contested.js";
import type { Facts } from "./facts.js";

export class Caveats {
  readonly #contested: Contested;

  /** `running` are the plugins that run. */
  constructor(
    matcher: TopologyMatcher,
    readonly facts: Facts,
    readonly running: readonly string[],
    /** What the pods use that plugins read which are not carried out. */
    readonly uncarried: string | undefined,
  ) {
    this.#contested = new Contested(matcher);
  }

  /** Takes a verdict of the table. */
  add(verdict: Feasibility): void {
    // No two pods want a volume that is reserved.
    if (this.facts.hasFreeVolumes) this.#contested.add(verdict);
  }

  lines(): string[] {
    const lines = [this.#contested.line(), this.facts.otherPlugins.line(this.running), this.uncarried];
    return lines.filter((line) => line !== undefined);
  }
}
