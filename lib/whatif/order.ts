// whatif: pods and the wish for an order -> the pods in it.

import { TopologyError } from "../errors.js";
import { claimUseOf, ephemeralClaim, NAMED, NO_CLAIM, namedClaim, visitVolumes } from "../evaluate/pod-volumes.js";
import type { Evaluation } from "../evaluation.js";
import { CLAIM, POD } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { PlanOrder } from "./plan-types.js";

/** Sorts rows of pods; equal ones stay as they are. @throws TopologyError `BadOption`. */
export function inOrder(evaluation: Evaluation, pods: readonly number[], order: PlanOrder = "given"): number[] {
  if (order === "given") return [...pods];
  if (order === "size") {
    const sizes = new Map(pods.map((pod) => [pod, unboundStorage(evaluation, pod)]));
    return [...pods].sort((a, b) => compare(sizes.get(b) as bigint, sizes.get(a) as bigint));
  }
  if (typeof order !== "function") {
    throw new TopologyError("BadOption", `order must be given, size or a function, but is ${String(order)}`, "order");
  }
  const { pods: table } = evaluation.cluster;
  const keys = new Map(pods.map((pod) => [pod, table.keyOf(pod)]));
  return [...pods].sort((a, b) => order(keys.get(a) as string, keys.get(b) as string));
}

/** What a pod's claims without a volume ask for together, in units of 10^-9. A claim that is missing asks for nothing. */
function unboundStorage({ cluster, context }: Evaluation, pod: number): bigint {
  const { claims, pods, strings } = cluster;
  const namespace = pods.get(pod, POD.namespace);
  const seen = new Set<number>();
  visitVolumes(cluster, pod, (volume) => {
    const use = claimUseOf(volume);
    if (use === NO_CLAIM) return true;
    const name = use === NAMED ? namedClaim(volume) : strings.find(ephemeralClaim(cluster, pod, volume));
    const claim = claims.find(namespace, name);
    if (claim >= 0 && claims.get(claim, CLAIM.volumeName) <= EMPTY_TEXT) seen.add(claim);
    return true;
  });
  let sum = 0n;
  for (const claim of seen) sum += context.amounts.nanos(cluster.requestOf(claim));
  return sum;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
