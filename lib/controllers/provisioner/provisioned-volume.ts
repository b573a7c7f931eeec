// controllers: a driver's answer -> the volume that the provisioner stores, or why it does not.

import type { PersistentVolumeClaimLike } from "../../objects/types.js";
import type { ProvisionedClass } from "./class-translation.js";
import { nameOf, namespaceOf, storageOf } from "./known-objects.js";
import { inBackground } from "./refusals.js";
import type { CreatedVolume, Outcome, ProvisionedVolume, RefusalState } from "./types.js";
import { affinityOf, inTreeAffinity } from "./volume-affinity.js";

const ANN_PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
const UNITS = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

export interface VolumeRequest {
  readonly claim: PersistentVolumeClaimLike;
  readonly storageClass: ProvisionedClass;
  /** As it stands, not as it was translated. */
  readonly provisioner: string;
  readonly hasTopology: boolean;
  readonly crossNamespace: boolean;
}

export function requestedBytes(claim: PersistentVolumeClaimLike): bigint {
  return storageOf(claim.spec?.resources?.requests)?.value ?? 0n;
}

export function volumeFrom(request: VolumeRequest, created: CreatedVolume): Outcome {
  const { claim, hasTopology, provisioner, storageClass } = request;
  const wanted = requestedBytes(claim);
  const made = BigInt(created.capacityBytes ?? 0);
  // kube: R-TOP-15 no size means the size that was asked for, and a smaller one is taken back.
  if (made !== 0n && made < wanted) {
    return {
      refusal: inBackground("R-TOP-15", `created volume capacity ${made} less than requested capacity ${wanted}`),
    };
  }
  // kube: R-TOP-15 a driver must say what it filled the volume from, unless a dataSourceRef of the namespace asks for it.
  if (wantsContentSource(request) && created.hasContentSource === false) {
    return { refusal: inBackground("R-TOP-15", "volume content source missing") };
  }
  const affinity = hasTopology ? affinityOf(created.accessibleTopology ?? []) : undefined;
  const stored = inTreeAffinity(storageClass.plugin, affinity);
  if ("refusal" in stored) return stored;
  const { accessModes, volumeAttributesClassName, volumeMode } = claim.spec ?? {};
  const uid = claim.metadata?.uid ?? "";
  const isCsi = storageClass.plugin === "";
  const volume: ProvisionedVolume = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name: `pvc-${uid}`,
      annotations: { [ANN_PROVISIONED_BY]: provisioner },
      ...(Object.keys(stored.labels).length > 0 && { labels: stored.labels }),
    },
    spec: {
      capacity: { storage: binaryQuantity(made === 0n ? wanted : made) },
      accessModes: (accessModes ?? []).map((mode) => mode ?? ""),
      storageClassName: storageClass.name,
      ...(typeof volumeMode === "string" && { volumeMode }),
      ...(volumeAttributesClassName && { volumeAttributesClassName }),
      claimRef: { namespace: namespaceOf(claim), name: nameOf(claim), uid },
      ...(stored.affinity && { nodeAffinity: stored.affinity }),
      ...(isCsi && { csi: { driver: storageClass.driver, volumeHandle: created.volumeHandle ?? "" } }),
    },
  };
  return { volume };
}

/** What becomes of a claim after an error of the driver; `mayReschedule`: there is topology, and a selected node. */
export function stateAfterError(code: string, mayReschedule: boolean): RefusalState {
  // kube: R-TOP-5 a full place is given up, an unclear answer waited for, everything else is over.
  if (code === "RESOURCE_EXHAUSTED") return mayReschedule ? "Reschedule" : "Finished";
  return IN_BACKGROUND.includes(code) ? "InBackground" : "Finished";
}

const IN_BACKGROUND = ["CANCELED", "CANCELLED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "ABORTED"];

function wantsContentSource({ claim, crossNamespace }: VolumeRequest): boolean {
  const { dataSource, dataSourceRef } = claim.spec ?? {};
  return Boolean(dataSource) || (crossNamespace && Boolean(dataSourceRef?.namespace));
}

/** Bytes as Kubernetes writes a quantity that was made from a number. */
function binaryQuantity(bytes: bigint): string {
  // kube: R-QTY-2 below 1024 it is written in decimal units, from there on in the largest binary one that divides it.
  if (bytes < 1024n) return bytes === 1000n ? "1k" : String(bytes);
  let unit = 0;
  let amount = bytes;
  while (amount % 1024n === 0n && unit < UNITS.length - 1) {
    amount /= 1024n;
    unit++;
  }
  return `${amount}${UNITS[unit]}`;
}
