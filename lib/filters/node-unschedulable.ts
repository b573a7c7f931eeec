// filters: the plugin NodeUnschedulable: a pod's tolerations -> the nodes that are not cordoned, or all.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { POD } from "../intern/cluster.js";
import { NODE_UNSCHEDULABLE, UNSCHEDULABLE } from "../intern/label-columns.js";
import type { Candidate, Filtered, NodeStep, Plugin, PreFiltered, Resolution, SelectorList } from "./plugin.js";
import { SKIP } from "./plugin.js";
import { SelectedNodes } from "./selected-nodes.js";

const REASON = "node(s) were unschedulable";

export class NodeUnschedulable implements Plugin {
  readonly name = "NodeUnschedulable";
  readonly #step: NodeStep = { kind: "nodes", filter: (nodes) => this.#filter(nodes) };

  constructor(readonly context: Context) {}

  preFilter(candidate: Candidate): PreFiltered {
    return this.#tolerates(candidate) ? SKIP : this.#step;
  }

  resolve(candidate: Candidate, list: SelectorList): Resolution {
    return this.#tolerates(candidate) || list.push(this.context.podSelectors.uncordoned) ? "selectors" : "open";
  }

  #tolerates({ pod }: Candidate): boolean {
    const { cluster, tolerations } = this.context;
    return pod >= 0 && tolerations.tolerateUnschedulable(cluster.pods.get(pod, POD.tolerations));
  }

  #filter(nodes: Mask): Filtered {
    const { columns, masks, podSelectors, selectors } = this.context;
    // kube: R-NOD-6 spec.unschedulable decides, not the taint that usually comes with it.
    const cordoned = columns.column(NODE_UNSCHEDULABLE).count(UNSCHEDULABLE);
    const accepted = cordoned === 0 ? nodes : masks.and(nodes, selectors.mask(podSelectors.uncordoned));
    return new SelectedNodes(this.context, nodes, accepted, REASON);
  }
}
