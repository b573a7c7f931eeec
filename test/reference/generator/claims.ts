// Claims that a pod can use: bound ones, and delayed ones with the volumes that may satisfy them.

import { homeOf } from "./nodes.js";
import { claimSelector, invalidClaimSelector } from "./selectors.js";
import { commonSize, exoticSize, writeSize } from "./sizes.js";
import { addVolume, claimRefTo, classFields, type Wanted } from "./volumes.js";
import type { GeneratedNode, Json, KubeObject, World } from "./world.js";

export interface Owner {
  namespace: string;
  name: string;
  uid: string;
}

export interface Use {
  volume: Json;
  claim: KubeObject;
}

export const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
export const BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
export const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

/** A claim of the pod: an ordinary one or that of a generic ephemeral volume. */
export function addClaim(world: World, pod: Owner, wanted: Wanted, fields: Json = {}): Use {
  const { random, knobs } = world;
  const { metadata = {}, spec = {}, status = { phase: "Pending" } } = fields;
  const ephemeral = random.chance(knobs.ephemeral);
  const volumeName = world.nextName("v");
  const name = ephemeral ? `${pod.name}-${volumeName}` : world.nextName("c");
  const classes = classFields(world, wanted.className);
  const annotations = { ...metadata.annotations, ...classes.metadata.annotations };
  const claim = world.add(
    "v1",
    "PersistentVolumeClaim",
    {
      name,
      namespace: pod.namespace,
      ...(ephemeral ? { ownerReferences: [ownedBy(pod)] } : {}),
      ...metadata,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    {
      spec: {
        ...classes.spec,
        accessModes: wanted.accessModes,
        ...requestFields(world, wanted.bytes),
        ...(wanted.volumeMode === undefined ? {} : { volumeMode: wanted.volumeMode }),
        ...(wanted.attributesClass === undefined ? {} : { volumeAttributesClassName: wanted.attributesClass }),
        ...spec,
      },
      status,
    },
  );
  const volume = ephemeral
    ? { name: volumeName, ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"] } } } }
    : {
        name: volumeName,
        persistentVolumeClaim: { claimName: name, ...(random.chance(0.1) ? { readOnly: true } : {}) },
      };
  if (!ephemeral && random.chance(0.01)) return { claim, volume: { ...volume, ephemeral: {} } };
  return { claim, volume };
}

export function ownedBy({ name, uid }: { name: string; uid: string }): Json {
  return { apiVersion: "v1", kind: "Pod", name, uid, controller: true, blockOwnerDeletion: true };
}

export function wantedFrom(world: World, className: string): Wanted {
  const { random, knobs } = world;
  const accessModes = random.chance(knobs.accessModes) ? random.some(MODES, 0, 2) : ["ReadWriteOnce"];
  const volumeMode = random.chance(knobs.volumeModes) ? random.pick(["Block", "Block", ""]) : undefined;
  return {
    className,
    bytes: commonSize(random),
    accessModes,
    volumeMode: volumeMode ?? random.pick([undefined, "Filesystem"]),
    attributesClass: random.chance(knobs.attributesClasses) ? random.pick(["gold", "silver", ""]) : undefined,
  };
}

export function addBoundClaim(world: World, pod: Owner, home: GeneratedNode): Use {
  const { random, knobs, classes } = world;
  const className = random.pick([
    ...classes.fixed,
    ...classes.provisioned,
    ...classes.limited,
    ...classes.immediate,
    classes.modeless,
    "missing-class",
    "",
  ]);
  const wanted = wantedFrom(world, className);
  const annotations: Json = { [BIND_COMPLETED]: random.pick(["yes", "yes", "yes", "", "no", null]) };
  if (random.chance(0.7)) annotations[BOUND_BY_CONTROLLER] = "yes";
  if (random.chance(0.1)) annotations[SELECTED_NODE] = random.pick([home.name, "gone"]);
  const phase = random.weighted([
    [9, "Bound"],
    [1, "Pending"],
  ]);
  const use = addClaim(world, pod, wanted, { metadata: { annotations }, status: { phase } });
  if (random.chance(knobs.missingVolumes)) {
    use.claim.spec.volumeName = random.pick(["pv-gone", "pv-missing"]);
    return use;
  }
  const odd = random.chance(0.08);
  const claimRef = odd
    ? random.pick<Json>([undefined, null, claimRefTo(use.claim, "another-uid"), { name: "other", namespace: "other" }])
    : claimRefTo(use.claim, use.claim.metadata.uid);
  const status = { phase: odd ? random.pick(["Released", "Failed", "Available"]) : "Bound" };
  const volume = addVolume(world, home, wanted, { claimRef, status });
  if (odd && claimRef?.uid !== undefined) volume.metadata.deletionTimestamp = "2026-11-01T10:00:00Z";
  use.claim.spec.volumeName = volume.metadata.name;
  return use;
}

export type DelayedKind = "fixed" | "provisioned" | "limited";

export function addDelayedClaim(world: World, pod: Owner, home: GeneratedNode, kind: DelayedKind): Use {
  const { random, knobs, classes } = world;
  const wanted = wantedFrom(world, random.pick(classes[kind]));
  const annotations: Json = {};
  if (random.chance(kind === "fixed" ? knobs.selectedNode / 4 : knobs.selectedNode)) {
    annotations[SELECTED_NODE] = selectedNode(world, home);
  }
  if (random.chance(0.015)) annotations[BIND_COMPLETED] = "yes";
  if (random.chance(0.1)) annotations["volume.kubernetes.io/storage-provisioner"] = "csi.example.com";
  const spec: Json = {};
  if (random.chance(knobs.claimSelectorErrors)) spec.selector = invalidClaimSelector(world);
  else if (random.chance(knobs.claimSelectors)) spec.selector = claimSelector(world);
  if (random.chance(0.03)) spec.volumeName = "";
  const use = addClaim(world, pod, wanted, { metadata: { annotations }, spec });
  addCandidates(world, home, kind, wanted, use.claim);
  return use;
}

/** Volumes of the class: near the pod's home for most, anywhere for some. */
function addCandidates(world: World, home: GeneratedNode, kind: DelayedKind, wanted: Wanted, claim: KubeObject): void {
  const { random, knobs } = world;
  const count =
    kind === "fixed"
      ? random.weighted([
          [5, 1],
          [4, 2],
          [2, 3],
          [1, 0],
        ])
      : Number(random.chance(0.3));
  for (let index = 0; index < count; index++) {
    const near = random.chance(0.88) ? home : homeOf(world);
    if (random.chance(knobs.foreignClaimRefs)) {
      const claimRef = random.pick<Json>([
        {},
        { namespace: "default", name: "another" },
        { name: claim.metadata.name },
      ]);
      addVolume(world, near, wanted, { claimRef, status: { phase: random.pick(["Bound", "Available"]) } });
    } else addVolume(world, near, wanted);
  }
  if (!random.chance(knobs.reserved)) return;
  for (let index = knobs.ties ? 2 : 1; index > 0; index--) {
    const uid = random.pick([undefined, "", claim.metadata.uid, claim.metadata.uid]);
    const phase = random.pick(["Available", "Available", "Bound", "Released", ""]);
    addVolume(world, homeOf(world), wanted, { claimRef: claimRefTo(claim, uid), status: { phase } });
  }
  if (random.chance(0.3)) {
    addVolume(world, home, wanted, { claimRef: claimRefTo(claim, "another-uid"), status: { phase: "Available" } });
  }
}

function selectedNode(world: World, home: GeneratedNode): string | null {
  const { random } = world;
  return random.weighted<string | null>([
    [12, home.name],
    [3, homeOf(world).name],
    [1, ""],
    [0.3, null],
    [1, "deleted-node"],
  ]);
}

function requestFields(world: World, bytes: bigint): Json {
  const { random, knobs } = world;
  if (!random.chance(knobs.exoticQuantities)) return { resources: { requests: { storage: writeSize(random, bytes) } } };
  const size = exoticSize(random);
  if (size !== undefined) return { resources: { requests: { storage: size } } };
  return random.pick<Json>([
    {},
    { resources: null },
    { resources: {} },
    { resources: { requests: null } },
    { resources: { requests: {} } },
    { resources: { requests: { cpu: "1" } } },
  ]);
}
