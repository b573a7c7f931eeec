// controllers: live volumes, claims, classes and pods -> what the PV controller writes and says until it rests.

import { TopologyError } from "../../errors.js";
import type { Behaviour } from "../../evaluate/context.js";
import type { KubeObject } from "../../objects/fields.js";
import { isObject, put, textAt, typeName } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { STORED_KINDS } from "../../objects/kinds.js";
import { defaultClassOf } from "../defaults/default-class.js";
import { defaultUid, reservationOf, reservedUids } from "../defaults/identity.js";
import { claimPods } from "./claim-pods.js";
import { PersistentVolumeController } from "./controller.js";
import type { ControllerEvent } from "./events.js";
import { checkLiveFields } from "./live-fields.js";
import { ControllerState } from "./state.js";

export interface LiveObjects {
  readonly volumes: readonly unknown[];
  readonly claims: readonly unknown[];
  readonly storageClasses: readonly unknown[];
  readonly pods: readonly unknown[];
}

export interface Controlled {
  /** In the order in which they were given; an object that did not change is the given one. */
  readonly volumes: readonly unknown[];
  readonly claims: readonly unknown[];
  readonly events: readonly ControllerEvent[];
}

/** @throws TopologyError for what could not be decoded, and for two objects of one name. */
export function controlLive(objects: LiveObjects, behaviour: Behaviour): Controlled {
  const state = new ControllerState(behaviour);
  const volumes = complete("PersistentVolume", objects.volumes);
  const uids = reservedUids(volumes.flatMap((volume) => reservationOf(volume) ?? []));
  const claims = complete("PersistentVolumeClaim", objects.claims, uids);
  const storageClasses = complete("StorageClass", objects.storageClasses);
  const pods = complete("Pod", objects.pods);
  for (const storageClass of storageClasses) state.putClass(storageClass);
  for (const volume of volumes) state.putVolume(volume);
  for (const claim of claims) state.putClaim(claim);
  for (const pod of pods) state.cluster.pods.encode(pod);
  const controller = new PersistentVolumeController(state, {
    defaultClass: defaultClassOf(storageClasses),
    pods: claimPods(pods),
    written: false,
  });
  controller.rest();
  const after = (
    given: readonly unknown[],
    before: readonly KubeObject[],
    now: (row: number) => KubeObject,
  ): unknown[] => given.map((object, row) => (now(row) === before[row] ? object : now(row)));
  return {
    volumes: after(objects.volumes, volumes, (row) => state.volume(row)),
    claims: after(objects.claims, claims, (row) => state.claim(row)),
    events: controller.events.list(),
  };
}

/** Objects with namespace and uid. Each has a name of its own, so that its row is its place in the list. */
function complete(name: string, objects: readonly unknown[], uids?: ReadonlyMap<string, string>): KubeObject[] {
  const kind = STORED_KINDS.get(name) as Kind;
  const seen = new Set<string>();
  return objects.map((object, i) => {
    if (!isObject(object)) {
      throw new TopologyError("Malformed", `${name} [${i}] must be an object, but is ${typeName(object)}`);
    }
    if (!isObject(object.metadata)) return object;
    const namespace = kind.namespaced ? textAt(object, "metadata", "namespace") || "default" : "";
    const own = textAt(object, "metadata", "name");
    const key = kind.namespaced ? `${namespace}/${own}` : own;
    if (seen.has(key) && own !== "")
      throw new TopologyError("Malformed", `${name} ${key} is there twice`, "metadata.name");
    seen.add(key);
    checkLiveFields(name, key, object);
    const named =
      kind.namespaced && isAbsent(object.metadata.namespace)
        ? put(object, ["metadata", "namespace"], namespace)
        : object;
    if (!isAbsent(object.metadata.uid)) return named;
    return put(named, ["metadata", "uid"], uids?.get(key) ?? defaultUid(kind, namespace, own));
  });
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
