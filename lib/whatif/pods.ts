// whatif: which pods are meant: those that were named, or all that wait for a node.

import { TopologyError } from "../errors.js";
import type { Evaluation } from "../evaluation.js";
import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import { podRow } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Table } from "../intern/table.js";
import { givenName, itemsOf } from "../objects/arguments.js";
import { whereabouts } from "../objects/near-keys.js";
import { compareUtf8 } from "../objects/utf8.js";

const DELETED = podRow.column("metadata.deletionTimestamp");

/** The rows of the pods of a caller's list, each once, in its order; without a list, of the pods that wait, by key. */
export function podRows({ cluster }: Evaluation, given: Iterable<string> | undefined, call: string): number[] {
  if (given === undefined) return waitingPods(cluster);
  const rows = itemsOf(given, "pods", `pods of ${call}`).map((key, i) => {
    if (typeof key === "string") return rowOf(cluster.pods, key, "UnknownPod", `pods[${i}]`);
    throw new TopologyError("BadArgument", `pods[${i}] must be a pod's key, but is ${givenName(key)}`, `pods[${i}]`);
  });
  return [...new Set(rows)];
}

/** The rows of all pods that wait for a node, by the bytes of their keys. O(pods). */
function waitingPods(cluster: Cluster): number[] {
  const { pods } = cluster;
  const found: { readonly row: number; readonly key: string }[] = [];
  for (let row = 0; row < pods.limit; row++) {
    if (pods.has(row) && isWaiting(cluster, row)) found.push({ row, key: pods.keyOf(row) });
  }
  found.sort((a, b) => compareUtf8(a.key, b.key));
  return found.map(({ row }) => row);
}

/** Whether the scheduler has still to find a node for a pod. */
export function isWaiting(cluster: Cluster, pod: number): boolean {
  const { pods } = cluster;
  return pods.get(pod, POD.nodeName) <= EMPTY_TEXT && pods.get(pod, DELETED) === 0 && !cluster.hasEnded(pod);
}

/** The row of a known object. @throws TopologyError that says where the name is, and offers the nearest names. */
export function rowOf(table: Table, key: string, code: "UnknownPod" | "UnknownNode", path: string): number {
  const row = table.findKey(key);
  if (row >= 0) return row;
  const known: string[] = [];
  for (let other = 0; other < table.limit; other++) if (table.has(other)) known.push(table.keyOf(other));
  throw new TopologyError(
    code,
    `${table.type.kind} ${key} is not known to the matcher${whereabouts(key, known)}`,
    path,
  );
}
