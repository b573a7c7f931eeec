// filters: the plugin NodeAffinity: a pod's nodeSelector and required node affinity -> the nodes that match both.

import type { RequiredAffinity } from "../compile/pod-selectors.js";
import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { POD } from "../intern/cluster.js";
import type { Candidate, Filtered, NodeStep, Plugin, PreFiltered, Resolution, SelectorList } from "./plugin.js";
import { SKIP, UNRESOLVABLE } from "./plugin.js";
import { SelectedNodes } from "./selected-nodes.js";

const REASON = "node(s) didn't match Pod's node affinity/selector";
const CONFLICT: PreFiltered = { kind: "rejected", code: UNRESOLVABLE, reasons: ["pod affinity terms conflict"] };

export class NodeAffinity implements Plugin {
  readonly name = "NodeAffinity";

  constructor(readonly context: Context) {}

  preFilter({ pod }: Candidate): PreFiltered {
    if (pod < 0) return SKIP;
    const nodeSelector = this.#nodeSelectorOf(pod);
    const affinity = this.#affinityOf(pod);
    // kube: R-NOD-14 where the pod has neither Filter does not run.
    if (nodeSelector === undefined && affinity === undefined) return SKIP;
    // kube: R-NOD-20 terms that leave no name reject the pod.
    if (affinity?.names?.length === 0) return CONFLICT;
    return new MatchingNodes(this.context, nodeSelector, affinity);
  }

  resolve({ pod }: Candidate, list: SelectorList): Resolution {
    if (pod < 0) return "selectors";
    const nodeSelector = this.#nodeSelectorOf(pod);
    const affinity = this.#affinityOf(pod);
    // What PreFilter narrows away the selector does not match either.
    for (const selector of [nodeSelector, affinity?.selector]) {
      if (selector !== undefined && !list.push(selector)) return "open";
    }
    return "selectors";
  }

  #nodeSelectorOf(pod: number): number | undefined {
    const block = this.context.cluster.pods.get(pod, POD.nodeSelector);
    return block === 0 ? undefined : this.context.podSelectors.nodeSelector(block);
  }

  #affinityOf(pod: number): RequiredAffinity | undefined {
    return this.context.podSelectors.affinity(this.context.cluster.pods.get(pod, POD.affinity));
  }
}

class MatchingNodes implements NodeStep {
  readonly kind = "nodes";
  // kube: R-NOD-21 where PreFilter leaves names, only the nodes with these names are filtered.
  readonly names: readonly number[] | undefined;

  constructor(
    readonly context: Context,
    readonly nodeSelector: number | undefined,
    readonly affinity: RequiredAffinity | undefined,
  ) {
    this.names = affinity?.names;
  }

  filter(nodes: Mask): Filtered {
    const { masks, selectors } = this.context;
    let accepted = nodes;
    // kube: R-NOD-15 both have one reason, so it does not matter which of them is asked first.
    for (const selector of [this.nodeSelector, this.affinity?.selector]) {
      if (selector !== undefined) accepted = masks.and(accepted, selectors.briefMask(selector));
    }
    return new SelectedNodes(this.context, nodes, accepted, REASON);
  }
}
