// verdict: an answer for scheduler loops, read in place: no node set is copied and nothing is allocated to read it.

import { TopologyError } from "./errors.js";
import type { Mask } from "./evaluate/mask.js";
import { NO_NODES } from "./evaluate/mask.js";
import type { Evaluation } from "./evaluation.js";
import type { Outcome } from "./filters/outcome.js";
import type { NodeMask } from "./node-mask.js";
import type { PodLike } from "./objects/types.js";

/**
 * A reusable answer. Reading it is allowed until the matcher is asked again or changed; after that reading throws.
 * Costs are per call at N nodes, on one core: a bit row is N / 8 bytes.
 */
export interface Verdict {
  /**
   * Asks about a pod: an object, a key of `pods`, or the id that `podId` gave. Returns this verdict.
   * @throws TopologyError `UnknownPod`, or `Malformed` for an object.
   */
  evaluatePod(pod: PodLike | string | number): Verdict;
  /** At least one node is feasible and the cycle did not end in an error. */
  readonly schedulable: boolean;
  /** How many nodes are feasible. One pass over a row, or O(1). */
  readonly feasibleCount: number;
  /** Whether a node id is feasible. O(1), or O(log) in a short list. */
  has(node: number): boolean;
  /** Writes the first `limit` feasible node ids, ascending, and returns how many there were. Stops early. */
  first(limit: number, into: Uint32Array): number;
  /** How many feasible nodes are in a set of the caller's. One pass over two rows. */
  countWithin(nodes: NodeMask): number;
  /** As `first`, among the nodes of a set of the caller's. */
  firstWithin(nodes: NodeMask, limit: number, into: Uint32Array): number;
  /** Reasons with the number of nodes that have them; made when it is read. */
  readonly rejections: readonly { readonly reasons: readonly string[]; readonly count: number }[];
}

export class LiveVerdict implements Verdict {
  #outcome: Outcome = { kind: "skipped" };
  #accepted: Mask = NO_NODES;
  #failed = false;
  #epoch = -1;

  constructor(readonly evaluation: Evaluation) {}

  evaluatePod(pod: PodLike | string | number): Verdict {
    const { evaluation } = this;
    this.#epoch = -1;
    this.#outcome = evaluation.outcomeOf(pod);
    this.#accepted = evaluation.accepted(this.#outcome);
    this.#failed = evaluation.failed(this.#outcome);
    this.#epoch = evaluation.epoch;
    return this;
  }

  get schedulable(): boolean {
    return !this.#failed && this.feasibleCount > 0;
  }

  get feasibleCount(): number {
    return this.#masks.count(this.#accepted);
  }

  get rejections(): readonly { readonly reasons: readonly string[]; readonly count: number }[] {
    const masks = this.#masks;
    const outcome = this.#outcome;
    if (outcome.kind === "rejected")
      return [{ reasons: [outcome.reason], count: masks.count(this.evaluation.everything) }];
    if (outcome.kind !== "filtered") return [];
    const groups = outcome.nodes.map(({ nodes, reasons }) => ({ reasons, count: masks.count(nodes) }));
    return groups.filter(({ count }) => count > 0);
  }

  has(node: number): boolean {
    return this.#masks.has(this.#accepted, node);
  }

  first(limit: number, into: Uint32Array): number {
    return this.#masks.first(this.#accepted, limit, into);
  }

  countWithin(nodes: NodeMask): number {
    const masks = this.#masks;
    return masks.count(masks.and(this.#accepted, nodes.mask));
  }

  firstWithin(nodes: NodeMask, limit: number, into: Uint32Array): number {
    const masks = this.#masks;
    return masks.first(masks.and(this.#accepted, nodes.mask), limit, into);
  }

  get #masks() {
    if (this.#epoch === this.evaluation.epoch) return this.evaluation.context.masks;
    throw new TopologyError("Stale", "the matcher was asked or changed after this verdict: evaluate it again");
  }
}
