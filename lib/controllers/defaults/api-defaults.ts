// controllers: an object as it was written -> with what the API server writes into fields that are left out.

import type { KubeObject } from "../../objects/fields.js";
import { dig, hasAnnotation, isObject, listAt, objectAt, put, textAt } from "../../objects/fields.js";
import { ANN_BETA_CLASS } from "../persistent-volume/annotations.js";

/** The object with its kind's defaults. `defaultClass`: of claims that name none. */
export function withDefaults(kind: string, object: KubeObject, defaultClass: string | undefined): KubeObject {
  switch (kind) {
    case "StorageClass":
      return withDefault(object, ["volumeBindingMode"], "Immediate");
    case "PersistentVolume":
      return withPhase(withDefault(object, ["spec", "volumeMode"], "Filesystem"), "Available");
    case "PersistentVolumeClaim":
      return claimWithDefaults(object, defaultClass);
    case "Pod":
      return podWithDefaults(object);
    default:
      return object;
  }
}

function claimWithDefaults(claim: KubeObject, defaultClass: string | undefined): KubeObject {
  const complete = withPhase(withDefault(claim, ["spec", "volumeMode"], "Filesystem"), "Pending");
  if (defaultClass === undefined || hasAnnotation(claim, ANN_BETA_CLASS)) return complete;
  return withDefault(complete, ["spec", "storageClassName"], defaultClass);
}

function podWithDefaults(pod: KubeObject): KubeObject {
  let complete = pod;
  for (const field of ["containers", "initContainers"]) {
    const containers = listAt(pod, "spec", field);
    const requesting = containers.map(withRequests);
    if (requesting.some((container, i) => container !== containers[i])) {
      complete = put(complete, ["spec", field], requesting);
    }
  }
  return complete;
}

/** A container whose requests hold what only its limits named. */
function withRequests(container: unknown): unknown {
  if (!isObject(container)) return container;
  const limits = objectAt(container, "resources", "limits");
  const requests = objectAt(container, "resources", "requests");
  // kube: R-NOD-24 where only a limit is given, it is the request.
  const missing = Object.entries(limits).filter(([name]) => !Object.hasOwn(requests, name));
  if (missing.length === 0) return container;
  return put(container, ["resources", "requests"], { ...requests, ...Object.fromEntries(missing) });
}

function withDefault(object: KubeObject, path: readonly string[], value: string): KubeObject {
  return dig(object, ...path) === undefined ? put(object, path, value) : object;
}

function withPhase(object: KubeObject, phase: string): KubeObject {
  return textAt(object, "status", "phase") === "" ? put(object, ["status", "phase"], phase) : object;
}
