// explain: an in-tree volume that does not translate to its CSI driver -> the field at fault.

import type { BoundClaims } from "../filters/volume-binding/bound-claims.js";
import { volumeOf } from "../filters/volume-binding/bound-claims.js";
import { VOLUME } from "../intern/cluster.js";
import { MIGRATED_SOURCES } from "../intern/kinds.js";
import type { PersistentVolumeLike } from "../objects/types.js";
import type { Draft, Examination } from "./examination.js";
import { referenceTo } from "./examination.js";
import { BETA_ZONE, ZONE } from "./volume-labels.js";
import { keyed } from "./written-terms.js";

/** The error of the scheduler's cycle, where one of the pod's volumes is to be read on a node that its plugin has left. */
export function untranslated(x: Examination, volume: number, fault: string): Draft {
  const { volumes } = x.context.cluster;
  const source = MIGRATED_SOURCES[volumes.get(volume, VOLUME.migratedSource) - 1];
  const { metadata } = volumes.read(volume) as PersistentVolumeLike;
  const path =
    source === "gcePersistentDisk"
      ? keyed("metadata.labels", (metadata?.labels?.[BETA_ZONE] ?? "") === "" ? ZONE : BETA_ZONE)
      : `spec.${source}.${source === "azureDisk" ? "kind" : "volumeID"}`;
  return { code: "Fault", object: referenceTo(volumes, volume), path, reason: `could not translate pv: ${fault}` };
}

/** The volume of a bound claim that ends the cycle with this error. */
export function untranslatedVolume(x: Examination, { claims, volumes }: BoundClaims, error: string): Draft | undefined {
  for (const claim of claims) {
    const volume = volumeOf(x.context.cluster, claim);
    const fault = volume < 0 ? undefined : volumes.faultOf(volume);
    if (fault !== undefined && error === `could not translate pv: ${fault}`) return untranslated(x, volume, fault);
  }
  return undefined;
}
