// filters: the plugin NodeAffinity: a pod's nodeSelector, required node affinity and what the plugin's arguments add to it
// -> the nodes that match all.

import type { RequiredAffinity } from "../compile/pod-selectors.js";
import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { POD } from "../intern/cluster.js";
import type {
  Candidate,
  Filtered,
  NodeStep,
  Plugin,
  PreFiltered,
  RejectedNodes,
  Resolution,
  SelectorList,
} from "./plugin.js";
import { SKIP, UNRESOLVABLE } from "./plugin.js";
import { SelectedNodes } from "./selected-nodes.js";

const REASON = "node(s) didn't match Pod's node affinity/selector";
const ENFORCED = "node(s) didn't match scheduler-enforced node affinity";
const CONFLICT: PreFiltered = { kind: "rejected", code: UNRESOLVABLE, reasons: ["pod affinity terms conflict"] };

export class NodeAffinity implements Plugin {
  readonly name = "NodeAffinity";

  constructor(readonly context: Context) {}

  preFilter({ pod }: Candidate): PreFiltered {
    const nodeSelector = this.#nodeSelectorOf(pod);
    const affinity = this.#affinityOf(pod);
    const { added } = this.context.podSelectors;
    // kube: R-NOD-14 where the pod has neither, and nothing is added, Filter does not run.
    if (nodeSelector === undefined && affinity === undefined && added === undefined) return SKIP;
    // kube: R-NOD-20 terms that leave no name reject the pod.
    if (affinity?.names?.length === 0) return CONFLICT;
    return new MatchingNodes(this.context, added, nodeSelector, affinity);
  }

  resolve({ pod }: Candidate, list: SelectorList): Resolution {
    const nodeSelector = this.#nodeSelectorOf(pod);
    const affinity = this.#affinityOf(pod);
    // What PreFilter narrows away the selector does not match either.
    for (const selector of [this.context.podSelectors.added, nodeSelector, affinity?.selector]) {
      if (selector !== undefined && !list.push(selector)) return "open";
    }
    return "selectors";
  }

  #nodeSelectorOf(pod: number): number | undefined {
    const block = pod < 0 ? 0 : this.context.cluster.pods.get(pod, POD.nodeSelector);
    return block === 0 ? undefined : this.context.podSelectors.nodeSelector(block);
  }

  #affinityOf(pod: number): RequiredAffinity | undefined {
    return pod < 0 ? undefined : this.context.podSelectors.affinity(this.context.cluster.pods.get(pod, POD.affinity));
  }
}

class MatchingNodes implements NodeStep {
  readonly kind = "nodes";
  // kube: R-NOD-21 where PreFilter leaves names, only the nodes with these names are filtered.
  // kube: R-NOD-19 what is added narrows nothing.
  readonly names: readonly number[] | undefined;

  constructor(
    readonly context: Context,
    readonly added: number | undefined,
    readonly nodeSelector: number | undefined,
    readonly affinity: RequiredAffinity | undefined,
  ) {
    this.names = affinity?.names;
  }

  filter(nodes: Mask): Filtered {
    const { masks, selectors } = this.context;
    const { added } = this;
    // kube: R-NOD-15 what is added comes first.
    const enforced = added === undefined ? nodes : masks.and(nodes, selectors.briefMask(added));
    let accepted = enforced;
    // kube: R-NOD-15 both have one reason, so it does not matter which of them is asked first.
    for (const selector of [this.nodeSelector, this.affinity?.selector]) {
      if (selector !== undefined) accepted = masks.and(accepted, selectors.briefMask(selector));
    }
    const own = new SelectedNodes(this.context, enforced, accepted, REASON);
    return added === undefined
      ? own
      : new EnforcedNodes(new SelectedNodes(this.context, nodes, enforced, ENFORCED), own);
  }
}

/** What the arguments leave, and what the pod leaves of that. */
class EnforcedNodes implements Filtered {
  constructor(
    readonly enforced: Filtered,
    readonly own: Filtered,
  ) {}

  get accepted(): Mask {
    return this.own.accepted;
  }

  get rejected(): readonly RejectedNodes[] {
    return [...this.enforced.rejected, ...this.own.rejected];
  }
}
