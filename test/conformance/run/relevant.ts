// The part of a cluster that a pod's verdict can depend on: nodes, its claims, and what these refer to.

import type { Json, KubeObject } from "../../reference/generator/world.js";

const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

export function relevantObjects(objects: readonly KubeObject[], pod: KubeObject): KubeObject[] {
  const claimNames = new Set<string>();
  for (const { name, persistentVolumeClaim } of (pod.spec.volumes ?? []) as Json[]) {
    claimNames.add(persistentVolumeClaim ? (persistentVolumeClaim.claimName ?? "") : `${pod.metadata.name}-${name}`);
  }
  const claims = objects.filter(
    ({ kind, metadata }) =>
      kind === "PersistentVolumeClaim" &&
      metadata.namespace === pod.metadata.namespace &&
      claimNames.has(metadata.name),
  );
  const classes = new Set(claims.flatMap(classesOf));
  const volumeNames = new Set(claims.map(({ spec }) => spec.volumeName));
  const provisioners = new Set(
    objects.flatMap(({ kind, metadata, provisioner }) =>
      kind === "StorageClass" && classes.has(metadata.name) ? [provisioner] : [],
    ),
  );
  return objects.filter((object) => isRelevant(object)).map(slim);

  function isRelevant(object: KubeObject): boolean {
    const { kind, metadata, storageClassName } = object;
    switch (kind) {
      case "Node":
        return true;
      case "PersistentVolumeClaim":
        return claims.includes(object);
      case "PersistentVolume":
        return volumeNames.has(metadata.name) || classesOf(object).some((name) => classes.has(name));
      case "StorageClass":
        return classes.has(metadata.name);
      case "CSIDriver":
        return provisioners.has(metadata.name);
      case "CSIStorageCapacity":
        return classes.has(storageClassName.toLowerCase());
      default:
        return object === pod;
    }
  }
}

/** Both where it is given twice. */
function classesOf({ metadata, spec }: KubeObject): string[] {
  return [metadata.annotations?.[BETA_CLASS], spec.storageClassName].filter((name) => typeof name === "string");
}

/** Without fields that nothing reads. */
function slim(object: KubeObject): KubeObject {
  const { uid, ...metadata } = object.metadata as Json;
  const identified = object.kind === "Pod" || object.kind === "PersistentVolumeClaim";
  const copy = { ...object, metadata: identified ? { ...metadata, uid } : metadata };
  if (object.kind === "Node") {
    const { spec: _, status: __, ...rest } = copy as Json;
    return rest;
  }
  if (object.kind === "Pod") {
    const { containers: _, ...spec } = object.spec;
    return { ...copy, spec };
  }
  if (object.kind === "PersistentVolume") {
    const { csi: _, local: __, persistentVolumeReclaimPolicy: ___, ...spec } = object.spec;
    return { ...copy, spec };
  }
  return copy;
}
