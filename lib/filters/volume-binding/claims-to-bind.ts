// filters: delayed claims -> what each of them wants of the existing volumes, in the order in which they are served.

import type { Context } from "../../evaluate/context.js";
import type { Least } from "../../evaluate/least.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { goSort } from "../../objects/go-sort.js";
import type { ClaimShape, FreeList, FreeVolumes } from "./free-volumes.js";
import { shapeOf, suits } from "./free-volumes.js";
import type { PlannedClaim } from "./plan.js";

/** A claim that looks for an existing volume. */
export interface ClaimToBind extends PlannedClaim {
  /** The exact amount that it requests, in units of 10^-9. */
  readonly request: bigint;
  /** From which rank on a volume holds that. */
  readonly least: Least;
  /** Volumes reserved for this very claim that suit it, by name. */
  readonly reserved: readonly number[];
  readonly list: FreeList;
}

/** The claims by request, or the text of an Error status. */
export function claimsToBind(
  context: Context,
  freeVolumes: FreeVolumes,
  claims: readonly number[],
): ClaimToBind[] | string {
  const { amounts, cluster } = context;
  freeVolumes.settle();
  const sorted = claims.map((claim) => {
    const requested = cluster.requestOf(claim);
    return { claim, requested, request: amounts.nanos(requested) };
  });
  // kube: R-MAT-1 the smallest request first; equal ones in the order in which Go's sort leaves them.
  // path: match: more than 12 claims in Go's order if claims.length > 12
  if (claims.length > 1) goSort(sorted, (a, b) => a.request < b.request);
  const toBind: ClaimToBind[] = [];
  for (const { claim, request, requested } of sorted) {
    const shape = claimShape(context, claim);
    if (typeof shape === "string") return shape;
    toBind.push({
      claim,
      requested,
      class: shape.class,
      storageClassName: cluster.claims.get(claim, CLAIM.storageClassName),
      request,
      least: freeVolumes.least(request),
      reserved: reservedFor(context, claim, shape, request),
      list: freeVolumes.list(shape),
    });
  }
  // All capacities are known now, so no list unsettles another any more.
  for (const { list } of toBind) freeVolumes.refresh(list);
  return toBind;
}

/** What a claim asks of a volume besides its size, or the text of an error. */
export function claimShape(
  { behaviour, cluster, compiler }: Pick<Context, "behaviour" | "cluster" | "compiler">,
  claim: number,
): ClaimShape | string {
  // kube: R-GATE-3 without the gate a claim must not name an attributes class; asked before its selector.
  if (
    cluster.claims.get(claim, CLAIM.volumeAttributesClassName) > EMPTY_TEXT &&
    behaviour.gates.get("VolumeAttributesClass") === false
  ) {
    const key = cluster.claims.keyOf(claim);
    return `unsupported volumeAttributesClassName is set on claim ${key} when the feature-gate VolumeAttributesClass is disabled`;
  }
  const block = cluster.claims.get(claim, CLAIM.selector);
  // kube: R-LS-1 a claim without a selector is not restricted.
  const selector = block === 0 ? compiler.programs.EVERYTHING : compiler.labelSelector(block);
  // kube: R-MAT-2 the selector is converted whether or not there is a candidate.
  if (typeof selector === "number") return shapeOf(cluster, claim, selector);
  // kube: R-LS-5 one that does not convert ends the cycle.
  return `error creating internal label selector for claim: ${cluster.claims.keyOf(claim)}: ${selector}`;
}

/** Volumes whose claimRef is this claim and that pass the tests which count for them. */
function reservedFor({ amounts, cluster }: Context, claim: number, shape: ClaimShape, request: bigint): number[] {
  const { claims, strings, volumes, volumesByClaim } = cluster;
  const rows: number[] = [];
  let row = volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
  for (; row >= 0; row = volumesByClaim.next(row)) {
    // kube: R-MAT-9 a volume of another class is never seen.
    if (volumes.get(row, VOLUME.class) !== shape.class) continue;
    // kube: R-MAT-5 namespace and name are equal, and the uid is, or is not given.
    if (!cluster.claimRefAllows(row, claim)) continue;
    if (suits(cluster, shape, row) && amounts.nanos(cluster.capacityOf(row)) >= request) rows.push(row);
  }
  return rows.sort((a, b) => strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name)));
}
