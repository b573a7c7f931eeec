// What is rare about attached volumes: sources in pods themselves, faulty pods on nodes, shared handles, other limits.

import type { Json, KubeObject, World } from "./world.js";

const IN_TREE_PROVISIONERS = ["aws-ebs", "gce-pd", "azure-disk", "cinder", "portworx-volume", "vsphere-volume"];
const MIGRATED_DRIVERS = ["disk.csi.azure.com", "cinder.csi.openstack.org", "pxd.portworx.com"];

export function addAttachedExtras(world: World): void {
  const { random, knobs } = world;
  if (knobs.attachOddities === 0) return;
  for (const csiNode of world.ofKind("CSINode")) widen(world, csiNode);
  for (const storageClass of world.ofKind("StorageClass")) {
    // Its claims are counted under another driver, or not at all.
    if (!random.chance(knobs.attachOddities / 2)) continue;
    storageClass.provisioner = `kubernetes.io/${random.pick(IN_TREE_PROVISIONERS)}`;
  }
  const volumes = world.ofKind("PersistentVolume").filter(({ spec }) => spec.csi);
  for (const volume of volumes) {
    if (random.chance(knobs.attachOddities / 3))
      volume.spec.csi.volumeHandle = random.pick(volumes).spec.csi.volumeHandle;
    if (random.chance(knobs.attachOddities / 10)) volume.spec.csi.volumeHandle = "";
  }
  const odd = new Set<string>();
  for (const pod of world.ofKind("Pod")) {
    const volumes: Json[] = pod.spec.volumes ?? [];
    if (random.chance(knobs.attachOddities)) volumes.splice(random.int(0, volumes.length), 0, inline(world));
    // One a node: of several faulty pods the first to come is told, which a sequence of updates changes.
    if (pod.spec.nodeName && random.chance(knobs.attachOddities / 4) && !odd.has(pod.spec.nodeName)) {
      odd.add(pod.spec.nodeName);
      volumes.push(placedOddity(world, pod));
    }
    pod.spec.volumes = volumes;
  }
}

/** Entries for drivers of classes and of migrated plugins, sometimes twice. */
function widen(world: World, csiNode: KubeObject): void {
  const { random, knobs } = world;
  const provisioners = world.ofKind("StorageClass").map(({ provisioner }) => provisioner as string);
  const names = [...MIGRATED_DRIVERS, ...provisioners.filter((name) => name && !name.startsWith("kubernetes.io/"))];
  for (const name of random.some(names, 0, 4)) {
    const allocatable = random.chance(knobs.attachLimits) ? { allocatable: { count: random.pick([0, 1, 2, 5]) } } : {};
    csiNode.spec.drivers.push({ name, nodeID: csiNode.metadata.name, topologyKeys: [], ...allocatable });
  }
}

function inline(world: World): Json {
  const { random } = world;
  const name = world.nextName("inline");
  return {
    name,
    ...random.weighted<Json>([
      [4, { awsElasticBlockStore: { volumeID: random.pick(["vol-pv-1", "vol-pv-2", "vol-3", "aws:///vol-pv-1"]) } }],
      [3, { gcePersistentDisk: { pdName: random.pick(["pv-1", "d1"]), readOnly: true } }],
      [2, { azureDisk: { diskName: "d", diskURI: random.pick(["/disks/1", "/disks/2"]) } }],
      [2, { cinder: { volumeID: random.pick(["c1", "c2"]) } }],
      [2, { portworxVolume: { volumeID: random.pick(["p1", "pv-1"]) } }],
      [1, { vsphereVolume: { volumePath: "v1" } }],
      [1, { azureFile: { secretName: "s", shareName: "f1" } }],
      [0.3, { azureDisk: { diskName: "d", diskURI: "/disks/1", kind: "Dedicated" } }],
      [0.3, { awsElasticBlockStore: { volumeID: "aws://a/disk-1" } }],
    ]),
  };
}

/** What ends the cycle, or is passed over, in a pod that is on a node. */
function placedOddity(world: World, pod: KubeObject): Json {
  const { random } = world;
  const name = world.nextName("odd");
  return random.branch<Json>([
    [1, () => ({ name, persistentVolumeClaim: {} })],
    [3, () => ({ name, persistentVolumeClaim: { claimName: "gone" } })],
    [1, () => ({ name, awsElasticBlockStore: { volumeID: "aws://x" } })],
    [1, () => ephemeral(world, pod, name, "another-uid")],
    [2, () => ephemeral(world, pod, name, pod.metadata.uid as string)],
  ]);
}

function ephemeral(world: World, pod: KubeObject, name: string, uid: string): Json {
  const { classes, random } = world;
  const storageClassName = random.pick([...classes.provisioned, ...classes.limited]);
  world.add(
    "v1",
    "PersistentVolumeClaim",
    {
      name: `${pod.metadata.name}-${name}`,
      namespace: pod.metadata.namespace,
      ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: pod.metadata.name, uid, controller: true }],
    },
    { spec: { storageClassName, accessModes: ["ReadWriteOnce"] }, status: { phase: "Pending" } },
  );
  return { name, ephemeral: { volumeClaimTemplate: { spec: {} } } };
}
