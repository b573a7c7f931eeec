// cli: a claim that is not bound -> the volume that the volume controller would bind it to.

import { compareQuantity } from "../../objects/quantity.js";
import type { KubeObject } from "../fields.js";
import { dig, objectAt, textAt } from "../fields.js";
import { selectorConverts, selects } from "./label-selector.js";
import {
  accessModesOf,
  attributesClassOf,
  capacityOf,
  classOf,
  hasClaimRef,
  isBoundTo,
  isDeleting,
  modeOf,
  requestOf,
} from "./volume-facts.js";

/** The controller's index knows no other modes. */
const KNOWN_MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

export interface SearchOptions {
  /** Only volumes that were reserved for the claim count. */
  readonly delayed: boolean;
  readonly volumeAttributesClass: boolean;
}

/** `volumes` must be in the order of their names, which decides between equals. */
export function findVolume(
  claim: KubeObject,
  volumes: readonly KubeObject[],
  options: SearchOptions,
): KubeObject | undefined {
  const requested = accessModesOf(claim);
  const groups = new Map<string, { modes: readonly string[]; volumes: KubeObject[] }>();
  for (const volume of volumes) {
    const offered = accessModesOf(volume);
    const modes = KNOWN_MODES.filter((mode) => offered.includes(mode));
    if (!requested.every((mode) => modes.includes(mode))) continue;
    const group = groups.get(modes.join()) ?? { modes, volumes: [] };
    group.volumes.push(volume);
    groups.set(modes.join(), group);
  }
  // kube: R-PVC-1 the volumes with the fewest modes beyond those that are wanted come first.
  const ordered = [...groups.values()].sort(
    (a, b) => a.modes.length - b.modes.length || compareModes(a.modes, b.modes),
  );
  if (!searches(claim, options)) return undefined;
  for (const group of ordered) {
    const found = findIn(group.volumes, claim, options);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compareModes(a: readonly string[], b: readonly string[]): number {
  return a.join() < b.join() ? -1 : 1;
}

/** Whether the search does not end in an error. */
function searches(claim: KubeObject, { volumeAttributesClass }: SearchOptions): boolean {
  // kube: R-MAT-2 a selector that does not convert, or an attributes class where there are none, is an error.
  const selector = selectorOf(claim);
  if (selector !== undefined && !selectorConverts(selector)) return false;
  return volumeAttributesClass || attributesClassOf(claim) === "";
}

function findIn(
  volumes: readonly KubeObject[],
  claim: KubeObject,
  { delayed, volumeAttributesClass }: SearchOptions,
): KubeObject | undefined {
  const request = requestOf(claim);
  const selector = selectorOf(claim);
  let smallest: KubeObject | undefined;
  for (const volume of volumes) {
    // kube: R-MAT-3 what rules a volume out, reserved or not.
    if (hasClaimRef(volume) && !isBoundTo(volume, claim)) continue;
    if (compareQuantity(capacityOf(volume), request) < 0) continue;
    if (modeOf(volume) !== modeOf(claim)) continue;
    if (attributesClassOf(volume) !== (volumeAttributesClass ? attributesClassOf(claim) : "")) continue;
    if (isDeleting(volume)) continue;
    // kube: R-MAT-4 a volume reserved for the claim is taken before any other.
    if (hasClaimRef(volume)) return volume;
    if (delayed) continue;
    // kube: R-MAT-6 what rules out a volume that is free.
    if (textAt(volume, "status", "phase") !== "Available") continue;
    if (selector !== undefined && !selects(selector, objectAt(volume, "metadata", "labels"))) continue;
    if (classOf(volume) !== classOf(claim)) continue;
    // kube: R-MAT-7 the smallest that fits.
    if (smallest === undefined || compareQuantity(capacityOf(volume), capacityOf(smallest)) < 0) smallest = volume;
  }
  return smallest;
}

function selectorOf(claim: KubeObject): KubeObject | undefined {
  return dig(claim, "spec", "selector") === undefined ? undefined : objectAt(claim, "spec", "selector");
}
