// cli: a claim and a volume -> both as the volume controller leaves them once they are bound.

import type { KubeObject } from "../fields.js";
import { annotate, dig, hasAnnotation, objectAt, put, textAt } from "../fields.js";
import { isBoundTo } from "./volume-facts.js";

export const ANN_BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const ANN_BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

export interface Pair {
  readonly claim: KubeObject;
  readonly volume: KubeObject;
}

// kube: R-PVC-4 values that are there are kept.
export function bind({ claim, volume }: Pair): Pair {
  return { claim: boundClaim(claim, volume), volume: boundVolume(volume, claim) };
}

function boundVolume(volume: KubeObject, claim: KubeObject): KubeObject {
  // kube: R-RSV-5 a volume that its user reserved by name only gets the uid.
  const wasReserved = isBoundTo(volume, claim);
  const isComplete = wasReserved && textAt(volume, "spec", "claimRef", "uid") !== "";
  let bound = isComplete ? volume : put(volume, ["spec", "claimRef"], referenceTo(claim));
  if (!wasReserved) bound = annotate(bound, ANN_BOUND_BY_CONTROLLER, "yes");
  return put(bound, ["status", "phase"], "Bound");
}

function referenceTo(claim: KubeObject): KubeObject {
  const { name, namespace, resourceVersion, uid } = objectAt(claim, "metadata");
  return {
    kind: "PersistentVolumeClaim",
    apiVersion: "v1",
    namespace,
    name,
    uid,
    ...(typeof resourceVersion === "string" ? { resourceVersion } : {}),
  };
}

function boundClaim(claim: KubeObject, volume: KubeObject): KubeObject {
  let bound = claim;
  if (textAt(claim, "spec", "volumeName") === "") {
    bound = put(bound, ["spec", "volumeName"], textAt(volume, "metadata", "name"));
    bound = annotate(bound, ANN_BOUND_BY_CONTROLLER, "yes");
  }
  bound = annotate(bound, ANN_BIND_COMPLETED, "yes");
  const accessModes = dig(volume, "spec", "accessModes");
  const capacity = dig(volume, "spec", "capacity");
  const wasBound = textAt(claim, "status", "phase") === "Bound";
  return {
    ...bound,
    status: {
      ...objectAt(bound, "status"),
      phase: "Bound",
      ...(accessModes === undefined ? {} : { accessModes }),
      ...(capacity === undefined || wasBound ? {} : { capacity }),
    },
  };
}

/** Whether binding was begun and ended. */
export function isBindCompleted(claim: KubeObject): boolean {
  return hasAnnotation(claim, ANN_BIND_COMPLETED);
}
