// The VolumeBinding plugin: PreFilter and Filter (R-PRE, R-FLT, R-BCL).

import { type Classified, classify, nameOf } from "./classes.js";
import { annotation, type Cluster, keyOf } from "./cluster.js";
import { decided } from "./decided.js";
import { goQuote } from "./go-text.js";
import type { Claim, KubeObject, Pod, PodVolume, Volume } from "./kinds.js";
import { type Binding, matchStatic } from "./matching.js";
import { translatedAffinity } from "./migration.js";
import { type Plan, type Plugin, rejected, UAU } from "./plugin.js";
import { checkProvision, type Provisioned } from "./provisioning.js";
import { scoreOf } from "./score.js";
import { items, labelsOf, matchesNodeLabels } from "./selectors.js";
import type { Settings } from "./settings.js";

const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const IMM = "pod has unbound immediate PersistentVolumeClaims";
const AFF = "node(s) didn't match PersistentVolume's node affinity";
const BIND = "node(s) didn't find available persistent volumes to bind";
const SPACE = "node(s) did not have enough free storage";
const NOPV = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

type PreFilterResult = { skip: true } | { reason: string } | { claims: Classified };

interface FilterResult {
  reasons: string[];
  bindings: Binding[];
  provisions: Provisioned[];
}

export const volumeBinding: Plugin = {
  name: "VolumeBinding",
  preFilter: ({ pod, cluster, settings }) => {
    const before = preFilter(pod, cluster);
    if ("skip" in before) return "skip";
    if ("reason" in before) return rejected(before.reason);
    const { claims } = before;
    return {
      filter: (node) => {
        const result = filter(claims, node, cluster, settings);
        return { code: UAU, reasons: result.reasons, plan: planOf(result, settings) };
      },
    };
  },
};

function planOf({ bindings, provisions }: FilterResult, { shape }: Settings): Plan {
  const score = scoreOf(bindings, provisions, shape);
  return {
    staticBindings: bindings.map(({ claim, volume }) => ({ claim: nameOf(claim), volume: volume.metadata.name })),
    dynamicProvisions: provisions.map(({ claim }) => nameOf(claim)),
    ...(score !== "panic" && { score }),
  };
}

/** Throws the detail of an Error status. */
function preFilter(pod: Pod, cluster: Cluster): PreFilterResult {
  const claims: Claim[] = [];
  for (const volume of items(pod.spec?.volumes)) {
    const name = claimNameOf(volume, pod);
    if (name === undefined) continue;
    const claim = cluster.claims.get(keyOf(pod.metadata.namespace, name));
    const reason = claim ? unusable(claim, volume, pod) : missing(name, volume);
    if (reason !== undefined) return { reason };
    claims.push(claim!);
  }
  if (claims.length === 0) {
    decided("R-PRE-7");
    return { skip: true };
  }
  const lists = classify(claims, cluster);
  decided(lists.immediate.length > 0 ? "R-PRE-9" : "R-PRE-10");
  return lists.immediate.length > 0 ? { reason: IMM } : { claims: lists };
}

/** Throws the detail of an Error status. */
function filter(claims: Classified, node: KubeObject, cluster: Cluster, settings: Settings): FilterResult {
  const boundReason = checkBound(claims.bound, node, cluster, settings);
  const { reason, bindings, provisions } = checkDelayed(claims.delayed, node, cluster, settings);
  const reasons = [];
  if (boundReason !== undefined && reason !== undefined) decided("R-FLT-1");
  if (boundReason !== undefined && claims.delayed.length > 0) decided("R-FLT-2");
  if (boundReason === AFF) reasons.push(AFF);
  if (reason !== undefined) reasons.push(reason);
  if (boundReason === NOPV) reasons.push(NOPV);
  return { reasons, bindings, provisions };
}

function claimNameOf(volume: PodVolume, pod: Pod): string | undefined {
  if (volume.persistentVolumeClaim) return volume.persistentVolumeClaim.claimName ?? "";
  if (volume.ephemeral) decided("R-PRE-1");
  return volume.ephemeral ? `${pod.metadata.name}-${volume.name ?? ""}` : undefined;
}

function missing(name: string, volume: PodVolume): string {
  decided("R-PRE-2");
  return volume.persistentVolumeClaim
    ? `persistentvolumeclaim ${goQuote(name)} not found`
    : `waiting for ephemeral volume controller to create the persistentvolumeclaim ${goQuote(name)}`;
}

function unusable(claim: Claim, volume: PodVolume, pod: Pod): string | undefined {
  const quoted = goQuote(claim.metadata.name);
  if (claim.status?.phase === "Lost") {
    const volumeName = goQuote(claim.spec?.volumeName ?? "");
    decided("R-PRE-3");
    if (claim.metadata.deletionTimestamp) decided("R-PRE-6");
    return `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${volumeName}`;
  }
  if (claim.metadata.deletionTimestamp) {
    decided("R-PRE-4");
    return `persistentvolumeclaim ${quoted} is being deleted`;
  }
  if (!volume.persistentVolumeClaim && !isControlledBy(claim, pod)) {
    const podName = keyOf(pod.metadata.namespace, pod.metadata.name);
    decided("R-PRE-5");
    return `PVC ${nameOf(claim)} was not created for pod ${podName} (pod is not owner)`;
  }
  return undefined;
}

function isControlledBy(claim: Claim, pod: Pod): boolean {
  const controller = items(claim.metadata.ownerReferences).find((owner) => owner.controller === true);
  return controller !== undefined && (controller.uid ?? "") === pod.metadata.uid;
}

function checkBound(claims: Claim[], node: KubeObject, cluster: Cluster, settings: Settings): string | undefined {
  const labels = labelsOf(node.metadata.labels);
  for (const [index, claim] of claims.entries()) {
    const volume = cluster.volumesByName.get(claim.spec?.volumeName ?? "");
    const reason = volume ? checkAffinity(volume, node, labels, cluster, settings) : NOPV;
    if (!volume) decided("R-BCL-2");
    else if (volume.status?.phase !== "Bound" || volume.metadata.deletionTimestamp) decided("R-BCL-4");
    if (reason === undefined) continue;
    if (index < claims.length - 1) decided("R-BCL-1");
    return reason;
  }
  return undefined;
}

function checkAffinity(
  volume: Volume,
  node: KubeObject,
  labels: ReadonlyMap<string, string>,
  cluster: Cluster,
  settings: Settings,
): string | undefined {
  const csiNode = cluster.csiNodes.get(node.metadata.name);
  const affinity = volume.spec?.nodeAffinity ?? undefined;
  const required = translatedAffinity(volume, csiNode);
  decided("R-BCL-3");
  if (!csiNode) decided("R-BCL-5");
  decided(required ? "R-AFF-3" : affinity ? "R-AFF-2" : "R-AFF-1");
  if (!required || matchesNodeLabels(required, labels, settings.texts)) return undefined;
  decided("R-AFF-4");
  return AFF;
}

function checkDelayed(
  claims: Claim[],
  node: KubeObject,
  cluster: Cluster,
  settings: Settings,
): { reason?: string; bindings: Binding[]; provisions: Provisioned[] } {
  const toMatch: Claim[] = [];
  const provisions: Claim[] = [];
  for (const claim of claims) {
    const selected = annotation(claim.metadata.annotations, SELECTED_NODE);
    if (selected === undefined) toMatch.push(claim);
    else {
      decided(selected === node.metadata.name ? "R-FLT-6" : "R-FLT-5");
      if (selected !== node.metadata.name) return { reason: BIND, bindings: [], provisions: [] };
      provisions.push(claim);
    }
  }
  const labels = labelsOf(node.metadata.labels);
  const { bindings, left } = matchStatic(toMatch, labels, cluster, settings);
  if (left.length > 0 && provisions.length > 0) decided("R-FLT-7");
  if (left.length > 0) decided("R-MAT-13");
  provisions.push(...left);
  const provision = checkProvision(provisions, labels, cluster, settings);
  if ("failed" in provision) return { reason: provision.failed === "bind" ? BIND : SPACE, bindings, provisions: [] };
  return { bindings, provisions: provision.provisions };
}
