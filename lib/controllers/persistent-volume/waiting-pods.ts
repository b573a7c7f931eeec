// controllers: pods -> for each claim those that use it and wait for a node.

import type { KubeObject } from "../../objects/fields.js";
import { dig, listAt, textAt } from "../../objects/fields.js";

/** `NAMESPACE/NAME` of a claim -> names of pods, in the order of the pods. */
export function waitingPods(pods: Iterable<KubeObject>): ReadonlyMap<string, readonly string[]> {
  const waiting = new Map<string, string[]>();
  for (const pod of pods) {
    if (textAt(pod, "spec", "nodeName") !== "" || isTerminated(pod)) continue;
    const name = textAt(pod, "metadata", "name");
    const namespace = textAt(pod, "metadata", "namespace");
    for (const volume of listAt(pod, "spec", "volumes")) {
      const claim = claimNameOf(volume, name);
      if (claim === "") continue;
      const names = waiting.get(`${namespace}/${claim}`) ?? [];
      // A pod that uses a claim twice is one pod.
      if (names.at(-1) !== name) names.push(name);
      waiting.set(`${namespace}/${claim}`, names);
    }
  }
  return waiting;
}

function claimNameOf(volume: unknown, podName: string): string {
  if (dig(volume, "persistentVolumeClaim") !== undefined) return textAt(volume, "persistentVolumeClaim", "claimName");
  return dig(volume, "ephemeral") === undefined ? "" : `${podName}-${textAt(volume, "name")}`;
}

function isTerminated(pod: KubeObject): boolean {
  const phase = textAt(pod, "status", "phase");
  if (phase === "Failed" || phase === "Succeeded") return true;
  if (dig(pod, "metadata", "deletionTimestamp") === undefined) return false;
  return listAt(pod, "status", "containerStatuses").every(
    (status) => dig(status, "state", "terminated") !== undefined || dig(status, "state", "waiting") !== undefined,
  );
}
