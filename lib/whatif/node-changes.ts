// whatif: nodes that are cordoned, drained, removed or labelled anew, and the pods that lose their place by it.

import type { NodeLike, PodLike, TopologyMatcher } from "../index.js";
import { Matcher } from "../matcher.js";
import { podsByNode } from "./baseline.js";

/** The pods that lost their node, and the node. */
export type Displaced = Map<string, string>;

const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

type Taints = NonNullable<NonNullable<NodeLike["spec"]>["taints"]>;

export function cordon(matcher: TopologyMatcher, name: string, on: boolean): void {
  const node = matcher.nodes.get(name) as NodeLike;
  const taints: Taints = (node.spec?.taints ?? []).filter(({ key }) => key !== UNSCHEDULABLE);
  // The node lifecycle controller taints what is cordoned.
  const cordoned = on ? [...taints, { key: UNSCHEDULABLE, effect: "NoSchedule" }] : taints;
  matcher.nodes.upsert({ ...node, spec: { ...node.spec, unschedulable: on, taints: cordoned } });
}

export function relabel(
  matcher: TopologyMatcher,
  name: string,
  changes: { readonly [key: string]: string | null },
): void {
  const node = matcher.nodes.get(name) as NodeLike;
  const labels = relabelled(node.metadata?.labels ?? {}, changes);
  matcher.nodes.upsert({ ...node, metadata: { ...node.metadata, labels } });
}

export function relabelled(
  labels: { readonly [key: string]: string },
  changes: { readonly [key: string]: string | null },
): { readonly [key: string]: string } {
  const entries = Object.entries({ ...labels, ...changes }).filter((entry): entry is [string, string] => {
    return entry[1] !== null;
  });
  return Object.fromEntries(entries);
}

/** Takes the pods off nodes, and the nodes away where they are removed. O(pods). */
export function vacate(
  matcher: TopologyMatcher,
  names: readonly string[],
  removed: boolean,
  stay: ReadonlySet<string>,
  displaced: Displaced,
): void {
  const byNode = podsByNode(Matcher.behind(matcher)!);
  const { cluster } = Matcher.behind(matcher)!;
  const there = names.map((name) => (byNode.get(matcher.nodeId(name)) ?? []).map((pod) => cluster.pods.keyOf(pod)));
  for (const [i, name] of names.entries()) {
    for (const key of there[i]) {
      if (stay.has(key)) {
        if (removed) matcher.pods.delete(key);
      } else if (evict(matcher, key)) displaced.set(key, name);
    }
    if (!removed) {
      cordon(matcher, name, true);
      continue;
    }
    matcher.nodes.delete(name);
    matcher.csiNodes.delete(name);
  }
}

/** Whether the pod comes back: one that is being deleted does not. It waits for a node then, as one that was just made. */
function evict(matcher: TopologyMatcher, key: string): boolean {
  const pod = matcher.pods.get(key) as PodLike;
  if (pod.metadata?.deletionTimestamp) {
    matcher.pods.delete(key);
    return false;
  }
  matcher.pods.upsert({ ...pod, spec: { ...pod.spec, nodeName: undefined }, status: { phase: "Pending" } });
  return true;
}
