// Pods on nodes (R-NOD-4), a pod that is asked about taken off its own.

import { type Cluster, keyOf, withUid } from "./cluster.js";
import type { Pod } from "./kinds.js";

/** The pods on a node of this name, in the order of the input. */
export function podsOn(cluster: Cluster, nodeName: string, asked: Pod): Pod[] {
  const name = keyOf(asked.metadata.namespace, asked.metadata.name);
  return cluster.pods
    .filter(({ spec, status }) => {
      return spec?.nodeName === nodeName && status?.phase !== "Succeeded" && status?.phase !== "Failed";
    })
    .filter(({ metadata }) => keyOf(metadata.namespace, metadata.name) !== name)
    .map((pod) => withUid(pod));
}
