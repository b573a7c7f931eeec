// evaluation: one question after another, put to the stages in their order. Every question enters the cluster's state here.

import { Assumer } from "./assume/assumer.js";
import type { Assumption } from "./assume/types.js";
import { allocating, TopologyError } from "./errors.js";
import type { Behaviour } from "./evaluate/context.js";
import { Context } from "./evaluate/context.js";
import type { EngineName, Kernels } from "./evaluate/engine.js";
import type { Memory } from "./evaluate/memory.js";
import type { Scratch } from "./evaluate/scratch.js";
import { CandidateCounts } from "./filters/candidate-counts.js";
import type { CycleResult } from "./filters/cycle.js";
import { Cycle } from "./filters/cycle.js";
import type { Candidate, FilterName } from "./filters/plugin.js";
import { pluginsOf } from "./filters/profile.js";
import { VolumeBinding } from "./filters/volume-binding/volume-binding.js";
import { Wakes } from "./hints/wakes.js";
import { Blocks } from "./intern/blocks.js";
import { Cluster } from "./intern/cluster.js";
import { Sweeper } from "./intern/sweeper.js";
import { View, Views } from "./layers/views.js";
import type { PodLike } from "./objects/types.js";
import { feasibilityOf } from "./result/feasibility.js";
import { LiveNodes } from "./result/live-nodes.js";
import type { NodeIndex } from "./result/node-index.js";
import { NodeMasks } from "./result/node-masks.js";
import { Plans } from "./result/plans.js";
import { Question } from "./result/question.js";
import type { MatcherStats } from "./result/stats.js";
import { statsOf } from "./result/stats.js";
import type { Asked, Subject } from "./result/subject.js";
import { keyOf, rowOf } from "./result/subject.js";
import type { EvaluateOptions, Feasibility } from "./result/types.js";
import type { Shape } from "./score/shape.js";
import { VolumeScorer } from "./score/volume-scorer.js";

export class Evaluation {
  readonly cluster = new Cluster(new Blocks());
  readonly context: Context;
  readonly views: Views;
  /** The cluster's own objects. */
  readonly view: View;
  readonly engine: EngineName;
  readonly wakes: Wakes;
  readonly pods: Subject;
  readonly claims: Subject;
  /** The key of the last pod that `outcomeOf` was asked about as an object. */
  asked = "";
  readonly scorer: VolumeScorer | undefined;
  readonly cycle: Cycle;
  readonly #counts: CandidateCounts;
  readonly #assumer: Assumer;
  readonly #liveNodes: LiveNodes;
  readonly nodeMasks: NodeMasks;
  readonly #sweeper: Sweeper;

  constructor(
    memory: Memory,
    kernels: Kernels,
    behaviour: Behaviour,
    filters: readonly FilterName[],
    /** VolumeBinding's; undefined where it does not score. */
    shape: Shape | undefined,
  ) {
    const { cluster } = this;
    this.context = new Context(cluster, memory, kernels, behaviour);
    this.cycle = new Cycle(this.context, pluginsOf(this.context, filters));
    this.scorer = shape === undefined ? undefined : new VolumeScorer(this.context, shape);
    this.#counts = new CandidateCounts(this.context, this.cycle.plugins);
    const { context } = this;
    const binding = this.cycle.plugins.find((plugin) => plugin instanceof VolumeBinding);
    this.#assumer = new Assumer(this.context, binding?.boundVolumes);
    this.#liveNodes = new LiveNodes(context.columns);
    this.wakes = new Wakes(cluster, new Set(filters), () => this.context.podsByClaim);
    this.views = new Views(cluster);
    this.view = new View(this.views, this.views.base);
    this.engine = kernels.name;
    this.#sweeper = new Sweeper(cluster, context.derivations, context, (work) =>
      this.views.whileResting((layers) =>
        work((markString, markBlock) => {
          this.#liveNodes.markOutdated(markString);
          for (const layer of layers) layer.mark(markString, markBlock);
        }),
      ),
    );
    cluster.changeCounts.settle = () => this.#settleChange();
    this.pods = { table: cluster.pods, unknown: "UnknownPod", candidate: (pod) => ({ pod, claim: -1 }) };
    this.claims = { table: cluster.claims, unknown: "UnknownClaim", candidate: (claim) => ({ pod: -1, claim }) };
    this.context.derivations.add(this.#liveNodes);
    this.nodeMasks = new NodeMasks(context.masks, cluster.nodes);
    this.context.derivations.add(this.nodeMasks);
    cluster.nodes.watch((node) => {
      if (!this.views.overlaid) this.nodeMasks.gone(node);
    });
    cluster.derivations.restore = () => {
      context.masks.trim();
      context.masks.memory.reset();
      this.views.repair();
    };
  }

  /** Counts what answers may depend on: an answer that is not copied holds for one epoch. */
  get epoch(): number {
    return this.cluster.changeCounts.changes + this.context.derivations.epoch;
  }

  get memory(): { readonly engine: number; readonly objects: number } {
    return { engine: this.context.masks.memory.used, objects: this.cluster.byteLength };
  }

  /** The verdict, copied. */
  feasibility(subject: Subject, asked: Asked, question: Question | undefined): Feasibility {
    const copy = (row: number, result: CycleResult) => this.copy(keyOf(subject.table, asked, row), result);
    return this.examine(subject, asked, question, copy);
  }

  /** What `read` makes of an outcome while its masks hold, and while what was asked about has its row. */
  examine<R>(
    subject: Subject,
    asked: Asked,
    question: Question | undefined,
    read: (row: number, result: CycleResult) => R,
  ): R {
    const answer = (row: number) => read(row, this.cycle.run(subject.candidate(row), question?.scope()));
    return this.#ask(subject, asked, undefined, answer);
  }

  /** An outcome whose masks hold, copied. */
  copy(key: string, result: CycleResult): Feasibility {
    const outcome = { result, masks: this.context.masks, index: this.nodeIndex };
    return feasibilityOf(key, outcome, new Plans(this, result, key));
  }

  /** The outcome for a pod. Its masks lie in `scratch` and hold for this `epoch`. */
  outcomeOf(pod: PodLike | string | number, question: Question | undefined, scratch: Scratch): CycleResult {
    return this.#ask(this.pods, pod, scratch, (row) => {
      if (typeof pod === "object") this.asked = this.cluster.pods.keyOf(row);
      return this.cycle.run(this.pods.candidate(row), question?.scope());
    });
  }

  /** Places a pod on a node in a view. */
  assume(view: View, pod: PodLike | string | number, node: string | number): Assumption {
    this.context.derivations.mend();
    const place = (row: number, own: boolean): Assumption => {
      const result = this.cycle.run(this.pods.candidate(row));
      return this.assumed(view, row, node, result, own);
    };
    if (typeof pod !== "object") return this.#ask(this.pods, pod, undefined, (row) => place(row, false));
    return this.#assumer.assumeObject(view, pod, (row, own) => {
      return this.#ask(this.pods, row, undefined, () => place(row, own));
    });
  }

  /** The same for a pod whose outcome is of this moment. */
  assumed(view: View, pod: number, node: string | number, result: CycleResult, own: boolean): Assumption {
    const row = this.nodeRow(node);
    if (row < 0) throw new TopologyError("UnknownNode", `node ${node} is not known to the matcher`, "node");
    return this.#assumer.assume(view, pod, row, own, { result, index: this.nodeIndex });
  }

  /** What a caller's options say; read before anything else, for its iterables may read other answers. */
  question(options: EvaluateOptions | undefined): Question | undefined {
    return options === undefined ? undefined : new Question(options, this.context, this.cycle.plugins);
  }

  /** The key of a pod that is known by its row or a key. */
  podKey(asked: string | number): string {
    return keyOf(this.cluster.pods, asked, asked as number);
  }

  /** Its row. @throws TopologyError `UnknownPod`. */
  podRow(asked: string | number): number {
    return rowOf(this.cluster.pods, asked, "UnknownPod");
  }

  /** The row of a node, by its name or row, or -1. */
  nodeRow(node: number | string): number {
    const { nodes } = this.cluster;
    if (typeof node === "string") return nodes.findKey(node);
    return nodes.has(node) ? node : -1;
  }

  /** The nodes there are now. */
  get nodeIndex(): NodeIndex {
    return this.#liveNodes.snapshot();
  }

  /** The first of these that is no row of a pod. */
  unknownPod(pods: Uint32Array): number | undefined {
    this.context.derivations.mend();
    for (let i = 0; i < pods.length; i++) if (!this.#counts.hasPod(pods[i])) return pods[i];
    return undefined;
  }

  /** The first of these that is no row of a claim. */
  unknownClaim(claims: Uint32Array): number | undefined {
    const { claims: table } = this.cluster;
    for (let i = 0; i < claims.length; i++) if (!table.has(claims[i])) return claims[i];
    return undefined;
  }

  /** What `read` gives between two questions: until it returns, rows and ids stay and masks can be made. */
  between<R>(read: () => R): R {
    return this.context.derivations.guard(() => {
      this.#sweep();
      this.#makeReady(undefined);
      return read();
    });
  }

  /** How many nodes each pod (by row) fits. */
  countFeasible(pods: Uint32Array, counts: Uint32Array): void {
    this.between(() => this.#counts.countPods(pods, counts, (candidate) => this.#countOne(candidate)));
  }

  /** How many nodes a pod with each of these claims (by row) alone fits. */
  countFeasibleClaims(claims: Uint32Array, counts: Uint32Array): void {
    this.between(() => this.#counts.countClaims(claims, counts, (candidate) => this.#countOne(candidate)));
  }

  /** What is kept, by whom. O(selectors + columns). */
  get stats(): MatcherStats {
    const { changeCounts, derivations } = this.cluster;
    derivations.mend();
    return statsOf(this.cluster, this.context, changeCounts.live, this.#counts.lookups);
  }

  /** Gives back all that was derived, and text that no object holds. O(everything held). */
  trim(): void {
    this.cluster.codec.refuseReentry();
    const { derivations, masks } = this.context;
    derivations.mend();
    derivations.guard(() => {
      this.#sweeper.trim();
      masks.trim();
    });
  }

  #countOne(candidate: Candidate): number {
    const { masks } = this.context;
    masks.scratch.reset();
    return masks.count(this.cycle.run(candidate).accepted);
  }

  /** Calls `answer` with the row of a known object, or of one that is put there for as long as it takes. */
  #ask<R>({ table, unknown }: Subject, asked: Asked, scratch: Scratch | undefined, answer: (row: number) => R): R {
    const { derivations } = this.context;
    // First: a sweep shows the objects below an overlay, one of which may have had the row that is lent out here.
    derivations.guard(() => this.#sweep());
    const isStaged = typeof asked === "object";
    const row = isStaged ? allocating(() => table.stage(asked)) : rowOf(table, asked, unknown);
    try {
      return derivations.guard(() => {
        this.#makeReady(scratch);
        return answer(row);
      });
    } finally {
      if (isStaged) table.unstage(row);
    }
  }

  /** After a change: gives back text where that is due. What cannot be freed now is at the next question. */
  #settleChange(): void {
    const { derivations } = this.cluster;
    derivations.raise();
    if (derivations.isVoid) return;
    try {
      this.#sweeper.settleText();
    } catch (error) {
      derivations.listenerFailed(error);
      derivations.raise();
    }
  }

  /** Drops what nothing refers to any more. */
  #sweep(): void {
    const { codec, derivations } = this.cluster;
    codec.refuseReentry();
    derivations.raise();
    derivations.mend();
    // path: kept: ids after a sweep if this.#sweeper.isDue
    this.#sweeper.settle();
  }

  /** Makes room for nodes that came, and begins a scratch. */
  #makeReady(scratch: Scratch | undefined): void {
    const { cluster, context } = this;
    const { derivations, masks } = context;
    if (masks.capacity === 0 || cluster.nodes.limit > masks.capacity) {
      // path: kept: rows made longer if masks.capacity > 0
      derivations.dropRows();
      masks.resize(cluster.nodes.limit);
      masks.memory.u32.set(this.#liveNodes.words, masks.all >>> 2);
    }
    masks.scratch.enter(scratch);
    masks.scratch.reset();
  }
}
