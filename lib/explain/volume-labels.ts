// explain: nodes that VolumeZone rejected -> the label of the volume that their own labels contradict.

import { NumberList } from "../compile/programs.js";
import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { volumeOf } from "../filters/volume-binding/bound-claims.js";
import type { VolumeZone } from "../filters/volume-zone/volume-zone.js";
import { VOLUME } from "../intern/cluster.js";
import type { PersistentVolumeLike } from "../objects/types.js";
import { zonesIn } from "../objects/zones.js";
import type { Examination, Finding } from "./examination.js";
import { referenceTo, without } from "./examination.js";
import { failedRequirement } from "./failed-terms.js";
import { claimsOf } from "./pod-claims.js";
import { keyed } from "./written-terms.js";

export const ZONE = "topology.kubernetes.io/zone";
export const BETA_ZONE = "failure-domain.beta.kubernetes.io/zone";

/** The label that says in which zone a volume is. */
export function zoneLabelOf({ metadata }: PersistentVolumeLike): string {
  return metadata?.labels?.[ZONE] === undefined ? BETA_ZONE : ZONE;
}

export function zoneFindings(x: Examination, { zones }: VolumeZone, nodes: Mask): Finding[] {
  const { cluster, selectors } = x.context;
  const { blocks, ids, strings, volumes } = cluster;
  const keys = [
    { key: ids.zone, today: 0 },
    { key: ids.region, today: 0 },
    { key: ids.betaZone, today: ids.zone },
    { key: ids.betaRegion, today: ids.region },
  ];
  const findings: Finding[] = [];
  for (const { claim, named } of claimsOf(x)) {
    const volume = named ? volumeOf(cluster, claim) : -1;
    if (volume < 0) continue;
    const labels = volumes.get(volume, VOLUME.labels);
    const failing = without(x, nodes, selectors.mask(zones.selectorOf(labels)));
    if (failing === NO_NODES) continue;
    for (const { key, today } of keys) {
      const value = blocks.lookup(labels, key);
      const wanted = value === 0 ? [""] : zonesIn(strings.get(value));
      if (wanted.includes("")) continue;
      const there = without(x, failing, contentWith(x, key, today, wanted));
      if (there === NO_NODES) continue;
      const label = strings.get(key);
      const path = keyed("metadata.labels", label);
      const written = { path, key: label, operator: "In", values: wanted, field: false };
      const requirement = failedRequirement(x, written, there);
      const object = referenceTo(volumes, volume);
      const [claimKey, volumeKey] = [cluster.claims.keyOf(claim), volumes.keyOf(volume)];
      findings.push({
        cause: { code: "VolumeZone", object, path, claim: claimKey, volume: volumeKey, requirement },
        nodes: there,
      });
    }
  }
  return findings;
}

/** The nodes with one of the zones under a key, or, where they lack a beta key, under that of today. */
function contentWith(x: Examination, key: number, today: number, zones: readonly string[]): Mask {
  const { cluster, compiler, selectors } = x.context;
  const { programs, requirements } = compiler;
  const ids = zones.map((zone) => cluster.strings.intern(zone));
  const terms = new NumberList();
  const addTerm = (...literals: readonly number[]): void => {
    const list = new NumberList();
    for (const literal of literals) list.push(literal);
    terms.push(programs.term(list));
  };
  addTerm(requirements.anyLiteral(key, ids));
  if (today !== 0) addTerm(requirements.existsLiteral(key) + 1, requirements.anyLiteral(today, ids));
  return selectors.briefMask(programs.selector(terms));
}
