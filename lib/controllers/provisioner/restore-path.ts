// controllers: a claim that is to be restored from a snapshot -> the way from the disk to it, object by object.

import type { Cluster } from "../../intern/cluster.js";
import type { PersistentVolumeLike, VolumeSnapshotClassLike, VolumeSnapshotLike } from "../../objects/types.js";
import type { DataSource } from "./data-source.js";
import { all, find, nameOf } from "./known-objects.js";
import type { RestoreStep } from "./types.js";

const ANN_DEFAULT_CLASS = "snapshot.storage.kubernetes.io/is-default-class";

/** What is known of a snapshot that has been or will be taken. */
export interface SnapshotPath {
  readonly steps: readonly RestoreStep[];
  /** `""` where none is known. */
  readonly driver: string;
  /** The volume that it is taken of, where that is known. */
  readonly volume: PersistentVolumeLike | undefined;
}

/** Follows a snapshot to its content, or to what will become its content. */
export function snapshotPath(cluster: Cluster, { name, namespace }: DataSource): SnapshotPath {
  const key = `${namespace}/${name}`;
  const snapshot = find(cluster, "volumeSnapshots", key);
  if (snapshot === undefined) {
    return { steps: [step("VolumeSnapshot", key, "missing", "it is not there")], driver: "", volume: undefined };
  }
  const { source } = snapshot.spec ?? {};
  const claimName = source?.persistentVolumeClaimName ?? "";
  const disk = claimName === "" ? { steps: [], volume: undefined } : sourceDisk(cluster, `${namespace}/${claimName}`);
  const content = snapshot.status?.boundVolumeSnapshotContentName || source?.volumeSnapshotContentName || "";
  const isTaken = content !== "";
  const taken = isTaken ? takenAlready(cluster, content) : toBeTaken(cluster, snapshot, disk.volume);
  // kube: R-SNP-11 a snapshot that was taken outlives its disk.
  const before = isTaken ? disk.steps.filter(({ state }) => state === "there") : disk.steps;
  return {
    steps: [...before, snapshotStep(key, snapshot, content, claimName !== ""), ...taken.steps],
    driver: taken.driver,
    volume: disk.volume,
  };
}

type Part = Pick<SnapshotPath, "steps" | "volume">;

function sourceDisk(cluster: Cluster, key: string): Part {
  const claim = find(cluster, "persistentVolumeClaims", key);
  const kind = "PersistentVolumeClaim";
  if (claim === undefined) return { steps: [step(kind, key, "missing", "it is not there")], volume: undefined };
  const volumeName = claim.spec?.volumeName ?? "";
  if (volumeName === "" || claim.status?.phase !== "Bound") {
    const note = "it is not bound to a volume yet, and no snapshot is taken before";
    return { steps: [step(kind, key, "missing", note)], volume: undefined };
  }
  const volume = find(cluster, "persistentVolumes", volumeName);
  const found =
    volume === undefined ? step("PersistentVolume", volumeName, "missing", "it is not there") : diskStep(volume);
  return { steps: [step(kind, key, "there", ""), found], volume };
}

function diskStep(volume: PersistentVolumeLike): RestoreStep {
  const driver = volume.spec?.csi?.driver ?? "";
  const note = driver === "" ? "it is no volume of a CSI driver, and only those have snapshots" : `made by ${driver}`;
  return step("PersistentVolume", nameOf(volume), driver === "" ? "missing" : "there", note);
}

function snapshotStep(
  key: string,
  { spec, status }: VolumeSnapshotLike,
  content: string,
  hasDisk: boolean,
): RestoreStep {
  const isNamed = hasDisk || Boolean(spec?.source?.volumeSnapshotContentName) || content !== "";
  if (!isNamed) return step("VolumeSnapshot", key, "missing", "its spec.source names neither a claim nor a content");
  return step("VolumeSnapshot", key, "there", status?.readyToUse === true ? "ready to use" : "not ready to use yet");
}

type Taken = Pick<SnapshotPath, "driver" | "steps">;

function takenAlready(cluster: Cluster, name: string): Taken {
  const content = find(cluster, "volumeSnapshotContents", name);
  const kind = "VolumeSnapshotContent";
  if (content === undefined) return { steps: [step(kind, name, "missing", "it is not there")], driver: "" };
  const driver = content.spec?.driver ?? "";
  const note = driver === "" ? "it names no driver" : `taken by ${driver}`;
  return { steps: [step(kind, name, driver === "" ? "missing" : "there", note)], driver };
}

function toBeTaken(cluster: Cluster, { spec }: VolumeSnapshotLike, volume: PersistentVolumeLike | undefined): Taken {
  const named = spec?.volumeSnapshotClassName ?? undefined;
  const of = volume?.spec?.csi?.driver ?? "";
  const chosen = named === undefined ? defaultClass(cluster, of) : classNamed(cluster, named);
  if (chosen.snapshotClass === undefined) {
    return { steps: [step("VolumeSnapshotClass", named ?? "", "missing", chosen.note)], driver: "" };
  }
  const driver = chosen.snapshotClass.driver ?? "";
  const name = nameOf(chosen.snapshotClass);
  if (driver === "") return { steps: [step("VolumeSnapshotClass", name, "missing", "it names no driver")], driver };
  const isOther = of !== "" && of !== driver;
  const note = isOther ? `it is of the driver ${driver}, and the volume of ${of}` : `of the driver ${driver}`;
  const made = step("VolumeSnapshotContent", "", "made", `${driver} takes the snapshot`);
  return { steps: [step("VolumeSnapshotClass", name, isOther ? "missing" : "there", note), made], driver };
}

interface ClassChoice {
  readonly snapshotClass: VolumeSnapshotClassLike | undefined;
  readonly note: string;
}

function classNamed(cluster: Cluster, name: string): ClassChoice {
  return { snapshotClass: find(cluster, "volumeSnapshotClasses", name), note: "it is not there" };
}

/** A snapshot that names no class takes the default one of its volume's driver; there must be exactly one. */
function defaultClass(cluster: Cluster, driver: string): ClassChoice {
  const defaults = [...all(cluster, "volumeSnapshotClasses")].filter(
    (each) => each.metadata?.annotations?.[ANN_DEFAULT_CLASS] === "true" && (each.driver ?? "") === driver,
  );
  if (defaults.length === 1) return { snapshotClass: defaults[0], note: "" };
  const note =
    defaults.length === 0
      ? `the snapshot names no class, and none is the default of ${driver === "" ? "its driver" : driver}`
      : `the snapshot names no class, and ${defaults.length} are the default of ${driver}`;
  return { snapshotClass: undefined, note };
}

export function step(kind: string, name: string, state: RestoreStep["state"], note: string): RestoreStep {
  return { kind, name, state, note };
}
