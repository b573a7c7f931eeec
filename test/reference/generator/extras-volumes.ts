// What VolumeZone, NodeVolumeLimits, VolumeRestrictions and CSI migration read. Off by default.

import { HOSTNAME, homeOf, REGION, REGION_BETA, ZONE, ZONE_BETA } from "./nodes.js";
import type { Json, KubeObject, World } from "./world.js";

const STORAGE = "storage.k8s.io/v1";
const DRIVERS = ["csi.example.com", "ebs.csi.aws.com", "topolvm.io", "pd.csi.storage.gke.io"];
const PLUGINS = ["aws-ebs", "gce-pd", "azure-disk", "cinder", "portworx-volume", "vsphere-volume", "azure-file"];
const CINDER_ZONE = "topology.cinder.csi.openstack.org/zone";
const ZONE_LABELS = [ZONE, ZONE, ZONE_BETA, REGION, REGION_BETA];

export function addVolumeExtras(world: World): void {
  const { random, knobs } = world;
  if (knobs.attachLimits > 0 || knobs.inTreeVolumes > 0) addCSINodes(world);
  if (knobs.zoneLabels > 0) relabelNodes(world);
  for (const volume of world.ofKind("PersistentVolume")) {
    if (random.chance(knobs.inTreeVolumes)) makeInTree(world, volume);
    if (random.chance(knobs.zoneLabels)) addZoneLabel(world, volume);
    if (random.chance(knobs.zoneLabels * 0.4)) addZoneLabel(world, volume);
    if (random.chance(knobs.volumeAttachments)) addAttachment(world, volume);
  }
  // One driver only: which of several missing ones is named is random upstream (R-ND-4).
  const drivers = world.ofKind("CSIDriver");
  if (knobs.attachLimits > 0 && drivers.length > 0 && random.chance(0.3)) {
    random.pick(drivers).spec.preventPodSchedulingIfMissing = true;
  }
  for (const pod of world.ofKind("Pod")) {
    if (pod.spec.nodeName && random.chance(knobs.sharedClaims)) shareClaim(world, pod);
    if (random.chance(knobs.rawDisks)) pod.spec.volumes = [...(pod.spec.volumes ?? []), rawDisk(world)];
  }
}

function addCSINodes(world: World): void {
  const { random, knobs } = world;
  for (const { name } of world.nodes) {
    if (random.chance(0.1)) continue;
    const drivers = random.some(DRIVERS, 1, 4).map((driver) => ({
      name: driver,
      nodeID: name,
      topologyKeys: [HOSTNAME],
      ...(random.chance(knobs.attachLimits) ? { allocatable: { count: random.pick([0, 1, 1, 2, 3]) } } : {}),
    }));
    const separator = random.weighted([
      [9, ","],
      [1, ", "],
    ]);
    const plugins = random.some(PLUGINS, 2, PLUGINS.length).map((plugin) => `kubernetes.io/${plugin}`);
    const annotations = { "storage.alpha.kubernetes.io/migrated-plugins": plugins.join(separator) };
    world.add(STORAGE, "CSINode", { name, ...(random.chance(0.85) ? { annotations } : {}) }, { spec: { drivers } });
  }
}

/** Some nodes have no zone at all, others only the beta keys, or the zone under Cinder's key. */
function relabelNodes(world: World): void {
  const { random } = world;
  for (const { metadata } of world.ofKind("Node")) {
    const labels = { ...metadata.labels };
    metadata.labels = labels;
    const zone = labels[ZONE] ?? labels[ZONE_BETA];
    if (zone !== undefined && random.chance(0.6)) labels[CINDER_ZONE] = zone;
    if (random.chance(0.1)) for (const key of ZONE_LABELS) delete labels[key];
    else if (zone !== undefined && random.chance(0.15)) {
      labels[ZONE_BETA] = zone;
      delete labels[ZONE];
    }
  }
}

/** One source a volume: which of several is translated is random upstream (R-ND-4). */
function makeInTree(world: World, volume: KubeObject): void {
  const { random } = world;
  const { name } = volume.metadata;
  delete volume.spec.csi;
  delete volume.spec.local;
  const volumeID = random.weighted<string>([
    [8, `vol-${name}`],
    [4, `aws://us-west1-a/vol-${name}`],
    [2, `aws:///vol-${name}`],
    [1, `disk-${name}`],
    [0.3, "aws://a/disk-1"],
    [0.2, "aws://a/vol-1%zz"],
    [0.2, "aws://a:x/vol-1"],
  ]);
  Object.assign(
    volume.spec,
    random.weighted<Json>([
      [6, { awsElasticBlockStore: { volumeID } }],
      [6, { gcePersistentDisk: { pdName: name } }],
      [2, { azureDisk: { diskName: name, diskURI: `/subscriptions/${name}`, ...azureKind(world) } }],
      [3, { cinder: { volumeID: name } }],
      [1, { portworxVolume: { volumeID: name } }],
      [1, { vsphereVolume: { volumePath: name } }],
      [1, { azureFile: { secretName: "s", shareName: name } }],
    ]),
  );
}

function azureKind({ random }: World): Json {
  return random.weighted<Json>([
    [10, {}],
    [4, { kind: "Managed" }],
    [2, { kind: "managed" }],
    [0.5, { kind: "Dedicated" }],
    [0.3, { kind: "" }],
  ]);
}

function addZoneLabel(world: World, volume: KubeObject): void {
  const { random } = world;
  const key = random.pick(ZONE_LABELS);
  const near = homeOf(world).labels[key] ?? "a";
  const other = homeOf(world).labels[key] ?? "b";
  volume.metadata.labels = {
    ...volume.metadata.labels,
    [key]: random.weighted([
      [10, near],
      [3, `${near}__${other}`],
      [1, ` ${near} __${other}`],
      [0.5, `\u00a0${near}\u0085`],
      [0.3, `\ufeff${near}`],
      [0.3, `${near}__`],
      [0.3, ""],
      [0.5, "elsewhere"],
    ]),
  };
}

function addAttachment(world: World, volume: KubeObject): void {
  const { random } = world;
  world.add(
    STORAGE,
    "VolumeAttachment",
    { name: world.nextName("attachment") },
    {
      spec: {
        nodeName: random.chance(0.95) ? homeOf(world).name : "gone-node",
        attacher: volume.spec.csi?.driver ?? random.pick(DRIVERS),
        source: { persistentVolumeName: random.chance(0.95) ? volume.metadata.name : "pv-gone" },
      },
      status: { attached: random.chance(0.8) },
    },
  );
}

/** A placed pod takes over a claim of a pending one; ReadWriteOncePod then keeps the pending pod away. */
function shareClaim(world: World, placed: KubeObject): void {
  const { random } = world;
  const names = world
    .ofKind("Pod")
    .filter(({ metadata, spec }) => metadata.namespace === placed.metadata.namespace && !spec.nodeName)
    .flatMap(({ spec }) => (spec.volumes ?? []) as Json[])
    .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName || []);
  if (names.length === 0) return;
  const claimName = random.pick(names);
  placed.spec.volumes = [...(placed.spec.volumes ?? []), { name: "shared", persistentVolumeClaim: { claimName } }];
  const claim = world
    .ofKind("PersistentVolumeClaim")
    .find(({ metadata }) => metadata.namespace === placed.metadata.namespace && metadata.name === claimName);
  if (claim && random.chance(0.4)) claim.spec.accessModes = ["ReadWriteOncePod"];
}

function rawDisk(world: World): Json {
  const { random } = world;
  const readOnly = random.chance(0.3);
  return {
    name: world.nextName("disk"),
    ...random.pick<Json>([
      { gcePersistentDisk: { pdName: random.pick(["d1", "d2"]), readOnly } },
      { awsElasticBlockStore: { volumeID: random.pick(["vol-1", "vol-2"]), readOnly } },
      { iscsi: { targetPortal: "10.0.0.1", iqn: random.pick(["iqn.1", "iqn.2"]), lun: 0, readOnly } },
      { rbd: { monitors: random.some(["m1", "m2", "m3"], 1, 2), image: "i1", pool: "rbd", readOnly } },
    ]),
  };
}
