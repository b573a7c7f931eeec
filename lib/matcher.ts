// matcher: the facade. Holds a cluster and the stages that evaluate it; contains no algorithm.

import type { Assumption } from "./assume/types.js";
import { allocating, TopologyError } from "./errors.js";
import type { Engine, EngineName } from "./evaluate/engine.js";
import { Memory } from "./evaluate/memory.js";
import { Evaluation } from "./evaluation.js";
import type { Change, Wake } from "./hints/wake.js";
import { wakeOf } from "./hints/wake.js";
import { SET_NAMES } from "./intern/kinds.js";
import type { Table } from "./intern/table.js";
import { View } from "./layers/views.js";
import type { ObjectSets } from "./object-set.js";
import { TableSets } from "./object-set.js";
import { checkBatch, checkText, detached, itemsOf } from "./objects/arguments.js";
import type * as objects from "./objects/types.js";
import type { FilterChoice, Gates, KubernetesMinor, ScoringOptions } from "./options.js";
import { DEFAULT_KUBERNETES, minorOf, resolveFilters, resolveGates, resolveShape } from "./options.js";
import type { PluginConfig } from "./plugin-config.js";
import { resolvePluginConfig } from "./plugin-config.js";
import { INSPECT } from "./result/inspect.js";
import type { MatcherStats } from "./result/stats.js";
import type { EvaluateOptions, Feasibility, NodeMask } from "./result/types.js";
import type { Verdict } from "./verdict.js";
import { LiveVerdict } from "./verdict.js";

export interface MatcherOptions {
  /** The release whose verdicts and texts are wanted: `1.33` to `1.37`. Default: the newest. */
  readonly kubernetes?: KubernetesMinor | undefined;
  /** Feature gates that differ from the release's defaults. */
  readonly gates?: Gates | undefined;
  /**
   * The plugins that run, by name; `"volumes"` (the default) stands for those that look at volumes, `"all"` for every
   * one that this version carries out. NodeResourcesFit wants nodes' status.allocatable, without which no pod fits:
   * `topomatch/manifests` fills it in where nodes were written by hand.
   */
  readonly filters?: FilterChoice | undefined;
  /** Arguments of plugins, as a profile of a KubeSchedulerConfiguration has them. */
  readonly pluginConfig?: readonly PluginConfig[] | undefined;
  /** How VolumeBinding scores, where the gate StorageCapacityScoring is on (see `Plan.score`). */
  readonly scoring?: ScoringOptions | undefined;
  /** Insists on one engine. Default: WebAssembly where it runs, JavaScript elsewhere. */
  readonly engine?: EngineName | undefined;
  /** A compiled `WebAssembly.Module` of `topomatch/topomatch.wasm`, for hosts that bar compiling bytes. */
  readonly module?: object | undefined;
}

/** Answers which nodes can hold a pod's volumes. One instance holds one cluster. */
export interface TopologyMatcher extends ObjectSets {
  /** Which engine runs. */
  readonly engine: EngineName;
  /**
   * The verdict on a pod: an object, or the `NAMESPACE/NAME` of one in `pods`. Whether it has a node already is not
   * looked at. `options` takes verdicts of plugins that do not run here, and asks about some nodes only.
   * @throws TopologyError `UnknownPod` for a key of no pod, `Malformed` for an object that could not be decoded,
   * `UnknownNode` and `BadArgument` for options.
   */
  evaluatePod(pod: objects.PodLike | string, options?: EvaluateOptions): Feasibility;
  /** The verdict on each pod, in order; the options are those of each. */
  evaluatePods(pods: Iterable<objects.PodLike | string>, options?: EvaluateOptions): Feasibility[];
  /**
   * The verdict on a pod that would use this claim alone: an object, or the `NAMESPACE/NAME` of one in
   * `persistentVolumeClaims`.
   */
  evaluateClaim(claim: objects.PersistentVolumeClaimLike | string, options?: EvaluateOptions): Feasibility;
  /** An answer to be used again and again in a loop, without allocation. */
  createVerdict(): Verdict;
  /** The id of a known pod, for `Verdict` and `countFeasible`, or -1. It is the pod's until the pod is deleted. */
  podId(key: string): number;
  /** The id of a node, or -1. It is the node's until the node is deleted. */
  nodeId(name: string): number;
  /** The name of a node id; `""` where there is none. */
  nodeName(id: number): string;
  /**
   * A set of nodes of the caller's own, by their names or ids, to be cut with verdicts.
   * @throws TopologyError `UnknownNode` for one that the matcher does not hold.
   */
  createNodeMask(nodes?: Iterable<string | number>): NodeMask;
  /**
   * Writes into `counts[i]` how many nodes pod `pods[i]` (an id) fits. About 0.02 us a pod where all claims are bound
   * and no more than nodes has changed since the last call, and a kernel pass for each new combination of volumes. It
   * takes no options: what other plugins say is said of one pod, and counts are kept for all nodes. For such pods ask
   * `createVerdict()` for its `feasibleCount`, about a microsecond each.
   * @throws TopologyError `UnknownPod` for an id of no pod, `BadArgument` where `counts` is too short or lies in the
   * memory of `pods`; nothing was counted then.
   */
  countFeasible(pods: Uint32Array, counts: Uint32Array): void;
  /** The id of a known claim, for `countFeasibleClaims`, or -1. It is the claim's until the claim is deleted. */
  claimId(key: string): number;
  /**
   * The same for pods that would use one claim alone: `claims[i]` is the id of a claim.
   * @throws TopologyError `UnknownClaim` for an id of no claim, `BadArgument` as above; nothing was counted then.
   */
  countFeasibleClaims(claims: Uint32Array, counts: Uint32Array): void;
  /**
   * Gives back every mask, column and count that answers were made from, and text that no object holds; what is missing
   * is made again when it is asked for. Objects and ids stay. O(everything held), about 0.3 us an object.
   * @throws TopologyError `Reentrant` within a getter of an object that is being read.
   */
  trim(): void;
  /**
   * What is kept, in figures: objects, texts, masks, and every cache by its name. Counting costs the answers nothing; to
   * read them is O(selectors + columns).
   */
  stats(): MatcherStats;
  /** Bytes in use, the engine's and those of the interned objects. */
  readonly memory: { readonly engine: number; readonly objects: number };
  /**
   * Places a pod (an object, which is put in `pods`, a key or an id) on a node (a name or an id) as the scheduler does
   * once it has chosen: the next question finds the pod there, with the volumes that it has reserved and the nodes that
   * were selected for its claims. An update of such an object with another `resourceVersion` counts instead of what was
   * assumed of it. About as much as asking about the pod; `Verdict.assume` spares asking again.
   * @throws TopologyError `NotFeasible` where the pod does not fit the node, or has one; `UnknownPod`, `UnknownNode`.
   */
  assume(pod: objects.PodLike | string | number, node: string | number): Assumption;
  /**
   * Whom a change that is about to be made can make schedulable: the scheduler's queueing hints, without those gaps in
   * them by which a pod waits for ever. A pod that it does not name need not be asked about again for this change. Which
   * pods had been rejected, and by which plugin, is not looked at.
   * @throws TopologyError as the change itself would.
   */
  wakes(change: Change): Wake;
  /**
   * A view of its own over this one, empty at first: objects that are put into it, deleted from it and pods that are
   * assumed in it are seen by it and by overlays over it, and nowhere else; what changes here is seen there. The rows of
   * one cluster show one view at a time: after a question to another view than the last one, answers of the last are
   * `Stale` where they are read in place, and what is laid over is written again, some microseconds an object.
   */
  overlay(): Overlay;
}

/** A view over a matcher, or over another overlay. */
export interface Overlay extends TopologyMatcher {
  /** Ends it and the overlays over it; what is below was never changed. Later calls do nothing. */
  drop(): void;
}

/** A matcher over a view of a cluster. */
export class Matcher extends TableSets implements TopologyMatcher {
  readonly engine: EngineName;
  readonly #evaluation: Evaluation;
  readonly #view: View;

  constructor(evaluation: Evaluation, view: View) {
    super(evaluation.cluster, view);
    this.#evaluation = evaluation;
    this.#view = view;
    this.engine = evaluation.engine;
  }

  evaluatePod(pod: objects.PodLike | string, options?: EvaluateOptions): Feasibility {
    const evaluation = Matcher.#of(this, "evaluatePod");
    return evaluation.feasibility(evaluation.pods, pod, evaluation.question(options));
  }

  evaluatePods(pods: Iterable<objects.PodLike | string>, options?: EvaluateOptions): Feasibility[] {
    const evaluation = Matcher.#of(this, "evaluatePods");
    const question = evaluation.question(options);
    return itemsOf(pods, "pods", "evaluatePods").map((pod) => evaluation.feasibility(evaluation.pods, pod, question));
  }

  evaluateClaim(claim: objects.PersistentVolumeClaimLike | string, options?: EvaluateOptions): Feasibility {
    const evaluation = Matcher.#of(this, "evaluateClaim");
    return evaluation.feasibility(evaluation.claims, claim, evaluation.question(options));
  }

  createVerdict(): Verdict {
    const evaluation = Matcher.#of(this, "createVerdict");
    return allocating(() => new LiveVerdict(evaluation, this.#view));
  }

  podId(key: string): number {
    return idOf(Matcher.#of(this, "podId").cluster.pods, key, "podId");
  }

  nodeId(name: string): number {
    return idOf(Matcher.#of(this, "nodeId").cluster.nodes, name, "nodeId");
  }

  nodeName(id: number): string {
    const { nodes } = Matcher.#of(this, "nodeName").cluster;
    return nodes.has(id) ? nodes.keyOf(id) : "";
  }

  createNodeMask(nodes: Iterable<string | number> = []): NodeMask {
    const mask = Matcher.#of(this, "createNodeMask").nodeMasks.create();
    for (const node of itemsOf(nodes, "nodes", "createNodeMask")) mask.add(node);
    return mask;
  }

  countFeasible(pods: Uint32Array, counts: Uint32Array): void {
    const evaluation = Matcher.#of(this, "countFeasible");
    checkBatch(pods, counts, "pods", "countFeasible");
    const unknown = evaluation.unknownPod(pods);
    if (unknown !== undefined) throw new TopologyError("UnknownPod", `pod id ${unknown} is not known to the matcher`);
    evaluation.countFeasible(pods, counts);
  }

  claimId(key: string): number {
    return idOf(Matcher.#of(this, "claimId").cluster.claims, key, "claimId");
  }

  countFeasibleClaims(claims: Uint32Array, counts: Uint32Array): void {
    const evaluation = Matcher.#of(this, "countFeasibleClaims");
    checkBatch(claims, counts, "claims", "countFeasibleClaims");
    const unknown = evaluation.unknownClaim(claims);
    if (unknown !== undefined) {
      throw new TopologyError("UnknownClaim", `claim id ${unknown} is not known to the matcher`);
    }
    evaluation.countFeasibleClaims(claims, counts);
  }

  trim(): void {
    Matcher.#of(this, "trim").trim();
  }

  stats(): MatcherStats {
    return Matcher.#of(this, "stats").stats;
  }

  get memory(): { readonly engine: number; readonly objects: number } {
    return this.#evaluation.memory;
  }

  assume(pod: objects.PodLike | string | number, node: string | number): Assumption {
    const evaluation = Matcher.#of(this, "assume");
    return evaluation.assume(this.#view, pod, node);
  }

  wakes(change: Change): Wake {
    const { context, wakes } = Matcher.#of(this, "wakes");
    return wakeOf(wakes, context.derivations, change);
  }

  overlay(): Overlay {
    const { views } = Matcher.#of(this, "overlay");
    return new OverlayMatcher(this.#evaluation, new View(views, views.over(this.#view.layer)));
  }

  [INSPECT](): string {
    const sizes = SET_NAMES.flatMap((name) => (this[name].size > 0 ? [`${name}: ${this[name].size}`] : []));
    return `TopologyMatcher { ${[`engine: ${this.engine}`, ...sizes].join(", ")} }`;
  }

  /** The evaluation of the matcher that a method was called on. */
  static #of(matcher: unknown, method: string): Evaluation {
    const evaluation = Matcher.behind(matcher);
    if (evaluation === undefined) throw detached(`matcher.${method}`);
    return evaluation;
  }

  /** The evaluation behind a matcher, whose view the rows show then; undefined for what is no matcher. */
  static behind(matcher: unknown): Evaluation | undefined {
    if (typeof matcher !== "object" || matcher === null || !(#evaluation in matcher)) return undefined;
    matcher.#view.enter();
    return matcher.#evaluation;
  }
}

class OverlayMatcher extends Matcher implements Overlay {
  readonly #own: View;

  constructor(evaluation: Evaluation, view: View) {
    super(evaluation, view);
    this.#own = view;
  }

  drop(): void {
    if (typeof this !== "object" || this === null || !(#own in this)) throw detached("overlay.drop");
    this.#own.views.end(this.#own.layer);
  }
}

/** An evaluation over an engine that is there; the options have been checked. */
export function evaluationOf(engine: Engine, options: MatcherOptions): Evaluation {
  const { filters, gates, kubernetes = DEFAULT_KUBERNETES, pluginConfig, scoring } = options;
  const { args, shape: given } = resolvePluginConfig(pluginConfig);
  const behaviour = { minor: minorOf(kubernetes), gates: resolveGates(kubernetes, gates).values, args };
  const plugins = resolveFilters(filters);
  const shape = resolveShape(scoring, behaviour.gates, given);
  return new Evaluation(new Memory(engine), engine.kernels, behaviour, plugins, shape);
}

/** A matcher over a cluster's own objects. */
export function matcherOver(engine: Engine, options: MatcherOptions): Matcher {
  const evaluation = evaluationOf(engine, options);
  return new Matcher(evaluation, evaluation.view);
}

function idOf(table: Table, key: string, call: string): number {
  checkText(key, "key", call);
  return table.findKey(key);
}
