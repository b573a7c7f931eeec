// Cases of one bound volume and its node affinity.

import { boundPair, type KubeObject, pod, type Term } from "./build.js";
import { AFF, type ConformanceCase, type Expectation } from "./case.js";
import { nodeA, nodeB } from "./world.js";

export const zonal = [nodeA, nodeB];
export const onlyNodeA = split(["nodeA"], ["nodeB"]);
export const onlyNodeB = split(["nodeB"], ["nodeA"]);
export const both = split(["nodeA", "nodeB"], []);
export const neither = split([], ["nodeA", "nodeB"]);

export function split(feasible: string[], rejected: string[]): Expectation {
  return { feasible, infeasible: Object.fromEntries(rejected.map((name) => [name, [AFF]])) };
}

export function affinity(
  id: string,
  title: string,
  rules: string[],
  nodes: readonly KubeObject[],
  terms: readonly Term[],
  expect: Expectation,
): ConformanceCase {
  return { id, title, rules, objects: [...nodes, ...boundPair({ terms }), pod("c")], expect };
}
