// filters: a claim that needs a new volume -> the nodes on which one could be made.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../../evaluate/mask.js";
import { CLAIM, STORAGE_CLASS } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Capacities } from "./capacities.js";
import type { PlannedClaim } from "./plan.js";

export interface Provisionable {
  /** Nodes that the class allows; elsewhere BIND. */
  readonly allowed: Mask;
  /** Nodes with room; elsewhere, if allowed, SPACE. */
  readonly roomy: Mask;
}

/** The row of a class that makes volumes, or -1. */
function provisioningClass({ cluster: { ids, storageClasses } }: Context, name: number): number {
  const row = storageClasses.find(EMPTY_TEXT, name);
  const provisioner = storageClasses.get(row, STORAGE_CLASS.provisioner);
  // kube: R-PRV-3 a class that provisions nothing.
  return provisioner <= EMPTY_TEXT || provisioner === ids.noProvisioner ? -1 : row;
}

/** Whether a class makes volumes at all. */
export function provisions(context: Context, name: number): boolean {
  return provisioningClass(context, name) >= 0;
}

export function provisionable(context: Context, capacities: Capacities, claim: number): Provisionable {
  const { amounts, cluster, compiler, selectors } = context;
  const { storageClasses } = cluster;
  const name = cluster.claims.get(claim, CLAIM.class);
  const row = provisioningClass(context, name);
  // path: provision: a class that makes none if row < 0
  if (row < 0) return { allowed: NO_NODES, roomy: ALL_NODES };
  // kube: R-PRV-8 nothing is asked about the driver on the node, the claim's selector or its source.
  // kube: R-PRV-4 the nodes of allowedTopologies.
  const allowed = selectors.mask(compiler.topology(storageClasses.get(row, STORAGE_CLASS.allowedTopologies)));
  const request = cluster.requestOf(claim);
  // path: provision: wherever the class allows if !needsRoom(context, row, request)
  if (!needsRoom(context, row, request)) return { allowed, roomy: ALL_NODES };
  // kube: R-PRV-5 too little room is a reason of its own.
  return { allowed, roomy: capacities.reach(name, amounts.value(request)) };
}

/** Whether a claim is provisioned only where there is room. */
export function asksForRoom(context: Context, { class: name, requested }: PlannedClaim): boolean {
  const row = provisioningClass(context, name);
  return row >= 0 && needsRoom(context, row, requested);
}

/** Whether claims of a class (a row) with this request (a token) are provisioned only where there is room. */
function needsRoom({ cluster }: Context, storageClass: number, request: number): boolean {
  // kube: R-CAP-1 a claim that requests nothing is not checked.
  // kube: R-CAP-2 nor is one whose provisioner has no CSIDriver.
  // kube: R-CAP-3 nor is one whose driver does not report capacity.
  return request !== 0 && cluster.reportsCapacity(cluster.storageClasses.get(storageClass, STORAGE_CLASS.provisioner));
}
