// whatif: nodes that are cordoned, drained, removed or labelled anew, and the pods that lose their place by it.

import type { Evaluation } from "../evaluation.js";
import type { Assumption, NodeLike, PodLike, TopologyMatcher } from "../index.js";
import { Matcher } from "../matcher.js";
import { podsByNode } from "./baseline.js";

/** What becomes of the pods of nodes that are vacated. */
export interface Vacating {
  /** Keys of pods that go with their node. */
  readonly stay: ReadonlySet<string>;
  /** The pods that lost their node, by key, and the node. */
  readonly displaced: Map<string, string>;
  /** The pods that a change has placed, by key. */
  readonly assumed: Map<string, Assumption>;
  /** Takes a pod out. */
  remove(matcher: TopologyMatcher, key: string): void;
}

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
export function vacate(matcher: TopologyMatcher, names: readonly string[], removed: boolean, vacating: Vacating): void {
  const evaluation = Matcher.behind(matcher) as Evaluation;
  const { pods } = evaluation.cluster;
  const byNode = podsByNode(evaluation);
  const there = names.map((name) => (byNode.get(matcher.nodeId(name)) ?? []).map((pod) => pods.keyOf(pod)));
  for (const [i, name] of names.entries()) {
    for (const key of there[i]) {
      if (!vacating.stay.has(key)) evict(matcher, key, name, vacating);
      else if (removed) vacating.remove(matcher, key);
    }
    if (!removed) {
      cordon(matcher, name, true);
      continue;
    }
    matcher.nodes.delete(name);
    matcher.csiNodes.delete(name);
  }
}

/** The pod waits for a node then, as one that was just made; one that is being deleted does not come back. */
function evict(matcher: TopologyMatcher, key: string, node: string, vacating: Vacating): void {
  // One that a change has placed there has reserved its volumes, and no more.
  vacating.assumed.get(key)?.revert();
  const pod = matcher.pods.get(key) as PodLike;
  if (pod.metadata?.deletionTimestamp) {
    vacating.remove(matcher, key);
    return;
  }
  matcher.pods.upsert({ ...pod, spec: { ...pod.spec, nodeName: undefined }, status: { phase: "Pending" } });
  vacating.displaced.set(key, node);
}
