// controllers: a claim as it stands -> why the provisioner leaves it alone, if it does.

import type { Cluster } from "../../intern/cluster.js";
import { goQuote } from "../../objects/go-quote.js";
import type { PersistentVolumeClaimLike, StorageClassLike } from "../../objects/types.js";
import {
  ANN_BETA_CLASS,
  ANN_BETA_PROVISIONER,
  ANN_PROVISIONER,
  ANN_SELECTED_NODE,
} from "../persistent-volume/annotations.js";
import { driverOf } from "./class-translation.js";
import { find, nameOf, namespaceOf } from "./known-objects.js";
import { noChange, notAttempted } from "./refusals.js";
import type { Refusal } from "./types.js";

const ANN_MIGRATED_TO = "pv.kubernetes.io/migrated-to";
const ANN_ALPHA_SELECTED_NODE = "volume.alpha.kubernetes.io/selected-node";
const NO_PROVISIONER = "kubernetes.io/no-provisioner";

type Annotations = { readonly [key: string]: string };

/** The name of the class that a claim wants. */
export function classNameOf(claim: PersistentVolumeClaimLike): string {
  return annotationsOf(claim)[ANN_BETA_CLASS] ?? claim.spec?.storageClassName ?? "";
}

/** The node that the scheduler has selected for a claim, or `""`. */
export function selectedNodeOf(claim: PersistentVolumeClaimLike): string {
  const annotations = annotationsOf(claim);
  // kube: R-TOP-1 the older annotation counts where the newer one is not there.
  return annotations[ANN_SELECTED_NODE] ?? annotations[ANN_ALPHA_SELECTED_NODE] ?? "";
}

/** What keeps any provisioner from the claim: it has a volume, or no class that names a provisioner. */
export function classRefusal(
  claim: PersistentVolumeClaimLike,
  storageClass: StorageClassLike | undefined,
): Refusal | undefined {
  const named = `claim ${namespaceOf(claim)}/${nameOf(claim)}`;
  // kube: R-TOP-1 a claim that names a volume is not provisioned for.
  if (claim.spec?.volumeName) return notAttempted("R-TOP-1", `${named} names the volume ${claim.spec.volumeName}`);
  const className = classNameOf(claim);
  if (className === "") return notAttempted("R-TOP-1", `${named} names no storage class`);
  // kube: R-TOP-1 a class that is not there is waited for.
  if (storageClass === undefined) return missingClass(className);
  const provisioner = storageClass.provisioner ?? "";
  if (provisioner !== "" && provisioner !== NO_PROVISIONER) return undefined;
  return notAttempted("R-TOP-1", `storage class ${className} names no provisioner`);
}

/** Why a claim whose class waits for a pod has no attempt yet. */
export function waitingRefusal(
  claim: PersistentVolumeClaimLike,
  { volumeBindingMode }: StorageClassLike,
  node: string,
): Refusal | undefined {
  // kube: R-TOP-1 a class that waits for a pod wants a selected node, any other mode does not.
  if (node !== "" || volumeBindingMode !== "WaitForFirstConsumer") return undefined;
  const named = `claim ${namespaceOf(claim)}/${nameOf(claim)}`;
  return notAttempted("R-TOP-1", `${named} waits for a node, as its storage class wants`);
}

/** Whether the PV controller has handed the claim to the driver: all of what the provisioner itself looks at. */
export function attemptRefusal(cluster: Cluster, claim: PersistentVolumeClaimLike): Refusal | undefined {
  const className = classNameOf(claim);
  const storageClass = find(cluster, "storageClasses", className);
  const asked = askedOf(claim);
  if (storageClass === undefined && !claim.spec?.volumeName) {
    // kube: R-TOP-1 who is not named by the annotation does not look for the class.
    return asked === "" ? notHandedOver("a provisioner") : missingClass(className);
  }
  const early = classRefusal(claim, storageClass);
  if (early !== undefined || storageClass === undefined) return early;
  const volume = `pvc-${claim.metadata?.uid ?? ""}`;
  // kube: R-TOP-1 a volume of the claim's that is there already ends it.
  if (find(cluster, "persistentVolumes", volume) !== undefined) {
    return notAttempted("R-TOP-1", `volume ${volume} is there already`);
  }
  const driver = driverOf(storageClass.provisioner ?? "");
  const moved = driverOf(asked) === driver && annotationsOf(claim)[ANN_MIGRATED_TO] === driver;
  // kube: R-TOP-1 the annotation names the driver, or the in-tree plugin that has moved to it.
  if (asked !== driver && !moved) return notHandedOver(driver);
  // kube: R-TOP-1 a claim that waits for a node must have it under the newer annotation.
  return waitingRefusal(claim, storageClass, annotationsOf(claim)[ANN_SELECTED_NODE] ?? "");
}

/** Whether the claim has no volume yet and is the driver's, as far as its annotations go. */
export function isForDriver(claim: PersistentVolumeClaimLike, driver: string): boolean {
  if (claim.spec?.volumeName) return false;
  return askedOf(claim) === driver || annotationsOf(claim)[ANN_MIGRATED_TO] === driver;
}

/** What the PV controller has written down as the claim's provisioner. */
function askedOf(claim: PersistentVolumeClaimLike): string {
  const annotations = annotationsOf(claim);
  return annotations[ANN_PROVISIONER] ?? annotations[ANN_BETA_PROVISIONER] ?? "";
}

function missingClass(name: string): Refusal {
  return noChange("R-TOP-1", `storageClass ${goQuote(name)} not found`);
}

function notHandedOver(whom: string): Refusal {
  return notAttempted("R-TOP-1", `no annotation ${ANN_PROVISIONER} hands the claim to ${whom}`);
}

function annotationsOf({ metadata }: PersistentVolumeClaimLike): Annotations {
  return metadata?.annotations ?? {};
}
