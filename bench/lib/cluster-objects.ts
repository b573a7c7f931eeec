// The objects of a seeded cluster, one function a kind.

import type {
  CSIDriverLike,
  NodeLike,
  NodeSelectorLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
  StorageClassLike,
} from "../../lib/index.js";

export type Affinity = NodeSelectorLike;

/** Where a node stands, and what it is. */
export interface Place {
  readonly name: string;
  /** An index of ZONES. */
  readonly zone: number;
  readonly rack: string;
  readonly instanceType: string;
  readonly generation: string;
}

interface Volume {
  readonly index: number;
  readonly storageClass: string;
  readonly affinity: Affinity;
  readonly gi: number;
}

const REGIONS = ["eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2"];
export const ZONES = REGIONS.flatMap((region) => ["a", "b", "c"].map((letter) => `${region}${letter}`));
export const INSTANCE_TYPES = ["m6i.4xlarge", "m6i.8xlarge", "r6i.4xlarge", "i4i.4xlarge", "c6i.8xlarge", "m5.4xlarge"];
const DRIVERS: Readonly<Record<string, string>> = { gp3: "ebs.csi.aws.com", fabric: "csi.fabric.example.com" };
const NAMESPACE = "shop";
const CREATED = "2026-03-01T08:00:00Z";

export const regionOf = (zone: number): string => ZONES[zone].slice(0, -1);
export const claimName = (index: number): string => `data-${index}`;
export const zonedClassName = (zone: number): string => `gp3-${ZONES[zone]}`;

const uid = (kind: number, index: number): string =>
  `${kind.toString(16).padStart(8, "0")}-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
const volumeName = ({ index, storageClass }: Volume): string =>
  storageClass === "local-nvme" ? `local-pv-${index.toString(16).padStart(8, "0")}` : `pvc-${uid(2, index)}`;

export function placeOf(index: number, random: () => number): Place {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const zone = Math.floor(random() * ZONES.length);
  const name = `ip-10-${index >>> 16}-${(index >>> 8) & 255}-${index & 255}.${regionOf(zone)}.compute.internal`;
  const rack = `${ZONES[zone]}-r${1 + Math.floor(random() * 16)}`;
  return { name, zone, rack, instanceType: pick(INSTANCE_TYPES), generation: pick(["3", "4", "5", "6"]) };
}

export function node({ generation, instanceType, name, rack, zone }: Place): NodeLike {
  const resources = { cpu: "15890m", "ephemeral-storage": "76224326324", memory: "60693Mi", pods: "234" };
  const condition = (type: string, status: string) => ({
    type,
    status,
    reason: `Kubelet${type}`,
    lastHeartbeatTime: CREATED,
  });
  const whole: object = {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      creationTimestamp: CREATED,
      annotations: { "csi.volume.kubernetes.io/nodeid": `{"ebs.csi.aws.com":"i-${name.slice(3, 14)}"}` },
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/instance-type": instanceType,
        "beta.kubernetes.io/os": "linux",
        "eks.amazonaws.com/nodegroup": `workers-${regionOf(zone)}`,
        "example.com/generation": generation,
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": instanceType,
        "topology.ebs.csi.aws.com/zone": ZONES[zone],
        "topology.example.com/rack": rack,
        "topology.k8s.aws/zone-id": `az${zone}`,
        "topology.kubernetes.io/region": regionOf(zone),
        "topology.kubernetes.io/zone": ZONES[zone],
      },
    },
    spec: { providerID: `aws:///${ZONES[zone]}/${name}` },
    status: {
      allocatable: resources,
      capacity: resources,
      conditions: [
        condition("MemoryPressure", "False"),
        condition("DiskPressure", "False"),
        condition("Ready", "True"),
      ],
    },
  };
  return whole as NodeLike;
}

/** A volume; `claim` is what it is bound to, if anything. */
export function volume(volume: Volume, claim?: string): PersistentVolumeLike {
  const { affinity, gi, index, storageClass } = volume;
  const driver = DRIVERS[storageClass];
  const source =
    driver === undefined
      ? { local: { path: `/mnt/disks/${index}` } }
      : { csi: { driver, fsType: "ext4", volumeHandle: `vol-${index.toString(16).padStart(17, "0")}` } };
  const whole: object = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name: volumeName(volume),
      uid: uid(2, index),
      creationTimestamp: CREATED,
      annotations: { "pv.kubernetes.io/provisioned-by": driver ?? "local-volume-provisioner" },
      finalizers: ["kubernetes.io/pv-protection"],
    },
    spec: {
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: `${gi}Gi` },
      nodeAffinity: { required: affinity },
      persistentVolumeReclaimPolicy: "Delete",
      storageClassName: storageClass,
      volumeMode: "Filesystem",
      ...source,
      ...(claim === undefined ? {} : { claimRef: { kind: "PersistentVolumeClaim", ...claimKey(claim, index) } }),
    },
    status: { phase: claim === undefined ? "Available" : "Bound" },
  };
  return whole as PersistentVolumeLike;
}

function claimKey(name: string, index: number) {
  return { namespace: NAMESPACE, name, uid: uid(1, index) };
}

function claim(index: number, storageClass: string, gi: number) {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: {
      ...claimKey(claimName(index), index),
      creationTimestamp: CREATED,
      labels: { app: `store-${index >>> 3}` },
      finalizers: ["kubernetes.io/pvc-protection"],
    },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: `${gi}Gi` } },
      storageClassName: storageClass,
      volumeMode: "Filesystem",
    },
  };
}

export function boundClaim(volume: Volume): PersistentVolumeClaimLike {
  const { metadata, spec, ...rest } = claim(volume.index, volume.storageClass, volume.gi);
  const annotations = { "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes" };
  return {
    ...rest,
    metadata: { ...metadata, annotations },
    spec: { ...spec, volumeName: volumeName(volume) },
    status: { phase: "Bound" },
  } as PersistentVolumeClaimLike;
}

export function pendingClaim(index: number, storageClass: string, gi: number): PersistentVolumeClaimLike {
  return { ...claim(index, storageClass, gi), status: { phase: "Pending" } };
}

export function pod(index: number, claims: readonly string[]): PodLike {
  const name = `store-${index}`;
  const volumes = claims.map((claimName, i) => ({ name: `data-${i}`, persistentVolumeClaim: { claimName } }));
  const whole: object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: NAMESPACE, uid: uid(3, index), creationTimestamp: CREATED, labels: { app: name } },
    spec: {
      containers: [
        {
          name: "store",
          image: "registry.example.com/store:1.8",
          resources: { requests: { cpu: "500m", memory: "1Gi" } },
          volumeMounts: claims.map((_, i) => ({ name: `data-${i}`, mountPath: `/data/${i}` })),
        },
      ],
      volumes,
    },
    status: { phase: "Pending" },
  };
  return whole as PodLike;
}

/** Local disks, two kinds of network disks, and for each zone a class that provisions there alone. */
export function storageClasses(): StorageClassLike[] {
  const named = (name: string, provisioner: string, zone?: string): StorageClassLike => ({
    metadata: { name, creationTimestamp: CREATED },
    provisioner,
    volumeBindingMode: "WaitForFirstConsumer",
    ...(zone === undefined
      ? {}
      : {
          allowedTopologies: [{ matchLabelExpressions: [{ key: "topology.ebs.csi.aws.com/zone", values: [zone] }] }],
        }),
  });
  return [
    named("local-nvme", "kubernetes.io/no-provisioner"),
    ...Object.entries(DRIVERS).map(([name, driver]) => named(name, driver)),
    ...ZONES.map((zone, i) => named(zonedClassName(i), DRIVERS.gp3, zone)),
  ];
}

export function csiDrivers(): CSIDriverLike[] {
  return Object.values(DRIVERS).map((name) => ({ metadata: { name }, spec: { storageCapacity: false } }));
}
