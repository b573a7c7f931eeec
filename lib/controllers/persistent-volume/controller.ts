// controllers: volumes and claims -> as the PV controller leaves them once it has nothing more to write.

import { Claims } from "./claims.js";
import { Events } from "./events.js";
import type { ClaimOutcome } from "./outcome.js";
import type { ControllerState } from "./state.js";
import type { SyncOptions } from "./sync-options.js";
import { Volumes } from "./volumes.js";

/** Beyond so many passes the controller is taken to go in circles; no input is known that needs more than four. */
const MOST_PASSES = 32;

export class PersistentVolumeController {
  readonly events = new Events();
  readonly #claims: Claims;
  readonly #volumes: Volumes;

  constructor(
    readonly state: ControllerState,
    readonly options: SyncOptions,
  ) {
    this.#claims = new Claims(state, this.events, options);
    this.#volumes = new Volumes(state, this.events, options);
  }

  /**
   * Looks at all volumes and then at all claims, in the order in which they came; returns how each claim (by row)
   * stands. O(volumes + claims x log sizes).
   */
  pass(): ClaimOutcome[] {
    const { claims, volumes } = this.state.cluster;
    for (let row = 0; row < volumes.limit; row++) this.#volumes.sync(row);
    return Array.from({ length: claims.limit }, (_, row) => this.#claims.sync(row));
  }

  /** Makes passes until one writes nothing. */
  rest(): ClaimOutcome[] {
    for (let passes = 1; ; passes++) {
      this.state.takeWritten();
      const outcomes = this.pass();
      if (!this.state.takeWritten()) return outcomes;
      if (passes === MOST_PASSES) throw new Error("the PV controller does not come to rest");
    }
  }
}
