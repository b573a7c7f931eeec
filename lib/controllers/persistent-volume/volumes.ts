// controllers: one volume, as the PV controller looks at it -> the phase and the reference that it is given.

import { CLAIM, VOLUME } from "../../intern/cluster.js";
import type { KubeObject } from "../../objects/fields.js";
import { hasAnnotation, textAt } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_PROVISIONED_BY } from "./annotations.js";
import { unboundVolume, withPhase } from "./binding.js";
import type { Events } from "./events.js";
import type { ControllerState } from "./state.js";

/** `written`: volumes and claims were written by hand, and a volume whose claim names another one is left alone. */
export function syncVolume(state: ControllerState, events: Events, volume: number, written: boolean): void {
  const object = state.volume(volume);
  const synced = syncedVolume(state, events, volume, object, written);
  if (synced !== object) state.putVolume(synced);
}

function syncedVolume(
  state: ControllerState,
  events: Events,
  volume: number,
  object: KubeObject,
  written: boolean,
): KubeObject {
  const { claims, volumes } = state.cluster;
  // kube: R-PVC-6 a volume that no uid reserves is Available, whatever it was.
  if (!state.hasRefUid(volume)) return withPhase(object, "Available");
  const claim = state.claimByUid(volume);
  if (claim < 0) return released(object);
  if (!state.namesVolume(claim)) {
    if (state.modesDiffer(volume, claim)) tellOfModes(state, events, volume, claim);
    return object;
  }
  // kube: R-PVC-6 a volume whose claim names it is Bound.
  if (claims.get(claim, CLAIM.volumeName) === volumes.get(volume, VOLUME.name)) return withPhase(object, "Bound");
  if (written) return object;
  // kube: R-PVC-7 a volume that was provisioned for a claim which took another is left to its deleter.
  const isDeleted = textAt(object, "spec", "persistentVolumeReclaimPolicy") === "Delete";
  return isDeleted && hasAnnotation(object, ANN_PROVISIONED_BY) ? released(object) : unboundVolume(object);
}

function released(volume: KubeObject): KubeObject {
  // kube: R-PVC-6 a volume whose claim is gone is Released, unless it has Failed.
  return textAt(volume, "status", "phase") === "Failed" ? volume : withPhase(volume, "Released");
}

function tellOfModes({ cluster }: ControllerState, events: Events, volume: number, claim: number): void {
  const claimKey = cluster.claims.keyOf(claim);
  const claimName = claimKey.slice(claimKey.indexOf("/") + 1);
  const volumeName = cluster.volumes.keyOf(volume);
  const because = "due to incompatible volumeMode.";
  events.volume(
    volumeName,
    "Warning",
    "VolumeMismatch",
    `Cannot bind PersistentVolume to requested PersistentVolumeClaim ${goQuote(claimName)} ${because}`,
  );
  events.claim(
    claimKey,
    "Warning",
    "VolumeMismatch",
    `Cannot bind PersistentVolume ${goQuote(volumeName)} to requested PersistentVolumeClaim ${because}`,
  );
}
