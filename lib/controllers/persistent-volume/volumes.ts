// controllers: one volume, as the PV controller looks at it -> the phase and the reference that it is given.

import { CLAIM, VOLUME } from "../../intern/cluster.js";
import type { KubeObject } from "../../objects/fields.js";
import { hasAnnotation, textAt } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_PROVISIONED_BY } from "./annotations.js";
import { unboundVolume, withPhase } from "./binding.js";
import type { Events } from "./events.js";
import { migratedVolume } from "./migration.js";
import { Reclaiming } from "./reclaim.js";
import type { ControllerState } from "./state.js";
import type { SyncOptions } from "./sync-options.js";

export class Volumes {
  readonly #reclaiming: Reclaiming;

  constructor(
    readonly state: ControllerState,
    readonly events: Events,
    readonly options: SyncOptions,
  ) {
    this.#reclaiming = new Reclaiming(state, events, options.pods);
  }

  sync(volume: number): void {
    const object = this.state.volume(volume);
    const synced = this.#synced(volume, this.options.written ? object : migratedVolume(object));
    if (synced !== object) this.state.putVolume(synced);
  }

  #synced(volume: number, object: KubeObject): KubeObject {
    const { state } = this;
    const { claims, volumes } = state.cluster;
    // kube: R-PVC-6 a volume that no uid reserves is Available, whatever it was.
    if (!state.hasRefUid(volume)) return withPhase(object, "Available");
    const claim = state.claimByUid(volume);
    if (claim < 0) return this.#released(object);
    if (!state.namesVolume(claim)) {
      if (state.modesDiffer(volume, claim)) this.#tellOfModes(volume, claim);
      return object;
    }
    // kube: R-PVC-6 a volume whose claim names it is Bound.
    if (claims.get(claim, CLAIM.volumeName) === volumes.get(volume, VOLUME.name)) return withPhase(object, "Bound");
    if (this.options.written) return object;
    // kube: R-PVC-7 a volume that was provisioned for a claim which took another is left to its deleter.
    const isDeleted = textAt(object, "spec", "persistentVolumeReclaimPolicy") === "Delete";
    return isDeleted && hasAnnotation(object, ANN_PROVISIONED_BY) ? this.#released(object) : unboundVolume(object);
  }

  #released(volume: KubeObject): KubeObject {
    // kube: R-PVC-6 a volume whose claim is gone is Released, unless it has Failed; then its policy counts.
    const released = textAt(volume, "status", "phase") === "Failed" ? volume : withPhase(volume, "Released");
    return this.options.written ? released : this.#reclaiming.reclaim(released);
  }

  #tellOfModes(volume: number, claim: number): void {
    const { cluster } = this.state;
    const claimKey = cluster.claims.keyOf(claim);
    const claimName = claimKey.slice(claimKey.indexOf("/") + 1);
    const volumeName = cluster.volumes.keyOf(volume);
    const because = "due to incompatible volumeMode.";
    this.events.volume(
      volumeName,
      "Warning",
      "VolumeMismatch",
      `Cannot bind PersistentVolume to requested PersistentVolumeClaim ${goQuote(claimName)} ${because}`,
    );
    this.events.claim(
      claimKey,
      "Warning",
      "VolumeMismatch",
      `Cannot bind PersistentVolume ${goQuote(volumeName)} to requested PersistentVolumeClaim ${because}`,
    );
  }
}
