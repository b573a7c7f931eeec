// Static matching: the greedy choice of existing volumes for a pod's delayed claims (R-MAT).

import { classOf, nameOf } from "./classes.js";
import type { Cluster } from "./cluster.js";
import type { Claim, Opt, Volume } from "./kinds.js";
import { compareQuantities, parseQuantity, type Quantity, ZERO } from "./quantities.js";
import type { Labels, Requirement } from "./requirements.js";
import { convertLabelSelector, labelsOf, matchesAll, matchesNodeLabels } from "./selectors.js";
import type { Settings } from "./settings.js";

export interface Binding {
  claim: Claim;
  volume: Volume;
}

export function requestOf({ spec }: Claim): Quantity {
  return sizeIn(spec?.resources?.requests);
}

export function matchStatic(
  claims: Claim[],
  nodeLabels: Labels,
  cluster: Cluster,
  settings: Settings,
): { bindings: Binding[]; left: Claim[] } {
  const bindings: Binding[] = [];
  const left: Claim[] = [];
  const chosen = new Set<Volume>();
  // Array.prototype.sort is stable, as R-MAT-1 asks.
  for (const claim of [...claims].sort((a, b) => compareQuantities(requestOf(a), requestOf(b)))) {
    const volume = findVolume(claim, chosen, nodeLabels, cluster, settings);
    if (volume) {
      chosen.add(volume);
      bindings.push({ claim, volume });
    } else left.push(claim);
  }
  return { bindings, left };
}

function findVolume(
  claim: Claim,
  chosen: Set<Volume>,
  nodeLabels: Labels,
  cluster: Cluster,
  settings: Settings,
): Volume | undefined {
  const attributesClass = claim.spec?.volumeAttributesClassName ?? "";
  if (attributesClass !== "" && !settings.volumeAttributesClass) {
    throw new Error(
      `unsupported volumeAttributesClassName is set on claim ${nameOf(claim)} ` +
        "when the feature-gate VolumeAttributesClass is disabled",
    );
  }
  const selector = selectorOf(claim, settings);
  let best: Volume | undefined;
  for (const volume of cluster.volumes) {
    if (classOf(volume) !== classOf(claim) || chosen.has(volume)) continue;
    const reserved = volume.spec?.claimRef ?? undefined;
    if (reserved && !isReservedFor(volume, claim)) continue;
    if (compareQuantities(capacityOf(volume), requestOf(claim)) < 0) continue;
    if (modeOf(volume.spec?.volumeMode) !== modeOf(claim.spec?.volumeMode)) continue;
    // With the gate off the claim names none, so a volume that names one is passed over too.
    if ((volume.spec?.volumeAttributesClassName ?? "") !== attributesClass) continue;
    if (volume.metadata.deletionTimestamp) continue;
    const accessible = isAccessible(volume, nodeLabels, settings);
    if (reserved) return accessible ? volume : undefined;
    if (volume.status?.phase !== "Available") continue;
    if (selector && !matchesAll(selector, labelsOf(volume.metadata.labels))) continue;
    if (!accessible || !hasAccessModes(volume, claim)) continue;
    if (!best || compareQuantities(capacityOf(volume), capacityOf(best)) < 0) best = volume;
  }
  return best;
}

function selectorOf(claim: Claim, settings: Settings): Requirement[] | undefined {
  if (!claim.spec?.selector) return undefined;
  const converted = convertLabelSelector(claim.spec.selector, settings.texts);
  if ("error" in converted) {
    throw new Error(`error creating internal label selector for claim: ${nameOf(claim)}: ${converted.error}`);
  }
  return converted.requirements;
}

function isReservedFor(volume: Volume, { metadata }: Claim): boolean {
  const ref = volume.spec?.claimRef;
  if (!ref || ref.namespace !== metadata.namespace || ref.name !== metadata.name) return false;
  return !ref.uid || ref.uid === metadata.uid;
}

function isAccessible(volume: Volume, nodeLabels: Labels, settings: Settings): boolean {
  const required = volume.spec?.nodeAffinity?.required ?? undefined;
  return !required || matchesNodeLabels(required, nodeLabels, settings.texts);
}

function hasAccessModes(volume: Volume, claim: Claim): boolean {
  const offered = (volume.spec?.accessModes ?? []).map((mode) => mode ?? "");
  return (claim.spec?.accessModes ?? []).every((mode) => offered.includes(mode ?? ""));
}

function modeOf(mode: Opt<string>): string {
  return mode ?? "Filesystem";
}

function capacityOf({ spec }: Volume): Quantity {
  return sizeIn(spec?.capacity);
}

function sizeIn(resources: Opt<Record<string, string | number | null>>): Quantity {
  const size = resources?.storage;
  return size === undefined ? ZERO : parseQuantity(size);
}
