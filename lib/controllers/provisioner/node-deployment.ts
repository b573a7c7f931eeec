// controllers: a provisioner that runs on every node: what the one on this node knows, whose claims it takes care of, and
// which it takes that no node was selected for.

import type { PersistentVolumeClaimLike, StorageClassLike } from "../../objects/types.js";
import { compareUtf8 } from "../../objects/utf8.js";
import { ANN_SELECTED_NODE } from "../persistent-volume/annotations.js";
import type { Attempt } from "./attempt.js";
import { askTopology, prepare } from "./attempt.js";
import { bytesOf } from "./bad-arguments.js";
import { ClusterTopology } from "./cluster-topology.js";
import { clusterOfLists, nameOf, namespaceOf } from "./known-objects.js";
import { requestedBytes } from "./provisioned-volume.js";
import { ignored, notAttempted } from "./refusals.js";
import type { AvailableCapacity, NodeDeployment, Refusal } from "./types.js";

/** What it knows of topology: its own node, with the driver as NodeGetInfo has it. */
export function ownTopology({ node, segments = {} }: NodeDeployment, driver: string): ClusterTopology {
  const topologyKeys = Object.keys(segments).sort(compareUtf8);
  // kube: R-TOP-6 the cluster's Nodes and CSINodes do not count.
  const lists = {
    nodes: [{ metadata: { name: node, labels: segments } }],
    csiNodes: [{ metadata: { name: node }, spec: { drivers: [{ name: driver, topologyKeys }] } }],
  };
  return new ClusterTopology(clusterOfLists(lists));
}

/** Why an attempt for a claim whose selected node is `node` is not its business. */
export function foreignRefusal(
  deployment: NodeDeployment,
  claim: PersistentVolumeClaimLike,
  node: string,
): Refusal | undefined {
  // kube: R-TOP-6 it handles claims whose selected node is its own.
  if (node === deployment.node) return undefined;
  const named = `PVC ${namespaceOf(claim)}/${nameOf(claim)}`;
  const why = `it is not assigned to node "${deployment.node}"`;
  return ignored("R-TOP-6", `not responsible for provisioning of ${named} because ${why}`);
}

/** Why it leaves a claim alone as it stands. */
export function leftAlone(deployment: NodeDeployment, claim: PersistentVolumeClaimLike): Refusal | undefined {
  const selected = claim.metadata?.annotations?.[ANN_SELECTED_NODE] ?? "";
  const foreign = foreignRefusal(deployment, claim, selected);
  return foreign && notAttempted(foreign.rule, foreign.reason);
}

/** Whether it selects its node for a claim that has none. The attempt is one for its node; the class is as it is written. */
export function takesClaim(
  attempt: Attempt,
  { allowedTopologies: terms, volumeBindingMode: mode }: StorageClassLike,
  available: AvailableCapacity,
): boolean {
  const { claim, settings, storageClass } = attempt;
  const allowedTopologies = terms ?? [];
  if ((claim.metadata?.annotations?.[ANN_SELECTED_NODE] ?? "") !== "") return false;
  // kube: R-TOP-6 a class must say Immediate in so many words, and the flag must be on.
  if (mode !== "Immediate" || settings.nodeDeployment?.immediateBinding === false) return false;
  const hasTopology = settings.capabilities.has("VOLUME_ACCESSIBILITY_CONSTRAINTS");
  // kube: R-TOP-6 what the class allows must hold on the node.
  const written = { ...storageClass, allowedTopologies };
  if (hasTopology && allowedTopologies.length > 0 && askTopology({ ...attempt, storageClass: written }).refusal)
    return false;
  const wanted = requestedBytes(claim);
  if (wanted === 0n) return true;
  const { refusal, requirements } = prepare(attempt);
  // kube: R-TOP-6 where this cannot be told the claim is taken, so that the next pass tells why.
  if (refusal !== undefined) return true;
  for (const place of requirements?.requisite ?? [undefined]) {
    const room = available(place);
    if (room === undefined || bytesOf(room, "available", "takes") >= wanted) return true;
  }
  return false;
}
