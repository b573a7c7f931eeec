// Static matching: the greedy choice of existing volumes for a pod's delayed claims (R-MAT).

import { classOf, nameOf } from "./classes.js";
import type { Cluster } from "./cluster.js";
import { decided } from "./decided.js";
import { goSorted } from "./go-sort.js";
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
  const sorted = goSorted(claims, (a, b) => compareQuantities(requestOf(a), requestOf(b)));
  if (sorted.some((claim, index) => claim !== claims[index])) decided("R-MAT-1");
  if (new Set(claims).size < claims.length) decided("R-MAT-14");
  for (const claim of sorted) {
    const volume = findVolume(claim, chosen, nodeLabels, cluster, settings);
    decided("R-MAT-11");
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
    decided("R-GATE-3");
    throw new Error(
      `unsupported volumeAttributesClassName is set on claim ${nameOf(claim)} ` +
        "when the feature-gate VolumeAttributesClass is disabled",
    );
  }
  const selector = selectorOf(claim, settings);
  let best: Volume | undefined;
  for (const volume of cluster.volumes) {
    if (classOf(volume) !== classOf(claim)) continue;
    if (passedOver("R-MAT-3.1", chosen.has(volume))) continue;
    const reserved = volume.spec?.claimRef ?? undefined;
    if (passedOver("R-MAT-3.2", reserved !== undefined && !isReservedFor(volume, claim))) continue;
    if (passedOver("R-MAT-3.3", compareQuantities(capacityOf(volume), requestOf(claim)) < 0)) continue;
    if (passedOver("R-MAT-3.4", modeOf(volume.spec?.volumeMode) !== modeOf(claim.spec?.volumeMode))) continue;
    // With the gate off the claim names none, so a volume that names one is passed over too.
    if (passedOver("R-MAT-3.5", (volume.spec?.volumeAttributesClassName ?? "") !== attributesClass)) continue;
    if (passedOver("R-MAT-3.6", Boolean(volume.metadata.deletionTimestamp))) continue;
    const accessible = isAccessible(volume, nodeLabels, settings);
    const available = volume.status?.phase === "Available";
    const selected = !selector || matchesAll(selector, labelsOf(volume.metadata.labels));
    if (reserved) {
      decided("R-MAT-4");
      decided(reserved.uid ? "R-MAT-5 (uid)" : "R-MAT-5 (name)");
      if (!available || !selected || !hasAccessModes(volume, claim)) decided("R-MAT-8");
      return accessible ? volume : undefined;
    }
    if (passedOver("R-MAT-6 (phase)", !available)) continue;
    if (passedOver("R-MAT-6 (selector)", !selected)) continue;
    if (passedOver("R-MAT-6 (affinity)", !accessible)) continue;
    if (passedOver("R-MAT-6 (access modes)", !hasAccessModes(volume, claim))) continue;
    if ((claim.spec?.accessModes ?? []).length === 0) decided("R-MAT-15");
    const order = best ? compareQuantities(capacityOf(volume), capacityOf(best)) : -1;
    if (best) decided(order === 0 ? "R-MAT-7 (tie)" : "R-MAT-7");
    if (order < 0) best = volume;
  }
  return best;
}

function passedOver(rule: string, condition: boolean): boolean {
  if (condition) decided(rule);
  return condition;
}

function selectorOf(claim: Claim, settings: Settings): Requirement[] | undefined {
  if (!claim.spec?.selector) return undefined;
  const converted = convertLabelSelector(claim.spec.selector, settings.texts);
  if ("error" in converted) {
    decided("R-MAT-2");
    decided("R-LS-5");
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

export function capacityOf({ spec }: Volume): Quantity {
  return sizeIn(spec?.capacity);
}

function sizeIn(resources: Opt<Record<string, string | number | null>>): Quantity {
  const size = resources?.storage;
  if (size === undefined) decided("R-QTY-8");
  return size === undefined ? ZERO : parseQuantity(size);
}
