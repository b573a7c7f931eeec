// controllers: pods -> for each claim those that use it, and of them those that wait for a node.

import type { KubeObject } from "../../objects/fields.js";
import { dig, listAt, textAt } from "../../objects/fields.js";
import { compareUtf8 } from "../../objects/utf8.js";

/** Pods that have not ended, by the claims that they use: `NAMESPACE/NAME`. */
export interface ClaimPods {
  /** The names of those without a node, in the order of the pods. */
  waiting(claim: string): readonly string[];
  /** `NAMESPACE/NAME` of all, in order. */
  using(claim: string): readonly string[];
}

export const NO_PODS: ClaimPods = { waiting: () => [], using: () => [] };

const STATUSES = ["initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"];

export function claimPods(pods: Iterable<KubeObject>): ClaimPods {
  const byClaim = new Map<string, KubeObject[]>();
  for (const pod of pods) {
    if (isTerminated(pod)) continue;
    for (const claim of claimsOf(pod)) {
      const users = byClaim.get(claim) ?? [];
      users.push(pod);
      byClaim.set(claim, users);
    }
  }
  const nameOf = (pod: KubeObject): string => textAt(pod, "metadata", "name");
  const usersOf = (claim: string): readonly KubeObject[] => byClaim.get(claim) ?? [];
  return {
    waiting: (claim) =>
      usersOf(claim)
        .filter((pod) => textAt(pod, "spec", "nodeName") === "")
        .map(nameOf),
    using: (claim) =>
      usersOf(claim)
        .map((pod) => `${textAt(pod, "metadata", "namespace")}/${nameOf(pod)}`)
        .sort(compareUtf8),
  };
}

/** A pod that uses a claim twice uses it once. */
function claimsOf(pod: KubeObject): ReadonlySet<string> {
  const [name, namespace] = [textAt(pod, "metadata", "name"), textAt(pod, "metadata", "namespace")];
  const claims = listAt(pod, "spec", "volumes").map((volume) => claimNameOf(volume, name));
  return new Set(claims.filter((claim) => claim !== "").map((claim) => `${namespace}/${claim}`));
}

function claimNameOf(volume: unknown, podName: string): string {
  if (dig(volume, "persistentVolumeClaim") !== undefined) return textAt(volume, "persistentVolumeClaim", "claimName");
  return dig(volume, "ephemeral") === undefined ? "" : `${podName}-${textAt(volume, "name")}`;
}

function isTerminated(pod: KubeObject): boolean {
  const phase = textAt(pod, "status", "phase");
  if (phase === "Failed" || phase === "Succeeded") return true;
  if (dig(pod, "metadata", "deletionTimestamp") === undefined) return false;
  // kube: R-PVC-2 a pod that is being deleted has ended when none of its containers, of any kind, runs.
  return STATUSES.every((field) =>
    listAt(pod, "status", field).every(
      (status) => dig(status, "state", "terminated") !== undefined || dig(status, "state", "waiting") !== undefined,
    ),
  );
}
