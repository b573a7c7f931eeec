// manifests: what `topomatch/manifests` offers: written objects settled, and the PV controller over live ones.

import { ManifestError } from "./controllers/manifests/item.js";
import type { ManifestNote } from "./controllers/manifests/notes.js";
import { settle } from "./controllers/manifests/settle.js";
import type { ControllerEvent } from "./controllers/persistent-volume/events.js";
import { controlLive } from "./controllers/persistent-volume/live.js";
import { TopologyError } from "./errors.js";
import type { Behaviour } from "./evaluate/context.js";
import type * as objects from "./index.js";
import { badArgument, itemsOf } from "./objects/arguments.js";
import { checkOptionNames, DEFAULT_KUBERNETES, minorOf, resolveGates } from "./options.js";

export type {
  AllocatableAssumedNote,
  CapacityUnknownNote,
  ClaimsUnboundNote,
  ManifestNote,
  ObjectReplacedNote,
  ObjectsSkippedNote,
  ProvisioningAssumedNote,
  UnboundCause,
} from "./controllers/manifests/notes.js";
export type { ControllerEvent } from "./controllers/persistent-volume/events.js";
export type { Mismatch, Obstacle } from "./controllers/persistent-volume/obstacle.js";
export { ManifestError, TopologyError };

/** A written object of any kind. A `List` stands for its items. */
export interface ManifestLike {
  readonly apiVersion?: string | null | undefined;
  readonly kind?: string | null | undefined;
  readonly metadata?: objects.ObjectMetaLike | null | undefined;
}

/** An object as a cluster would hold it, with every field that was written. */
export interface SettledObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: objects.ObjectMetaLike & { readonly name: string; readonly uid: string };
  readonly [field: string]: unknown;
}

/** The types of the kinds that settled objects are of. */
export interface SettledKinds {
  readonly Node: objects.NodeLike;
  readonly Pod: objects.PodLike;
  readonly PersistentVolume: objects.PersistentVolumeLike;
  readonly PersistentVolumeClaim: objects.PersistentVolumeClaimLike;
  readonly StorageClass: objects.StorageClassLike;
  readonly CSIDriver: objects.CSIDriverLike;
  readonly CSINode: objects.CSINodeLike;
  readonly CSIStorageCapacity: objects.CSIStorageCapacityLike;
  readonly VolumeAttachment: objects.VolumeAttachmentLike;
  readonly VolumeAttributesClass: objects.VolumeAttributesClassLike;
  readonly VolumeSnapshot: objects.VolumeSnapshotLike;
  readonly VolumeSnapshotContent: objects.VolumeSnapshotContentLike;
  readonly VolumeSnapshotClass: objects.VolumeSnapshotClassLike;
  readonly ReferenceGrant: objects.ReferenceGrantLike;
}

export interface ControllerOptions {
  /** The release whose behaviour is wanted: `1.33` to `1.37`. Default: the newest. */
  readonly kubernetes?: string | undefined;
  /** Feature gates that differ from the release's defaults. */
  readonly gates?: { readonly [name: string]: boolean } | undefined;
}

export interface SettleManifestsOptions extends ControllerOptions {
  /** Of namespaced objects that name none. Default: `default`. */
  readonly namespace?: string | undefined;
  /**
   * Takes for granted that classes with a provisioner have room, and that immediate claims of such classes have been
   * provisioned where `allowedTopologies` allow. Default: false.
   */
  readonly assumeProvisioned?: boolean | undefined;
}

export interface Settlement {
  /** In the order of the given objects; what was made of one stands in its place. */
  readonly objects: readonly SettledObject[];
  /** Of each settled object: which of the given objects it is, or was made for. */
  readonly origins: readonly number[];
  /** What to know of claims that got no volume, of what was assumed, and of objects that were left out. */
  readonly notes: readonly ManifestNote[];
}

/**
 * Hand-written objects as a cluster would hold them before any pod is scheduled: the API server's defaults, the pods
 * and claims of workloads, and what the PV controller makes of claims and volumes. Given objects are not changed;
 * settled ones share with them what did not change. About 20 us an object.
 *
 * @throws ManifestError for what Kubernetes' Go types could not decode; it names the object, the field and the index.
 *
 * @example
 * const { objects, notes } = settleManifests(written);
 * for (const { message } of notes) console.warn(message);
 * matcher.nodes.replace(ofKind(objects, "Node"));
 * matcher.pods.replace(ofKind(objects, "Pod"));
 */
export function settleManifests(written: Iterable<ManifestLike>, options: SettleManifestsOptions = {}): Settlement {
  const behaviour = behaviourOf(options, SETTLE_OPTIONS);
  if (options.namespace === "") throw new TopologyError("BadOption", "namespace must not be empty", "namespace");
  const { items, notes } = settle(itemsOf(written, "objects", "settleManifests"), {
    namespace: options.namespace ?? "default",
    behaviour,
    assumeProvisioned: options.assumeProvisioned === true,
  });
  return {
    objects: items.map(({ object }) => object as unknown as SettledObject),
    origins: items.map(({ index }) => index),
    notes,
  };
}

const SETTLE_OPTIONS = ["kubernetes", "gates", "namespace", "assumeProvisioned"];

/** The objects of one kind, typed as the matcher's set of that kind takes them. */
export function ofKind<Kind extends keyof SettledKinds>(
  settled: readonly SettledObject[],
  kind: Kind,
): (SettledObject & SettledKinds[Kind])[] {
  const found = itemsOf(settled, "settled", "ofKind").filter((object) => object.kind === kind);
  return found as (SettledObject & SettledKinds[Kind])[];
}

export interface ControllerInput<Volume, Claim> {
  readonly persistentVolumes: Iterable<Volume>;
  readonly persistentVolumeClaims: Iterable<Claim>;
  readonly storageClasses?: Iterable<objects.StorageClassLike> | undefined;
  /** They are named in the events of claims that wait for them. */
  readonly pods?: Iterable<objects.PodLike> | undefined;
}

export interface ControllerResult<Volume, Claim> {
  /** In the order in which they were given; one that did not change is the given object itself. */
  readonly persistentVolumes: readonly Volume[];
  readonly persistentVolumeClaims: readonly Claim[];
  /** What the controller recorded, in order, each event once. */
  readonly events: readonly ControllerEvent[];
}

/**
 * What the PersistentVolume controller would do next with live objects, until it has nothing more to write: immediate
 * binding, completion of pre-bound pairs, default classes, claims Lost, volumes Released or Failed by their reclaim
 * policy, provisioners named, annotations and finalizers of CSI migration. It makes, deletes and recycles nothing.
 *
 * Volumes are looked at in the given order, then claims in theirs, again and again; kube-controller-manager looks at
 * them side by side, so that of claims that want one volume another may get it there. Versions stay as given, and
 * `status.lastPhaseTransitionTime`, which the API server sets, is left alone. An object that names no namespace is in
 * `default`; one without uid is given one.
 *
 * Given objects are not changed; those that come out share with them what did not change. About 10 us an object, linear
 * in claims and volumes. A selector of its own that asks for no value of a label costs a look at the class's volumes.
 *
 * @throws TopologyError for what could not be decoded, for two objects of one kind and name (`Malformed`), for an
 * object without a name, of another kind, and for an argument or option that there is not.
 *
 * @example
 * const { persistentVolumeClaims, events } = runPersistentVolumeController({
 *   persistentVolumes, persistentVolumeClaims, storageClasses, pods,
 * });
 * for (const { kind, object, reason, message } of events) console.log(kind, object, reason, message);
 */
export function runPersistentVolumeController<
  Volume extends objects.PersistentVolumeLike,
  Claim extends objects.PersistentVolumeClaimLike,
>(input: ControllerInput<Volume, Claim>, options: ControllerOptions = {}): ControllerResult<Volume, Claim> {
  const given = (input ?? {}) as Partial<ControllerInput<Volume, Claim>>;
  const unknown = Object.keys(given).find((name) => !CONTROLLER_INPUT.includes(name));
  if (unknown !== undefined) {
    const sentence = `${unknown} is nothing that runPersistentVolumeController takes: ${CONTROLLER_INPUT.join(", ")}`;
    throw badArgument(unknown, sentence);
  }
  const listOf = <T>(items: Iterable<T> | undefined, name: string): T[] =>
    itemsOf(items as Iterable<T>, name, `${name} of runPersistentVolumeController`);
  const { claims, events, volumes } = controlLive(
    {
      volumes: listOf(given.persistentVolumes, "persistentVolumes"),
      claims: listOf(given.persistentVolumeClaims, "persistentVolumeClaims"),
      storageClasses: listOf(given.storageClasses ?? [], "storageClasses"),
      pods: listOf(given.pods ?? [], "pods"),
    },
    behaviourOf(options),
  );
  return {
    persistentVolumes: volumes as readonly Volume[],
    persistentVolumeClaims: claims as readonly Claim[],
    events,
  };
}

const CONTROLLER_INPUT = ["persistentVolumes", "persistentVolumeClaims", "storageClasses", "pods"];

function behaviourOf(options: ControllerOptions, known = ["kubernetes", "gates"]): Behaviour {
  checkOptionNames(options, known);
  const { gates = {}, kubernetes = DEFAULT_KUBERNETES } = options;
  return { minor: minorOf(kubernetes), gates: resolveGates(kubernetes, gates).values };
}
