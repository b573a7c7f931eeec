// filters: what CSINodes allow, and what is attached -> masks of the nodes that have, list, or have too much.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import type { Attachables } from "./attachable.js";
import { AttachedVolumes } from "./attached-volumes.js";
import { CsiNodes } from "./csi-nodes.js";
import { NodeMasks } from "./node-masks.js";

// Keys of masks: of those by driver and number the driver is the upper part, and it is never 0.
const HAS_CSI_NODE = 1;
const HAS_MIGRATED = 2;
const NUMBERS = 1 << 20;

export class NodeLimits {
  readonly csiNodes: CsiNodes;
  readonly attached: AttachedVolumes;
  readonly #masks: NodeMasks;
  /** Whether nodes that lack a required driver are rejected. */
  readonly #requiresDrivers: boolean;

  constructor(
    readonly context: Context,
    attachables: Attachables,
  ) {
    const { behaviour, cluster, podsByClaim } = context;
    this.csiNodes = new CsiNodes(cluster);
    this.#masks = new NodeMasks(context);
    const listener = {
      changed: (node: number) => this.#masks.changed(node),
      dropped: () => this.#masks.dropRows(),
    };
    this.attached = new AttachedVolumes(context, this.csiNodes, attachables, podsByClaim, listener);
    // kube: R-GATE-2 off by default up to 1.36.
    this.#requiresDrivers = behaviour.gates.get("VolumeLimitScaling") === true;
  }

  /** Whether there is no CSINode at all: then there is no limit, and nothing needs to be counted. */
  get none(): boolean {
    return this.context.cluster.csiNodes.size === 0;
  }

  isRequired(driver: number): boolean {
    return this.#requiresDrivers && this.csiNodes.isRequired(driver);
  }

  /** Those of the nodes that have a CSINode; `migrated`: one that names Portworx. */
  withCsiNode(nodes: Mask, migrated: boolean): Mask {
    const { csiNodes } = this;
    return migrated
      ? this.#masks.of(HAS_MIGRATED, (node) => csiNodes.hasMigratedPortworx(node), nodes)
      : this.#masks.of(HAS_CSI_NODE, (node) => csiNodes.has(node), nodes);
  }

  /** Those whose CSINode lists a driver. */
  listing(driver: number, nodes: Mask): Mask {
    return this.#masks.of(driver * NUMBERS, (node) => this.csiNodes.lists(node, driver), nodes);
  }

  /** Those where so many volumes of a driver, all of them new to the node, are too many. */
  over(driver: number, volumes: number, nodes: Mask): Mask {
    const test = (node: number) => this.isOver(node, driver, this.attached.count(node, driver), volumes);
    return this.#masks.of(driver * NUMBERS + volumes, test, nodes);
  }

  isOver(node: number, driver: number, attached: number, volumes: number): boolean {
    const limit = this.csiNodes.limitOf(node, driver);
    // kube: R-LIM-13 as many as the limit are allowed, and a driver without a limit takes any number.
    return limit !== undefined && attached + volumes > limit;
  }
}
