// bench: many pods of two bound claims, whose volumes use few masks or many.

import type { NodeSelectorTermLike } from "../../lib/index.js";
import { hash } from "./hash.js";
import { nodeName, POOLS, poolName, ZONES, zoneName } from "./nodes.js";

/** Masks that hold many nodes; those with higher numbers are of one node each. */
export const ROWS = 1_000;

export interface Setup {
  readonly id: string;
  readonly what: string;
  readonly nodes: number;
  readonly pods: number;
  /** Pods, the first ones, whose counts the baselines work out. */
  readonly compared: number;
  /** The masks of a pod's two volumes. */
  readonly pairOf: (pod: number) => readonly [number, number];
  readonly termsOf: (mask: number) => NodeSelectorTermLike[];
}

const one = (key: string, operator: string, values: string[]) => ({ key, operator, values });
const pick = (count: number, of: number, seed: number): number[] => [
  ...new Set(Array.from({ length: count }, (_, i) => hash(seed, 120 + i) % of)),
];

/** One to three zones without two pools: distinct, and all of them hold many nodes. */
export function zonesWithoutPools(mask: number): NodeSelectorTermLike[] {
  const zones = pick(1 + (mask % 3), ZONES, mask).map(zoneName);
  const pools = pick(2, POOLS, mask + 5_000).map(poolName);
  const zone = one("topology.kubernetes.io/zone", "In", zones);
  return [{ matchExpressions: [zone, one("example.com/pool", "NotIn", pools)] }];
}

const local = (node: number): NodeSelectorTermLike[] => [
  { matchExpressions: [one("kubernetes.io/hostname", "In", [nodeName(node)])] },
];

export function setups(quick: boolean): Setup[] {
  const nodes = quick ? 32_768 : 131_072;
  return [
    {
      id: "B7-5000",
      what: "zonal + zonal",
      nodes: 5_000,
      pods: quick ? 40_000 : 500_000,
      compared: quick ? 40_000 : 500_000,
      pairOf: (pod) => [hash(pod, 130) % ROWS, hash(pod, 131) % ROWS],
      termsOf: zonesWithoutPools,
    },
    {
      id: `B7-${nodes}`,
      what: "local + zonal",
      nodes,
      pods: quick ? 8_192 : nodes,
      // Masks after the zonal ones are of one node each; as rows of bits 131,072 of them would take 2 GB.
      compared: 2_000,
      pairOf: (pod) => [ROWS + pod, hash(pod, 132) % ROWS],
      termsOf: (mask) => (mask < ROWS ? zonesWithoutPools(mask) : local(hash(mask, 133) % nodes)),
    },
  ];
}

/** The node of a mask of only one. */
export const singleOf = (mask: number, nodes: number): number => hash(mask, 133) % nodes;
