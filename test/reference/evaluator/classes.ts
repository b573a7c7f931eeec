// Class of claims and volumes, and the lists into which a pod's claims fall (R-CLS).

import { annotation, type Cluster, keyOf } from "./cluster.js";
import { goQuote } from "./go-text.js";
import type { Claim, Volume } from "./kinds.js";

const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

export interface Classified {
  bound: Claim[];
  delayed: Claim[];
  immediate: Claim[];
}

export function classOf({ metadata, spec }: Claim | Volume): string {
  return annotation(metadata.annotations, BETA_CLASS) ?? spec?.storageClassName ?? "";
}

export function isFullyBound({ metadata, spec }: Claim): boolean {
  return Boolean(spec?.volumeName) && annotation(metadata.annotations, BIND_COMPLETED) !== undefined;
}

export function nameOf({ metadata }: Claim): string {
  return keyOf(metadata.namespace, metadata.name);
}

/** Throws the text of R-CLS-5 at a class without a mode. */
export function classify(claims: Claim[], cluster: Cluster): Classified {
  const lists: Classified = { bound: [], delayed: [], immediate: [] };
  for (const claim of claims) {
    if (isFullyBound(claim)) lists.bound.push(claim);
    else if (isDelayed(claim, cluster) && !claim.spec?.volumeName) lists.delayed.push(claim);
    else lists.immediate.push(claim);
  }
  return lists;
}

function isDelayed(claim: Claim, cluster: Cluster): boolean {
  const name = classOf(claim);
  const storageClass = name === "" ? undefined : cluster.storageClasses.get(name);
  if (!storageClass) return false;
  const mode = storageClass.volumeBindingMode ?? undefined;
  if (mode === undefined) throw new Error(`VolumeBindingMode not set for StorageClass ${goQuote(name)}`);
  return mode === "WaitForFirstConsumer";
}
