// evaluation: one question after another, put to the stages in their order.

import { TopologyError } from "./errors.js";
import type { Behaviour } from "./evaluate/context.js";
import { Context } from "./evaluate/context.js";
import type { Kernels } from "./evaluate/engine.js";
import type { Mask } from "./evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "./evaluate/mask.js";
import type { Memory } from "./evaluate/memory.js";
import type { Outcome } from "./filters/outcome.js";
import { countClaims } from "./filters/volume-binding/claim-counts.js";
import type { PreFilterResult } from "./filters/volume-binding/pre-filter.js";
import { preFilter, preFilterClaim } from "./filters/volume-binding/pre-filter.js";
import { PLUGIN } from "./filters/volume-binding/reasons.js";
import { ResolvedPods } from "./filters/volume-binding/resolved-pods.js";
import { VolumeBinding } from "./filters/volume-binding/volume-binding.js";
import { Blocks } from "./intern/blocks.js";
import { Cluster } from "./intern/cluster.js";
import { Sweeper } from "./intern/sweeper.js";
import type { Table } from "./intern/table.js";
import { LiveNodeMask } from "./node-mask.js";
import type { PersistentVolumeClaimLike, PodLike } from "./objects/types.js";
import type { Planner } from "./result/feasibility.js";
import { feasibilityOf } from "./result/feasibility.js";
import { LiveNodes } from "./result/live-nodes.js";
import type { Feasibility, Plan } from "./result/types.js";

/** What is asked about: its table, and PreFilter for a row of it. */
interface Subject {
  readonly table: Table;
  readonly unknown: "UnknownPod" | "UnknownClaim";
  preFilter(row: number): PreFilterResult;
}

/** An object, a key, or the row of one that is known. */
type Asked = PodLike | PersistentVolumeClaimLike | string | number;

export class Evaluation {
  readonly cluster = new Cluster(new Blocks());
  readonly context: Context;
  readonly everything: Mask = ALL_NODES;
  /** Counts evaluations and changes: what was read at another epoch may no longer be true. */
  #evaluations = 0;
  readonly #volumeBinding: VolumeBinding;
  readonly #resolvedPods: ResolvedPods;
  readonly #liveNodes: LiveNodes;
  readonly #nodeMasks = new Set<WeakRef<LiveNodeMask>>();
  readonly #sweeper: Sweeper;
  readonly #pods: Subject;
  readonly #claims: Subject;

  constructor(memory: Memory, kernels: Kernels, behaviour: Behaviour) {
    const { cluster } = this;
    this.context = new Context(cluster, memory, kernels, behaviour);
    this.#volumeBinding = new VolumeBinding(this.context);
    this.#resolvedPods = new ResolvedPods(this.context);
    this.#liveNodes = new LiveNodes(cluster.nodes);
    this.#sweeper = new Sweeper(cluster, (mark) => this.#liveNodes.markOutdated(mark));
    this.#pods = { table: cluster.pods, unknown: "UnknownPod", preFilter: (row) => preFilter(cluster, row) };
    this.#claims = { table: cluster.claims, unknown: "UnknownClaim", preFilter: (row) => preFilterClaim(cluster, row) };
    cluster.nodes.listen({
      leaving: (node, replaced) => {
        if (!replaced) for (const mask of this.#liveMasks()) mask.delete(node);
      },
      entered: () => {},
    });
  }

  get epoch(): number {
    return this.#evaluations + this.cluster.changeCounts.changes;
  }

  get memory(): { readonly engine: number; readonly objects: number } {
    return { engine: this.context.masks.memory.used, objects: this.cluster.byteLength };
  }

  evaluatePod(pod: PodLike | string): Feasibility {
    return this.#feasibility(this.#pods, pod);
  }

  evaluateClaim(claim: PersistentVolumeClaimLike | string): Feasibility {
    return this.#feasibility(this.#claims, claim);
  }

  /** VolumeBinding's outcome for a pod; its masks hold for this `epoch`. */
  outcomeOf(pod: PodLike | string | number): Outcome {
    this.#settle();
    return this.#withRow(this.#pods, pod, (row) => this.#outcome(this.#pods, row));
  }

  /** The nodes that an outcome leaves. */
  accepted(outcome: Outcome): Mask {
    if (outcome.kind === "filtered") return outcome.accepted;
    return outcome.kind === "skipped" ? ALL_NODES : NO_NODES;
  }

  /** Whether an outcome ends the cycle in an error. */
  failed(outcome: Outcome): boolean {
    if (outcome.kind === "error" || this.cluster.nodes.size === 0) return true;
    return (
      outcome.kind === "filtered" && outcome.failed !== undefined && this.context.masks.count(outcome.failed.nodes) > 0
    );
  }

  /** The first of these that is no row of a pod. */
  unknownPod(pods: Uint32Array): number | undefined {
    for (let i = 0; i < pods.length; i++) if (!this.#resolvedPods.hasPod(pods[i])) return pods[i];
    return undefined;
  }

  /** The first of these that is no row of a claim. */
  unknownClaim(claims: Uint32Array): number | undefined {
    const { claims: table } = this.cluster;
    for (let i = 0; i < claims.length; i++) if (!table.has(claims[i])) return claims[i];
    return undefined;
  }

  /** How many nodes each pod (by row) fits. */
  countFeasible(pods: Uint32Array, counts: Uint32Array): void {
    this.#beginCounts();
    this.#resolvedPods.count(pods, counts, (pod) => this.#countOne(preFilter(this.cluster, pod)));
  }

  /** How many nodes a pod with each of these claims (by row) alone fits. */
  countFeasibleClaims(claims: Uint32Array, counts: Uint32Array): void {
    this.#beginCounts();
    countClaims(this.context, claims, counts, (claim) => this.#countOne(preFilterClaim(this.cluster, claim)));
  }

  /** Gives back all that was derived; it is made again when it is asked for. */
  trim(): void {
    this.#evaluations++;
    this.context.masks.reset();
    this.context.forgetMasks();
    this.context.columns.clear();
    this.#volumeBinding.clear();
    this.#resolvedPods.forgetCounts();
  }

  newNodeMask(): LiveNodeMask {
    const mask = new LiveNodeMask(this.context.masks, (node) => this.cluster.nodes.has(node));
    this.#nodeMasks.add(new WeakRef(mask));
    return mask;
  }

  #beginCounts(): void {
    this.#settle();
    this.#evaluations++;
    this.context.masks.reset();
  }

  #countOne(answer: PreFilterResult): number {
    const { masks } = this.context;
    masks.reset();
    return masks.count(this.accepted(this.#volumeBinding.filter(answer)));
  }

  #outcome(subject: Subject, row: number): Outcome {
    this.#evaluations++;
    this.context.masks.reset();
    return this.#volumeBinding.filter(subject.preFilter(row));
  }

  #feasibility(subject: Subject, asked: Asked): Feasibility {
    this.#settle();
    return this.#withRow(subject, asked, (row) => {
      const outcome = this.#outcome(subject, row);
      const planner: Planner = (nodes) => this.#plans(subject, asked, nodes);
      const key = typeof asked === "string" ? asked : subject.table.keyOf(row);
      return feasibilityOf(key, PLUGIN, outcome, this.context.masks, this.#liveNodes.snapshot(), planner);
    });
  }

  #plans(subject: Subject, asked: Asked, nodes: readonly string[]): (Plan | undefined)[] {
    this.#settle();
    return this.#withRow(subject, asked, (row) => {
      this.#evaluations++;
      const { claims, nodes: nodeTable, volumes } = this.cluster;
      const answer = subject.preFilter(row);
      if (answer.rejected !== undefined || answer.error !== undefined) return nodes.map(() => undefined);
      return nodes.map((name) => {
        this.context.masks.reset();
        const node = nodeTable.findKey(name);
        if (node < 0) return undefined;
        const { bindings, provisions } = this.#volumeBinding.plan(answer, node);
        return {
          staticBindings: bindings.map(({ claim, volume }) => ({
            claim: claims.keyOf(claim),
            volume: volumes.keyOf(volume),
          })),
          dynamicProvisions: provisions.map((claim) => claims.keyOf(claim)),
        };
      });
    });
  }

  /** Calls `answer` with the row of a known object, or of one that is put there for as long as it takes. */
  #withRow<R>({ table, unknown }: Subject, asked: Asked, answer: (row: number) => R): R {
    if (typeof asked === "object") {
      const row = table.stage(asked);
      try {
        return answer(row);
      } finally {
        table.unstage(row);
      }
    }
    const row = typeof asked === "string" ? table.findKey(asked) : table.has(asked) ? asked : -1;
    if (row < 0) throw new TopologyError(unknown, `${table.type.kind} ${asked} is not known to the matcher`);
    return answer(row);
  }

  /** Makes room for nodes that came, and drops what nothing refers to any more. */
  #settle(): void {
    const { cluster, context } = this;
    if (this.#sweeper.due) {
      context.clear();
      this.#volumeBinding.clear();
      this.#resolvedPods.clear();
      this.#sweeper.sweep();
    }
    const { masks } = context;
    if (masks.capacity > 0 && cluster.nodes.limit <= masks.capacity) return;
    context.forgetMasks();
    this.#volumeBinding.dropColumns();
    this.#resolvedPods.forgetCounts();
    for (const mask of this.#liveMasks()) mask.release();
    masks.resize(cluster.nodes.limit);
    const { u32 } = masks.memory;
    for (let node = 0; node < cluster.nodes.limit; node++) {
      if (cluster.nodes.has(node)) u32[(masks.all >>> 2) + (node >>> 5)] |= 1 << (node & 31);
    }
  }

  *#liveMasks(): Iterable<LiveNodeMask> {
    for (const reference of this.#nodeMasks) {
      const mask = reference.deref();
      if (mask === undefined) this.#nodeMasks.delete(reference);
      else yield mask;
    }
  }
}
