// cli: the pods that are asked about -> each with the claims that its volumes name.

import type { TopologyMatcher } from "../../index.js";
import type { KubeObject } from "../fields.js";
import { isObject, listAt, textAt } from "../fields.js";

export interface NamedClaim {
  readonly key: string;
  /** Undefined where the input has none of that name. */
  readonly claim: KubeObject | undefined;
}

export interface EvaluatedPod {
  readonly key: string;
  readonly pod: KubeObject;
  readonly claims: readonly NamedClaim[];
}

/** One pod after another, made from what the matcher keeps: about 20 us a pod and claim. */
export function* evaluatedPods(matcher: TopologyMatcher, keys: Iterable<string>): Iterable<EvaluatedPod> {
  for (const key of keys) {
    const pod = matcher.pods.get(key) as KubeObject | undefined;
    if (pod === undefined) continue;
    const claims = claimKeysOf(pod).map((claimKey) => {
      const claim = matcher.persistentVolumeClaims.get(claimKey) as KubeObject | undefined;
      return { key: claimKey, claim };
    });
    yield { key, pod, claims };
  }
}

/** Keys of the claims that a pod's volumes name, ephemeral ones too, in their order. */
export function claimKeysOf(pod: KubeObject): string[] {
  const namespace = textAt(pod, "metadata", "namespace");
  return listAt(pod, "spec", "volumes").flatMap((volume) => {
    // A generic ephemeral volume names a claim of the pod's and its own name.
    if (isObject(volume) && isObject(volume.persistentVolumeClaim)) {
      return [`${namespace}/${textAt(volume, "persistentVolumeClaim", "claimName")}`];
    }
    if (!isObject(volume) || !isObject(volume.ephemeral)) return [];
    return [`${namespace}/${textAt(pod, "metadata", "name")}-${textAt(volume, "name")}`];
  });
}
