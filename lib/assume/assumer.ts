// assume: a pod and the outcome of its question -> an assumption, or why there is none.

import { allocating, TopologyError } from "../errors.js";
import type { Context } from "../evaluate/context.js";
import type { CycleResult } from "../filters/cycle.js";
import type { BoundVolumes } from "../filters/volume-binding/bound-volumes.js";
import type { VolumeStep } from "../filters/volume-binding/plan.js";
import { planOf } from "../filters/volume-binding/plan.js";
import { POD } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { readUid } from "../intern/uid.js";
import type { View } from "../layers/views.js";
import type { PodLike } from "../objects/types.js";
import type { NodeIndex } from "../result/node-index.js";
import { errorOf, preFilterOf, rejectedOf } from "../result/outcome.js";
import { LiveAssumption } from "./assumption.js";
import { Reservation } from "./reservation.js";
import type { Assumption } from "./types.js";

/** What an assumption rests on. */
export interface Chosen {
  readonly result: CycleResult;
  readonly index: NodeIndex;
}

export class Assumer {
  constructor(
    readonly context: Context,
    /** VolumeBinding's, where it runs. */
    readonly boundVolumes: BoundVolumes | undefined,
  ) {}

  /** Puts a pod into a view and assumes it; it is not there afterwards where that fails. */
  assumeObject(view: View, object: PodLike, assume: (pod: number, own: boolean) => Assumption): Assumption {
    const { pods } = this.context.cluster;
    pods.encode(object);
    const tokens = allocating(() => pods.codec.stack.slice(0, pods.type.written));
    const layer = view.enter();
    const known = pods.findTokens(tokens, 0);
    if (known >= 0) this.#refusePlaced(known);
    const before = known < 0 ? undefined : pods.copy(known);
    const pod = layer.put(pods, tokens, 0);
    try {
      return assume(pod, known < 0);
    } catch (error) {
      if (before === undefined) layer.delete(pods, pod);
      else layer.putOwn(pods, before);
      throw error;
    }
  }

  /** `own`: the pod is known only because it is assumed. `outcome` is of this moment. */
  assume(view: View, pod: number, node: number, own: boolean, { index, result }: Chosen): Assumption {
    const { context } = this;
    const { cluster, masks } = context;
    this.#refusePlaced(pod);
    const outcome = { result, masks, index };
    const error = errorOf(outcome);
    if (error !== undefined || !masks.has(result.accepted, node)) {
      const why = error ?? this.#reasonsFor(node, outcome);
      const [podKey, nodeKey] = [cluster.pods.keyOf(pod), cluster.nodes.keyOf(node)];
      throw new TopologyError("NotFeasible", `pod ${podKey} cannot be assumed on node ${nodeKey}: ${why}`, "node");
    }
    const step = result.stepOf("VolumeBinding") as VolumeStep | undefined;
    const plan = planOf(step, node);
    // kube: R-RSV-1 a pod without claims is as good as bound.
    // kube: R-RSV-2 so is one whose claims are all bound: whatever waits for a node stands in the plan.
    const allBound = plan.bindings.length === 0 && plan.provisions.length === 0;
    const reservation = new Reservation(cluster, view.enter(), pod, node, plan, own);
    return new LiveAssumption(context, this.boundVolumes, view, reservation, allBound);
  }

  #refusePlaced(pod: number): void {
    const { pods, strings } = this.context.cluster;
    if (pods.get(pod, POD.nodeName) <= EMPTY_TEXT) return;
    const { at, tokens } = pods.cursor(pod);
    // kube: R-RSV-8 a pod that is counted on a node is not counted once more.
    const text = `pod ${readUid(tokens, at + POD.uid, strings)}(${pods.keyOf(pod)}) is in the cache, so can't be assumed`;
    throw new TopologyError("NotFeasible", text, "pod");
  }

  #reasonsFor(node: number, outcome: Parameters<typeof rejectedOf>[0]): string {
    const { masks } = this.context;
    const reasons =
      preFilterOf(outcome)?.reasons ?? rejectedOf(outcome).find(({ nodes }) => masks.has(nodes, node))?.reasons;
    return reasons?.join(", ") ?? "the node was not asked about";
  }
}
