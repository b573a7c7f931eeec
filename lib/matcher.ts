// matcher: the facade. Holds a cluster and the stages that evaluate it; contains no algorithm.

import { TopologyError } from "./errors.js";
import type { Engine, EngineName } from "./evaluate/engine.js";
import { Memory } from "./evaluate/memory.js";
import { Evaluation } from "./evaluation.js";
import type { NodeMask } from "./node-mask.js";
import type { ObjectSets } from "./object-set.js";
import { TableSets } from "./object-set.js";
import type * as objects from "./objects/types.js";
import type { FilterChoice } from "./options.js";
import { DEFAULT_KUBERNETES, minorOf, resolveFilters, resolveGates } from "./options.js";
import type { Feasibility } from "./result/types.js";
import type { Verdict } from "./verdict.js";
import { LiveVerdict } from "./verdict.js";

export interface MatcherOptions {
  /** The release whose verdicts and texts are wanted: `1.33` to `1.37`. Default: the newest. */
  readonly kubernetes?: string | undefined;
  /** Feature gates that differ from the release's defaults. */
  readonly gates?: { readonly [name: string]: boolean } | undefined;
  /**
   * The plugins that run, by name; `"volumes"` (the default) stands for those that look at volumes, `"all"` for every
   * one that this version carries out.
   */
  readonly filters?: FilterChoice | undefined;
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
   * looked at.
   * @throws TopologyError `UnknownPod` for a key of no pod, `Malformed` for an object that could not be decoded.
   */
  evaluatePod(pod: objects.PodLike | string): Feasibility;
  /** The verdict on each pod, in order. */
  evaluatePods(pods: Iterable<objects.PodLike | string>): Feasibility[];
  /**
   * The verdict on a pod that would use this claim alone: an object, or the `NAMESPACE/NAME` of one in
   * `persistentVolumeClaims`.
   */
  evaluateClaim(claim: objects.PersistentVolumeClaimLike | string): Feasibility;
  /** An answer to be used again and again in a loop, without allocation. */
  createVerdict(): Verdict;
  /** The id of a known pod, for `Verdict` and `countFeasible`, or -1. It is the pod's until the pod is deleted. */
  podId(key: string): number;
  /** The id of a node, or -1. It is the node's until the node is deleted. */
  nodeId(name: string): number;
  /** The name of a node id; `""` where there is none. */
  nodeName(id: number): string;
  /** A set of nodes of the caller's own, to be cut with verdicts. */
  createNodeMask(nodes?: Iterable<string>): NodeMask;
  /**
   * Writes into `counts[i]` how many nodes pod `pods[i]` (an id) fits. About 0.02 us a pod where all claims are bound
   * and no more than nodes has changed since the last call, and a kernel pass for each new combination of volumes.
   * @throws TopologyError `UnknownPod` for an id of no pod; nothing was counted then.
   */
  countFeasible(pods: Uint32Array, counts: Uint32Array): void;
  /** The id of a known claim, for `countFeasibleClaims`, or -1. It is the claim's until the claim is deleted. */
  claimId(key: string): number;
  /**
   * The same for pods that would use one claim alone: `claims[i]` is the id of a claim.
   * @throws TopologyError `UnknownClaim` for an id of no claim; nothing was counted then.
   */
  countFeasibleClaims(claims: Uint32Array, counts: Uint32Array): void;
  /**
   * Gives back every mask, column and count that answers were made from; they are made again when they are asked for.
   * Objects and ids stay.
   */
  trim(): void;
  /** Bytes in use, the engine's and those of the interned objects. */
  readonly memory: { readonly engine: number; readonly objects: number };
}

/** A matcher over an engine that is there; its options have been checked. */
export class Matcher extends TableSets implements TopologyMatcher {
  readonly engine: EngineName;
  readonly #evaluation: Evaluation;

  constructor(engine: Engine, { filters, gates, kubernetes = DEFAULT_KUBERNETES }: MatcherOptions) {
    const behaviour = { minor: minorOf(kubernetes), gates: resolveGates(kubernetes, gates).values };
    const evaluation = new Evaluation(new Memory(engine), engine.kernels, behaviour, resolveFilters(filters));
    super(evaluation.cluster);
    this.#evaluation = evaluation;
    this.engine = engine.kernels.name;
  }

  evaluatePod(pod: objects.PodLike | string): Feasibility {
    return this.#evaluation.feasibility(this.#evaluation.pods, pod);
  }

  evaluatePods(pods: Iterable<objects.PodLike | string>): Feasibility[] {
    return Array.from(pods, (pod) => this.#evaluation.feasibility(this.#evaluation.pods, pod));
  }

  evaluateClaim(claim: objects.PersistentVolumeClaimLike | string): Feasibility {
    return this.#evaluation.feasibility(this.#evaluation.claims, claim);
  }

  createVerdict(): Verdict {
    return new LiveVerdict(this.#evaluation);
  }

  podId(key: string): number {
    return this.#evaluation.cluster.pods.findKey(key);
  }

  nodeId(name: string): number {
    return this.#evaluation.cluster.nodes.findKey(name);
  }

  nodeName(id: number): string {
    const { nodes } = this.#evaluation.cluster;
    return nodes.has(id) ? nodes.keyOf(id) : "";
  }

  createNodeMask(nodes: Iterable<string> = []): NodeMask {
    const mask = this.#evaluation.newNodeMask();
    for (const name of nodes) mask.add(this.nodeId(name));
    return mask;
  }

  countFeasible(pods: Uint32Array, counts: Uint32Array): void {
    const unknown = this.#evaluation.unknownPod(pods);
    if (unknown !== undefined) throw new TopologyError("UnknownPod", `pod id ${unknown} is not known to the matcher`);
    this.#evaluation.countFeasible(pods, counts);
  }

  claimId(key: string): number {
    return this.#evaluation.cluster.claims.findKey(key);
  }

  countFeasibleClaims(claims: Uint32Array, counts: Uint32Array): void {
    const unknown = this.#evaluation.unknownClaim(claims);
    if (unknown !== undefined) {
      throw new TopologyError("UnknownClaim", `claim id ${unknown} is not known to the matcher`);
    }
    this.#evaluation.countFeasibleClaims(claims, counts);
  }

  trim(): void {
    this.#evaluation.trim();
  }

  get memory(): { readonly engine: number; readonly objects: number } {
    return this.#evaluation.memory;
  }
}
