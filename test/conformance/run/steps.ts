// What a cluster costs the scheduler: how often it looks at a volume for a claim on a node.

import type { Json, KubeObject } from "../../reference/generator/world.js";
import { isPending, keyOf } from "./completed.js";

const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

/** (node, volume, delayed claim) steps at the most; about 1.4 us of a core each. */
export function stepsOf(objects: readonly KubeObject[]): number {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const volumes = new Map<string, number>();
  let nodes = 0;
  for (const object of objects) {
    if (object.kind === "Node") nodes++;
    if (object.kind !== "PersistentVolume") continue;
    volumes.set(classOf(object), (volumes.get(classOf(object)) ?? 0) + 1);
  }
  let looks = 0;
  for (const { metadata, spec } of objects.filter(isPending)) {
    for (const { name, persistentVolumeClaim } of (spec.volumes ?? []) as Json[]) {
      const claimName = persistentVolumeClaim?.claimName ?? `${metadata.name}-${name}`;
      const claim = byKey.get(`PersistentVolumeClaim/${metadata.namespace}/${claimName}`);
      if (claim !== undefined && !claim.spec?.volumeName) looks += volumes.get(classOf(claim)) ?? 0;
    }
  }
  return looks * nodes;
}

function classOf({ metadata, spec }: KubeObject): string {
  return metadata.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? "";
}
