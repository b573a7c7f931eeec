// filters: what CSINodes allow, and what is attached -> masks of the nodes that have, list, or have too much.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, dense } from "../../evaluate/mask.js";
import { CLAIM } from "../../intern/cluster.js";
import type { Attachables } from "./attachable.js";
import { AttachedVolumes } from "./attached-volumes.js";
import { unboundHandle } from "./claim-volumes.js";
import { CsiNodes } from "./csi-nodes.js";
import { HAS_CSI_NODE, HAS_MIGRATED, Rooms } from "./rooms.js";
import type { WantedVolume } from "./wanted.js";

/** The first minor in which a CSIDriver has to ask for it. */
const ASKED_SINCE = 36;

export class NodeLimits {
  readonly csiNodes: CsiNodes;
  readonly attached: AttachedVolumes;
  readonly rooms: Rooms;
  /** Whether nodes that lack a required driver are rejected. */
  readonly #requiresDrivers: boolean;

  constructor(
    readonly context: Context,
    attachables: Attachables,
  ) {
    const { behaviour, cluster, podsByClaim } = context;
    this.csiNodes = new CsiNodes(cluster);
    this.rooms = new Rooms(context, this.csiNodes, (node, driver) => this.attached.count(node, driver));
    const listener = {
      changed: (node: number) => this.rooms.changed(node),
      dropped: () => this.rooms.dropRows(),
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
    if (!this.#requiresDrivers) return false;
    // kube: R-GATE-2 in 1.35 every driver with a CSIDriver is required, whether that asks for it or not.
    return this.context.behaviour.minor < ASKED_SINCE
      ? this.csiNodes.hasDriver(driver)
      : this.csiNodes.isRequired(driver);
  }

  /** Those of the nodes that have a CSINode; `migrated`: one that names Portworx. In scratch, as all that follow. */
  withCsiNode(nodes: Mask, migrated: boolean): Mask {
    return this.#within(nodes, this.rooms.has(migrated ? HAS_MIGRATED : HAS_CSI_NODE));
  }

  /** Those whose CSINode lists a driver. */
  listing(driver: number, nodes: Mask): Mask {
    return this.#within(nodes, this.rooms.lists(driver));
  }

  /** Those that have room for so many volumes of a driver, all of them new to the node. */
  withRoom(driver: number, volumes: number, nodes: Mask): Mask {
    return this.#within(nodes, this.rooms.roomFor(driver, volumes));
  }

  isOver(node: number, driver: number, attached: number, volumes: number): boolean {
    const limit = this.csiNodes.limitOf(node, driver);
    return limit !== undefined && attached + volumes > limit;
  }

  /** The id of a volume that some pod on a node, or a VolumeAttachment, has; -1 where none does. */
  idOf(driver: number, { claim, handle }: WantedVolume): number {
    const { attached, context } = this;
    if (handle >= 0) return attached.volumes.find(driver, handle);
    const { claims } = context.cluster;
    const { keys } = context.podsByClaim;
    const key = keys.find(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    return key < 0 ? -1 : attached.volumes.find(driver, unboundHandle(key));
  }

  /** Whether some pod on a node uses a volume. */
  isInUse(driver: number, volume: WantedVolume): boolean {
    const id = this.idOf(driver, volume);
    return id >= 0 && this.attached.isInUse(id);
  }

  /** The row is kept and may change, so that not even all nodes' share of it is handed out. */
  #within(nodes: Mask, condition: number): Mask {
    const { masks } = this.context;
    const row = this.rooms.row(condition);
    if (nodes !== ALL_NODES) return masks.and(nodes, dense(row));
    const within = masks.scratch.row();
    return masks.scratchDense(within, masks.kernels.andInto(within, row, masks.all, masks.bytes));
  }
}
