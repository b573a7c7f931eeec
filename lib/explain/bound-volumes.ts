// explain: bound claims, and nodes that VolumeBinding rejected for them -> the volumes that are out of reach, or gone.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { migratedAffinity } from "../filters/migration/migrated-affinity.js";
import type { BoundClaims } from "../filters/volume-binding/bound-claims.js";
import { volumeOf } from "../filters/volume-binding/bound-claims.js";
import { TOPOLOGY_KEYS } from "../filters/volume-binding/bound-volumes.js";
import { isFullyBound } from "../filters/volume-binding/pre-filter.js";
import { CLAIM, STORAGE_CLASS, VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Table } from "../intern/table.js";
import { nearest } from "../objects/nearest.js";
import type { NodeSelectorLike, PersistentVolumeLike } from "../objects/types.js";
import { requiredAffinity } from "./affinity.js";
import { fittingVolume } from "./candidates.js";
import type { Examination, Finding } from "./examination.js";
import { both, referenceTo, textOf, without } from "./examination.js";
import { failedTerms } from "./failed-terms.js";
import { untranslated } from "./untranslated.js";
import { BETA_ZONE, ZONE, zoneLabelOf } from "./volume-labels.js";
import { keyed, termsOfNodeSelector } from "./written-terms.js";

const AFFINITY = "spec.nodeAffinity.required";
const OFFERED = 3;

/** What keeps each of the nodes from the pod's bound volumes. O(claims) masks. */
export function boundFindings(x: Examination, { claims, volumes }: BoundClaims, nodes: Mask): Finding[] {
  const { cluster, selectors } = x.context;
  const findings: Finding[] = [];
  for (const claim of new Set(claims)) {
    const volume = volumeOf(cluster, claim);
    if (volume < 0) {
      findings.push({ cause: volumeMissing(x, claim), nodes });
      continue;
    }
    let failing = without(x, nodes, selectors.mask(volumes.selectorOf(volume)));
    if (failing === NO_NODES) continue;
    const topologyKey = TOPOLOGY_KEYS[cluster.volumes.get(volume, VOLUME.migratedSource) - 1];
    if (topologyKey !== undefined) {
      // Where its plugin has moved, nodes read the volume as the driver does.
      const moved = both(x, failing, volumes.movedNodes(volume));
      const fault = volumes.faultOf(volume);
      if (moved !== NO_NODES && fault !== undefined) {
        findings.push({ cause: untranslated(x, volume, fault), nodes: moved });
      } else if (moved !== NO_NODES) findings.push(outOfReach(x, claim, volume, moved, { translated: topologyKey }));
      failing = without(x, failing, moved);
    }
    if (failing !== NO_NODES) findings.push(outOfReach(x, claim, volume, failing));
  }
  return findings;
}

/** A claim names a volume that there is not. */
export function volumeMissing(x: Examination, claim: number): Finding["cause"] {
  const { cluster } = x.context;
  const { claims, volumes } = cluster;
  const volume = textOf(cluster, claims.get(claim, CLAIM.volumeName));
  const near = nearest(volume, namesIn(volumes), OFFERED);
  const object = referenceTo(claims, claim);
  const fitting = isFullyBound(cluster, claim) ? -1 : fittingVolume(x, claim);
  return {
    code: "VolumeMissing",
    object,
    path: "spec.volumeName",
    claim: claims.keyOf(claim),
    volume,
    near,
    ...(fitting >= 0 && { fitting: volumes.keyOf(fitting) }),
  };
}

/** The keys of a table's objects. */
export function* namesIn(table: Table): Iterable<string> {
  for (let row = 0; row < table.limit; row++) if (table.has(row)) yield table.keyOf(row);
}

/** A volume whose node affinity keeps it from these nodes. */
export function outOfReach(
  x: Examination,
  claim: number,
  volume: number,
  nodes: Mask,
  { reserved = false, translated }: { readonly reserved?: boolean; readonly translated?: string } = {},
): Finding {
  const { claims, volumes } = x.context.cluster;
  const required = requiredAffinity(x, volume);
  const written = translated === undefined ? {} : (volumes.read(volume) as PersistentVolumeLike);
  const selector = translated === undefined ? required : translatedAffinity(written, required, translated);
  const isLabel = translated !== undefined && selector !== required && !sameLength(required, selector);
  const label = keyed("metadata.labels", zoneLabelOf(written));
  const asWritten = termsOfNodeSelector(selector, AFFINITY).map((term) => ({
    path: term.path,
    requirements: term.requirements.map((one) => (isLabel && one.key === translated ? { ...one, path: label } : one)),
  }));
  const terms = failedTerms(x, asWritten, nodes, { driver: driverOf(x, claim, volume) });
  const [first] = terms;
  const path = first?.requirements[0]?.path ?? first?.path ?? `${AFFINITY}.nodeSelectorTerms`;
  const cause: Finding["cause"] = {
    code: "VolumeNodeAffinity",
    object: referenceTo(volumes, volume),
    path,
    claim: claims.keyOf(claim),
    volume: volumes.keyOf(volume),
    reserved,
    terms,
    ...(translated !== undefined && { translated }),
  };
  return { cause, nodes };
}

/** The driver whose topology a volume is about: its own, or its class's provisioner. */
function driverOf({ context: { cluster } }: Examination, claim: number, volume: number): string {
  const { claims, storageClasses, volumes } = cluster;
  const driver = volumes.get(volume, VOLUME.csiDriver);
  if (driver > EMPTY_TEXT) return cluster.strings.get(driver);
  const row = storageClasses.find(EMPTY_TEXT, claims.get(claim, CLAIM.class));
  return row < 0 ? "" : textOf(cluster, storageClasses.get(row, STORAGE_CLASS.provisioner));
}

function translatedAffinity(
  { metadata }: PersistentVolumeLike,
  required: NodeSelectorLike | null | undefined,
  topologyKey: string,
): NodeSelectorLike | null | undefined {
  const { labels } = metadata ?? {};
  const zones = { zone: labels?.[ZONE], betaZone: labels?.[BETA_ZONE] };
  return migratedAffinity(required ?? undefined, zones, topologyKey);
}

/** Whether both have as many requirements: none was taken from a label. */
function sameLength(a: NodeSelectorLike | null | undefined, b: NodeSelectorLike | null | undefined): boolean {
  const count = (selector: NodeSelectorLike | null | undefined): number =>
    (selector?.nodeSelectorTerms ?? []).reduce((sum, term) => sum + (term.matchExpressions?.length ?? 0), 0);
  return count(a) === count(b);
}
