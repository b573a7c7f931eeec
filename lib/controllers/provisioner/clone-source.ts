// controllers: a claim that is cloned from another -> why its volume cannot be made from it now.

import type { Cluster } from "../../intern/cluster.js";
import { goQuote } from "../../objects/go-quote.js";
import type { PersistentVolumeClaimLike, PersistentVolumeLike } from "../../objects/types.js";
import type { ProvisionedClass } from "./class-translation.js";
import type { DataSource } from "./data-source.js";
import { find, nameOf, namespaceOf, storageOf } from "./known-objects.js";
import { noChange } from "./refusals.js";
import type { Refusal } from "./types.js";

const FILESYSTEM = "Filesystem";
const BLOCK = "Block";
const INVALID = "claim in dataSource not bound or invalid";

export function cloneRefusal(
  cluster: Cluster,
  claim: PersistentVolumeClaimLike,
  { name, namespace }: DataSource,
  storageClass: ProvisionedClass,
): Refusal | undefined {
  const refused = (rule: string, detail: string) =>
    noChange(rule, `error getting handle for DataSource Type PersistentVolumeClaim by Name ${name}: ${detail}`);
  const source = find(cluster, "persistentVolumeClaims", `${namespace}/${name}`);
  if (source === undefined) {
    // kube: R-CLN-1 the source must exist; the sentence names the claim's own namespace.
    const why = `persistentvolumeclaim ${goQuote(name)} not found`;
    const where = `(namespace ${goQuote(namespaceOf(claim))})`;
    return refused("R-CLN-1", `error getting PVC ${name} ${where} from api server: ${why}`);
  }
  // kube: R-CLN-1 it must be bound, and not on its way out.
  const phase = source.status?.phase ?? "";
  if (phase !== "Bound") {
    const status = `{${phase} [] map[] [] map[] map[] <nil> nil}`;
    return refused("R-CLN-1", `the PVC DataSource ${name} must have a status of Bound.  Got ${status}`);
  }
  if (source.metadata?.deletionTimestamp) {
    return refused("R-CLN-1", `the PVC DataSource ${name} is currently being deleted`);
  }
  const unnamed = classless(source, claim);
  if (unnamed !== undefined) return refused("R-CLN-2", unnamed);
  const [wanted, least] = [claim, source].map(({ spec }) => storageOf(spec?.resources?.requests)?.value ?? 0n);
  if (wanted < least) {
    // kube: R-CLN-3 it must ask for as much as the source asked for; what that got is not looked at.
    const sentence =
      "error, new PVC request must be greater than or equal in size to the specified PVC data source, " +
      `requested ${wanted} but source is ${least}`;
    return refused("R-CLN-3", sentence);
  }
  const volumeName = source.spec?.volumeName ?? "";
  if (volumeName === "") return refused("R-CLN-4", `volume name is empty in source PVC ${name}`);
  const volume = find(cluster, "persistentVolumes", volumeName);
  if (volume === undefined || !serves(volume, source, storageClass.provisioner)) return refused("R-CLN-4", INVALID);
  const mode = modeConversion(claim, volume);
  return mode === undefined ? undefined : refused("R-CLN-5", mode);
}

function classless(source: PersistentVolumeClaimLike, claim: PersistentVolumeClaimLike): string | undefined {
  // kube: R-CLN-2 both must name a class, which may be different ones; the beta annotation names none.
  if ((source.spec?.storageClassName ?? undefined) === undefined) {
    return `the source PVC (${nameOf(source)}) storageclass cannot be empty`;
  }
  if ((claim.spec?.storageClassName ?? undefined) !== undefined) return undefined;
  return `the requested PVC (${nameOf(claim)}) storageclass cannot be empty`;
}

/** Whether a volume is the source's and of the driver. */
function serves(volume: PersistentVolumeLike, source: PersistentVolumeClaimLike, driver: string): boolean {
  const { claimRef, csi } = volume.spec ?? {};
  // kube: R-CLN-4 a volume of the class's driver that is bound to the source, by uid, namespace and name.
  return (
    csi !== undefined &&
    csi !== null &&
    (csi.driver ?? "") === driver &&
    claimRef !== undefined &&
    claimRef !== null &&
    (claimRef.uid ?? "") === (source.metadata?.uid ?? "") &&
    (claimRef.namespace ?? "") === namespaceOf(source) &&
    (claimRef.name ?? "") === nameOf(source) &&
    volume.status?.phase === "Bound"
  );
}

function modeConversion(claim: PersistentVolumeClaimLike, volume: PersistentVolumeLike): string | undefined {
  const [to, from] = [claim, volume].map(({ spec }) => spec?.volumeMode ?? FILESYSTEM);
  // kube: R-CLN-5 the mode of the source's volume counts, not that of the source.
  const refused = (to === FILESYSTEM && from !== FILESYSTEM) || (to === BLOCK && from !== BLOCK);
  if (!refused) return undefined;
  const words =
    to === BLOCK
      ? "Source is Filesystem, but new PVC requested Block"
      : "Source is Block, but new PVC requested Filesystem";
  return `the source PVC and destination PVCs must have the same volume mode for cloning.  ${words}`;
}
