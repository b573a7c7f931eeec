// filters: NodeVolumeLimits' Filter: masks of the nodes with too many volumes, and one by one those that have some already.

import type { Mask } from "../../evaluate/mask.js";
import { NO_NODES } from "../../evaluate/mask.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Candidate, FailedNodes, Filtered, NodeStep, RejectedNodes } from "../plugin.js";
import { UNRESOLVABLE } from "../plugin.js";
import type { Condition } from "./attachable.js";
import { EVERYWHERE, WHERE_MIGRATED, WITH_CSI_NODE } from "./attachable.js";
import type { NodeLimits } from "./node-limits.js";
import type { Entry, WantedVolume } from "./wanted.js";
import { wanted } from "./wanted.js";

const MAX = "node(s) exceed max volume count";

/** What is found out about some of the nodes. */
interface Findings {
  readonly rejected: RejectedNodes[];
  readonly failed: FailedNodes[];
}

export class LimitsStep implements NodeStep {
  readonly kind = "nodes";
  /** The node that the candidate itself is on, 0 for none, and how often it uses which volume there. */
  readonly #home: number = 0;
  /** The row of the pod that is known by the candidate's name, or -1. */
  readonly #self: number = -1;
  readonly #ownUses = new Map<number, number>();

  constructor(
    readonly limits: NodeLimits,
    readonly entries: readonly Entry[],
    readonly candidate: Candidate,
  ) {
    const { attached, context } = limits;
    // kube: R-LIM-10 without any CSINode there is no limit, and nothing to count.
    if (limits.none) return;
    attached.settle();
    if (candidate.pod < 0) return;
    this.#self = context.cluster.knownPod(candidate.pod);
    if (this.#self < 0) return;
    this.#home = context.cluster.nodeOf(this.#self);
    for (const volume of attached.volumesOf(this.#self, this.#home)) {
      this.#ownUses.set(volume, (this.#ownUses.get(volume) ?? 0) + 1);
    }
  }

  filter(nodes: Mask): Filtered {
    const { masks } = this.limits.context;
    const findings: Findings = { rejected: [], failed: [] };
    let accepted: Mask = NO_NODES;
    for (const [met, some] of this.#sorts(nodes)) accepted = masks.or(accepted, this.#decide(met, some, findings));
    return { accepted, ...findings };
  }

  /** The nodes by the condition that they meet. */
  #sorts(nodes: Mask): [Condition, Mask][] {
    const { entries, limits } = this;
    const { masks } = limits.context;
    // kube: R-LIM-2 a node without a CSINode has no limits, and volumes in the tree do not count on it.
    if (entries.every(({ condition }) => condition === EVERYWHERE)) return [[WHERE_MIGRATED, nodes]];
    const present = limits.withCsiNode(nodes, false);
    const absent: [Condition, Mask] = [EVERYWHERE, masks.andNot(nodes, present)];
    if (entries.every(({ condition }) => condition !== WHERE_MIGRATED)) return [absent, [WITH_CSI_NODE, present]];
    const migrated = limits.withCsiNode(present, true);
    return [absent, [WITH_CSI_NODE, masks.andNot(present, migrated)], [WHERE_MIGRATED, migrated]];
  }

  /** Those of the nodes that take the pod. */
  #decide(met: Condition, nodes: Mask, { failed, rejected }: Findings): Mask {
    const { entries, limits } = this;
    const { masks } = limits.context;
    if (nodes === NO_NODES) return NO_NODES;
    const { error, missing, volumes } = wanted(entries, met);
    if (error !== undefined) {
      failed.push({ error, nodes });
      return NO_NODES;
    }
    if (missing !== undefined) {
      rejected.push({ code: UNRESOLVABLE, reasons: [missing], nodes });
      return NO_NODES;
    }
    // kube: R-LIM-8 where nothing is counted every node will do.
    if (volumes === undefined || volumes.size === 0) return nodes;
    let left = this.#withDrivers(volumes.keys(), nodes, rejected);
    if (limits.none) return left;
    left = this.#withoutFaults(left, failed);
    let full: Mask = NO_NODES;
    for (const [driver, some] of volumes) full = masks.or(full, this.#full(driver, some, left));
    rejected.push({ code: "Unschedulable", reasons: [MAX], nodes: full });
    return masks.andNot(left, full);
  }

  /** Those of the nodes that list the drivers that are required. */
  #withDrivers(drivers: Iterable<number>, nodes: Mask, rejected: RejectedNodes[]): Mask {
    const { limits } = this;
    const { cluster, masks } = limits.context;
    const { strings } = cluster;
    let left = nodes;
    const required = [...drivers].filter((driver) => limits.isRequired(driver));
    // kube: R-LIM-9 of several missing drivers the first by bytes is named; limits and what is attached come later.
    for (const driver of required.sort((a, b) => strings.compare(a, b))) {
      const listing = limits.listing(driver, left);
      const reasons = [`${strings.get(driver)} CSI driver is not installed on the node`];
      rejected.push({ code: "Unschedulable", reasons, nodes: masks.andNot(left, listing) });
      left = listing;
    }
    return left;
  }

  /** Those of the nodes on which no pod ends the cycle. O(nodes that have such a pod). */
  #withoutFaults(nodes: Mask, failed: FailedNodes[]): Mask {
    const { attached, context, csiNodes } = this.limits;
    const { cluster, masks } = context;
    const { faulty } = attached.sources;
    if (faulty.size === 0) return nodes;
    const byError = new Map<string, number[]>();
    for (const [node, pods] of faulty) {
      const row = cluster.nodes.find(EMPTY_TEXT, node);
      // kube: R-LIM-10 without any limit on the node its pods are not looked at.
      if (row < 0 || !masks.has(nodes, row) || !csiNodes.hasLimits(node)) continue;
      // kube: R-LIM-11 the first pod at fault is told, a candidate's own not.
      const [first] = [...pods].filter((pod) => pod !== this.#self).sort((a, b) => a - b);
      const error = first === undefined ? undefined : attached.sources.faultOf(first);
      if (error === undefined) continue;
      const rows = byError.get(error);
      if (rows === undefined) byError.set(error, [row]);
      else rows.push(row);
    }
    let left = nodes;
    for (const [error, rows] of byError) {
      const mask = masks.scratchIds(rows.sort((a, b) => a - b));
      failed.push({ error, nodes: mask });
      left = masks.andNot(left, mask);
    }
    return left;
  }

  /** Those of the nodes where the volumes of a driver are too many. O(nodes on which pods use one of them). */
  #full(driver: number, volumes: readonly WantedVolume[], nodes: Mask): Mask {
    const { attached, context } = this.limits;
    const { cluster, masks } = context;
    const full = masks.andNot(nodes, this.limits.withRoom(driver, volumes.length, nodes));
    const ids = volumes.map((volume) => this.limits.idOf(driver, volume));
    const spared = new Set<number>();
    for (const id of ids) {
      if (full === NO_NODES || id < 0) continue;
      for (const node of attached.nodesWith(id)) {
        const row = cluster.nodes.find(EMPTY_TEXT, node);
        if (row >= 0 && !spared.has(row) && masks.has(full, row) && !this.#isFull(node, driver, ids)) spared.add(row);
      }
    }
    return masks.andNot(full, masks.scratchIds([...spared].sort((a, b) => a - b)));
  }

  /** Decides about a node on which pods use some of the volumes, the candidate itself taken off it. */
  #isFull(node: number, driver: number, ids: readonly number[]): boolean {
    const { attached } = this.limits;
    let count = attached.count(node, driver);
    let fresh = ids.length;
    for (const id of ids) {
      const uses = id < 0 ? 0 : attached.byPods.count(node, id);
      const own = node === this.#home ? (this.#ownUses.get(id) ?? 0) : 0;
      // kube: R-LIM-11 a volume that a pod on the node uses is not new.
      if (uses > own) fresh--;
      // kube: R-LIM-15 one that only a VolumeAttachment attaches is counted, and new as well.
      else if (uses > 0 && !attached.isAttached(node, id)) count--;
    }
    // kube: R-LIM-14 a driver for which nothing is new may be over its limit.
    return fresh > 0 && this.limits.isOver(node, driver, count, fresh);
  }
}
