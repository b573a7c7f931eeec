// Objects as a cluster holds them, made from what a person may have written: the oracle and the command do the same
// before they look at anything (test/conformance/oracle/README.md), the library is given the result.

import type { Json, KubeObject } from "../../reference/generator/world.js";

const NAMESPACED = new Set(["Pod", "PersistentVolumeClaim", "CSIStorageCapacity"]);

export function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace ?? ""}/${metadata.name}`;
}

/** With namespaces and uids; of several objects with one key the last, in the place of the first. */
export function completed(objects: readonly KubeObject[]): KubeObject[] {
  const byKey = new Map<string, KubeObject>();
  for (const object of objects) {
    const placed = NAMESPACED.has(object.kind) && !object.metadata.namespace ? within("default", object) : object;
    byKey.set(keyOf(placed), placed);
  }
  const reserved = uidsInVolumes([...byKey.values()]);
  return [...byKey].map(([key, object]) => {
    if (object.metadata.uid) return object;
    const known = object.kind === "PersistentVolumeClaim" ? reserved.get(key) : undefined;
    return { ...object, metadata: { ...object.metadata, uid: known?.length === 1 ? known[0] : key } };
  });
}

function within(namespace: string, object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** Claim -> the uids by which volumes know it; one that is Released or Failed knew a claim that is gone. */
function uidsInVolumes(objects: readonly KubeObject[]): Map<string, string[]> {
  const uids = new Map<string, string[]>();
  for (const { kind, spec, status } of objects) {
    if (status?.phase === "Released" || status?.phase === "Failed") continue;
    const ref: Json = kind === "PersistentVolume" ? spec?.claimRef : undefined;
    if (!ref?.uid) continue;
    const key = `PersistentVolumeClaim/${ref.namespace ?? ""}/${ref.name ?? ""}`;
    uids.set(key, [...(uids.get(key) ?? []), ref.uid]);
  }
  return uids;
}

export function isPending({ kind, metadata, spec, status }: KubeObject): boolean {
  const ended = status?.phase === "Succeeded" || status?.phase === "Failed";
  return kind === "Pod" && !spec?.nodeName && !ended && !metadata.deletionTimestamp;
}

export function nameOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
