// filters: a pod's volumes -> its claims by the way each of them is decided, or why no node can help.

import type { Cluster } from "../../intern/cluster.js";
import { CLAIM, POD, STORAGE_CLASS } from "../../intern/cluster.js";
import { claimSource, ownerReference, podVolume } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Cursor } from "../../intern/type.js";
import { goQuote } from "../../objects/go-quote.js";
import type { Candidate } from "../plugin.js";
import { IMMEDIATE } from "./reasons.js";

const NAME = podVolume.bit("name");
const PERSISTENT_VOLUME_CLAIM = podVolume.bit("persistentVolumeClaim");
const EPHEMERAL = podVolume.bit("ephemeral");
const CLAIM_NAME = claimSource.bit("claimName");
const CONTROLLER = ownerReference.bit("controller");
const UID = ownerReference.bit("uid");

/** Rows of claims, in volume order; a claim used twice is there twice. */
export interface PodClaims {
  readonly bound: number[];
  readonly delayed: number[];
}

/** Exactly one of the fields is set; none of them where no volume uses a claim. */
export interface PreFilterResult {
  readonly claims?: PodClaims;
  /** UnschedulableAndUnresolvable for all nodes. */
  readonly rejected?: string;
  /** Error: the cycle ends. */
  readonly error?: string;
}

/** Decides everything about a candidate's claims that does not depend on a node. O(volumes). */
export function preFilter(cluster: Cluster, { claim, pod }: Candidate): PreFilterResult {
  if (pod < 0) {
    const rejected = unusable(cluster, claim);
    return rejected === undefined ? classify(cluster, [claim]) : { rejected };
  }
  const claims: number[] = [];
  const volumes = cluster.pods.get(pod, POD.volumes);
  const cursor = volumes === 0 ? undefined : cluster.blocks.cursor(volumes);
  for (let count = cursor === undefined ? 0 : cursor.tokens[cursor.at++]; count > 0; count--) {
    const found = claimOfVolume(cluster, pod, cursor as Cursor);
    // kube: R-PRE-6 the first failing check of the first failing volume decides.
    if (typeof found === "string") return { rejected: found };
    // kube: R-CLS-8 a claim used twice stands in its list twice.
    if (found >= 0) claims.push(found);
  }
  // kube: R-PRE-7 a pod that uses no claim skips the plugin.
  if (claims.length === 0) return {};
  return classify(cluster, claims);
}

/** Classifies claims whose checks have passed. */
function classify(cluster: Cluster, rows: readonly number[]): PreFilterResult {
  const claims: PodClaims = { bound: [], delayed: [] };
  let immediate = false;
  for (const claim of rows) {
    if (isFullyBound(cluster, claim)) {
      claims.bound.push(claim);
      continue;
    }
    const delayed = isDelayed(cluster, claim);
    // kube: R-PRE-8 an error while classifying ends the cycle.
    if (typeof delayed === "string") return { error: delayed };
    // kube: R-CLS-6 a claim bound by half, or to a named volume, is immediate even where its class delays.
    if (delayed && !hasVolumeName(cluster, claim)) claims.delayed.push(claim);
    else immediate = true;
  }
  // kube: R-PRE-9 unbound immediate claims reject the pod, with one reason however many.
  return immediate ? { rejected: IMMEDIATE } : { claims };
}

/** The row of the claim of the volume at the cursor, -1 where it uses none, or why the pod is rejected. */
function claimOfVolume(cluster: Cluster, pod: number, cursor: Cursor): number | string {
  const { claims, pods, strings } = cluster;
  const { tokens, at } = cursor;
  podVolume.skip(cursor);
  const source = { tokens, at };
  const direct = podVolume.seek(source, PERSISTENT_VOLUME_CLAIM);
  const ephemeral = !direct && podVolume.seek({ tokens, at }, EPHEMERAL);
  // kube: R-PRE-1 an ephemeral volume's claim is named after the pod and the volume; other volumes have none.
  if (!direct && !ephemeral) return -1;
  const namespace = pods.get(pod, POD.namespace);
  const volume = { tokens, at };
  const name = ephemeral
    ? `${strings.get(pods.get(pod, POD.name))}-${podVolume.seek(volume, NAME) ? strings.get(tokens[volume.at]) : ""}`
    : undefined;
  const written = direct && claimSource.seek(source, CLAIM_NAME) ? tokens[source.at] : EMPTY_TEXT;
  const nameId = name === undefined ? written : strings.find(name);
  const claim = claims.find(namespace, nameId);
  // kube: R-PRE-2 the claim must exist.
  if (claim < 0) {
    const quoted = goQuote(name ?? strings.get(nameId));
    return ephemeral
      ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}`
      : `persistentvolumeclaim ${quoted} not found`;
  }
  const rejected = unusable(cluster, claim);
  if (rejected !== undefined) return rejected;
  // kube: R-PRE-5 an ephemeral volume's claim must be controlled by this very pod.
  if (ephemeral && !isControlledBy(cluster, claim, pod)) {
    return `PVC ${claims.keyOf(claim)} was not created for pod ${pods.keyOf(pod)} (pod is not owner)`;
  }
  return claim;
}

/** Whether nothing but the affinity of a claim's volume decides about a pod that would use this claim alone. */
export function isPlainlyBound(cluster: Cluster, claim: number): boolean {
  return !isLost(cluster, claim) && !isDeleting(cluster, claim) && isFullyBound(cluster, claim);
}

function isLost({ claims, ids }: Cluster, claim: number): boolean {
  return claims.get(claim, CLAIM.phase) === ids.lost;
}

function isDeleting({ claims }: Cluster, claim: number): boolean {
  return claims.get(claim, CLAIM.deletionTimestamp) !== 0;
}

/** Why a claim that exists rejects its pod, if it does. */
function unusable(cluster: Cluster, claim: number): string | undefined {
  const { claims, strings } = cluster;
  const lost = isLost(cluster, claim);
  if (!lost && !isDeleting(cluster, claim)) return undefined;
  const name = goQuote(strings.get(claims.get(claim, CLAIM.name)));
  // kube: R-PRE-3 a lost claim rejects.
  if (lost) {
    const volumeName = goQuote(strings.get(claims.get(claim, CLAIM.volumeName)));
    return `persistentvolumeclaim ${name} bound to non-existent persistentvolume ${volumeName}`;
  }
  // kube: R-PRE-4 so does one that is being deleted, bound or not.
  return `persistentvolumeclaim ${name} is being deleted`;
}

/** Whether a claim's first controlling owner has the pod's uid. */
export function isControlledBy({ blocks, claims, pods }: Cluster, claim: number, pod: number): boolean {
  const owners = claims.get(claim, CLAIM.ownerReferences);
  if (owners === 0) return false;
  const cursor = blocks.cursor(owners);
  const { tokens } = cursor;
  for (let count = tokens[cursor.at++]; count > 0; count--) {
    const { at } = cursor;
    ownerReference.skip(cursor);
    const controller = { tokens, at };
    if (!ownerReference.seek(controller, CONTROLLER) || tokens[controller.at] !== 2) continue;
    const uid = { tokens, at };
    if (!ownerReference.seek(uid, UID)) return !pods.hasUid(pod, POD.uid);
    return pods.isUid(pod, POD.uid, uid);
  }
  return false;
}

function hasVolumeName({ claims }: Cluster, claim: number): boolean {
  return claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT;
}

/** Whether a claim's binding is done. */
export function isFullyBound(cluster: Cluster, claim: number): boolean {
  // kube: R-CLS-7 the annotation without a name is not enough.
  // kube: R-CLS-3 a volume's name and the annotation, whatever its value; the phase is not asked.
  return hasVolumeName(cluster, claim) && cluster.claimAnnotation(claim, cluster.ids.bindCompleted) !== 0;
}

/** Whether a claim's class delays binding, or the text of an error. */
function isDelayed({ claims, ids, storageClasses, strings }: Cluster, claim: number): boolean | string {
  const name = claims.get(claim, CLAIM.class);
  // kube: R-CLS-4 no class, or one that does not exist, binds immediately.
  const storageClass = name === EMPTY_TEXT ? -1 : storageClasses.find(EMPTY_TEXT, name);
  if (storageClass < 0) return false;
  const mode = storageClasses.get(storageClass, STORAGE_CLASS.volumeBindingMode);
  // kube: R-CLS-5 a class without a mode is an error; an unknown mode is immediate.
  if (mode === 0) return `VolumeBindingMode not set for StorageClass ${goQuote(strings.get(name))}`;
  return mode === ids.waitForFirstConsumer;
}
