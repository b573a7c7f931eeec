// controllers: an object that an in-tree plugin provisions -> the same with what tells the CSI driver to do it instead.

import { IN_TREE_PLUGINS } from "../../filters/migration/in-tree-plugins.js";
import type { KubeObject } from "../../objects/fields.js";
import { drop, hasAnnotation, listAt, put, textAt } from "../../objects/fields.js";
import { ANN_BETA_PROVISIONER, ANN_MIGRATED_TO, ANN_PROVISIONED_BY, ANN_PROVISIONER } from "./annotations.js";

/** What the PV controller puts on volumes that an in-tree plugin has to delete. */
const IN_TREE_FINALIZER = "kubernetes.io/pv-controller";
/** What external provisioners put on theirs. */
const EXTERNAL_FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

const DRIVERS: ReadonlyMap<string, string> = new Map(IN_TREE_PLUGINS.map(({ driver, name }) => [name, driver]));

/** Names of provisioners and plugins that are Kubernetes' own. */
export const IN_TREE_PREFIX = "kubernetes.io/";

/** The CSI driver that serves an in-tree plugin's volumes; undefined for every other name. */
export function driverOf(plugin: string): string | undefined {
  return DRIVERS.get(plugin);
}

/** The claim as the annotations that name its provisioner want it; the same object where nothing changes. */
export function migratedClaim(claim: KubeObject): KubeObject {
  if (hasAnnotation(claim, ANN_PROVISIONER)) return annotated(claim, ANN_PROVISIONER);
  return hasAnnotation(claim, ANN_BETA_PROVISIONER) ? annotated(claim, ANN_BETA_PROVISIONER) : claim;
}

/** The volume as the plugin that provisioned it wants it; the same object where nothing changes. */
export function migratedVolume(volume: KubeObject): KubeObject {
  // kube: R-PVC-6 what nobody provisioned is nobody's to migrate.
  if (!hasAnnotation(volume, ANN_PROVISIONED_BY)) return volume;
  return withFinalizers(annotated(volume, ANN_PROVISIONED_BY));
}

function annotated(object: KubeObject, key: string): KubeObject {
  const driver = driverOf(textAt(object, "metadata", "annotations", key));
  const named = textAt(object, "metadata", "annotations", ANN_MIGRATED_TO);
  if (driver !== undefined && named !== driver) {
    return put(object, ["metadata", "annotations", ANN_MIGRATED_TO], driver);
  }
  return driver === undefined && named !== "" ? drop(object, ["metadata", "annotations", ANN_MIGRATED_TO]) : object;
}

function withFinalizers(volume: KubeObject): KubeObject {
  const plugin = textAt(volume, "metadata", "annotations", ANN_PROVISIONED_BY);
  if (driverOf(plugin) !== undefined) return withoutFinalizers(volume, [IN_TREE_FINALIZER]);
  if (!plugin.startsWith(IN_TREE_PREFIX)) return volume;
  const policy = textAt(volume, "spec", "persistentVolumeReclaimPolicy") || "Retain";
  if (policy === "Retain" || policy === "Recycle") {
    return withoutFinalizers(volume, [IN_TREE_FINALIZER, EXTERNAL_FINALIZER]);
  }
  const kept = withoutFinalizers(volume, [EXTERNAL_FINALIZER]);
  const finalizers = listAt(kept, "metadata", "finalizers");
  if (policy !== "Delete" || finalizers.includes(IN_TREE_FINALIZER)) return kept;
  return put(kept, ["metadata", "finalizers"], [...finalizers, IN_TREE_FINALIZER]);
}

function withoutFinalizers(object: KubeObject, names: readonly string[]): KubeObject {
  const finalizers = listAt(object, "metadata", "finalizers");
  const kept = finalizers.filter((name) => !names.includes(name as string));
  if (kept.length === finalizers.length) return object;
  return kept.length === 0 ? drop(object, ["metadata", "finalizers"]) : put(object, ["metadata", "finalizers"], kept);
}
