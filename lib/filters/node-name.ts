// filters: the plugin NodeName: a pod that names its node -> that node alone.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { NO_NODES, single } from "../evaluate/mask.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Candidate, Filtered, NodeStep, Plugin, PreFiltered, Resolution } from "./plugin.js";
import { SKIP } from "./plugin.js";
import { SelectedNodes } from "./selected-nodes.js";

const REASON = "node(s) didn't match the requested node name";

/** Whether the pod's row has a spec.nodeName is not looked at: only `Candidate.nodeName` is. */
export class NodeName implements Plugin {
  readonly name = "NodeName";

  constructor(readonly context: Context) {}

  preFilter({ nodeName = 0 }: Candidate): PreFiltered {
    return nodeName <= EMPTY_TEXT ? SKIP : new NamedNode(this.context, nodeName);
  }

  resolve({ nodeName = 0 }: Candidate): Resolution {
    return nodeName <= EMPTY_TEXT ? "selectors" : "open";
  }
}

class NamedNode implements NodeStep {
  readonly kind = "nodes";

  constructor(
    readonly context: Context,
    readonly nodeName: number,
  ) {}

  get names(): readonly number[] | undefined {
    // kube: R-NOD-7 since 1.37 PreFilter narrows to that name; before, Filter turns the other nodes down.
    return this.context.behaviour.minor >= 37 ? [this.nodeName] : undefined;
  }

  filter(nodes: Mask): Filtered {
    const { cluster, masks } = this.context;
    const node = cluster.nodes.find(EMPTY_TEXT, this.nodeName);
    return new SelectedNodes(this.context, nodes, node < 0 ? NO_NODES : masks.and(nodes, single(node)), REASON);
  }
}
