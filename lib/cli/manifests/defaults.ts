// cli: what the API server writes into objects that leave it out.

import type { KubeObject } from "../fields.js";
import { dig, hasAnnotation, put, textAt } from "../fields.js";
import type { Settled } from "./settled.js";

export const ANN_BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
const DEFAULT_CLASS_ANNOTATIONS = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** The class that claims get which name none. */
export class DefaultClass {
  readonly name: string | undefined;

  constructor(objects: readonly Settled[]) {
    // kube: R-PVC-2 the newest of the default classes, then the first by name.
    const candidates = objects
      .filter(({ kind, object }) => kind.name === "StorageClass" && isDefaultClass(object))
      .map(({ key, object }) => ({ name: key, created: instantOf(textAt(object, "metadata", "creationTimestamp")) }));
    candidates.sort((a, b) => b.created - a.created || Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    this.name = candidates[0]?.name;
  }
}

export function withDefaults({ kind, object }: Settled, defaultClass: DefaultClass): KubeObject {
  switch (kind.name) {
    case "StorageClass":
      return withDefault(object, ["volumeBindingMode"], "Immediate");
    case "PersistentVolume":
      return withPhase(withDefault(object, ["spec", "volumeMode"], "Filesystem"), "Available");
    case "PersistentVolumeClaim":
      return claimWithDefaults(object, defaultClass);
    default:
      return object;
  }
}

export function claimWithDefaults(claim: KubeObject, { name }: DefaultClass): KubeObject {
  const complete = withPhase(withDefault(claim, ["spec", "volumeMode"], "Filesystem"), "Pending");
  if (name === undefined || hasAnnotation(claim, ANN_BETA_CLASS)) return complete;
  return withDefault(complete, ["spec", "storageClassName"], name);
}

function withDefault(object: KubeObject, path: readonly string[], value: string): KubeObject {
  return dig(object, ...path) === undefined ? put(object, path, value) : object;
}

function withPhase(object: KubeObject, phase: string): KubeObject {
  return textAt(object, "status", "phase") === "" ? put(object, ["status", "phase"], phase) : object;
}

function isDefaultClass(storageClass: KubeObject): boolean {
  return DEFAULT_CLASS_ANNOTATIONS.some((key) => textAt(storageClass, "metadata", "annotations", key) === "true");
}

/** Milliseconds of a time that the matcher has accepted; without one an object is older than all that have one. */
function instantOf(time: string): number {
  if (time === "") return Number.NEGATIVE_INFINITY;
  // Go takes an hour of one digit and a comma, which Date does not.
  const instant = Date.parse(time.replace(",", ".").replace(/T(\d):/, "T0$1:"));
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}
