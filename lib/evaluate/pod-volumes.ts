// evaluate: the volumes of a pod, one after another, and the claims that they use.

import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import { claimSource, podVolume } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Cursor } from "../intern/type.js";
import { PodsByKey } from "./pods-by-key.js";

const NAME = podVolume.bit("name");
const PERSISTENT_VOLUME_CLAIM = podVolume.bit("persistentVolumeClaim");
const EPHEMERAL = podVolume.bit("ephemeral");
const CLAIM_NAME = claimSource.bit("claimName");

/** A volume uses no claim. */
export const NO_CLAIM = 0;
/** It names one. */
export const NAMED = 1;
/** It is a generic ephemeral volume, whose claim is named after the pod and the volume. */
export const EPHEMERAL_CLAIM = 2;

/** Calls `visit` with a cursor at each volume of a pod, in their order, until it returns false. */
export function visitVolumes({ blocks, pods }: Cluster, pod: number, visit: (volume: Cursor) => boolean): void {
  const volumes = pods.get(pod, POD.volumes);
  if (volumes === 0) return;
  const cursor = blocks.cursor(volumes);
  for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
    const { at, tokens } = cursor;
    podVolume.skip(cursor);
    if (!visit({ at, tokens })) return;
  }
}

/** Whether the volume at the cursor uses a claim, and how. One that has both uses the claim that it names. */
export function claimUseOf({ at, tokens }: Cursor): number {
  const fields = tokens[at];
  if ((fields & (1 << PERSISTENT_VOLUME_CLAIM)) !== 0) return NAMED;
  return (fields & (1 << EPHEMERAL)) !== 0 ? EPHEMERAL_CLAIM : NO_CLAIM;
}

/** The name (a string id) of the claim that the volume at the cursor names; EMPTY_TEXT for none. */
export function namedClaim({ at, tokens }: Cursor): number {
  const cursor = { at, tokens };
  podVolume.seek(cursor, PERSISTENT_VOLUME_CLAIM);
  return claimSource.seek(cursor, CLAIM_NAME) ? tokens[cursor.at] : EMPTY_TEXT;
}

/** The name of the claim of the ephemeral volume at the cursor. */
export function ephemeralClaim({ pods, strings }: Cluster, pod: number, { at, tokens }: Cursor): string {
  const cursor = { at, tokens };
  const volume = podVolume.seek(cursor, NAME) ? strings.get(tokens[cursor.at]) : "";
  return `${strings.get(pods.get(pod, POD.name))}-${volume}`;
}

/** The pods on nodes by the namespace and the name of the claims that they use; marked where the volume is ephemeral. */
export function podsByClaim(cluster: Cluster): PodsByKey {
  return new PodsByKey(cluster, (pod, add) => {
    const namespace = cluster.pods.get(pod, POD.namespace);
    visitVolumes(cluster, pod, (volume) => {
      const use = claimUseOf(volume);
      if (use === NAMED) add(namespace, namedClaim(volume), 0);
      // Interned, so that a claim that comes later has this name.
      else if (use === EPHEMERAL_CLAIM) {
        add(namespace, cluster.strings.internRare(ephemeralClaim(cluster, pod, volume)), 1);
      }
      return true;
    });
  });
}
