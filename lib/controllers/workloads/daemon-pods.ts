// controllers: a DaemonSet's pod template and a node -> the spec of its pod there.

import type { KubeObject } from "../../objects/fields.js";
import { dig, listAt, objectAt, put, textAt } from "../../objects/fields.js";

const REQUIRED = ["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];

/** Taints that the controller has its pods tolerate, with their effects. */
const TOLERATED = [
  ["node.kubernetes.io/not-ready", "NoExecute"],
  ["node.kubernetes.io/unreachable", "NoExecute"],
  ["node.kubernetes.io/disk-pressure", "NoSchedule"],
  ["node.kubernetes.io/memory-pressure", "NoSchedule"],
  ["node.kubernetes.io/pid-pressure", "NoSchedule"],
  ["node.kubernetes.io/unschedulable", "NoSchedule"],
] as const;
const OF_HOST_NETWORK = ["node.kubernetes.io/network-unavailable", "NoSchedule"] as const;

/** Required terms are replaced by the node's name, as the controller does; a nodeSelector stays. */
export function daemonSpec(spec: KubeObject, node: string): KubeObject {
  const matchFields = [{ key: "metadata.name", operator: "In", values: [node] }];
  const pinned = put(spec, REQUIRED, { ...objectAt(spec, ...REQUIRED), nodeSelectorTerms: [{ matchFields }] });
  const tolerations = [...listAt(spec, "tolerations")];
  for (const [key, effect] of dig(spec, "hostNetwork") === true ? [...TOLERATED, OF_HOST_NETWORK] : TOLERATED) {
    const toleration = { key, operator: "Exists", effect };
    const at = tolerations.findIndex((known) => isAlike(known, key, effect));
    if (at < 0) tolerations.push(toleration);
    else tolerations[at] = toleration;
  }
  return { ...pinned, tolerations };
}

/** Whether a toleration says the same, for however long. */
function isAlike(toleration: unknown, key: string, effect: string): boolean {
  return (
    textAt(toleration, "key") === key &&
    textAt(toleration, "effect") === effect &&
    textAt(toleration, "operator") === "Exists" &&
    textAt(toleration, "value") === ""
  );
}
