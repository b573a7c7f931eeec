// controllers: an immediate claim of a class with a provisioner -> the volume that would have been made for it.

import type { KubeObject } from "../../objects/fields.js";
import { dig, listAt, objectAt, textAt } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { STORED_KINDS } from "../../objects/kinds.js";
import { defaultUid } from "../defaults/identity.js";
import { ANN_PROVISIONED_BY } from "../persistent-volume/annotations.js";

const CLAIM = STORED_KINDS.get("PersistentVolumeClaim") as Kind;
const VOLUME = STORED_KINDS.get("PersistentVolume") as Kind;

/** A volume for a claim, reserved for it and reachable where the class allows. */
export function assumedVolume(claim: KubeObject, storageClass: KubeObject): KubeObject {
  const { name, namespace, uid } = objectAt(claim, "metadata") as { name: string; namespace: string; uid: string };
  // The provisioner's own name, where the uid can be part of one.
  const own = uid === defaultUid(CLAIM, namespace, name) ? `pvc-${namespace}.${name}` : `pvc-${uid}`;
  const provisioner = textAt(storageClass, "provisioner");
  const size = dig(claim, "spec", "resources", "requests", "storage") ?? "0";
  const attributes = textAt(claim, "spec", "volumeAttributesClassName");
  const nodeAffinity = affinityOf(storageClass);
  return {
    apiVersion: VOLUME.apiVersion,
    kind: VOLUME.name,
    metadata: { name: own, uid: defaultUid(VOLUME, "", own), annotations: { [ANN_PROVISIONED_BY]: provisioner } },
    spec: {
      accessModes: listAt(claim, "spec", "accessModes"),
      capacity: { storage: size },
      claimRef: { kind: CLAIM.name, apiVersion: CLAIM.apiVersion, namespace, name, uid },
      csi: { driver: provisioner, volumeHandle: own },
      persistentVolumeReclaimPolicy: textAt(storageClass, "reclaimPolicy") || "Delete",
      storageClassName: textAt(storageClass, "metadata", "name"),
      volumeMode: textAt(claim, "spec", "volumeMode") || "Filesystem",
      ...(attributes === "" ? {} : { volumeAttributesClassName: attributes }),
      ...(nodeAffinity === undefined ? {} : { nodeAffinity }),
    },
    status: { phase: "Bound" },
  };
}

/** allowedTopologies as a node affinity, term by term. */
function affinityOf(storageClass: KubeObject): KubeObject | undefined {
  const terms = listAt(storageClass, "allowedTopologies");
  if (terms.length === 0) return undefined;
  const nodeSelectorTerms = terms.map((term) => ({
    matchExpressions: listAt(term, "matchLabelExpressions").map((expression) => ({
      key: textAt(expression, "key"),
      operator: "In",
      values: listAt(expression, "values"),
    })),
  }));
  return { required: { nodeSelectorTerms } };
}
