// Whether a claim can be provisioned on a node: topologies and free capacity (R-PRV, R-CAP).

import { classOf, nameOf } from "./classes.js";
import type { Cluster } from "./cluster.js";
import { goQuote } from "./go-text.js";
import type { Claim, CSIStorageCapacity, StorageClass } from "./kinds.js";
import { requestOf } from "./matching.js";
import { parseQuantity } from "./quantities.js";
import type { Labels } from "./requirements.js";
import { convertLabelSelector, matchesAll, matchesTopologyTerms } from "./selectors.js";
import type { Settings } from "./settings.js";

const NO_PROVISIONER = "kubernetes.io/no-provisioner";

export type Provision = "ok" | "bind" | "space";

/** The first claim that fails decides. */
export function checkProvision(claims: Claim[], nodeLabels: Labels, cluster: Cluster, settings: Settings): Provision {
  for (const claim of claims) {
    const name = classOf(claim);
    if (name === "") throw new Error(`no class for claim ${goQuote(nameOf(claim))}`);
    const storageClass = cluster.storageClasses.get(name);
    if (!storageClass) throw new Error(`failed to find storage class ${goQuote(name)}`);
    const provisioner = storageClass.provisioner ?? "";
    if (provisioner === "" || provisioner === NO_PROVISIONER) return "bind";
    if (!matchesTopologyTerms(storageClass.allowedTopologies, nodeLabels, settings.texts)) return "bind";
    if (!hasRoom(claim, storageClass, nodeLabels, cluster, settings)) return "space";
  }
  return "ok";
}

function hasRoom(
  claim: Claim,
  storageClass: StorageClass,
  nodeLabels: Labels,
  cluster: Cluster,
  settings: Settings,
): boolean {
  if (claim.spec?.resources?.requests?.storage === undefined) return true;
  const driver = cluster.drivers.get(storageClass.provisioner ?? "");
  if (!driver?.spec?.storageCapacity) return true;
  const request = requestOf(claim).value;
  return cluster.capacities.some(
    (capacity) =>
      (capacity.storageClassName ?? "") === storageClass.metadata.name &&
      holds(capacity, request) &&
      reaches(capacity, nodeLabels, settings),
  );
}

function holds({ capacity, maximumVolumeSize }: CSIStorageCapacity, request: bigint): boolean {
  const limit = maximumVolumeSize ?? capacity ?? undefined;
  return limit !== undefined && parseQuantity(limit).value >= request;
}

function reaches({ nodeTopology }: CSIStorageCapacity, nodeLabels: Labels, settings: Settings): boolean {
  if (!nodeTopology) return false;
  const converted = convertLabelSelector(nodeTopology, settings.texts);
  return "requirements" in converted && matchesAll(converted.requirements, nodeLabels);
}
