// Class of claims and volumes, and the lists into which a pod's claims fall (R-CLS).

import { annotation, type Cluster, keyOf } from "./cluster.js";
import { decided } from "./decided.js";
import { goQuote } from "./go-text.js";
import type { Claim, Volume } from "./kinds.js";

const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

export interface Classified {
  bound: Claim[];
  delayed: Claim[];
  immediate: Claim[];
}

export function classOf({ kind, metadata, spec }: Claim | Volume): string {
  const beta = annotation(metadata.annotations, BETA_CLASS);
  if (beta !== undefined) decided(kind === "PersistentVolume" ? "R-CLS-2" : "R-CLS-1");
  return beta ?? spec?.storageClassName ?? "";
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
  if (new Set(claims).size < claims.length) decided("R-CLS-8");
  for (const claim of claims) {
    decided("R-CLS-6");
    if (isFullyBound(claim)) {
      decided("R-CLS-3");
      lists.bound.push(claim);
      continue;
    }
    if (annotation(claim.metadata.annotations, BIND_COMPLETED) !== undefined) decided("R-CLS-7");
    if (isDelayed(claim, cluster) && !claim.spec?.volumeName) lists.delayed.push(claim);
    else lists.immediate.push(claim);
  }
  return lists;
}

function isDelayed(claim: Claim, cluster: Cluster): boolean {
  const name = classOf(claim);
  decided("R-CLS-4");
  const storageClass = name === "" ? undefined : cluster.storageClasses.get(name);
  if (!storageClass) return false;
  const mode = storageClass.volumeBindingMode ?? undefined;
  if (mode === undefined) decided("R-CLS-5");
  if (mode === undefined) throw new Error(`VolumeBindingMode not set for StorageClass ${goQuote(name)}`);
  return mode === "WaitForFirstConsumer";
}
