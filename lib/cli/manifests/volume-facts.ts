// cli: what the volume controller compares of claims and volumes.

import type { Quantity } from "../../objects/quantity.js";
import { parseQuantity, quantityText } from "../../objects/quantity.js";
import type { KubeObject } from "../fields.js";
import { dig, hasAnnotation, listAt, objectAt, textAt } from "../fields.js";
import { ANN_BETA_CLASS } from "./defaults.js";

const ZERO = parseQuantity("0");

// kube: R-CLS-1 the beta annotation wins, even an empty one, for claims and for volumes.
export function classOf(object: KubeObject): string {
  if (hasAnnotation(object, ANN_BETA_CLASS)) return textAt(object, "metadata", "annotations", ANN_BETA_CLASS);
  return textAt(object, "spec", "storageClassName");
}

export function requestOf(claim: KubeObject): Quantity {
  return quantityAt(objectAt(claim, "spec", "resources", "requests"));
}

export function capacityOf(volume: KubeObject): Quantity {
  return quantityAt(objectAt(volume, "spec", "capacity"));
}

function quantityAt(resources: KubeObject): Quantity {
  const written = resources.storage ?? undefined;
  if (typeof written !== "string" && typeof written !== "number") return ZERO;
  return parseQuantity(quantityText(written) ?? "0");
}

export function accessModesOf(object: KubeObject): string[] {
  return listAt(object, "spec", "accessModes").map((mode) => (typeof mode === "string" ? mode : ""));
}

export function modeOf(object: KubeObject): string {
  return textAt(object, "spec", "volumeMode");
}

export function attributesClassOf(object: KubeObject): string {
  return textAt(object, "spec", "volumeAttributesClassName");
}

export function isDeleting(object: KubeObject): boolean {
  return dig(object, "metadata", "deletionTimestamp") !== undefined;
}

export function hasClaimRef(volume: KubeObject): boolean {
  return dig(volume, "spec", "claimRef") !== undefined;
}

// kube: R-MAT-5 by namespace and name, and by uid where the reference has one.
export function isBoundTo(volume: KubeObject, claim: KubeObject): boolean {
  if (!hasClaimRef(volume)) return false;
  const uid = textAt(volume, "spec", "claimRef", "uid");
  return namesClaim(volume, claim) && (uid === "" || uid === textAt(claim, "metadata", "uid"));
}

function namesClaim(volume: KubeObject, claim: KubeObject): boolean {
  const reference = objectAt(volume, "spec", "claimRef");
  return (
    textAt(reference, "namespace") === textAt(claim, "metadata", "namespace") &&
    textAt(reference, "name") === textAt(claim, "metadata", "name")
  );
}
