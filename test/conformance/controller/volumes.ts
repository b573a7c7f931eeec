// Volumes of the PV controller's random inputs: in every phase, reserved for claims that are there, were there or never were.

import type { Random } from "../../reference/generator/random.js";
import type { Setting, Written } from "./generate.js";
import { CLASSES } from "./generate.js";

export const BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
const MIGRATED_TO = "pv.kubernetes.io/migrated-to";
const PRE_RESIZE = "volume.alpha.kubernetes.io/pre-resize-capacity";
export const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

const FINALIZERS = [
  "kubernetes.io/pv-protection",
  "kubernetes.io/pv-controller",
  "external-provisioner.volume.kubernetes.io/finalizer",
];

const SIZES = [
  "1Gi",
  "5Gi",
  "5120Mi",
  "5368709120",
  "5.5Gi",
  "10Gi",
  "10240Mi",
  "20Gi",
  "5000000000500m",
  "5000000001",
  "0",
  7,
];

const SOURCES: readonly Written[] = [
  { csi: { driver: "csi.example.com", volumeHandle: "h" } },
  { hostPath: { path: "/data" } },
  { hostPath: { path: "/tmp/data" } },
  { nfs: { server: "s", path: "/" } },
  { local: { path: "/mnt" } },
  { awsElasticBlockStore: { volumeID: "vol-1" } },
  { iscsi: { targetPortal: "t", iqn: "i", lun: 0 } },
  {},
];

export function sizeOf(random: Random, plain: boolean): unknown {
  return plain ? random.pick(["5Gi", "10Gi"]) : random.pick(SIZES);
}

export function modesOf(random: Random, plain: boolean): readonly string[] | undefined {
  const some = (): string[] =>
    random.some(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"], 1, 4);
  return random.branch<readonly string[] | undefined>([
    [plain ? 80 : 30, () => ["ReadWriteOnce"]],
    [10, () => ["ReadWriteOnce", "ReadOnlyMany"]],
    [20, some],
    [1, () => []],
    [1, () => undefined],
    [1, () => ["ReadWriteOnce", "ReadWriteOnce"]],
    [1, () => ["Odd", ...some()]],
  ]);
}

export function classOf({ mainClass, random }: Setting): string {
  return random.chance(0.75)
    ? mainClass
    : random.weighted([
        [8, random.pick(CLASSES)],
        [2, ""],
      ]);
}

export function attributesOf(random: Random): Written {
  return random.chance(0.75) ? {} : { volumeAttributesClassName: random.pick(["gold", "gold", "silver", "", null]) };
}

export function modeOf(random: Random): Written {
  return random.chance(0.6)
    ? {}
    : {
        volumeMode: random.weighted([
          [12, "Filesystem"],
          [6, "Block"],
          [1, ""],
          [1, null],
        ]),
      };
}

export function volumeOf(setting: Setting, name: string): Written {
  const { plain, random } = setting;
  const annotations = annotationsOf(setting);
  const finalizers = random.chance(0.6) ? [] : random.some(FINALIZERS, 0, 3);
  const reference = referenceOf(setting);
  const modes = modesOf(random, plain);
  return {
    kind: "PersistentVolume",
    metadata: {
      name,
      uid: `uid-${name}`,
      ...(random.chance(0.9) && { resourceVersion: String(random.int(1, 999)) }),
      ...(random.chance(0.5) && {
        labels: { disk: random.pick(["ssd", "hdd"]), ...(random.chance(0.5) && { row: "a" }) },
      }),
      ...(Object.keys(annotations).length > 0 || random.chance(0.1) ? { annotations } : {}),
      ...(finalizers.length > 0 || random.chance(0.1) ? { finalizers } : {}),
      ...(random.chance(0.06) && { deletionTimestamp: "2026-02-01T00:00:00Z" }),
    },
    spec: {
      ...(random.chance(0.96) && { capacity: random.chance(0.97) ? { storage: sizeOf(random, plain) } : {} }),
      ...(modes && { accessModes: modes }),
      ...(random.chance(0.95) && { storageClassName: classOf(setting) }),
      ...(random.chance(0.95) && {
        persistentVolumeReclaimPolicy: random.weighted([
          [6, "Retain"],
          [9, "Delete"],
          [4, "Recycle"],
          [1, "Odd"],
          [1, ""],
        ]),
      }),
      ...(reference !== undefined && { claimRef: reference }),
      ...attributesOf(random),
      ...modeOf(random),
      ...random.pick(SOURCES),
    },
    ...(random.chance(0.97) && {
      status: {
        ...(random.chance(0.97) && {
          phase: random.weighted([
            [10, "Available"],
            [3, "Pending"],
            [4, "Bound"],
            [3, "Released"],
            [3, "Failed"],
            [1, ""],
          ]),
        }),
        ...(random.chance(0.1) && { message: "said before" }),
        ...(random.chance(0.05) && { reason: "Before" }),
      },
    }),
  };
}

function annotationsOf(setting: Setting): Record<string, string> {
  const { random } = setting;
  const drivers = [
    "csi.example.com",
    "kubernetes.io/aws-ebs",
    "kubernetes.io/host-path",
    "kubernetes.io/nfs",
    "kubernetes.io/odd",
    "",
  ];
  return {
    ...(random.chance(0.3) && { [BY_CONTROLLER]: random.pick(["yes", "yes", ""]) }),
    ...(random.chance(0.4) && { [PROVISIONED_BY]: random.pick(drivers) }),
    ...(random.chance(0.1) && { [MIGRATED_TO]: random.pick(["ebs.csi.aws.com", "old.example.com", ""]) }),
    ...(random.chance(0.08) && { [PRE_RESIZE]: random.pick(["7Gi", "5Gi", "odd", "", " 7Gi"]) }),
    ...(random.chance(0.05) && { [BETA_CLASS]: classOf(setting) }),
    ...(random.chance(0.1) && { other: "kept" }),
  };
}

function referenceOf({ claims, random }: Setting): unknown {
  if (claims.length === 0 || random.chance(0.45)) return random.chance(0.03) ? null : undefined;
  const { name, namespace, uid } = random.pick(claims);
  const other = random.chance(0.08) ? { namespace: namespace === "other" ? "default" : "other" } : { namespace };
  return random.branch<unknown>([
    [8, () => ({ ...other, name })],
    [1, () => ({ ...other, name, uid: "" })],
    [8, () => ({ kind: "PersistentVolumeClaim", apiVersion: "v1", ...other, name, uid, resourceVersion: "3" })],
    [6, () => ({ ...other, name, uid: "uid-old" })],
    [2, () => ({ ...other, name: "gone", uid: "uid-gone" })],
    [1, () => ({ ...other, name: "gone" })],
    [1, () => (random.chance(0.5) ? {} : { uid })],
  ]);
}
