// What the cases of CSI migration and of VolumeZone share: keys of zones, in-tree volumes, nodes that have moved.

import {
  boundPair,
  claim,
  type Expression,
  type KubeObject,
  movedPlugins,
  node,
  pod,
  ref,
  type Term,
  type VolumeOptions,
  volume,
} from "./build.js";
import { AFF, by, type ConformanceCase, type Expectation } from "./case.js";

export const ZONE = "topology.kubernetes.io/zone";
export const ZONE_BETA = "failure-domain.beta.kubernetes.io/zone";
export const REGION = "topology.kubernetes.io/region";
export const REGION_BETA = "failure-domain.beta.kubernetes.io/region";
export const EBS_ZONE = "topology.ebs.csi.aws.com/zone";
export const GKE_ZONE = "topology.gke.io/zone";
export const CINDER_ZONE = "topology.cinder.csi.openstack.org/zone";

export const EBS = { awsElasticBlockStore: { volumeID: "vol-1" } };
export const GCE = { gcePersistentDisk: { pdName: "pd-1" } };
export const CINDER = { cinder: { volumeID: "cinder-1" } };

/** Nodes of these names have moved aws-ebs, gce-pd and cinder. */
export function moved(...names: readonly string[]): KubeObject[] {
  return names.map((name) => movedPlugins(name, ["aws-ebs", "gce-pd", "cinder"]));
}

/** A node for each label value, named for it. */
export function nodesBy(key: string, ...values: readonly string[]): KubeObject[] {
  return values.map((value) => node(value, { [key]: value }));
}

/** The claim c of default/pod, bound to a volume with these options. */
export function bound(
  id: string,
  title: string,
  rules: readonly string[],
  nodes: readonly KubeObject[],
  options: VolumeOptions,
  expect: Expectation,
): ConformanceCase {
  return { id, title, rules, objects: [...nodes, ...boundPair(options), pod("c")], expect };
}

/** Nodes that fit, and nodes that the affinity keeps away. */
export function split(feasible: readonly string[], infeasible: readonly string[]): Expectation {
  return { feasible, infeasible: Object.fromEntries(infeasible.map((name) => [name, [AFF]])) };
}

export const zoneIn = (key: string, ...values: string[]): Expression => [key, "In", ...values];
/** An EBS volume with these terms. */
export const ebs = (...terms: Term[]): VolumeOptions => ({ spec: EBS, terms });

/** The verdict of VolumeZone on a node whose zone is another one. */
export const CONFLICT = by("VolumeZone", "node(s) had no available volume zone");
export const ALONE = { filters: ["VolumeZone"] } as const;
export const BOTH = { filters: ["VolumeBinding", "VolumeZone"] } as const;

export const nodeA = node("nodeA", { [ZONE]: "a" });
export const nodeB = node("nodeB", { [ZONE]: "b" });
export const bare = node("bare", { disk: "ssd" });
export const three = [nodeA, nodeB, bare];

/** Nodes that fit, and nodes whose zone is another one. */
export function apart(feasible: readonly string[], infeasible: readonly string[]): Expectation {
  return { feasible, infeasible: Object.fromEntries(infeasible.map((name) => [name, CONFLICT])) };
}

/** A second claim, bound to a volume with these labels. */
export function secondClaim(labels: NonNullable<VolumeOptions["labels"]>): KubeObject[] {
  return [claim("d", { boundTo: "pv2" }), volume("pv2", { claimRef: ref("d", "uid-d"), phase: "Bound", labels })];
}
