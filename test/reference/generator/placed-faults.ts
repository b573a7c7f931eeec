// At most one faulty pod a node: of several, NodeVolumeLimits tells the first to come, which a sequence of updates changes.

import type { Json, KubeObject } from "./world.js";

/** The last step: what furnishes objects takes uids away, too. */
export function leaveOneFaultANode(objects: readonly KubeObject[]): void {
  const ofKind = (wanted: string): KubeObject[] => objects.filter(({ kind }) => kind === wanted);
  const claims = new Map(ofKind("PersistentVolumeClaim").map((claim) => [keyOf(claim.metadata), claim]));
  const faulty = new Set<string>();
  for (const pod of ofKind("Pod")) {
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
  return claim !== undefined && (owners.find(({ controller }) => controller)?.uid ?? "") !== (metadata.uid ?? "none");
}

function keyOf({ name, namespace }: Json): string {
  return `${namespace ?? "default"}/${name}`;
}
