// cli: a claim and the cluster -> what it waits for, as far as notes need to know.

import { ANN_BETA_CLASS, ANN_BIND_COMPLETED } from "../../controllers/persistent-volume/annotations.js";
import type { TopologyMatcher } from "../../index.js";
import type { KubeObject } from "../fields.js";
import { hasAnnotation, textAt } from "../fields.js";

const ANN_SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** The class of a claim or a volume; `""` for none. The beta annotation, though it be empty, hides the field. */
export function classOf(object: KubeObject): string {
  if (hasAnnotation(object, ANN_BETA_CLASS)) return textAt(object, "metadata", "annotations", ANN_BETA_CLASS);
  return textAt(object, "spec", "storageClassName");
}

export function volumeNameOf(claim: KubeObject): string {
  return textAt(claim, "spec", "volumeName");
}

// A volume's name and the annotation, whatever the phase.
export function isFullyBound(claim: KubeObject): boolean {
  return volumeNameOf(claim) !== "" && hasAnnotation(claim, ANN_BIND_COMPLETED);
}

/** Whether the scheduler has chosen a node for the claim. */
export function hasSelectedNode(claim: KubeObject): boolean {
  return hasAnnotation(claim, ANN_SELECTED_NODE);
}

/** The class of a claim that the scheduler would bind or have provisioned; undefined for every other claim. */
export function delayedClassOf(claim: KubeObject, matcher: TopologyMatcher): KubeObject | undefined {
  if (volumeNameOf(claim) !== "") return undefined;
  const found = matcher.storageClasses.get(classOf(claim)) as KubeObject | undefined;
  return textAt(found, "volumeBindingMode") === "WaitForFirstConsumer" ? found : undefined;
}
