// filters: the plugin TaintToleration: a pod's tolerations -> the nodes whose taints they all tolerate.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { POD } from "../intern/cluster.js";
import { NODE_TAINTS } from "../intern/label-columns.js";
import type { Candidate, Filtered, NodeStep, Plugin, RejectedNodes, Resolution, SelectorList } from "./plugin.js";
import { UNRESOLVABLE } from "./plugin.js";
import { SelectedNodes } from "./selected-nodes.js";

const REASON = "node(s) had untolerated taint(s)";

export class TaintToleration implements Plugin {
  readonly name = "TaintToleration";

  constructor(readonly context: Context) {}

  // kube: R-NOD-13 PreFilter neither rejects nor narrows.
  preFilter(candidate: Candidate): NodeStep {
    return new ToleratedNodes(this.context, this.#tolerationsOf(candidate));
  }

  resolve(candidate: Candidate, list: SelectorList): Resolution {
    return list.push(this.context.podSelectors.tolerated(this.#tolerationsOf(candidate))) ? "selectors" : "open";
  }

  /** The block of a candidate's tolerations, or 0. */
  #tolerationsOf({ pod }: Candidate): number {
    return pod < 0 ? 0 : this.context.cluster.pods.get(pod, POD.tolerations);
  }
}

class ToleratedNodes implements NodeStep {
  readonly kind = "nodes";

  constructor(
    readonly context: Context,
    readonly tolerations: number,
  ) {}

  filter(nodes: Mask): Filtered {
    const { behaviour, columns, masks, podSelectors, selectors } = this.context;
    const untainted = columns.column(NODE_TAINTS).present === 0;
    const accepted = untainted
      ? nodes
      : masks.and(nodes, selectors.briefMask(podSelectors.tolerated(this.tolerations)));
    // kube: R-GATE-22 since 1.34 one text for all taints.
    if (behaviour.minor >= 34) return new SelectedNodes(this.context, nodes, accepted, REASON);
    return new NodesByTaint(this.context, nodes, accepted, this.tolerations);
  }
}

/** What 1.33 says: which taint it was. */
class NodesByTaint implements Filtered {
  constructor(
    readonly context: Context,
    readonly nodes: Mask,
    readonly accepted: Mask,
    readonly tolerations: number,
  ) {}

  get rejected(): readonly RejectedNodes[] {
    const { accepted, context, nodes, tolerations } = this;
    if (accepted === nodes) return [];
    const { cluster, columns, masks } = context;
    const column = columns.column(NODE_TAINTS);
    const reasons = new Map<number, string>();
    const groups = new Map<string, number[]>();
    for (const node of [...masks.ids(masks.andNot(nodes, accepted))]) {
      const taints = column.get(node);
      let reason = reasons.get(taints);
      if (reason === undefined) {
        const first = context.tolerations.untolerated(tolerations, taints);
        const text = (id: number | undefined): string => cluster.strings.get(id ?? 0);
        reason = `node(s) had untolerated taint {${text(first?.key)}: ${text(first?.value)}}`;
        reasons.set(taints, reason);
      }
      const group = groups.get(reason);
      if (group === undefined) groups.set(reason, [node]);
      else group.push(node);
    }
    return Array.from(groups, ([reason, ids]) => {
      return { code: UNRESOLVABLE, reasons: [reason], nodes: masks.scratchIds(ids) };
    });
  }
}
