// whatif: which pods are meant: those that were named, or all that wait for a node.

import { TopologyError } from "../errors.js";
import type { Evaluation } from "../evaluation.js";
import type { TopologyMatcher } from "../index.js";
import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import { podRow } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Table } from "../intern/table.js";
import { Matcher } from "../matcher.js";
import { badArgument, givenName, itemsOf } from "../objects/arguments.js";
import { whereabouts } from "../objects/near-keys.js";
import { compareUtf8 } from "../objects/utf8.js";

const DELETED = podRow.column("metadata.deletionTimestamp");

/** The rows of the pods of a caller's list, each once, in its order; without a list, of the pods that wait, by key. */
export function podRows({ cluster }: Evaluation, given: Iterable<string> | undefined, call: string): number[] {
  if (given === undefined) return waitingPods(cluster);
  const rows = itemsOf(given, "pods", `pods of ${call}`).map((key, i) => rowOfPod(cluster.pods, key, `pods[${i}]`));
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

/** The same of a pod by its key; false where there is none. */
export function waits(matcher: TopologyMatcher, key: string): boolean {
  const { cluster } = Matcher.behind(matcher) as Evaluation;
  const row = cluster.pods.findKey(key);
  return row >= 0 && isWaiting(cluster, row);
}

/** The row of a pod. @throws TopologyError `BadArgument`, or `UnknownPod` that says where the name is or offers the nearest. */
export function rowOfPod(pods: Table, key: unknown, path: string): number {
  if (typeof key !== "string") throw badArgument(path, `${path} must be a pod's key, but is ${givenName(key)}`);
  const row = pods.findKey(key);
  if (row >= 0) return row;
  const known: string[] = [];
  for (let other = 0; other < pods.limit; other++) if (pods.has(other)) known.push(pods.keyOf(other));
  throw new TopologyError("UnknownPod", `Pod ${key} is not known to the matcher${whereabouts(key, known)}`, path);
}
