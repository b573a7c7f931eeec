// filters: claims that wait for a node -> the nodes that can serve all of them, and why the others cannot.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES, single } from "../../evaluate/mask.js";
import { splitByPlaces } from "../../evaluate/places.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { FailedNodes, Filtered, RejectedNodes } from "../plugin.js";
import { UNRESOLVABLE } from "../plugin.js";
import type { BoundClaims, BoundNodes } from "./bound-claims.js";
import type { Capacities } from "./capacities.js";
import { CapacitySearch } from "./capacity-search.js";
import type { ClaimToBind } from "./claims-to-bind.js";
import { claimsToBind } from "./claims-to-bind.js";
import type { FreeVolumes } from "./free-volumes.js";
import { greedy } from "./greedy.js";
import type { PlannedClaim, RoomSearch, VolumeStep } from "./plan.js";
import { plannedClaim } from "./plan.js";
import { provisionable } from "./provisioning.js";
import { AFFINITY, BIND, NO_VOLUME, SPACE } from "./reasons.js";
import { matchStatic, NodeReach } from "./static-matching.js";

/** More sets of nodes than this are not told apart. */
const MOST_ALIKE = 64;

interface Served {
  readonly served: Mask;
  /** Nodes without a volume to bind or to make. */
  readonly unbindable: Mask;
  /** Nodes on which a volume could be made, were there room. */
  readonly full: Mask;
  readonly failed?: FailedNodes;
}

/** Claims to be provisioned on a selected node come first, in volume order; the others may match a volume. */
interface Split {
  /** The nodes that no claim's selected node rules out. */
  readonly candidates: Mask;
  readonly selected: readonly number[];
  readonly unselected: readonly number[];
}

/** What the claims of all pods are served from. */
interface Supply {
  readonly context: Context;
  readonly freeVolumes: FreeVolumes;
  readonly capacities: Capacities;
}

/** The claims of a pod of which some wait for a node. */
export class DelayedClaims implements VolumeStep {
  readonly kind = "nodes";
  selected: readonly PlannedClaim[] = [];
  toBind: readonly ClaimToBind[] = [];
  /** For each claim of `toBind` the nodes on which it finds no volume; masks of the question. */
  left: readonly Mask[] = [];
  readonly #volumes: number[] = [];
  #reach: NodeReach | undefined;
  #rooms: readonly RoomSearch[] | undefined;

  constructor(
    readonly supply: Supply,
    readonly bound: BoundClaims,
    /** In volume order. */
    readonly claims: readonly number[],
  ) {}

  filter(nodes: Mask): Filtered {
    const { masks } = this.supply.context;
    // path: claims: delayed ones
    const bound = this.bound.filter(nodes);
    // kube: R-FLT-2 delayed claims are judged on the nodes that the bound ones rejected too.
    const delayed = this.#serve(bound.judged);
    const accepted = masks.and(bound.accepted, delayed.served);
    const failed = delayed.failed === undefined ? bound.failed : [...bound.failed, delayed.failed];
    return { accepted, rejected: this.#rejected(bound, delayed), failed };
  }

  choose(node: number): readonly number[] {
    const { context, freeVolumes } = this.supply;
    const { toBind } = this;
    // Other pods' questions may have given the ranks anew.
    for (const { list } of toBind) freeVolumes.refresh(list);
    this.#reach ??= new NodeReach(context);
    this.#reach.node = node;
    greedy(context, freeVolumes, toBind, this.#reach, this.#volumes);
    return this.#volumes;
  }

  alike(): readonly Mask[] {
    const { capacities, context, freeVolumes } = this.supply;
    const selectors = new Set<number>();
    for (const { list, reserved } of this.toBind) {
      freeVolumes.refresh(list);
      if (list.index.places.size > MOST_ALIKE) return [];
      for (const selector of list.index.places.keys()) selectors.add(selector);
      for (const volume of reserved) selectors.add(context.affinityOf(volume));
    }
    for (const claim of [...this.selected, ...this.toBind]) {
      const places = capacities.places(claim.class);
      if (places.size > MOST_ALIKE) return [];
      for (const selector of places.keys()) selectors.add(selector);
    }
    if (selectors.size > MOST_ALIKE) return [];
    const places = Array.from(selectors, (selector) => ({ selector, items: [] }));
    const patterns = splitByPlaces(context.masks, context.selectors, ALL_NODES, places, MOST_ALIKE);
    return patterns.length > MOST_ALIKE ? [] : patterns.map(({ nodes }) => nodes);
  }

  rooms(): readonly RoomSearch[] {
    const { capacities, context } = this.supply;
    this.#rooms ??= [...this.selected, ...this.toBind].map((claim) => new CapacitySearch(context, capacities, claim));
    return this.#rooms;
  }

  #rejected(bound: BoundNodes, delayed: Served): RejectedNodes[] {
    const { masks } = this.supply.context;
    const rejected: RejectedNodes[] = [];
    const cross = (nodes: Mask, before: readonly string[], after: readonly string[]): void => {
      if (nodes === NO_NODES) return;
      for (const [there, reasons] of [
        [delayed.served, []],
        [delayed.unbindable, [BIND]],
        [delayed.full, [SPACE]],
      ] as const) {
        // kube: R-FLT-1 affinity, then binding or space, then the missing volume.
        // kube: R-FLT-3 at most one of each pair.
        const all = [...before, ...reasons, ...after];
        const where = all.length === 0 ? NO_NODES : masks.and(nodes, there);
        if (where !== NO_NODES) rejected.push({ code: UNRESOLVABLE, reasons: all, nodes: where });
      }
    };
    cross(bound.accepted, [], []);
    cross(bound.unreached, [AFFINITY], []);
    cross(bound.missing, [], [NO_VOLUME]);
    return rejected;
  }

  #serve(nodes: Mask): Served {
    const { capacities, context, freeVolumes } = this.supply;
    const { masks } = context;
    const { candidates, selected, unselected } = splitBySelectedNode(context, this.claims, nodes);
    let unbindable = masks.andNot(nodes, candidates);
    let full: Mask = NO_NODES;
    if (candidates === NO_NODES) return { served: NO_NODES, unbindable, full };
    const toBind = claimsToBind(context, freeVolumes, unselected);
    // kube: R-FLT-4 an error leaves the node without reasons.
    if (typeof toBind === "string") {
      // path: claims: one whose selector does not convert
      return { served: NO_NODES, unbindable, full, failed: { error: toBind, nodes: candidates } };
    }
    this.selected = selected.map((claim) => plannedClaim(context.cluster, claim));
    this.toBind = toBind;
    this.#rooms = undefined;
    const left = matchStatic(context, freeVolumes, toBind, candidates);
    this.left = left;
    let served = candidates;
    const provision = (claim: number, where: Mask): void => {
      const wanting = masks.and(served, where);
      if (wanting === NO_NODES) return;
      // kube: R-PRV-7 the first claim that fails on a node decides its reason.
      // kube: R-PRV-9 claims are checked one by one.
      const { allowed, roomy } = provisionable(context, capacities, claim);
      const refused = masks.andNot(wanting, allowed);
      const crowded = masks.andNot(masks.and(wanting, allowed), roomy);
      unbindable = masks.or(unbindable, refused);
      full = masks.or(full, crowded);
      served = masks.andNot(masks.andNot(served, refused), crowded);
    };
    // kube: R-FLT-7 selected claims in volume order, then unmatched ones by size.
    for (const claim of selected) provision(claim, ALL_NODES);
    // kube: R-MAT-13 an unmatched claim that can be provisioned is no failure.
    toBind.forEach(({ claim }, i) => {
      provision(claim, left[i]);
    });
    return { served, unbindable, full };
  }
}

function splitBySelectedNode({ cluster, masks }: Context, claims: readonly number[], nodes: Mask): Split {
  const selected: number[] = [];
  const unselected: number[] = [];
  let candidates = nodes;
  for (const claim of claims) {
    const node = cluster.claimAnnotation(claim, cluster.ids.selectedNode);
    if (node === 0) {
      unselected.push(claim);
      continue;
    }
    // kube: R-FLT-5 any other node, and every node if the name is empty or gone, is rejected before all matching.
    // path: claims: one with a selected node
    const row = node === EMPTY_TEXT ? -1 : cluster.nodes.find(EMPTY_TEXT, node);
    candidates = row < 0 ? NO_NODES : masks.and(candidates, single(row));
    // kube: R-FLT-6 a claim with a selected node is never matched to an existing volume.
    selected.push(claim);
  }
  return { candidates, selected, unselected };
}
