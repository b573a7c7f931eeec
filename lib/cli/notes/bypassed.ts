// cli: pods that were put on a node past the scheduler, and claims that wait for the scheduler -> a line.

import type { TopologyMatcher } from "../../index.js";
import { counted } from "../failure.js";
import type { KubeObject } from "../fields.js";
import { dig, listAt, objectAt, textAt } from "../fields.js";
import { classOf, delayedClassOf, hasSelectedNode } from "./claim-state.js";
import { claimKeysOf } from "./evaluated.js";

/** Whether a pod has a node but has not started yet; one whose claims nobody binds stays so. */
export function isStarting(pod: KubeObject): boolean {
  const phase = textAt(pod, "status", "phase");
  return (
    (phase === "" || phase === "Pending") &&
    textAt(pod, "spec", "nodeName") !== "" &&
    dig(pod, "metadata", "deletionTimestamp") === undefined &&
    listAt(pod, "spec", "volumes").length > 0
  );
}

/** Whether a claim is neither bound nor on its way to a volume or a node. */
export function isWaiting(claim: KubeObject): boolean {
  return textAt(claim, "spec", "volumeName") === "" && !hasSelectedNode(claim) && classOf(claim) !== "";
}

export interface Suspects {
  /** Keys of the pods that `isStarting` says. */
  readonly starting: readonly string[];
  /** Keys of the pods that wait for a node: the scheduler binds their claims. */
  readonly pending: readonly string[];
  /** Keys of the claims that `isWaiting` says. */
  readonly waiting: readonly string[];
}

/** Undefined where there is no such pod. Costs about 20 us for each suspect. */
export function bypassedLine(matcher: TopologyMatcher, suspects: Suspects): string | undefined {
  if (suspects.starting.length === 0) return undefined;
  const waiting = new Map<string, string>();
  for (const key of suspects.waiting) {
    const claim = objectAt(matcher.persistentVolumeClaims.get(key));
    if (delayedClassOf(claim, matcher) !== undefined) waiting.set(key, classOf(claim));
  }
  if (waiting.size === 0) return undefined;
  for (const key of suspects.pending) for (const claim of claimKeysOf(podOf(matcher, key))) waiting.delete(claim);
  const found = suspects.starting.flatMap((key) => {
    const pod = podOf(matcher, key);
    const claim = claimKeysOf(pod).find((name) => waiting.has(name));
    return claim === undefined ? [] : [{ key, claim, node: textAt(pod, "spec", "nodeName") }];
  });
  // The volume controller binds what is reserved for a claim without waiting for a pod.
  const reserved = found.length > 0 ? reservedClaims(matcher) : new Set();
  const [first, ...more] = found.filter(({ claim }) => !reserved.has(claim));
  if (first === undefined) return undefined;
  const others = more.length > 0 ? `; so it is with ${counted(more.length, "more pod")}` : "";
  return (
    `pod ${first.key} names its node ${first.node}, so no scheduler looks at it, but claim ${first.claim} of class ` +
    `${waiting.get(first.claim)} waits for one: nobody will bind the claim, and the pod will not start${others}`
  );
}

function podOf(matcher: TopologyMatcher, key: string): KubeObject {
  return objectAt(matcher.pods.get(key));
}

/** Claims that some volume names. */
function reservedClaims(matcher: TopologyMatcher): ReadonlySet<string> {
  const claims = new Set<string>();
  for (const name of matcher.persistentVolumes.keys()) {
    const reference = objectAt(matcher.persistentVolumes.get(name), "spec", "claimRef");
    claims.add(`${textAt(reference, "namespace")}/${textAt(reference, "name")}`);
  }
  return claims;
}
