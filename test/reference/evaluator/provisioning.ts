// Whether a claim can be provisioned on a node: topologies and free capacity (R-PRV, R-CAP).

import { classOf, nameOf } from "./classes.js";
import type { Cluster } from "./cluster.js";
import { decided } from "./decided.js";
import { goQuote } from "./go-text.js";
import type { Claim, CSIStorageCapacity, StorageClass } from "./kinds.js";
import { requestOf } from "./matching.js";
import { parseQuantity } from "./quantities.js";
import type { Labels } from "./requirements.js";
import { convertLabelSelector, matchesAll, matchesTopologyTerms } from "./selectors.js";
import type { Settings } from "./settings.js";

const NO_PROVISIONER = "kubernetes.io/no-provisioner";

export type Provision = { failed: "bind" | "space" } | { provisions: Provisioned[] };

/** A claim, and the object recorded for it: the first in which there was room, if any was asked for. */
export interface Provisioned {
  claim: Claim;
  capacity: CSIStorageCapacity | undefined;
}

/** The first claim that fails decides. */
export function checkProvision(claims: Claim[], nodeLabels: Labels, cluster: Cluster, settings: Settings): Provision {
  const provisions: Provisioned[] = [];
  for (const [index, claim] of claims.entries()) {
    const failed = (rule: string, result: "bind" | "space"): Provision => {
      decided(rule);
      if (index < claims.length - 1) decided("R-PRV-7");
      return { failed: result };
    };
    const name = classOf(claim);
    if (name === "") throw new Error(`no class for claim ${goQuote(nameOf(claim))}`);
    const storageClass = cluster.storageClasses.get(name);
    if (!storageClass) throw new Error(`failed to find storage class ${goQuote(name)}`);
    const provisioner = storageClass.provisioner ?? "";
    if (provisioner === "" || provisioner === NO_PROVISIONER) return failed("R-PRV-3", "bind");
    if (!matchesTopologyTerms(storageClass.allowedTopologies, nodeLabels, settings.texts))
      return failed("R-PRV-4", "bind");
    const room = findRoom(claim, storageClass, nodeLabels, cluster, settings);
    if (room === "none") return failed("R-PRV-5", "space");
    provisions.push({ claim, capacity: room });
  }
  if (claims.length > 0) decided("R-PRV-6");
  return { provisions };
}

function findRoom(
  claim: Claim,
  storageClass: StorageClass,
  nodeLabels: Labels,
  cluster: Cluster,
  settings: Settings,
): CSIStorageCapacity | undefined | "none" {
  const driver = cluster.drivers.get(storageClass.provisioner ?? "");
  const missing = claim.spec?.resources?.requests?.storage === undefined;
  if (missing || !driver?.spec?.storageCapacity) {
    decided(missing ? "R-CAP-1" : driver ? "R-CAP-3" : "R-CAP-2");
    return undefined;
  }
  const request = requestOf(claim).value;
  if (request === 0n) decided("R-CAP-9");
  const found = cluster.capacities.find(
    (capacity) =>
      (capacity.storageClassName ?? "") === storageClass.metadata.name &&
      holds(capacity, request) &&
      reaches(capacity, nodeLabels, settings),
  );
  decided(found ? "R-CAP-7" : "R-CAP-4");
  return found ?? "none";
}

function holds({ capacity, maximumVolumeSize }: CSIStorageCapacity, request: bigint): boolean {
  const limit = maximumVolumeSize ?? capacity ?? undefined;
  decided(maximumVolumeSize == null ? "R-CAP-5 (capacity)" : "R-CAP-5 (maximumVolumeSize)");
  return limit !== undefined && parseQuantity(limit).value >= request;
}

function reaches({ nodeTopology }: CSIStorageCapacity, nodeLabels: Labels, settings: Settings): boolean {
  decided("R-CAP-6");
  if (!nodeTopology) {
    decided("R-LS-1");
    return false;
  }
  const converted = convertLabelSelector(nodeTopology, settings.texts);
  if ("error" in converted) decided("R-LS-5");
  return "requirements" in converted && matchesAll(converted.requirements, nodeLabels);
}
