// What ends a pod's cycle in VolumeZone, in the translation of in-tree volumes, or in NodeVolumeLimits. Off by default.

import { ZONE } from "./nodes.js";
import type { Json, KubeObject, World } from "./world.js";

export function addFaults(world: World): void {
  const { random, knobs } = world;
  if (knobs.translationFaults > 0) {
    for (const volume of world.ofKind("PersistentVolume")) {
      if (random.chance(knobs.translationFaults)) spoilSource(world, volume);
    }
  }
  if (knobs.zoneFaults + knobs.limitFaults === 0) return;
  const pods = world.ofKind("Pod");
  const pending = pods.filter(({ metadata, spec, status }) => {
    return !spec.nodeName && !metadata.deletionTimestamp && !/Succeeded|Failed/.test(status?.phase ?? "");
  });
  for (const pod of pending) {
    if (random.chance(knobs.zoneFaults)) addVolume(world, pod, unresolved(world, pod));
    if (random.chance(knobs.limitFaults)) addVolume(world, pod, untranslatable(world));
  }
  // Of several faulty pods on a node the first to come is told, which a sequence of updates changes.
  const placed = pods.filter(({ spec }) => {
    return spec.nodeName && pods.every((other) => other.spec.nodeName !== spec.nodeName || other.spec === spec);
  });
  if (placed.length === 0 || knobs.limitFaults === 0 || random.chance(0.5)) return;
  // One node that rejects every pod or ends its cycle.
  const pod = random.pick(placed);
  const source = random.branch<Json>([
    [14, () => ({ persistentVolumeClaim: {} })],
    [1, () => ({ persistentVolumeClaim: { claimName: "gone" } })],
    [13, () => notOwned(world, pod)],
  ]);
  addVolume(world, pod, source);
}

function addVolume(world: World, pod: KubeObject, source: Json): void {
  const volumes = [...(pod.spec.volumes ?? [])];
  volumes.splice(world.random.int(0, volumes.length), 0, { name: world.nextName("fault"), ...source });
  pod.spec.volumes = volumes;
}

/** A claim without a volume: it has no name, or its class says nothing that helps. */
function unresolved(world: World, { metadata }: KubeObject): Json {
  const { random, classes } = world;
  const storageClassName = random.weighted([
    [3.6, undefined],
    [2.8, ""],
    [3.5, "missing-class"],
    [3.4, classes.modeless],
    [4, classes.immediate[0]],
  ]);
  if (storageClassName === undefined) return { persistentVolumeClaim: random.pick([{}, { claimName: "" }]) };
  const name = world.nextName("unresolved");
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"] };
  world.add("v1", "PersistentVolumeClaim", { name, namespace: metadata.namespace }, { spec });
  return { persistentVolumeClaim: { claimName: name } };
}

/** Also the ephemeral claim that is not there yet. */
function untranslatable({ random }: World): Json {
  return random.weighted<Json>([
    [11, { azureDisk: { diskName: "d", diskURI: "/disks/1", kind: random.pick(["Dedicated", "Shared"]) } }],
    [7, { awsElasticBlockStore: { volumeID: "aws://x" } }],
    [4, { ephemeral: { volumeClaimTemplate: { spec: {} } } }],
  ]);
}

function notOwned(world: World, pod: KubeObject): Json {
  const { namespace, name } = pod.metadata;
  world.add("v1", "PersistentVolumeClaim", { name: `${name}-foreign`, namespace }, { spec: { accessModes: [] } });
  return { name: "foreign", ephemeral: { volumeClaimTemplate: { spec: {} } } };
}

const SOURCES = new Set([
  ...["awsElasticBlockStore", "azureDisk", "azureFile", "cinder", "csi", "gcePersistentDisk", "local"],
  ...["portworxVolume", "vsphereVolume"],
]);

/** A disk that has no name in CSI, or zones that are of no region or of several. */
function spoilSource(world: World, volume: KubeObject): void {
  const { random } = world;
  // One source a volume: which of several is translated is random upstream (R-ND-4).
  const spec = Object.fromEntries(Object.entries(volume.spec as Json).filter(([field]) => !SOURCES.has(field)));
  const zoned = (zone: string): Json => {
    volume.metadata.labels = { ...volume.metadata.labels, [ZONE]: zone };
    return { gcePersistentDisk: { pdName: "disk" } };
  };
  const ebs = (volumeID: string): Json => ({ awsElasticBlockStore: { volumeID } });
  const source = random.branch<Json>([
    [4, () => ebs(random.pick(["aws://a/vol-1%zz", "aws://a:x/vol-1"]))],
    [4.6, () => ebs(random.pick(["aws://x", "aws://a/b/vol-1", "aws://a/disk-1"]))],
    [4.5, () => ({ azureDisk: { diskName: "d", diskURI: "/disks/1", kind: random.pick(["Dedicated", "Shared"]) } })],
    [3.4, () => zoned(random.pick(["a__b", "west__us-west1-a"]))],
    [6, () => zoned(random.pick(["us-west1-a__us-east1-b", "eu-west1-a__us-west1-a"]))],
  ]);
  volume.spec = { ...spec, ...source };
}
