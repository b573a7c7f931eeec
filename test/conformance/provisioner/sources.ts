// Random claims, and the snapshots, claims and grants that they are filled from.

import type { Random } from "../../reference/generator/random.js";
import type { Written } from "./request.js";

export interface Sourced {
  readonly claim: Written;
  readonly objects: readonly Written[];
}

const NAMES = [
  "pvc",
  "data-web-0",
  "data-web-1",
  "data-web-12",
  "my-pvc",
  "pvc-007",
  "pvc-4294967296",
  "a--3",
  "ü-1",
  "x-+1",
];
const SIZES = ["5Gi", "5Gi", "5Gi", "5Gi", "5Gi", "1Gi", "1500m", "0", "5368709121"];
const SNAPSHOTS = "snapshot.storage.k8s.io";
const FIN_SOURCE = "provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection";
const DELETED = "2026-01-01T00:00:00Z";
const OTHER_NAMESPACE = "far";
const NAMESPACE = "ns";

export function sourcedClaim(random: Random, driver: string): Sourced {
  const where = random.chance(0.12) ? OTHER_NAMESPACE : NAMESPACE;
  const source = random.branch<{ readonly spec: object; readonly objects: readonly Written[] }>([
    [40, () => ({ spec: {}, objects: [] })],
    [30, () => snapshotSource(random, driver, where)],
    [25, () => cloneSource(random, driver, where)],
    [
      5,
      () => ({
        spec: reference(random, { apiGroup: "x.io", kind: random.pick(["Foo", ""]), name: "x" }, where),
        objects: [],
      }),
    ],
  ]);
  return {
    claim: claimOf(random, driver, source.spec),
    objects: [...source.objects, ...grantsOf(random), ...attributeClasses(driver)],
  };
}

function claimOf(random: Random, driver: string, spec: object): Written {
  return {
    kind: "PersistentVolumeClaim",
    metadata: {
      namespace: NAMESPACE,
      name: random.pick(NAMES),
      uid: "uid",
      annotations: { "volume.kubernetes.io/storage-provisioner": driver },
    },
    spec: {
      storageClassName: "fast",
      accessModes: random.weighted<readonly string[]>([
        [90, ["ReadWriteOnce"]],
        [6, ["ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"]],
        [2, []],
        [2, ["ReadWriteOnce", "Sometimes"]],
      ]),
      resources: random.chance(0.95) ? { requests: { storage: random.pick(SIZES) } } : {},
      ...(random.chance(0.6) && { volumeMode: random.pick(["Filesystem", "Block"]) }),
      ...(random.chance(0.15) && { volumeAttributesClassName: random.pick(["gold", "gold", "other", "gone", ""]) }),
      ...(random.chance(0.04) && { selector: random.pick([{}, { matchLabels: { a: "b" } }]) }),
      ...spec,
    },
    status: { phase: "Pending" },
  };
}

type Reference = { readonly apiGroup?: string; readonly kind?: string; readonly name?: string };

function reference(random: Random, given: Reference, namespace: string): object {
  const named = random.chance(0.03) ? { ...given, name: "" } : given;
  if (namespace !== NAMESPACE) return { dataSourceRef: { ...named, namespace } };
  return random.weighted<object>([
    [60, { dataSource: named, dataSourceRef: named }],
    [20, { dataSource: named }],
    [15, { dataSourceRef: named }],
    [3, { dataSourceRef: { ...named, namespace } }],
    [2, { dataSourceRef: { ...named, namespace: "" } }],
    [2, { dataSource: named, dataSourceRef: { ...named, namespace: OTHER_NAMESPACE } }],
  ]);
}

/** Seldom something else than what is right. */
function mostly<T>(random: Random, right: T, ...wrong: readonly T[]): T {
  return random.chance(0.97) ? right : random.pick(wrong);
}

function snapshotSource(random: Random, driver: string, namespace: string) {
  const apiGroup = mostly<string | undefined>(random, SNAPSHOTS, "x", undefined);
  const spec = reference(random, { kind: "VolumeSnapshot", name: "snap", ...(apiGroup && { apiGroup }) }, namespace);
  const isDeleted = random.chance(0.08);
  const snapshot: Written = {
    kind: "VolumeSnapshot",
    metadata: {
      namespace: mostly(random, namespace, "elsewhere"),
      name: "snap",
      uid: "uid-snap",
      ...(isDeleted && { deletionTimestamp: DELETED, finalizers: [random.pick([FIN_SOURCE, "x/y"])] }),
    },
    spec: { source: {} },
    ...(random.chance(0.97) && { status: snapshotStatus(random) }),
  };
  const annotation = random.pick([undefined, undefined, "true", "t", "yes", "False", "0", ""]);
  const content: Written = {
    kind: "VolumeSnapshotContent",
    metadata: {
      name: "content",
      ...(annotation !== undefined && {
        annotations: { "snapshot.storage.kubernetes.io/allow-volume-mode-change": annotation },
      }),
    },
    spec: {
      driver: mostly(random, driver, "other.example.com", ""),
      volumeSnapshotRef: {
        namespace: mostly(random, namespace, "x"),
        name: mostly(random, "snap", "x"),
        uid: mostly(random, "uid-snap", "x", ""),
      },
      source: {},
      ...(random.chance(0.8) && { sourceVolumeMode: random.pick(["Filesystem", "Block", ""]) }),
    },
    ...(random.chance(0.97) && { status: random.chance(0.95) ? { snapshotHandle: random.pick(["h", ""]) } : {} }),
  };
  return { spec, objects: [snapshot, ...(random.chance(0.95) ? [content] : [])] };
}

function snapshotStatus(random: Random): object {
  const name = mostly<string | undefined>(random, "content", "lost", "", undefined);
  const readyToUse = mostly<boolean | undefined>(random, true, false, undefined);
  return {
    ...(name !== undefined && { boundVolumeSnapshotContentName: name }),
    ...(readyToUse !== undefined && { readyToUse }),
    ...(random.chance(0.8) && { restoreSize: random.pick(["1Gi", "1Gi", "5Gi", "2", "6Gi", "5368709121"]) }),
  };
}

function cloneSource(random: Random, driver: string, namespace: string) {
  const spec = reference(
    random,
    { kind: "PersistentVolumeClaim", name: "src", ...(random.chance(0.1) && { apiGroup: "x" }) },
    namespace,
  );
  const storageClassName = mostly<string | undefined>(random, "slow", "", undefined);
  const source: Written = {
    kind: "PersistentVolumeClaim",
    metadata: {
      namespace,
      name: mostly(random, "src", "other"),
      uid: "uid-src",
      ...(random.chance(0.06) && { deletionTimestamp: DELETED, finalizers: ["x/y"] }),
    },
    spec: {
      resources: random.chance(0.95)
        ? { requests: { storage: random.pick(["1Gi", "1Gi", "1Gi", "5Gi", "5Gi", "6Gi"]) } }
        : {},
      volumeName: mostly(random, "pv", "", "lost"),
      ...(storageClassName !== undefined && { storageClassName }),
      ...(random.chance(0.3) && { volumeMode: "Block" }),
    },
    status: { phase: mostly(random, "Bound", "Pending", "Lost", "") },
  };
  const volume: Written = {
    kind: "PersistentVolume",
    metadata: { name: "pv" },
    spec: {
      ...(random.chance(0.97) && { csi: { driver: mostly(random, driver, "x"), volumeHandle: "h" } }),
      ...(random.chance(0.97) && {
        claimRef: {
          namespace: mostly(random, namespace, "x"),
          name: mostly(random, "src", "x"),
          uid: mostly(random, "uid-src", "x", ""),
        },
      }),
      ...(random.chance(0.5) && { volumeMode: random.pick(["Filesystem", "Block", ""]) }),
    },
    status: { phase: mostly(random, "Bound", "Released", "") },
  };
  return { spec, objects: [source, ...(random.chance(0.96) ? [volume] : [])] };
}

function grantsOf(random: Random): Written[] {
  const count = random.weighted<number>([
    [20, 0],
    [70, 1],
    [20, 2],
  ]);
  const from = () => ({
    group: mostly(random, "", "x"),
    kind: mostly(random, "PersistentVolumeClaim", "Pod"),
    namespace: mostly(random, NAMESPACE, "x"),
  });
  const to = () => {
    const isSnapshot = random.chance(0.5);
    const name = random.pick([undefined, undefined, "", "snap", "src", "x"]);
    return {
      group: mostly(random, isSnapshot ? SNAPSHOTS : "", "x"),
      kind: isSnapshot ? "VolumeSnapshot" : "PersistentVolumeClaim",
      ...(name !== undefined && { name }),
    };
  };
  return Array.from({ length: count }, (_, i) => ({
    kind: "ReferenceGrant",
    metadata: { namespace: mostly(random, OTHER_NAMESPACE, NAMESPACE, "default"), name: `g${i}` },
    spec: { from: Array.from({ length: random.int(1, 2) }, from), to: Array.from({ length: random.int(1, 3) }, to) },
  }));
}

function attributeClasses(driver: string): Written[] {
  return [
    { kind: "VolumeAttributesClass", metadata: { name: "gold" }, driverName: driver },
    { kind: "VolumeAttributesClass", metadata: { name: "other" }, driverName: "x" },
  ];
}
