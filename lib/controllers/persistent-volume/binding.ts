// controllers: a claim and a volume -> both as the PV controller writes them when it binds them, or parts them again.

import type { KubeObject } from "../../objects/fields.js";
import { annotate, dig, drop, hasAnnotation, listAt, objectAt, put, textAt } from "../../objects/fields.js";
import { compareQuantity, parseQuantity, quantityText } from "../../objects/quantity.js";
import { ANN_BIND_COMPLETED, ANN_BOUND_BY_CONTROLLER, ANN_PRE_RESIZE_CAPACITY } from "./annotations.js";

export interface Pair {
  readonly claim: KubeObject;
  readonly volume: KubeObject;
}

/** How claim and volume stood to each other before. */
export interface Binding extends Pair {
  /** The volume was reserved for the claim, by its uid or by name alone. */
  readonly reserved: boolean;
  /** The reference in the volume has the claim's uid. */
  readonly complete: boolean;
  /** Feature gate VolumeAttributesClass. */
  readonly attributesClasses: boolean;
}

/** Both objects as they are when they are bound; the same objects where nothing changes. */
export function bind(binding: Binding): Pair {
  const volume = withPhase(reservedVolume(binding), "Bound");
  return { volume, claim: withStatus(namingClaim(binding), volume, binding.attributesClasses) };
}

function reservedVolume({ claim, complete, reserved, volume }: Binding): KubeObject {
  // kube: R-RSV-5 a volume that its user reserved by name only gets the uid.
  const bound = complete ? volume : put(volume, ["spec", "claimRef"], referenceTo(claim));
  return reserved ? bound : annotate(bound, ANN_BOUND_BY_CONTROLLER, "yes");
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

function namingClaim({ claim, volume }: Binding): KubeObject {
  const name = textAt(volume, "metadata", "name");
  let bound = claim;
  if (textAt(claim, "spec", "volumeName") !== name) {
    bound = annotate(put(bound, ["spec", "volumeName"], name), ANN_BOUND_BY_CONTROLLER, "yes");
  }
  // kube: R-PVC-4 annotations that are there are not written again.
  return annotate(bound, ANN_BIND_COMPLETED, "yes");
}

function withStatus(claim: KubeObject, volume: KubeObject, attributesClasses: boolean): KubeObject {
  const phase = textAt(claim, "status", "phase");
  const capacity = objectAt(volume, "spec", "capacity");
  // Upstream ends in an error there, and goes on ending in it.
  if (phase !== "Bound" && dig(capacity, "storage") === undefined) return claim;
  let bound = claim;
  const modes = listAt(volume, "spec", "accessModes");
  if (modes.join() !== listAt(claim, "status", "accessModes").join()) {
    bound = modes.length === 0 ? drop(bound, ["status", "accessModes"]) : put(bound, ["status", "accessModes"], modes);
  }
  if (phase === "Bound") return bound;
  if (attributesClasses && phase === "Pending") {
    // kube: R-PVC-4 a claim that was Pending gets the volume's attributes class, or none where it has none.
    const attributes = dig(volume, "spec", "volumeAttributesClassName");
    const current = ["status", "currentVolumeAttributesClassName"];
    if (attributes === undefined) bound = drop(bound, current);
    else if (attributes !== dig(bound, ...current)) bound = put(bound, current, attributes);
  }
  // kube: R-PVC-4 a claim that was not bound before gets the volume's capacity, or what it was before it grew.
  if (hasAnnotation(volume, ANN_PRE_RESIZE_CAPACITY)) {
    const before = textAt(volume, "metadata", "annotations", ANN_PRE_RESIZE_CAPACITY);
    // An annotation is read as it is; white space around a quantity is passed over in JSON alone.
    const readable = !/\s/.test(before) && isQuantity(before);
    bound = put(bound, ["status", "capacity", "storage"], readable ? before : capacity.storage);
  } else if (!sameAmount(dig(claim, "status", "capacity", "storage"), capacity.storage)) {
    bound = put(bound, ["status", "capacity"], capacity);
  }
  return put(bound, ["status", "phase"], "Bound");
}

/** The volume in a phase; the same object where it is in it. */
export function withPhase(volume: KubeObject, phase: string): KubeObject {
  if (textAt(volume, "status", "phase") === phase) return volume;
  return put(drop(volume, ["status", "message"]), ["status", "phase"], phase);
}

/** A claim without a volume: what a volume gave to its status is taken from it. */
export function unboundClaim(claim: KubeObject, phase: "Pending" | "Lost"): KubeObject {
  let unbound = claim;
  for (const field of ["accessModes", "capacity", "currentVolumeAttributesClassName"]) {
    unbound = drop(unbound, ["status", field]);
  }
  return textAt(claim, "status", "phase") === phase ? unbound : put(unbound, ["status", "phase"], phase);
}

/** A volume whose claim has another one. */
export function unboundVolume(volume: KubeObject): KubeObject {
  // kube: R-PVC-7 what its user reserved stays reserved, by name alone.
  if (!hasAnnotation(volume, ANN_BOUND_BY_CONTROLLER)) {
    return withPhase(drop(volume, ["spec", "claimRef", "uid"]), "Available");
  }
  let unbound = drop(drop(volume, ["spec", "claimRef"]), ["metadata", "annotations", ANN_BOUND_BY_CONTROLLER]);
  const annotations = objectAt(unbound, "metadata", "annotations");
  if (Object.keys(annotations).length === 0) unbound = drop(unbound, ["metadata", "annotations"]);
  return withPhase(unbound, "Available");
}

function sameAmount(a: unknown, b: unknown): boolean {
  const [left, right] = [textOf(a), textOf(b)];
  if (left === undefined || right === undefined || !isQuantity(left)) return false;
  return compareQuantity(parseQuantity(left), parseQuantity(right)) === 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? quantityText(value) : undefined;
}

function isQuantity(text: string): boolean {
  try {
    parseQuantity(text);
    return true;
  } catch {
    return false;
  }
}
