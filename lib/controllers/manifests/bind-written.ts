// controllers: written claims and volumes -> bound as the PV controller binds them, and notes on claims that are not.

import type { KubeObject } from "../../objects/fields.js";
import { dig } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { STORED_KINDS } from "../../objects/kinds.js";
import { bind } from "../persistent-volume/binding.js";
import { NO_PODS } from "../persistent-volume/claim-pods.js";
import { PersistentVolumeController } from "../persistent-volume/controller.js";
import type { ControllerState } from "../persistent-volume/state.js";
import { assumedVolume } from "./assumed-volume.js";
import type { ManifestNote } from "./notes.js";
import { NO_PROVISIONER } from "./provisioners.js";
import { Unbound } from "./unbound.js";

const VOLUME = STORED_KINDS.get("PersistentVolume") as Kind;

export interface BoundObjects {
  /** Volumes that are taken to have been made, by the row of their claim. */
  readonly volumes: ReadonlyMap<number, { readonly kind: Kind; readonly key: string; readonly object: KubeObject }>;
  /** The classes of claims that wait for their pod. */
  readonly waitingClasses: ReadonlySet<string>;
  readonly notes: readonly ManifestNote[];
}

/** One pass of the PV controller over everything that the state holds. */
export function bindWritten(
  state: ControllerState,
  {
    assumeProvisioned,
    defaultClass,
  }: { readonly assumeProvisioned: boolean; readonly defaultClass: string | undefined },
): BoundObjects {
  const controller = new PersistentVolumeController(state, { defaultClass, pods: NO_PODS, written: true });
  const unbound = new Unbound(state);
  const volumes = new Map<number, { kind: Kind; key: string; object: KubeObject }>();
  const waitingClasses = new Set<string>();
  for (const [claim, outcome] of controller.pass().entries()) {
    if (outcome.kind === "waiting") waitingClasses.add(state.className(claim));
    const made = outcome.kind === "unserved" && assumeProvisioned ? provisioned(state, claim) : undefined;
    if (made === undefined) unbound.add(claim, outcome);
    else volumes.set(claim, { kind: VOLUME, ...made });
  }
  return { volumes, waitingClasses, notes: unbound.notes() };
}

/** The volume that an immediate claim's provisioner would have made, and to which the claim is bound here. */
function provisioned(
  state: ControllerState,
  claim: number,
): { readonly key: string; readonly object: KubeObject } | undefined {
  const storageClass = state.classOf(claim);
  const provisioner = state.provisionerOf(storageClass);
  const object = state.claim(claim);
  // A claim with a selector is never provisioned.
  if (provisioner === "" || provisioner === NO_PROVISIONER || dig(object, "spec", "selector") !== undefined) return;
  const volume = assumedVolume(object, state.storageClass(storageClass));
  const key = (volume.metadata as { name: string }).name;
  if (state.cluster.volumes.findKey(key) >= 0) return undefined;
  const { attributesClasses } = state;
  const pair = bind({ claim: object, volume, reserved: true, complete: true, attributesClasses });
  state.putClaim(pair.claim);
  return { key, object: pair.volume };
}
