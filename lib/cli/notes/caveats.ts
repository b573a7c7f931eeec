// cli: verdicts -> the lines below the table that say how far its counts go.

import type { Feasibility, TopologyMatcher } from "../../index.js";
import { counted } from "../failure.js";
import type { RefusedClaim } from "../refused-claims.js";
import { RefusedClaims } from "../refused-claims.js";
import { Contested } from "./contested.js";
import type { Facts } from "./facts.js";

export class Caveats {
  readonly #contested: Contested;
  readonly #refusedClaims: RefusedClaims;
  readonly #refused = new Map<string, RefusedClaim>();

  /** `running` are the plugins that run. */
  constructor(
    matcher: TopologyMatcher,
    readonly facts: Facts,
    readonly running: readonly string[],
    /** What the pods use that plugins read which are not carried out. */
    readonly uncarried: string | undefined,
  ) {
    this.#contested = new Contested(matcher);
    this.#refusedClaims = new RefusedClaims(matcher);
  }

  /** Takes a verdict of the table. */
  add(verdict: Feasibility): void {
    // No two pods want a volume that is reserved.
    if (this.facts.hasFreeVolumes) this.#contested.add(verdict);
    for (const refused of this.#refusedClaims.of(verdict)) this.#refused.set(refused.claim, refused);
  }

  lines(): string[] {
    const lines = [
      this.#refusedLine(),
      this.#contested.line(),
      this.facts.otherPlugins.line(this.running),
      this.uncarried,
    ];
    return lines.filter((line) => line !== undefined);
  }

  #refusedLine(): string | undefined {
    const [first] = this.#refused.values();
    if (first === undefined) return undefined;
    const claims = counted(this.#refused.size, "claim will", "claims will");
    return `${claims} not be provisioned where the scheduler counts on it (first: ${first.claim}): ${first.reason}`;
  }
}
