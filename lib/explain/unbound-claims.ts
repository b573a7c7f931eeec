// explain: a claim that is not bound and waits for no node -> why the volume controller has not bound it.

import { provisions } from "../filters/volume-binding/provisioning.js";
import { CLAIM, STORAGE_CLASS, VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { nearest } from "../objects/nearest.js";
import { namesIn, volumeMissing } from "./bound-volumes.js";
import { candidatesOf, fittingVolume } from "./candidates.js";
import type { VolumeTest } from "./causes.js";
import { wantsOf } from "./claim-wants.js";
import { noVolume } from "./delayed-claims.js";
import type { Draft, Examination } from "./examination.js";
import { referenceTo, textOf } from "./examination.js";
import { failedBits, faultOf, requestOf, TESTS } from "./volume-tests.js";

const OFFERED = 3;
/** What the controller does not ask of a volume that the claim names. */
const UNASKED: readonly VolumeTest[] = ["phase", "selector", "affinity", "taken"];

/** Nothing for a claim that waits for a node. */
export function unboundClaim(x: Examination, claim: number): Draft[] {
  const { context } = x;
  const { cluster } = context;
  const { claims, ids, storageClasses } = cluster;
  if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return [namedVolume(x, claim)];
  const name = claims.get(claim, CLAIM.class);
  const row = name === EMPTY_TEXT ? -1 : storageClasses.find(EMPTY_TEXT, name);
  const mode = row < 0 ? 0 : storageClasses.get(row, STORAGE_CLASS.volumeBindingMode);
  if (mode === ids.waitForFirstConsumer) return [];
  const object = referenceTo(claims, claim);
  const key = claims.keyOf(claim);
  const storageClass = textOf(cluster, name);
  if (row >= 0 && mode === 0) {
    const ofClass = referenceTo(storageClasses, row);
    return [
      { code: "ClassWithoutMode", object: ofClass, path: "volumeBindingMode", claim: key, storageClass, near: [] },
    ];
  }
  const fitting = fittingVolume(x, claim);
  if (fitting >= 0) {
    const volume = cluster.volumes.keyOf(fitting);
    return [{ code: "BindingIncomplete", object, path: "spec.volumeName", claim: key, volume }];
  }
  if (row < 0 && name !== EMPTY_TEXT) {
    // A class that is but a name, by which volumes and claims find each other, need not exist.
    if (cluster.volumesByClass.first(name, name) >= 0) return [noVolume(x, claim, undefined)];
    const near = nearest(storageClass, namesIn(storageClasses), OFFERED);
    return [{ code: "ClassMissing", object, path: "spec.storageClassName", claim: key, storageClass, near }];
  }
  if (row < 0 || !provisions(context, name)) return [noVolume(x, claim, undefined)];
  const { requested: _, ...wants } = wantsOf(x, claim);
  const selector = claims.get(claim, CLAIM.selector) !== 0;
  return [
    {
      code: "NotProvisioned",
      object,
      path: selector ? "spec.selector" : "spec.storageClassName",
      ...wants,
      provisioner: textOf(cluster, storageClasses.get(row, STORAGE_CLASS.provisioner)),
      selector,
      candidates: candidatesOf(x, claim, undefined),
    },
  ];
}

function namedVolume(x: Examination, claim: number): Draft {
  const { cluster } = x.context;
  const { claims, volumes } = cluster;
  const volume = volumes.find(EMPTY_TEXT, claims.get(claim, CLAIM.volumeName));
  if (volume < 0) return volumeMissing(x, claim);
  const bits = failedBits(x, requestOf(x, claim), volume);
  // A volume that is reserved for the claim is bound without tests.
  const isOurs = volumes.get(volume, VOLUME.claimRef) !== 0 && !has(bits, "released") && !has(bits, "reserved");
  const failed = isOurs ? [] : TESTS.filter((test) => has(bits, test) && !UNASKED.includes(test));
  const key = claims.keyOf(claim);
  if (failed.length === 0) {
    const object = referenceTo(claims, claim);
    return { code: "BindingIncomplete", object, path: "status.phase", claim: key, volume: volumes.keyOf(volume) };
  }
  const faults = failed.map((test) => faultOf(x, claim, volume, test));
  const object = referenceTo(volumes, volume);
  return { code: "NamedVolumeUnfit", object, path: faults[0].path, claim: key, faults };
}

function has(bits: number, test: VolumeTest): boolean {
  return (bits & (1 << TESTS.indexOf(test))) !== 0;
}
