// filters: a claim to be provisioned -> the capacity object for which the scheduler finds room, node after node.

import type { Context } from "../../evaluate/context.js";
import type { Least } from "../../evaluate/least.js";
import type { Capacities } from "./capacities.js";
import type { PlannedClaim, RoomSearch } from "./plan.js";
import { asksForRoom } from "./provisioning.js";

/** What no node changes is found once. Holds as long as nothing has changed. */
export class CapacitySearch implements RoomSearch {
  readonly #class: number;
  readonly #least: Least | undefined;

  constructor(
    context: Context,
    readonly capacities: Capacities,
    claim: PlannedClaim,
  ) {
    this.#class = claim.class;
    this.#least = asksForRoom(context, claim) ? capacities.least(context.amounts.value(claim.requested)) : undefined;
  }

  at(node: number): number {
    return this.#least === undefined ? -1 : this.capacities.recorded(this.#class, this.#least, node);
  }
}
