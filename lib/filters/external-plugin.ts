// filters: verdicts of plugins that are not carried out here, handed in with a question -> plugins of the cycle.

import type { Mask } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import type { Filtered, Plugin, PreFiltered, RejectedNodes, Status } from "./plugin.js";
import { orderOf } from "./plugin.js";

/** Says what it was told to. Masks hold as long as the question's. */
export class ExternalPlugin implements Plugin {
  readonly rejected: RejectedNodes[] = [];
  /** Set where its PreFilter rejected the pod. */
  preFiltered: Status | undefined;

  constructor(
    readonly name: string,
    readonly masks: Masks,
  ) {}

  preFilter(): PreFiltered {
    if (this.preFiltered !== undefined) return { kind: "rejected", ...this.preFiltered };
    return { kind: "nodes", filter: (nodes) => this.#filter(nodes) };
  }

  #filter(nodes: Mask): Filtered {
    const { masks } = this;
    const rejected = this.rejected.map((status) => ({ ...status, nodes: masks.and(nodes, status.nodes) }));
    return { accepted: rejected.reduce((left, status) => masks.andNot(left, status.nodes), nodes), rejected };
  }
}

/** The plugins of both lists, in the order of the release `minor`; of equal place, in their order. */
export function inOrder(own: readonly Plugin[], external: readonly Plugin[], minor: number): readonly Plugin[] {
  if (external.length === 0) return own;
  // kube: R-FW-1 plugins that are not ours have their place among them; one that the order does not know comes last.
  const order: string[] = [...orderOf(minor), "PodTopologySpread", "InterPodAffinity", "DynamicResources"];
  order.splice(order.indexOf("NodeResourcesFit"), 0, "NodePorts");
  order.push("NodeDeclaredFeatures");
  const place = ({ name }: Plugin): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...own, ...external].sort((a, b) => place(a) - place(b));
}
