// verdict: an answer for scheduler loops, read in place: no node set is copied and nothing is allocated to read it.

import type { Assumption } from "./assume/types.js";
import { TopologyError } from "./errors.js";
import type { Mask } from "./evaluate/mask.js";
import type { Masks } from "./evaluate/masks.js";
import type { Scratch } from "./evaluate/scratch.js";
import type { Evaluation } from "./evaluation.js";
import type { CycleResult } from "./filters/cycle.js";
import type { View } from "./layers/views.js";
import { checkLimit, checkUint32Array } from "./objects/arguments.js";
import type { PodLike } from "./objects/types.js";
import { summaryOf } from "./result/feasibility.js";
import { INSPECT } from "./result/inspect.js";
import { countLabels } from "./result/label-counts.js";
import { LiveNodeMask } from "./result/node-mask.js";
import type { Outcome } from "./result/outcome.js";
import { errorOf, messageOf, preFilterOf, rejectedOf, totalOf } from "./result/outcome.js";
import { Plans } from "./result/plans.js";
import { checkRoom, Scores } from "./result/scores.js";
import type {
  EvaluateOptions,
  Feasibility,
  LabelCounts,
  NodeMask,
  Plan,
  PodReport,
  RejectionCount,
  RejectionStatus,
  ScoreOptions,
} from "./result/types.js";

/**
 * A reusable answer. Reading it is allowed until the matcher is changed, whoever is asked meanwhile; after that it
 * throws `Stale`. Costs are per call at N nodes, on one core: a bit row is N / 8 bytes.
 */
export interface Verdict {
  /**
   * Asks about a pod: an object, a key of `pods`, or the id that `podId` gave. Returns this verdict. Node masks of the
   * options are copied.
   * @throws TopologyError `UnknownPod`, or `Malformed` for an object; for options as `TopologyMatcher.evaluatePod`.
   */
  evaluatePod(pod: PodLike | string | number, options?: EvaluateOptions): Verdict;
  /** `NAMESPACE/NAME` of the pod. */
  readonly pod: string;
  /** At least one node is feasible and the cycle did not end in an error. */
  readonly schedulable: boolean;
  /** How many nodes are feasible. One pass over a row, or O(1). */
  readonly feasibleCount: number;
  /** Whether a node, by its id or its name, is feasible. O(1), or O(log) in a short list. */
  has(node: number | string): boolean;
  /** Writes the first `limit` feasible node ids, ascending, and returns how many there were. Stops early. */
  first(limit: number, into: Uint32Array): number;
  /**
   * How many feasible nodes are in a set of the caller's. One pass over two rows.
   * @throws TopologyError `BadArgument` for a set of another matcher.
   */
  countWithin(nodes: NodeMask): number;
  /** As `first`, among the nodes of a set of the caller's. */
  firstWithin(nodes: NodeMask, limit: number, into: Uint32Array): number;
  /** How many feasible nodes have each value of a label; as `NodeSet.countBy`. O(N / 32 + feasible nodes). */
  countBy(key: string): LabelCounts;
  /** Who rejected how many nodes, and why; made when it is read. As `Feasibility.rejected`, without the nodes. */
  readonly rejected: readonly RejectionCount[];
  /** As those of `Feasibility`, made when they are read. */
  readonly preFilter?: RejectionStatus | undefined;
  readonly error?: string | undefined;
  readonly message?: string | undefined;
  plan(node: number | string): Plan | undefined;
  /**
   * As `TopologyMatcher.assume`, for the pod of this verdict, which must be one that is known. The verdict is stale then.
   * @throws TopologyError `NotFeasible`, `UnknownNode`; `UnknownPod` where an object was asked about that is not in `pods`.
   */
  assume(node: number | string): Assumption;
  /**
   * Writes the score of each feasible node at its id: VolumeBinding's, 0 to 100 (see `Plan.score`), and what is added.
   * NaN for any other node, and where the scheduler panics. No object is made for a node (below 64 TiB; sums beyond are
   * made of BigInts). Nodes that reach the same places are scored once: 2 ms of a core for 5,000 nodes in 8 zones of
   * capacity; where each node has volumes of its own, 4 us a node.
   * @throws TopologyError `BadArgument` where `into` is too short for the ids, or the added scores have no number for a
   * feasible node; nothing is written then.
   */
  scores(into: Float64Array, options?: ScoreOptions): void;
  /**
   * Writes the ids of the best `limit` nodes, by score and then by the bytes of their names, and returns how many there
   * were. Nodes without a score are left out. One score a feasible node, O(log limit) to keep it; no sort of all.
   * @throws TopologyError `BadArgument` for added scores as above.
   */
  best(limit: number, into: Uint32Array, options?: ScoreOptions): number;
  /** The same answer to keep: later changes do not touch it. O(N / 8) for each list of reasons. */
  copy(): Feasibility;
  /** As that of `Feasibility`. O(N). */
  toReport(options?: { readonly plans?: boolean | undefined }): PodReport;
  /** The same without plans; what `console.log` prints, where the answer is stale or nothing was asked yet. */
  toJSON(): PodReport | string;
}

/** Gives back the rows of verdicts that nobody holds any more. */
const DROPPED = new FinalizationRegistry<{ readonly masks: Masks; readonly scratch: Scratch }>(({ masks, scratch }) =>
  masks.scratch.end(scratch),
);

export class LiveVerdict implements Verdict {
  #outcome: CycleResult | undefined;
  #epoch = -1;
  /** What was asked about: an object's key, since it has left its row. */
  #asked: string | number = "";
  readonly #evaluation: Evaluation;
  readonly #view: View;
  readonly #scratch: Scratch;
  /** Where the nodes to be scored are listed. */
  #ids = new Uint32Array(0);
  #into = new Float64Array(0);

  constructor(evaluation: Evaluation, view: View) {
    const { masks } = evaluation.context;
    this.#evaluation = evaluation;
    this.#view = view;
    this.#scratch = masks.scratch.create();
    DROPPED.register(this, { masks, scratch: this.#scratch });
  }

  evaluatePod(pod: PodLike | string | number, options?: EvaluateOptions): Verdict {
    this.#outcome = undefined;
    this.#view.enter();
    const question = this.#evaluation.question(options);
    this.#outcome = this.#evaluation.outcomeOf(pod, question, this.#scratch);
    this.#asked = typeof pod === "object" ? this.#evaluation.asked : pod;
    this.#epoch = this.#evaluation.epoch;
    return this;
  }

  get pod(): string {
    this.#read();
    return this.#evaluation.podKey(this.#asked);
  }

  get schedulable(): boolean {
    return this.#briefly((masks) => {
      const { failures } = this.#read();
      return this.feasibleCount > 0 && !failures.some(({ nodes }) => masks.count(nodes) > 0);
    });
  }

  get feasibleCount(): number {
    return this.#masks.count(this.#read().accepted);
  }

  get rejected(): readonly RejectionCount[] {
    return this.#briefly((masks) => {
      const counted = rejectedOf(this.#whole()).map(({ code, nodes, plugin, reasons }) => {
        return { plugin, code, reasons, count: masks.count(nodes) };
      });
      return counted.filter(({ count }) => count > 0);
    });
  }

  get preFilter(): RejectionStatus | undefined {
    return preFilterOf(this.#whole());
  }

  get error(): string | undefined {
    return this.#briefly(() => errorOf(this.#whole()));
  }

  get message(): string | undefined {
    if (this.schedulable || this.error !== undefined) return undefined;
    return messageOf(totalOf(this.#whole()), this.preFilter, this.rejected);
  }

  has(node: number | string): boolean {
    const id = this.#evaluation.nodeRow(node);
    return id >= 0 && this.#masks.has(this.#read().accepted, id);
  }

  first(limit: number, into: Uint32Array): number {
    checkUint32Array(into, "into", "first");
    return this.#masks.first(this.#read().accepted, limit, into);
  }

  countWithin(nodes: NodeMask): number {
    return this.#briefly((masks) => masks.count(this.#within(nodes, masks)));
  }

  firstWithin(nodes: NodeMask, limit: number, into: Uint32Array): number {
    checkUint32Array(into, "into", "firstWithin");
    return this.#briefly((masks) => masks.first(this.#within(nodes, masks), limit, into));
  }

  countBy(key: string): LabelCounts {
    const { columns } = this.#evaluation.context;
    return this.#briefly((masks) => countLabels(columns, key, masks.ids(this.#read().accepted)));
  }

  plan(node: number | string): Plan | undefined {
    const result = this.#read();
    if (!this.has(node)) return undefined;
    return this.#briefly(() => new Plans(this.#evaluation, result, this.pod).of(this.#evaluation.nodeRow(node)));
  }

  assume(node: number | string): Assumption {
    const result = this.#read();
    const evaluation = this.#evaluation;
    const masks = this.#masks;
    const pod = evaluation.podRow(this.#asked);
    return this.#guard(() => {
      return masks.scratch.briefly(() => evaluation.assumed(this.#view, pod, node, result, false));
    });
  }

  scores(into: Float64Array, options: ScoreOptions = {}): void {
    this.#guard(() => {
      const ids = this.#listed();
      this.#scored(ids, checkRoom(into, ids), options, "scores").clean();
    });
  }

  best(limit: number, into: Uint32Array, options: ScoreOptions = {}): number {
    checkUint32Array(into, "into", "best");
    const best = into.subarray(0, checkLimit(limit));
    return this.#guard(() => this.#scored(this.#listed(), this.#into, options, "best").best(best));
  }

  copy(): Feasibility {
    return this.#briefly(() => this.#evaluation.copy(this.pod, this.#whole().result));
  }

  toReport(options: { readonly plans?: boolean | undefined } = {}): PodReport {
    return this.copy().toReport(options);
  }

  toJSON(): PodReport | string {
    return this.#isCurrent ? this.toReport() : this[INSPECT]();
  }

  [INSPECT](): string {
    if (!this.#isCurrent) return "Verdict (to be evaluated)";
    return `Verdict ${summaryOf(this, this.feasibleCount, totalOf(this.#whole()))}`;
  }

  get #isCurrent(): boolean {
    return this.#outcome !== undefined && this.#epoch === this.#evaluation.epoch;
  }

  /** The feasible nodes, in a list of this verdict's; scoring may list other rows, or move the memory. */
  #listed(): Uint32Array {
    const { accepted } = this.#read();
    const { limit } = this.#evaluation.cluster.nodes;
    if (this.#ids.length < limit) {
      this.#into = new Float64Array(limit);
      this.#ids = new Uint32Array(limit);
    }
    return this.#ids.subarray(0, this.#masks.first(accepted, limit, this.#ids));
  }

  #scored(ids: Uint32Array, into: Float64Array, options: ScoreOptions, call: string): Scores {
    const scores = new Plans(this.#evaluation, this.#read(), this.pod).scores();
    return new Scores(ids, this.#evaluation.nodeIndex, scores, options, into, call);
  }

  #read(): CycleResult {
    if (this.#outcome !== undefined && this.#epoch === this.#evaluation.epoch) return this.#outcome;
    throw new TopologyError("Stale", "the matcher was changed after this verdict, or has not been asked: evaluate it");
  }

  #whole(): Outcome {
    return { result: this.#read(), masks: this.#masks, index: this.#evaluation.nodeIndex };
  }

  #within(nodes: NodeMask, masks: Masks): Mask {
    return masks.and(this.#read().accepted, LiveNodeMask.maskOf(nodes, masks));
  }

  /** What `read` gives, which is no mask: those that it makes end with it. */
  #briefly<R>(read: (masks: Masks) => R): R {
    const masks = this.#masks;
    return this.#guard(() => masks.scratch.briefly(() => read(masks)));
  }

  #guard<R>(work: () => R): R {
    return this.#evaluation.cluster.derivations.guard(work);
  }

  /** What is worked out when it is read lies in the scratch of this verdict. */
  get #masks(): Masks {
    const { masks } = this.#evaluation.context;
    masks.scratch.enter(this.#scratch);
    return masks;
  }
}
