// What most cases share: two or three zonal nodes, and classes that are named for what they do.

import {
  type ClaimOptions,
  claim,
  csiCapacity,
  type KubeObject,
  limitedClass,
  NO_PROVISIONER,
  node,
  pod,
  storageClass,
  type VolumeOptions,
  volume,
} from "./build.js";
import { type ConformanceCase, type Expectation, SPACE } from "./case.js";

export const nodeA = node("nodeA", { zone: "a" });
export const nodeB = node("nodeB", { zone: "b" });
export const nodeC = node("nodeC", { zone: "c" });
export const unlabelled = node("unlabelled");

/** wffc waits and is provisioned, static waits and nothing provisions it, imm does not wait. */
export const classes: readonly KubeObject[] = [
  storageClass("wffc"),
  storageClass("static", { provisioner: NO_PROVISIONER }),
  storageClass("imm", { mode: "Immediate" }),
];

export const twoZones: readonly KubeObject[] = [nodeA, nodeB, ...classes];
export const threeZones: readonly KubeObject[] = [nodeC, ...twoZones];

/** A node a row, and a volume that only this node reaches: the feasible nodes are the rows that suit the claim. */
export function volumePerNode(rows: Readonly<Record<string, VolumeOptions>>): KubeObject[] {
  const made = Object.entries(rows).flatMap(([name, options], index) => {
    const row = `row-${index}`;
    return [node(name, { row }), volume(`pv-${index}`, { terms: [[["row", "In", row]]], ...options })];
  });
  return [...classes, ...made];
}

/** A node a limit, and an object of class limited that reaches only this node. */
export function capacityPerNode(limits: readonly string[]): KubeObject[] {
  return limits.flatMap((capacity, index) => {
    const row = `row-${index}`;
    return [
      node(limitName(capacity), { row }),
      csiCapacity(`room-${index}`, { topology: { matchLabels: { row } }, capacity }),
    ];
  });
}

export function limitName(limit: string | number): string {
  return `size ${limit}`;
}

/** Two zones and class limited, for which room is needed. */
export const room: readonly KubeObject[] = [nodeA, nodeB, ...limitedClass("limited")];

/** A claim of class limited beside these objects. */
export function asksForRoom(
  id: string,
  title: string,
  rules: readonly string[],
  objects: readonly KubeObject[],
  options: ClaimOptions,
  expect: Expectation,
): ConformanceCase {
  const asking = [claim("c", { class: "limited", ...options }), pod("c")];
  return { id, title, rules, objects: [...room, ...objects, ...asking], expect };
}

/** What comes of asking for room where there is none, and where there is enough. */
export const spaceEverywhere: Expectation = { infeasible: { nodeA: [SPACE], nodeB: [SPACE] } };
export const roomEverywhere: Expectation = {
  feasible: ["nodeA", "nodeB"],
  plans: { nodeA: { provision: ["c"] }, nodeB: { provision: ["c"] } },
};
