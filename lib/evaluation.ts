// evaluation: one question after another, put to the stages in their order.

import { TopologyError } from "./errors.js";
import type { Kernels } from "./evaluate/engine.js";
import type { Memory } from "./evaluate/memory.js";
import type { Behaviour } from "./filters/volume-binding/context.js";
import { Context } from "./filters/volume-binding/context.js";
import type { PreFilterResult } from "./filters/volume-binding/pre-filter.js";
import { preFilter, preFilterClaim } from "./filters/volume-binding/pre-filter.js";
import { PLUGIN } from "./filters/volume-binding/reasons.js";
import { VolumeBinding } from "./filters/volume-binding/volume-binding.js";
import { Blocks } from "./intern/blocks.js";
import { Cluster } from "./intern/cluster.js";
import { Sweeper } from "./intern/sweeper.js";
import type { Table } from "./intern/table.js";
import type { PersistentVolumeClaimLike, PodLike } from "./objects/types.js";
import { feasibilityOf } from "./result/feasibility.js";
import { LiveNodes } from "./result/live-nodes.js";
import type { Feasibility, Plan } from "./result/types.js";

/** PreFilter for the row of a pod or a claim. */
type Question = (row: number) => PreFilterResult;

export class Evaluation {
  readonly cluster = new Cluster(new Blocks());
  readonly context: Context;
  readonly volumeBinding: VolumeBinding;
  readonly #liveNodes: LiveNodes;
  readonly #sweeper: Sweeper;

  constructor(memory: Memory, kernels: Kernels, behaviour: Behaviour) {
    const { cluster } = this;
    this.context = new Context(cluster, memory, kernels, behaviour);
    this.volumeBinding = new VolumeBinding(this.context);
    this.#liveNodes = new LiveNodes(cluster.nodes);
    this.#sweeper = new Sweeper(cluster, (mark) => this.#liveNodes.markOutdated(mark));
    cluster.nodes.listen({
      leaving: (node, replaced) => this.#nodeExists(node, replaced),
      entered: (node, replaced) => this.#nodeExists(node, replaced, true),
    });
  }

  evaluatePod(pod: PodLike | string): Feasibility {
    return this.#ask(this.cluster.pods, pod, "UnknownPod", (row) => preFilter(this.cluster, row));
  }

  evaluateClaim(claim: PersistentVolumeClaimLike | string): Feasibility {
    return this.#ask(this.cluster.claims, claim, "UnknownClaim", (row) => preFilterClaim(this.cluster, row));
  }

  #ask(
    table: Table,
    object: PodLike | PersistentVolumeClaimLike | string,
    unknown: "UnknownPod" | "UnknownClaim",
    question: Question,
  ): Feasibility {
    this.#settle();
    return this.#withRow(table, object, unknown, (row) => {
      const { context, volumeBinding } = this;
      context.masks.reset();
      const outcome = volumeBinding.filter(question(row));
      const planner = (nodes: readonly string[]) => this.#plans(table, object, unknown, question, nodes);
      return feasibilityOf(table.keyOf(row), PLUGIN, outcome, context.masks, this.#liveNodes.snapshot(), planner);
    });
  }

  #plans(
    table: Table,
    object: PodLike | PersistentVolumeClaimLike | string,
    unknown: "UnknownPod" | "UnknownClaim",
    question: Question,
    nodes: readonly string[],
  ): (Plan | undefined)[] {
    this.#settle();
    return this.#withRow(table, object, unknown, (row) => {
      const { claims, nodes: nodeTable, volumes } = this.cluster;
      const asked = question(row);
      if (asked.rejected !== undefined || asked.error !== undefined) return nodes.map(() => undefined);
      return nodes.map((name) => {
        this.context.masks.reset();
        const node = nodeTable.findKey(name);
        if (node < 0) return undefined;
        const { bindings, provisions } = this.volumeBinding.plan(asked, node);
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

  /** Calls `answer` with the row of a known key, or of an object that is put there for as long as it takes. */
  #withRow<R>(
    table: Table,
    object: PodLike | PersistentVolumeClaimLike | string,
    unknown: "UnknownPod" | "UnknownClaim",
    answer: (row: number) => R,
  ): R {
    if (typeof object === "string") {
      const row = table.findKey(object);
      if (row < 0) throw new TopologyError(unknown, `${table.type.kind} ${object} is not known to the matcher`);
      return answer(row);
    }
    const row = table.stage(object);
    try {
      return answer(row);
    } finally {
      table.unstage(row);
    }
  }

  /** Makes room for nodes that came, and drops what nothing refers to any more. */
  #settle(): void {
    const { cluster, context, volumeBinding } = this;
    if (this.#sweeper.due) {
      context.clear();
      volumeBinding.clear();
      this.#sweeper.sweep();
    }
    const { masks } = context;
    if (masks.capacity > 0 && cluster.nodes.limit <= masks.capacity) return;
    context.selectors.clear();
    volumeBinding.dropColumns();
    masks.resize(cluster.nodes.limit);
    for (let node = 0; node < cluster.nodes.limit; node++) {
      if (cluster.nodes.has(node)) masks.setBit(masks.all, node, true);
    }
  }

  #nodeExists(node: number, replaced: boolean, exists = false): void {
    const { masks } = this.context;
    if (!replaced && node < masks.capacity) masks.setBit(masks.all, node, exists);
  }
}
