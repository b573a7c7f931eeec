// explain: claims that wait for a node, and nodes that VolumeBinding rejected for them -> what each of them lacks there.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES, single } from "../evaluate/mask.js";
import type { ClaimToBind } from "../filters/volume-binding/claims-to-bind.js";
import { claimShape } from "../filters/volume-binding/claims-to-bind.js";
import type { DelayedClaims } from "../filters/volume-binding/delayed-claims.js";
import { provisionable, provisions } from "../filters/volume-binding/provisioning.js";
import { matchStatic } from "../filters/volume-binding/static-matching.js";
import { CLAIM, STORAGE_CLASS } from "../intern/cluster.js";
import { ANN_SELECTED_NODE } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { StorageClassLike } from "../objects/types.js";
import { outOfReach } from "./bound-volumes.js";
import { candidatesOf } from "./candidates.js";
import { capacityFindings } from "./capacity.js";
import { wantsOf } from "./claim-wants.js";
import type { Draft, Examination, Finding } from "./examination.js";
import { both, referenceTo, textOf, without } from "./examination.js";
import { failedTerms } from "./failed-terms.js";
import { keyed, termsOfTopologies } from "./written-terms.js";

/** O(claims) masks, and O(volumes of a class) for each claim that found none. */
export function delayedFindings(x: Examination, step: DelayedClaims, nodes: Mask): Finding[] {
  const findings: Finding[] = [];
  let rest = nodes;
  for (const claim of new Set(step.claims)) {
    const elsewhere = selectedElsewhere(x, claim, nodes);
    if (elsewhere === undefined) continue;
    if (elsewhere.nodes !== NO_NODES) findings.push(elsewhere);
    rest = without(x, rest, elsewhere.nodes);
  }
  // Those nodes were rejected before any volume was looked for.
  if (rest === NO_NODES) return findings;
  for (const { claim } of step.selected) findings.push(...provisionFindings(x, step, claim, rest, true));
  for (const [wanted, left] of leftByClaim(x, step, rest)) findings.push(...leftFindings(x, step, wanted, left));
  return findings;
}

/** The claims to bind, each once, and those of the nodes on which it finds no volume, however often the pod uses it. */
function leftByClaim(x: Examination, step: DelayedClaims, nodes: Mask): Map<ClaimToBind, Mask> {
  const { masks } = x.context;
  const found = new Map<ClaimToBind, Mask>();
  for (const [i, wanted] of step.toBind.entries()) {
    const left = both(x, nodes, leftOf(x, step, i));
    if (left === NO_NODES) continue;
    const known = [...found.keys()].find(({ claim }) => claim === wanted.claim) ?? wanted;
    found.set(known, masks.or(found.get(known) ?? NO_NODES, left));
  }
  return found;
}

function leftFindings(x: Examination, step: DelayedClaims, wanted: ClaimToBind, left: Mask): Finding[] {
  const { context } = x;
  const { claim, reserved } = wanted;
  const [volume] = reserved;
  if (volume === undefined || provisions(context, wanted.class)) return provisionFindings(x, step, claim, left, false);
  // A volume that is reserved for a claim ends its search.
  const away = without(x, left, context.selectors.mask(context.affinityOf(volume)));
  const there = without(x, left, away);
  return [
    ...(away === NO_NODES ? [] : [outOfReach(x, claim, volume, away, { reserved: true })]),
    ...(there === NO_NODES ? [] : [{ cause: noVolume(x, claim, there), nodes: there }]),
  ];
}

/** The claims whose selector ends the cycle, on all nodes. */
export function selectorFaults(x: Examination, claims: readonly number[], nodes: Mask): Finding[] {
  return [...new Set(claims)].flatMap((claim) => {
    const shape = claimShape(x.context, claim);
    if (typeof shape !== "string") return [];
    const { claims: table } = x.context.cluster;
    const path = shape.startsWith("unsupported") ? "spec.volumeAttributesClassName" : "spec.selector";
    return [{ cause: { code: "Fault", object: referenceTo(table, claim), path, reason: shape }, nodes }];
  });
}

/** Undefined where a claim has no selected node. */
function selectedElsewhere(x: Examination, claim: number, nodes: Mask): Finding | undefined {
  const { cluster } = x.context;
  const { claims, ids } = cluster;
  const name = cluster.claimAnnotation(claim, ids.selectedNode);
  if (name === 0) return undefined;
  const row = name === EMPTY_TEXT ? -1 : cluster.nodes.find(EMPTY_TEXT, name);
  const cause: Draft = {
    code: "SelectedNode",
    object: referenceTo(claims, claim),
    path: keyed("metadata.annotations", ANN_SELECTED_NODE),
    claim: claims.keyOf(claim),
    node: textOf(cluster, name),
    exists: row >= 0,
  };
  return { cause, nodes: row < 0 ? nodes : without(x, nodes, single(row)) };
}

/** The nodes on which a claim to bind finds no volume. */
function leftOf(x: Examination, { left, supply, toBind }: DelayedClaims, i: number): Mask {
  const [{ class: storageClass, list }] = toBind;
  const isShort = (wanted: ClaimToBind): boolean => wanted.list === list && wanted.reserved.length === 0;
  if (toBind.length === 1 || provisions(x.context, storageClass) || !toBind.every(isShort)) return left[i];
  // Claims of one shape were asked about together: the first of them with those before it say where it finds none.
  if (i === toBind.length - 1) return left[0];
  const before = toBind.slice(0, i + 1);
  const { asked } = x.result;
  for (const each of before) supply.freeVolumes.refresh(each.list);
  return matchStatic(x.context, supply.freeVolumes, before, asked)[0];
}

/** Why a claim cannot be provisioned on these nodes; `selected`: it is never matched with a volume. */
function provisionFindings(
  x: Examination,
  { supply }: DelayedClaims,
  claim: number,
  nodes: Mask,
  selected: boolean,
): Finding[] {
  const { context } = x;
  const { cluster } = context;
  const storageClass = cluster.claims.get(claim, CLAIM.class);
  if (!provisions(context, storageClass)) {
    return [{ cause: selected ? neverMatched(x, claim) : noVolume(x, claim, nodes), nodes }];
  }
  const { allowed, roomy } = provisionable(context, supply.capacities, claim);
  const refused = without(x, nodes, allowed);
  const crowded = without(x, without(x, nodes, refused), roomy);
  const findings: Finding[] = [];
  if (refused !== NO_NODES) findings.push({ cause: notAllowed(x, claim, refused, selected), nodes: refused });
  if (crowded !== NO_NODES) findings.push(...capacityFindings(x, supply.capacities, claim, crowded));
  return findings;
}

function notAllowed(x: Examination, claim: number, nodes: Mask, selected: boolean): Draft {
  const { cluster } = x.context;
  const { claims, storageClasses, volumesByClass } = cluster;
  const name = claims.get(claim, CLAIM.class);
  const row = storageClasses.find(EMPTY_TEXT, name);
  const { allowedTopologies } = storageClasses.read(row) as StorageClassLike;
  const driver = textOf(cluster, storageClasses.get(row, STORAGE_CLASS.provisioner));
  const terms = failedTerms(x, termsOfTopologies(allowedTopologies), nodes, { driver });
  const candidates =
    !selected && volumesByClass.first(name, name) >= 0 ? { candidates: candidatesOf(x, claim, nodes) } : {};
  return {
    code: "AllowedTopologies",
    object: referenceTo(storageClasses, row),
    path: terms[0]?.requirements[0]?.path ?? terms[0]?.path ?? "allowedTopologies",
    claim: claims.keyOf(claim),
    storageClass: textOf(cluster, name),
    terms,
    ...candidates,
  };
}

/** No volume fits, and the class makes none; `nodes`: undefined where none was looked at. */
export function noVolume(x: Examination, claim: number, nodes: Mask | undefined): Draft {
  const candidates = candidatesOf(x, claim, nodes);
  const { nearest } = candidates;
  const where =
    nearest === undefined
      ? { object: referenceTo(x.context.cluster.claims, claim), path: "spec.storageClassName" }
      : { object: { kind: "PersistentVolume", name: nearest.volume }, path: nearest.path };
  return { code: "NoVolume", ...where, ...wantsOf(x, claim), candidates };
}

function neverMatched(x: Examination, claim: number): Draft {
  const { claims } = x.context.cluster;
  return {
    code: "NoVolume",
    object: referenceTo(claims, claim),
    path: keyed("metadata.annotations", ANN_SELECTED_NODE),
    ...wantsOf(x, claim),
    candidates: { volumes: 0, failed: {} },
  };
}
