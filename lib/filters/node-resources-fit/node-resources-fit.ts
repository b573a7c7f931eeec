// filters: the plugin NodeResourcesFit: what a pod asks for -> the nodes that have enough of it free.

import type { PodRequest } from "../../compile/pod-requests.js";
import { NO_REQUEST } from "../../compile/pod-requests.js";
import type { Context } from "../../evaluate/context.js";
import { FittingNodes } from "../../evaluate/fitting-nodes.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, dense, single } from "../../evaluate/mask.js";
import { NodeResources } from "../../evaluate/node-resources.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Candidate, ConditionRows, Filtered, NodeStep, Plugin, Resolution, SelectorList } from "../plugin.js";
import type { OwnNode } from "./insufficient-nodes.js";
import { InsufficientNodes } from "./insufficient-nodes.js";

export class NodeResourcesFit implements Plugin {
  readonly name = "NodeResourcesFit";
  readonly fitting: FittingNodes;

  constructor(readonly context: Context) {
    this.fitting = new FittingNodes(context, new NodeResources(context));
  }

  // kube: R-NOD-38 PreFilter neither skips nor rejects nor narrows.
  preFilter({ pod }: Candidate): NodeStep {
    const { requests } = this.fitting.resources;
    return new FitStep(this, pod < 0 ? NO_REQUEST : requests.requested(pod), pod < 0 ? undefined : this.#ownNode(pod));
  }

  /** A pod that is on a node is taken off it for its question: it has to be asked about. */
  resolve({ pod }: Candidate, list: SelectorList): Resolution {
    const { fitting } = this;
    if (pod >= 0 && this.context.cluster.nodeOf(pod) !== 0) return "open";
    const request = pod < 0 ? NO_REQUEST : fitting.resources.requests.requested(pod);
    return fitting.canNumber(request) && list.pushCondition(fitting.numberOf(request)) ? "selectors" : "open";
  }

  get epoch(): number {
    return this.fitting.epoch;
  }

  get rows(): ConditionRows {
    return this.fitting.rows;
  }

  /** Where the pod that is known by the candidate's name is, and what it uses there. */
  #ownNode(candidate: number): OwnNode | undefined {
    const { cluster } = this.context;
    const { nodes } = cluster;
    const pod = cluster.knownPod(candidate);
    const name = pod < 0 ? 0 : cluster.nodeOf(pod);
    const node = name === 0 ? -1 : nodes.find(EMPTY_TEXT, name);
    return node < 0 ? undefined : { node, used: this.fitting.resources.requests.used(pod) };
  }
}

class FitStep implements NodeStep {
  readonly kind = "nodes";

  constructor(
    readonly plugin: NodeResourcesFit,
    readonly request: PodRequest,
    readonly own: OwnNode | undefined,
  ) {}

  filter(nodes: Mask): Filtered {
    const { own, plugin, request } = this;
    const { context, fitting } = plugin;
    const accepted = this.#withOwn(nodes, this.#cut(nodes, fitting.of(request)));
    return new InsufficientNodes(context, fitting, nodes, accepted, request, own);
  }

  /** The row is kept and may change, so that not even all nodes' share of it is handed out. */
  #cut(nodes: Mask, row: number): Mask {
    const { masks } = this.plugin.context;
    if (nodes !== ALL_NODES) return masks.and(nodes, dense(row));
    const cut = masks.scratch.row();
    return masks.scratchDense(cut, masks.kernels.andInto(cut, row, masks.all, masks.bytes));
  }

  /** The pod itself is taken off its node for the question. */
  #withOwn(nodes: Mask, accepted: Mask): Mask {
    const { own, plugin, request } = this;
    const { masks } = plugin.context;
    if (own === undefined || !masks.has(nodes, own.node)) return accepted;
    const fits = plugin.fitting.fits(own.node, request, own.used);
    if (fits === masks.has(accepted, own.node)) return accepted;
    return fits ? masks.or(accepted, single(own.node)) : masks.andNot(accepted, single(own.node));
  }
}
