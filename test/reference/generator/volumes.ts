// Volumes: candidates for a claim that mostly fit it, and the many ways in which one does not.

import type { QuantityText } from "../evaluator/quantities.js";
import { nodeAffinityNear } from "./selectors.js";
import type { GeneratedNode, Json, KubeObject, World } from "./world.js";

export interface Wanted {
  className: string;
  bytes: bigint;
  accessModes: string[];
  volumeMode: string | undefined;
  attributesClass: string | undefined;
}

export const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
const MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const DELETED = "2026-11-01T10:00:00Z";

export function addVolume(world: World, home: GeneratedNode, wanted: Wanted, fields: Json = {}): KubeObject {
  const { random, knobs } = world;
  const { claimRef, status, ...rest } = fields;
  const name = world.nextName("pv");
  const classes = classFields(world, wanted.className);
  const deleting = status === undefined && random.chance(knobs.unavailableVolumes / 3);
  return world.add(
    "v1",
    "PersistentVolume",
    { name, labels: labels(world), ...classes.metadata, ...(deleting ? { deletionTimestamp: DELETED } : {}) },
    {
      spec: {
        ...classes.spec,
        ...capacityFields(world, wanted.bytes),
        accessModes: offeredModes(world, wanted.accessModes),
        ...volumeModeFields(world, wanted.volumeMode),
        ...attributesClassFields(world, wanted.attributesClass),
        ...nodeAffinityNear(world, home),
        ...(claimRef === undefined ? {} : { claimRef }),
        persistentVolumeReclaimPolicy: random.pick(["Retain", "Delete"]),
        ...source(world, name),
        ...rest,
      },
      ...(status === undefined ? { status: freeStatus(world) } : { status }),
    },
  );
}

/** The class in the spec, in the beta annotation, or in both with the annotation winning. */
export function classFields(world: World, className: string): { metadata: Json; spec: Json } {
  const { random, knobs } = world;
  if (random.chance(knobs.betaClass)) {
    const other = random.pick([undefined, "", "fixed-1", "immediate-1"]);
    return {
      metadata: { annotations: { [BETA_CLASS]: className } },
      spec: other === undefined ? {} : { storageClassName: other },
    };
  }
  if (className === "" && random.chance(0.5)) return { metadata: {}, spec: {} };
  return { metadata: {}, spec: { storageClassName: className } };
}

export function claimRefTo(claim: KubeObject, uid: Json): Json {
  const { namespace, name } = claim.metadata;
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, ...(uid === undefined ? {} : { uid }) };
}

function freeStatus(world: World): Json {
  const { random, knobs } = world;
  if (!random.chance(knobs.unavailableVolumes)) return { phase: "Available" };
  return random.pick<Json>([
    {},
    { phase: "" },
    { phase: "Pending" },
    { phase: "Bound" },
    { phase: "Released" },
    { phase: "Failed" },
  ]);
}

function labels(world: World): Json {
  const { random } = world;
  const tier = random.pick([undefined, undefined, "gold", "silver", ""]);
  return { disk: random.chance(0.75) ? "ssd" : "hdd", ...(tier === undefined ? {} : { tier }) };
}

function capacityFields(world: World, bytes: bigint): { capacity?: Record<string, QuantityText> } {
  const { random } = world;
  const size = world.capacity(random.chance(0.12) ? bytes / 2n : bytes);
  return size === undefined ? {} : { capacity: { storage: size } };
}

function offeredModes(world: World, modes: string[]): string[] {
  const { random, knobs } = world;
  if (random.chance(knobs.accessModes / 3)) return random.some(MODES, 0, 3);
  return random.shuffle([...new Set([...modes, ...random.some(MODES, 0, 1)])]);
}

function volumeModeFields(world: World, mode: string | undefined): Json {
  const { random, knobs } = world;
  if (random.chance(knobs.volumeModes / 3)) return { volumeMode: random.pick(["Block", "Filesystem", "", null]) };
  const isDefault = mode === undefined || mode === "Filesystem";
  if (isDefault) return random.pick<Json>([{}, { volumeMode: "Filesystem" }, { volumeMode: null }]);
  return { volumeMode: mode };
}

function attributesClassFields(world: World, name: string | undefined): Json {
  const { random, knobs } = world;
  if (random.chance(knobs.attributesClasses / 3)) return { volumeAttributesClassName: random.pick(["gold", "silver"]) };
  return name ? { volumeAttributesClassName: name } : random.pick<Json>([{}, {}, { volumeAttributesClassName: "" }]);
}

function source(world: World, name: string): Json {
  return world.random.pick<Json>([
    { csi: { driver: "csi.example.com", volumeHandle: `h-${name}` } },
    { csi: { driver: "ebs.csi.aws.com", volumeHandle: `vol-${name}` } },
    { csi: { driver: "topolvm.io", volumeHandle: `h-${name}` } },
    { local: { path: `/mnt/${name}` } },
  ]);
}
