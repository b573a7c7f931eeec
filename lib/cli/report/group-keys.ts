// cli: nodes -> the label keys by which a report can group them, the one that was asked for first.

import type { TopologyMatcher } from "../../index.js";
import type { NodeFacts } from "../../report/builder.js";
import { nearest, suggesting } from "../did-you-mean.js";
import { Failure } from "../failure.js";

const ZONES = [
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
];
const OTHERS = ["node.kubernetes.io/instance-type", "kubernetes.io/hostname"];
/** A page offers so many. */
const MOST_KEYS = 8;
/** So many capacity objects are looked at. */
const LOOKED_AT = 1000;
/** How many keys a sentence offers. */
const OFFERED = 3;

export function nodeFacts({ nodes }: TopologyMatcher): NodeFacts[] {
  return Array.from(nodes.keys(), (name) => ({ name, labels: nodes.get<NodeLike>(name)?.metadata?.labels ?? {} }));
}

interface NodeLike {
  readonly metadata?: { readonly labels?: { readonly [key: string]: string } };
}

/**
 * Zones and regions, what drivers and classes call topology, instance type and host name, as far as nodes have them.
 * @throws Failure for a key that no node has; it says which keys are near.
 */
export function groupKeys(matcher: TopologyMatcher, nodes: readonly NodeFacts[], wanted: string | undefined): string[] {
  const known = new Set(nodes.flatMap(({ labels }) => Object.keys(labels)));
  if (wanted !== undefined && !known.has(wanted)) {
    const hint = nodes.length === 0 ? ", for there are no nodes" : suggesting(nearest(wanted, known, OFFERED));
    throw new Failure(`no node has the label ${wanted}${hint}`);
  }
  const keys = new Set(wanted === undefined ? [] : [wanted]);
  for (const key of [...ZONES, ...topologyKeys(matcher), ...OTHERS]) if (known.has(key)) keys.add(key);
  return [...keys].slice(0, MOST_KEYS);
}

/** The place of the key that was wanted, or of the first that brings nodes together; -1 where none does. */
export function groupByOf(keys: readonly string[], nodes: readonly NodeFacts[], wanted: string | undefined): number {
  if (wanted !== undefined) return 0;
  return keys.findIndex((key) => {
    const values = nodes.flatMap(({ labels }) => labels[key] ?? []);
    return new Set(values).size < values.length;
  });
}

/** The keys that drivers, classes and capacity objects call topology, in the order in which they are met. */
function topologyKeys({ csiNodes, csiStorageCapacities, storageClasses }: TopologyMatcher): Set<string> {
  const keys = new Set<string>();
  for (const name of csiNodes.keys()) {
    for (const { topologyKeys: some } of csiNodes.get<CsiNodeLike>(name)?.spec?.drivers ?? []) {
      for (const key of some ?? []) keys.add(key);
    }
  }
  for (const name of storageClasses.keys()) {
    for (const { matchLabelExpressions } of storageClasses.get<ClassLike>(name)?.allowedTopologies ?? []) {
      for (const { key } of matchLabelExpressions ?? []) if (key !== undefined) keys.add(key);
    }
  }
  // Capacity objects of one driver have the same keys.
  for (const name of [...csiStorageCapacities.keys()].slice(0, LOOKED_AT)) {
    const labels = csiStorageCapacities.get<CapacityLike>(name)?.nodeTopology?.matchLabels ?? {};
    for (const key of Object.keys(labels)) keys.add(key);
  }
  return keys;
}

interface CsiNodeLike {
  readonly spec?: { readonly drivers?: readonly { readonly topologyKeys?: readonly string[] | null }[] | null };
}

interface ClassLike {
  readonly allowedTopologies?: readonly { readonly matchLabelExpressions?: readonly { readonly key?: string }[] }[];
}

interface CapacityLike {
  readonly nodeTopology?: { readonly matchLabels?: { readonly [key: string]: string } } | null;
}
