// At most one faulty pod a node: of several, NodeVolumeLimits tells the first to come, which a sequence of updates changes.

import type { Json, KubeObject, World } from "./world.js";

export function leaveOneFaultANode(world: World): void {
  const claims = new Map(world.ofKind("PersistentVolumeClaim").map((claim) => [keyOf(claim.metadata), claim]));
  const faulty = new Set<string>();
  for (const pod of world.ofKind("Pod")) {
    const volumes: Json[] = pod.spec.volumes ?? [];
    const isFault = (volume: Json): boolean => endsTheCount(volume, pod, claims);
    if (!pod.spec.nodeName || !volumes.some(isFault)) continue;
    if (faulty.has(pod.spec.nodeName)) pod.spec.volumes = volumes.filter((volume) => !isFault(volume));
    faulty.add(pod.spec.nodeName);
  }
}

/** Whether upstream stops counting a pod's volumes here; some that it would pass over are taken for such, too. */
function endsTheCount(volume: Json, { metadata }: KubeObject, claims: ReadonlyMap<string, KubeObject>): boolean {
  if (volume.persistentVolumeClaim) return !volume.persistentVolumeClaim.claimName;
  if (!volume.ephemeral)
    return volume.azureDisk?.kind !== undefined || /\/\//.test(volume.awsElasticBlockStore?.volumeID);
  const claim = claims.get(keyOf({ namespace: metadata.namespace, name: `${metadata.name}-${volume.name}` }));
  const owners: Json[] = claim?.metadata.ownerReferences ?? [];
  return claim !== undefined && owners.find(({ controller }) => controller)?.uid !== metadata.uid;
}

function keyOf({ name, namespace }: Json): string {
  return `${namespace ?? "default"}/${name}`;
}
