// controllers: one claim, as the PV controller looks at it -> what it writes, says, and how the claim then stands.

import { hasAnnotation, put, textAt } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_BOUND_BY_CONTROLLER, ANN_SELECTED_NODE } from "./annotations.js";
import { bind, unboundClaim } from "./binding.js";
import type { Events } from "./events.js";
import { migratedClaim } from "./migration.js";
import type { ClaimOutcome } from "./outcome.js";
import { provision } from "./provisioning.js";
import type { ControllerState } from "./state.js";
import type { SyncOptions } from "./sync-options.js";
import { VolumeSearch } from "./volume-search.js";
import { detailOf, failedTests } from "./volume-tests.js";

export class Claims {
  readonly #search: VolumeSearch;

  constructor(
    readonly state: ControllerState,
    readonly events: Events,
    readonly options: SyncOptions,
  ) {
    this.#search = new VolumeSearch(state);
  }

  sync(claim: number): ClaimOutcome {
    const { options, state } = this;
    if (!options.written) {
      const object = state.claim(claim);
      const migrated = migratedClaim(object);
      if (migrated !== object) state.putClaim(migrated);
    }
    if (state.isBindCompleted(claim)) return this.#syncBound(claim);
    return state.namesVolume(claim) ? this.#syncNaming(claim) : this.#syncOpen(claim);
  }

  /** A claim that names no volume. */
  #syncOpen(claim: number): ClaimOutcome {
    const { events, state } = this;
    const key = state.cluster.claims.keyOf(claim);
    const delayed = state.isDelayed(claim);
    if (typeof delayed === "string") return { kind: "error", error: delayed };
    const volume = this.#search.find(claim, delayed);
    if (typeof volume === "string") {
      return { kind: "error", error: `error finding PV for claim ${goQuote(key)}: ${volume}` };
    }
    if (volume >= 0) return this.#bind(claim, volume);
    if (this.#takesDefaultClass(claim)) return { kind: "defaulted" };
    if (delayed && !hasAnnotation(state.claim(claim), ANN_SELECTED_NODE)) {
      this.#saysWhoIsAwaited(key);
      this.#setPending(claim);
      return { kind: "waiting" };
    }
    if (state.className(claim) !== "") {
      if (!this.options.written) provision(state, events, claim);
      return { kind: delayed ? "waiting" : "unserved" };
    }
    const message = "no persistent volumes available for this claim and no storage class is set";
    events.claim(key, "Normal", "FailedBinding", message);
    this.#setPending(claim);
    return { kind: "unserved" };
  }

  /** Whether a claim was given the default class. */
  #takesDefaultClass(claim: number): boolean {
    const { options, state } = this;
    if (options.defaultClass === undefined || state.namesClass(claim)) return false;
    // kube: R-PVC-2 a claim of no class takes the default one, and is looked at again.
    state.putClaim(put(state.claim(claim), ["spec", "storageClassName"], options.defaultClass));
    return true;
  }

  #saysWhoIsAwaited(key: string): void {
    const pods = this.options.pods.waiting(key);
    if (pods.length === 0) {
      const message = "waiting for first consumer to be created before binding";
      this.events.claim(key, "Normal", "WaitForFirstConsumer", message);
      return;
    }
    const [noun, names] = pods.length === 1 ? ["pod", pods[0]] : ["pods", pods.join(",")];
    this.events.claim(key, "Normal", "WaitForPodScheduled", `waiting for ${noun} ${names} to be scheduled`);
  }

  /** A claim that names a volume, and whose binding is not complete. */
  #syncNaming(claim: number): ClaimOutcome {
    const { events, state } = this;
    const key = state.cluster.claims.keyOf(claim);
    const volume = state.volumeNamedBy(claim);
    if (volume < 0) {
      this.#setPending(claim);
      return { kind: "volumeMissing" };
    }
    // kube: R-PVC-3 a volume that is meant for the claim is taken without tests.
    if (state.isBoundTo(volume, claim)) return this.#bind(claim, volume);
    const name = state.cluster.volumes.keyOf(volume);
    if (state.hasClaimRef(volume)) return this.#taken(claim, volume);
    const failed = failedTests(state, volume, claim);
    if (failed.length === 0) return this.#bind(claim, volume);
    const detail = detailOf(failed[0], name, state);
    events.claim(key, "Warning", "VolumeMismatch", `Cannot bind to requested volume ${goQuote(name)}: ${detail}`);
    this.#setPending(claim);
    return { kind: "volumeMismatch", volume, failed };
  }

  #taken(claim: number, volume: number): ClaimOutcome {
    const { state } = this;
    const key = state.cluster.claims.keyOf(claim);
    const name = goQuote(state.cluster.volumes.keyOf(volume));
    this.events.claim(key, "Warning", "FailedBinding", `volume ${name} already bound to a different claim.`);
    if (hasAnnotation(state.claim(claim), ANN_BOUND_BY_CONTROLLER)) {
      const owner = ["namespace", "name"].map((field) => textAt(state.volume(volume), "spec", "claimRef", field));
      const error = `invalid binding of claim ${goQuote(key)} to volume ${name}: volume already claimed by ${goQuote(owner.join("/"))}`;
      return { kind: "error", error };
    }
    this.#setPending(claim);
    return { kind: "volumeTaken", volume };
  }

  /** A claim whose binding was complete once. */
  #syncBound(claim: number): ClaimOutcome {
    const { options, state } = this;
    const volume = state.volumeNamedBy(claim);
    if (options.written) return { kind: "bound", volume };
    if (!state.namesVolume(claim)) {
      return this.#lose(
        claim,
        "ClaimLost",
        "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!",
      );
    }
    if (volume < 0) {
      return this.#lose(claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }
    // kube: R-PVC-5 the uid in the volume's claimRef decides; a volume without claimRef is bound again.
    if (!state.hasClaimRef(volume) || state.hasUidOf(volume, claim)) return this.#bind(claim, volume);
    const message = "Two claims are bound to the same volume, this one is bound incorrectly";
    return this.#lose(claim, "ClaimMisbound", message);
  }

  #lose(claim: number, reason: string, message: string): ClaimOutcome {
    const { state } = this;
    const object = state.claim(claim);
    if (textAt(object, "status", "phase") !== "Lost") {
      state.putClaim(unboundClaim(object, "Lost"));
      this.events.claim(state.cluster.claims.keyOf(claim), "Warning", reason, message);
    }
    return { kind: "lost" };
  }

  #setPending(claim: number): void {
    const object = this.state.claim(claim);
    const pending = unboundClaim(object, "Pending");
    if (pending !== object) this.state.putClaim(pending);
  }

  #bind(claim: number, volume: number): ClaimOutcome {
    const { state } = this;
    const objects = { claim: state.claim(claim), volume: state.volume(volume) };
    const reserved = state.isBoundTo(volume, claim);
    const complete = reserved && state.hasUidOf(volume, claim);
    const bound = bind({ ...objects, reserved, complete, attributesClasses: state.attributesClasses });
    if (bound.volume !== objects.volume) state.putVolume(bound.volume);
    if (bound.claim !== objects.claim) state.putClaim(bound.claim);
    return { kind: "bound", volume };
  }
}
