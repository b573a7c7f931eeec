// controllers: a claim that is restored from a VolumeSnapshot -> why its volume cannot be made from it now.

import type { Cluster } from "../../intern/cluster.js";
import { goQuote } from "../../objects/go-quote.js";
import type { PersistentVolumeClaimLike, VolumeSnapshotContentLike, VolumeSnapshotLike } from "../../objects/types.js";
import type { ProvisionedClass } from "./class-translation.js";
import type { DataSource } from "./data-source.js";
import { find, nameOf, namespaceOf, quantityOf, storageOf } from "./known-objects.js";
import { noChange } from "./refusals.js";
import type { Refusal } from "./types.js";

const FIN_SNAP_SOURCE = "provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection";
const ANN_ALLOW_MODE_CHANGE = "snapshot.storage.kubernetes.io/allow-volume-mode-change";
/** What Go's ParseBool takes. */
const TRUE = ["1", "t", "T", "TRUE", "true", "True"];
const FALSE = ["0", "f", "F", "FALSE", "false", "False"];

export interface RestoreOptions {
  readonly storageClass: ProvisionedClass;
  readonly preventModeConversion: boolean;
}

export function snapshotRefusal(
  cluster: Cluster,
  claim: PersistentVolumeClaimLike,
  { name, namespace }: DataSource,
  options: RestoreOptions,
): Refusal | undefined {
  const refused = (rule: string, detail: string) =>
    noChange(rule, `error getting handle for DataSource Type VolumeSnapshot by Name ${name}: ${detail}`);
  const snapshot = find(cluster, "volumeSnapshots", `${namespace}/${name}`);
  if (snapshot === undefined) {
    // kube: R-SNP-1 the snapshot must exist.
    const detail = `volumesnapshots.snapshot.storage.k8s.io ${goQuote(name)} not found`;
    return refused("R-SNP-1", `error getting snapshot ${name} from api server: ${detail}`);
  }
  const { deletionTimestamp, finalizers } = snapshot.metadata ?? {};
  // kube: R-SNP-2 one that is being deleted serves a restore that had begun, and no other.
  if (deletionTimestamp && !(finalizers ?? []).includes(FIN_SNAP_SOURCE)) {
    return refused("R-SNP-2", `snapshot ${name} is being deleted`);
  }
  // kube: R-SNP-3 it must be bound to a content; an empty name is one.
  const bound = snapshot.status?.boundVolumeSnapshotContentName ?? undefined;
  if (bound === undefined) return refused("R-SNP-3", `snapshot ${name} not bound`);
  // kube: R-SNP-4 the content must exist.
  const content = bound === "" ? undefined : find(cluster, "volumeSnapshotContents", bound);
  if (content === undefined) return refused("R-SNP-4", `error getting snapshotcontent ${bound} for snapshot ${name}`);
  if (!refersTo(content, snapshot)) {
    return refused("R-SNP-5", `snapshotcontent ${bound} for snapshot ${name} is bound to a different snapshot`);
  }
  const { storageClass } = options;
  // kube: R-SNP-6 the content's driver must be the class's provisioner.
  if ((content.spec?.driver ?? "") !== storageClass.provisioner) {
    const named = `snapshotcontent ${bound} for snapshot ${name}`;
    return refused("R-SNP-6", `${named} is not handled by CSI driver of StorageClass ${storageClass.name}`);
  }
  // kube: R-SNP-7 the snapshot must be ready; this is asked after the driver.
  if (snapshot.status?.readyToUse !== true) return refused("R-SNP-7", `snapshot ${name} is not Ready`);
  // kube: R-SNP-8 the driver must have given it a handle.
  const handle = content.status?.snapshotHandle ?? undefined;
  if (handle === undefined) return refused("R-SNP-8", `snapshot handle ${name} is not available`);
  const small = tooSmall(claim, snapshot, name);
  if (small !== undefined) return refused("R-SNP-9", small);
  const mode = options.preventModeConversion ? modeConversion(claim, content) : undefined;
  return mode === undefined ? undefined : refused("R-SNP-10", mode);
}

function refersTo({ spec }: VolumeSnapshotContentLike, { metadata }: VolumeSnapshotLike): boolean {
  const ref = spec?.volumeSnapshotRef ?? {};
  // kube: R-SNP-5 the content must name this snapshot: uid, namespace and name.
  return (
    (ref.uid ?? "") === (metadata?.uid ?? "") &&
    (ref.namespace ?? "") === namespaceOf({ metadata }) &&
    (ref.name ?? "") === (metadata?.name ?? "")
  );
}

function tooSmall(claim: PersistentVolumeClaimLike, { status }: VolumeSnapshotLike, name: string): string | undefined {
  // kube: R-SNP-9 without a restoreSize no size is compared; more than it may be asked for.
  const least = status?.restoreSize ?? undefined;
  if (least === undefined) return undefined;
  const request = storageOf(claim.spec?.resources?.requests);
  if (request === undefined) return `error getting capacity for PVC ${nameOf(claim)} when creating snapshot ${name}`;
  const size = quantityOf(least).value;
  if (request.value >= size) return undefined;
  return `requested volume size ${request.value} is less than the size ${size} for the source snapshot ${name}`;
}

function modeConversion(claim: PersistentVolumeClaimLike, content: VolumeSnapshotContentLike): string | undefined {
  const from = content.spec?.sourceVolumeMode ?? undefined;
  const to = claim.spec?.volumeMode ?? undefined;
  // kube: R-SNP-10 a mode that is not said, on either side, is not compared.
  if (from === undefined || to === undefined || from === to) return undefined;
  const named = `requested volume ${namespaceOf(claim)}/${nameOf(claim)}`;
  const refused = `${named} modifies the mode of the source volume but does not have permission to do so.`;
  const annotations = content.metadata?.annotations ?? {};
  const on = `on snapshotcontent ${nameOf(content)}`;
  if (!Object.hasOwn(annotations, ANN_ALLOW_MODE_CHANGE)) {
    return `${refused} ${ANN_ALLOW_MODE_CHANGE} annotation is not present ${on}`;
  }
  const value = annotations[ANN_ALLOW_MODE_CHANGE];
  if (TRUE.includes(value)) return undefined;
  if (FALSE.includes(value)) return `${refused} ${ANN_ALLOW_MODE_CHANGE} is set to false ${on}`;
  const why = `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`;
  return `${refused} failed to convert ${ANN_ALLOW_MODE_CHANGE} annotation value to boolean with error: ${why}`;
}
