// verdict: an answer for scheduler loops, read in place: no node set is copied and nothing is allocated to read it.

import { TopologyError } from "./errors.js";
import { ALL_NODES } from "./evaluate/mask.js";
import type { Masks } from "./evaluate/masks.js";
import type { Scratch } from "./evaluate/scratch.js";
import type { Evaluation } from "./evaluation.js";
import type { CycleResult } from "./filters/cycle.js";
import type { NodeMask } from "./node-mask.js";
import type { PodLike } from "./objects/types.js";

/**
 * A reusable answer. Reading it is allowed until the matcher is changed, whoever is asked meanwhile; after that it throws.
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

/** Gives back the rows of verdicts that nobody holds any more. */
const DROPPED = new FinalizationRegistry<{ readonly masks: Masks; readonly scratch: Scratch }>(({ masks, scratch }) =>
  masks.scratch.end(scratch),
);

export class LiveVerdict implements Verdict {
  #outcome: CycleResult | undefined;
  #epoch = -1;
  readonly #evaluation: Evaluation;
  readonly #scratch: Scratch;

  constructor(evaluation: Evaluation) {
    const { masks } = evaluation.context;
    this.#evaluation = evaluation;
    this.#scratch = masks.scratch.create();
    DROPPED.register(this, { masks, scratch: this.#scratch });
  }

  evaluatePod(pod: PodLike | string | number): Verdict {
    this.#outcome = undefined;
    this.#outcome = this.#evaluation.outcomeOf(pod, this.#scratch);
    this.#epoch = this.#evaluation.epoch;
    return this;
  }

  get schedulable(): boolean {
    const masks = this.#masks;
    const { failures } = this.#read();
    return this.feasibleCount > 0 && !failures.some(({ nodes }) => masks.count(nodes) > 0);
  }

  get feasibleCount(): number {
    return this.#masks.count(this.#read().accepted);
  }

  get rejections(): readonly { readonly reasons: readonly string[]; readonly count: number }[] {
    const masks = this.#masks;
    const { preFilter, rejected } = this.#read();
    const groups = preFilter === undefined ? rejected : [{ reasons: preFilter.reasons, nodes: ALL_NODES }];
    const counted = groups.map(({ nodes, reasons }) => ({ reasons, count: masks.count(nodes) }));
    return counted.filter(({ count }) => count > 0);
  }

  has(node: number): boolean {
    return this.#masks.has(this.#read().accepted, node);
  }

  first(limit: number, into: Uint32Array): number {
    return this.#masks.first(this.#read().accepted, limit, into);
  }

  countWithin(nodes: NodeMask): number {
    const masks = this.#masks;
    return masks.scratch.briefly(() => masks.count(masks.and(this.#read().accepted, nodes.mask)));
  }

  firstWithin(nodes: NodeMask, limit: number, into: Uint32Array): number {
    const masks = this.#masks;
    return masks.scratch.briefly(() => masks.first(masks.and(this.#read().accepted, nodes.mask), limit, into));
  }

  #read(): CycleResult {
    if (this.#outcome !== undefined && this.#epoch === this.#evaluation.epoch) return this.#outcome;
    throw new TopologyError("Stale", "the matcher was changed after this verdict, or has not been asked: evaluate it");
  }

  /** What is worked out when it is read lies in the scratch of this verdict. */
  get #masks(): Masks {
    const { masks } = this.#evaluation.context;
    masks.scratch.enter(this.#scratch);
    return masks;
  }
}
