// filters: the plugin StrictCapacity, which kube-scheduler does not have: a node is not given more claims than its
// storage can hold, those of other pods counted that are not made yet. docs/rules.md lists its rules.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { NO_NODES } from "../../evaluate/mask.js";
import type { Place } from "../../evaluate/places.js";
import { CAPACITY, CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Candidate, Filtered, NodeStep, Plugin, PreFiltered, Resolution } from "../plugin.js";
import { SKIP, UNRESOLVABLE } from "../plugin.js";
import type { DelayedClaims } from "../volume-binding/delayed-claims.js";
import type { PlannedClaim } from "../volume-binding/plan.js";
import { asksForRoom } from "../volume-binding/provisioning.js";
import { VolumeBinding } from "../volume-binding/volume-binding.js";
import { PendingClaims } from "./pending-claims.js";

const OVERBOOKED = "node(s) did not have enough free storage for all claims";

export class StrictCapacity implements Plugin {
  readonly name = "StrictCapacity";
  readonly binding: VolumeBinding;
  readonly pending: PendingClaims;

  constructor(
    readonly context: Context,
    before: readonly Plugin[],
  ) {
    this.binding = before.find((plugin) => plugin instanceof VolumeBinding) as VolumeBinding;
    this.pending = new PendingClaims(context);
  }

  preFilter(_candidate: Candidate): PreFiltered {
    // VolumeBinding's PreFilter came before, and its Filter will: what it plans for each node is added up here.
    const { delayed } = this.binding;
    return delayed === undefined ? SKIP : new StrictStep(this, delayed);
  }

  /** Claims that are bound need no room; where others are, VolumeBinding has to be asked. */
  resolve(): Resolution {
    return "selectors";
  }
}

/** What a pod would make of one class on a node. */
interface Wanted {
  readonly largest: bigint;
  readonly sum: bigint;
}

class StrictStep implements NodeStep {
  readonly kind = "nodes";

  constructor(
    readonly plugin: StrictCapacity,
    readonly delayed: DelayedClaims,
  ) {}

  /** O(capacity objects of the classes + nodes with claims that are not made yet). */
  filter(nodes: Mask): Filtered {
    const { masks } = this.plugin.context;
    let accepted = nodes;
    const known = new Map<string, Mask>();
    for (const { claims, nodes: where } of this.#byProvisions(nodes)) {
      for (const [storageClass, wanted] of this.#wanted(claims)) {
        const key = `${storageClass}/${wanted.largest}/${wanted.sum}`;
        let roomy = known.get(key);
        if (roomy === undefined) {
          roomy = this.#roomy(storageClass, wanted);
          known.set(key, roomy);
        }
        accepted = masks.andNot(accepted, masks.andNot(where, roomy));
      }
    }
    const overbooked = masks.andNot(nodes, accepted);
    return { accepted, rejected: [{ code: UNRESOLVABLE, reasons: [OVERBOOKED], nodes: overbooked }] };
  }

  /** The nodes by which of the pod's claims would be made there. */
  #byProvisions(nodes: Mask): { readonly claims: readonly PlannedClaim[]; readonly nodes: Mask }[] {
    const { masks } = this.plugin.context;
    const { left, selected, toBind } = this.delayed;
    let parts = [{ claims: selected, nodes }];
    for (const [i, claim] of toBind.entries()) {
      parts = parts.flatMap((part) => {
        const made = masks.and(part.nodes, left[i]);
        if (made === NO_NODES) return [part];
        const matched = masks.andNot(part.nodes, made);
        const more = { claims: [...part.claims, claim], nodes: made };
        return masks.count(matched) === 0 ? [more] : [more, { claims: part.claims, nodes: matched }];
      });
    }
    return parts;
  }

  /** By class, what these claims want where room is asked for. */
  #wanted(claims: readonly PlannedClaim[]): Map<number, Wanted> {
    const { context } = this.plugin;
    const wanted = new Map<number, Wanted>();
    const seen = new Set<number>();
    for (const claim of claims) {
      // STRICT-3: a claim that the pod uses twice is made once.
      if (seen.has(claim.claim)) continue;
      seen.add(claim.claim);
      // STRICT-5: where the scheduler asks for no room, none is added up.
      if (!asksForRoom(context, claim)) continue;
      const amount = context.amounts.value(claim.requested);
      const { largest, sum } = wanted.get(claim.class) ?? { largest: amount, sum: 0n };
      wanted.set(claim.class, { largest: largest > amount ? largest : amount, sum: sum + amount });
    }
    return wanted;
  }

  /** The nodes with room for all that is wanted of a class. */
  #roomy(storageClass: number, { largest, sum }: Wanted): Mask {
    const { binding, context } = this.plugin;
    const { masks, selectors } = context;
    const charges = this.#charges(storageClass);
    const narrow: number[] = [];
    let roomy: Mask = NO_NODES;
    for (const place of binding.capacities.places(storageClass).values()) {
      const charged = (charges.get(place) ?? 0n) + sum;
      // STRICT-4: one object is enough, if it can make the largest and hold all.
      if (!place.items.some((row) => this.#holds(row, largest, charged))) continue;
      const reached = selectors.mask(place.selector);
      if (masks.isRow(reached)) roomy = masks.or(roomy, reached);
      else masks.each(reached, (node) => narrow.push(node));
    }
    const ids = [...new Set(narrow)].sort((a, b) => a - b);
    return masks.or(roomy, masks.scratchIds(ids));
  }

  #holds(row: number, largest: bigint, charged: bigint): boolean {
    const { amounts, cluster } = this.plugin.context;
    const capacity = cluster.capacities.get(row, CAPACITY.capacity);
    const maximum = cluster.capacities.get(row, CAPACITY.maximumVolumeSize);
    if (maximum !== 0 && amounts.value(maximum) < largest) return false;
    // STRICT-4: an object that says nothing but how large a volume can be has room for one of that size.
    return amounts.value(capacity !== 0 ? capacity : maximum) >= charged;
  }

  /** What the objects of each place are charged for claims that are not made yet, without the pod's own. */
  #charges(storageClass: number): Map<Place, bigint> {
    const { binding, context, pending } = this.plugin;
    const { nodes } = context.cluster;
    const own = this.#own(storageClass);
    const charges = new Map<Place, bigint>();
    for (const [name, amount] of pending.of(storageClass)) {
      const charge = amount - (own.get(name) ?? 0n);
      const node = nodes.find(EMPTY_TEXT, name);
      // STRICT-2: a claim is charged to whatever covers its node; a node that is not known is covered by nothing.
      if (node < 0 || charge === 0n) continue;
      for (const place of binding.capacities.placesOf(storageClass, node)) {
        charges.set(place, (charges.get(place) ?? 0n) + charge);
      }
    }
    return charges;
  }

  /** By node, what of the pending amounts of a class is the pod's own. */
  #own(storageClass: number): Map<number, bigint> {
    const { context, pending } = this.plugin;
    const { amounts, cluster } = context;
    const { claims } = cluster;
    const own = new Map<number, bigint>();
    const { selected, toBind } = this.delayed;
    const rows = [...selected, ...toBind].map(({ claim }) => {
      // One that came with the question stands for the known one of its name.
      return claims.find(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    });
    for (const row of new Set(rows)) {
      const node = row < 0 || claims.get(row, CLAIM.class) !== storageClass ? 0 : pending.nodeOf(row);
      // STRICT-3: what the pod itself wants there stands for it.
      if (node !== 0) own.set(node, (own.get(node) ?? 0n) + amounts.value(cluster.requestOf(row)));
    }
    return own;
  }
}
