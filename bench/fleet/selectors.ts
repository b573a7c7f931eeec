// bench: many distinct node selectors, and volumes, claims and pods that use each of them several times.

import type { NodeSelectorTermLike, PersistentVolumeLike } from "../../lib/index.js";
import { boundVolume, termsOf } from "./bound.js";
import { hash } from "./hash.js";
import { nodeName, POOLS, poolName, TYPES, typeName, ZONES, zoneName } from "./nodes.js";

/** So many distinct selectors: half name zone, pool and type, a quarter is mixed, the rest name one node. */
export function distinctSelectors(count: number, nodes: number): NodeSelectorTermLike[][] {
  const seen = new Set<string>();
  const selectors: NodeSelectorTermLike[][] = [];
  for (let i = 0; selectors.length < count; i++) {
    const terms = i % 4 < 2 ? [combination(i)] : i % 4 === 2 ? termsOf("mixed", i, nodes) : termsOf("local", i, nodes);
    const text = JSON.stringify(terms);
    if (seen.has(text)) continue;
    seen.add(text);
    selectors.push(terms);
  }
  return selectors;
}

function combination(i: number): NodeSelectorTermLike {
  const one = (key: string, ...values: string[]) => ({ key, operator: "In", values });
  return {
    matchExpressions: [
      one("topology.kubernetes.io/zone", zoneName(hash(i, 90) % ZONES)),
      one("example.com/pool", poolName(hash(i, 91) % POOLS), poolName(hash(i, 92) % POOLS)),
      one("node.kubernetes.io/instance-type", typeName(hash(i, 93) % TYPES), typeName(hash(i, 94) % TYPES)),
    ],
  };
}

/** A free local volume of class `local`. */
export function freeLocal(i: number, node: number, gi: number): PersistentVolumeLike {
  const { metadata, spec } = boundVolume(i, [
    { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [nodeName(node)] }] },
  ]);
  return {
    metadata: { ...metadata, name: `free-${i}` },
    spec: { ...spec, claimRef: undefined, csi: undefined, capacity: { storage: `${gi}Gi` }, storageClassName: "local" },
    status: { phase: "Available" },
  };
}
