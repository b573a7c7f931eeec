// explain: what one plugin rejected -> its causes, each with the nodes that it keeps the pod from.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { NodeResourcesFit } from "../filters/node-resources-fit/node-resources-fit.js";
import { LimitsStep } from "../filters/node-volume-limits/limits-step.js";
import type { NodeStep, RejectedNodes } from "../filters/plugin.js";
import { BoundClaims } from "../filters/volume-binding/bound-claims.js";
import { DelayedClaims } from "../filters/volume-binding/delayed-claims.js";
import { AFFINITY, BIND, NO_VOLUME, SPACE } from "../filters/volume-binding/reasons.js";
import { VolumeRestrictions } from "../filters/volume-restrictions/volume-restrictions.js";
import { VolumeZone } from "../filters/volume-zone/volume-zone.js";
import type { PodLike } from "../objects/types.js";
import { bytesText } from "./amount-text.js";
import { limitFindings } from "./attach-limits.js";
import { boundFindings } from "./bound-volumes.js";
import { wantsOf } from "./claim-wants.js";
import { delayedFindings, selectorFaults } from "./delayed-claims.js";
import type { Draft, Examination, Finding } from "./examination.js";
import { both, referenceTo, subjectOf } from "./examination.js";
import { affinityConflict, cordonedFindings, nodeAffinityFindings, taintFindings } from "./node-filters.js";
import { claimFaults } from "./pre-filter.js";
import { resourceFindings } from "./resources.js";
import { sharedFindings } from "./shared-volumes.js";
import { untranslatedVolume } from "./untranslated.js";
import { zoneFindings } from "./volume-labels.js";

/** What a plugin rejected; none of the masks is empty. */
export interface PluginRejections {
  readonly plugin: string;
  readonly step: NodeStep | undefined;
  readonly rejected: readonly RejectedNodes[];
}

/** Why a plugin's PreFilter rejected the pod. */
export function preFilterDrafts(x: Examination, plugin: string, reasons: readonly string[]): Draft[] {
  const isOurs = x.plugins.some(({ name }) => name === plugin);
  if (isOurs && plugin === "NodeAffinity") return [affinityConflict(x, reasons)];
  const drafts = isOurs ? claimFaults(x) : [];
  return drafts.length > 0 ? drafts : [otherDraft(x, reasons)];
}

/** Why the cycle ended in an error before any node was looked at. */
export function errorDrafts(x: Examination, error: string): Draft[] {
  const drafts = claimFaults(x).filter(({ code }) => code === "ClassWithoutMode");
  return drafts.length > 0 ? drafts : [podFault(x, error)];
}

/** An error about a volume of the pod, or of another pod on the node. */
function podFault(x: Examination, error: string): Draft {
  const asked = subjectOf(x);
  const [, other = asked.name] = /for pod (\S+) \(pod is not owner\)/.exec(error) ?? [];
  if (other !== asked.name) {
    return { code: "Fault", object: { kind: "Pod", name: other }, path: "spec.volumes", reason: error };
  }
  const code = error.includes("was not created for pod")
    ? "ClaimNotOwned"
    : error.includes("PersistentVolumeClaim had no name")
      ? "ClaimNameMissing"
      : undefined;
  const told = code === undefined ? undefined : claimFaults(x).find((one) => one.code === code);
  if (told !== undefined) return told;
  const { pod } = x.candidate;
  const { spec } = (pod < 0 ? {} : x.context.cluster.pods.read(pod)) as PodLike;
  const place = (spec?.volumes ?? []).findIndex(({ name }) => error.includes(`converting volume(${name}) from inline`));
  return { code: "Fault", object: asked, path: place < 0 ? "spec.volumes" : `spec.volumes[${place}]`, reason: error };
}

/** The causes; a node that none of them is about gets one that says no more than the scheduler. */
export function findingsOf(x: Examination, of: PluginRejections): Finding[] {
  const findings = found(x, of).filter(({ nodes }) => nodes !== NO_NODES);
  const { masks } = x.context;
  for (const { nodes, reasons } of of.rejected) {
    const bare = findings.reduce((left, { nodes: there }) => masks.andNot(left, there), nodes);
    if (bare === NO_NODES || masks.count(bare) === 0) continue;
    findings.push({ cause: otherDraft(x, reasons), nodes: bare });
  }
  return findings;
}

/** The causes of errors on some nodes. */
export function failureFindings(x: Examination, step: NodeStep | undefined, error: string, nodes: Mask): Finding[] {
  if (step instanceof DelayedClaims) {
    const faults = selectorFaults(x, step.claims, nodes);
    if (faults.length > 0 && !error.includes("could not translate")) return faults;
  }
  const bound = step instanceof DelayedClaims ? step.bound : step instanceof BoundClaims ? step : undefined;
  const cause = bound && untranslatedVolume(x, bound, error);
  if (cause !== undefined) return [{ cause, nodes }];
  return [{ cause: podFault(x, error), nodes }];
}

function found(x: Examination, { plugin: name, rejected, step }: PluginRejections): Finding[] {
  const nodes = unionOf(x, rejected);
  const [{ reasons }] = rejected;
  const plugin = x.plugins.find((one) => one.name === name);
  // Of what a plugin says that does not run here no more is known.
  if (plugin === undefined) return [];
  if (name === "NodeAffinity") return nodeAffinityFindings(x, nodes);
  if (step instanceof LimitsStep) return limitFindings(x, step, nodes);
  if (step instanceof BoundClaims) return boundFindings(x, step, nodes);
  if (step instanceof DelayedClaims) {
    const saying = (...wanted: readonly string[]): Mask =>
      unionOf(
        x,
        rejected.filter((one) => one.reasons.some((reason) => wanted.includes(reason))),
      );
    const [unreached, unserved] = [saying(AFFINITY, NO_VOLUME), saying(BIND, SPACE)];
    return [
      ...(unreached === NO_NODES ? [] : boundFindings(x, step.bound, unreached)),
      ...(unserved === NO_NODES ? [] : delayedFindings(x, step, unserved)),
    ];
  }
  if (plugin instanceof NodeResourcesFit) return resourceFindings(x, plugin, nodes);
  if (plugin instanceof VolumeRestrictions) return sharedFindings(x, plugin, nodes);
  if (plugin instanceof VolumeZone) return zoneFindings(x, plugin, nodes);
  switch (plugin.name) {
    case "NodeUnschedulable":
      return cordonedFindings(x, nodes, reasons);
    case "TaintToleration":
      return taintFindings(x, nodes);
    case "StrictCapacity":
      return overbookedFindings(x, nodes);
    default:
      return [];
  }
}

function unionOf({ context: { masks } }: Examination, rejected: readonly RejectedNodes[]): Mask {
  return rejected.reduce((union, { nodes }) => masks.or(union, nodes), NO_NODES);
}

function otherDraft(x: Examination, reasons: readonly string[]): Draft {
  return { code: "Other", object: subjectOf(x), path: "spec", reasons };
}

/** StrictCapacity: one cause for each class of the claims that would be made. */
function overbookedFindings(x: Examination, nodes: Mask): Finding[] {
  const { amounts, cluster } = x.context;
  const step = x.result.stepOf("VolumeBinding");
  if (!(step instanceof DelayedClaims)) return [];
  const byClass = new Map<number, number[]>();
  for (const { claim, class: storageClass } of [...step.selected, ...step.toBind]) {
    const known = byClass.get(storageClass);
    if (known === undefined) byClass.set(storageClass, [claim]);
    else if (!known.includes(claim)) known.push(claim);
  }
  return Array.from(byClass.values(), (claims) => {
    const sum = claims.reduce((total, claim) => total + amounts.value(cluster.requestOf(claim)), 0n);
    const [first] = claims;
    const { claim, storageClass } = wantsOf(x, first);
    const cause: Draft = {
      code: "Overbooked",
      object: referenceTo(cluster.claims, first),
      path: "spec.resources.requests.storage",
      claim,
      claims: claims.map((row) => cluster.claims.keyOf(row)),
      storageClass,
      requested: bytesText(sum),
    };
    return { cause, nodes: both(x, nodes, nodes) };
  });
}
