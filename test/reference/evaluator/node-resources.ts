// NodeResourcesFit (R-NOD-31 to R-NOD-39): every pod of a node is counted anew for every question.

import { integer, readAmount } from "./amounts.js";
import type { Cluster } from "./cluster.js";
import { decided } from "./decided.js";
import { compareBytes } from "./go-text.js";
import type { NodeObject, Pod } from "./kinds.js";
import { type Filtered, type Plugin, type Snapshot, SUCCESS, UAU, UNS } from "./plugin.js";
import { isExtended, isScalar, requested, type Totals, used } from "./pod-requests.js";
import type { Settings } from "./settings.js";

const FIRST = ["cpu", "memory", "ephemeral-storage"];

export const nodeResourcesFit: Plugin = {
  name: "NodeResourcesFit",
  preFilter: (snapshot) => {
    const request = requested(snapshot.pod, snapshot.settings);
    return { filter: (node) => fits(request, node, snapshot) };
  },
};

function fits(request: Totals, node: NodeObject, { pod, cluster, settings }: Snapshot): Filtered {
  const pods = podsOn(node, cluster).filter((other) => !isSame(other, pod));
  const reasons: string[] = [];
  let beyond = false;
  decided("R-NOD-32");
  if (BigInt(pods.length) + 1n > allocatable(node, "pods")) reasons.push("Too many pods");
  const scalars = [...request.keys()].filter(isScalar).sort(compareBytes);
  const asksForNothing = scalars.length === 0 && FIRST.every((name) => (request.get(name) ?? 0n) === 0n);
  if (asksForNothing) decided("R-NOD-33");
  if (!asksForNothing) {
    for (const name of [...FIRST, ...scalars]) {
      const amount = request.get(name) ?? 0n;
      const scalar = isScalar(name);
      decided(scalar ? "R-NOD-35" : "R-NOD-34");
      if (scalar && isIgnored(name, settings)) continue;
      const room = allocatable(node, name);
      const free = BigInt.asIntN(64, room - sumOf(pods, name, settings));
      if (amount <= 0n || amount <= free) continue;
      reasons.push(`Insufficient ${name}`);
      if (amount > room) beyond = true;
    }
  }
  if (reasons.length === 0) return SUCCESS;
  decided("R-NOD-37");
  // 1.33 does not tell a node that is too small from a full one.
  return { code: beyond && settings.minor >= 34 ? UAU : UNS, reasons };
}

function isIgnored(name: string, { ignoredResources, ignoredResourceGroups }: Settings): boolean {
  const ignored =
    isExtended(name) && (ignoredResources.includes(name) || ignoredResourceGroups.includes(name.split("/")[0]));
  if (ignored) decided("R-NOD-36");
  return ignored;
}

function podsOn(node: NodeObject, { pods }: Cluster): Pod[] {
  return pods.filter(({ spec, status }) => {
    if (spec?.nodeName !== node.metadata.name) return false;
    decided("R-NOD-4");
    return status?.phase !== "Succeeded" && status?.phase !== "Failed";
  });
}

function isSame(a: Pod, b: Pod): boolean {
  return a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;
}

function sumOf(pods: Pod[], name: string, settings: Settings): bigint {
  let sum = 0n;
  for (const pod of pods) sum = BigInt.asIntN(64, sum + (used(pod, settings).get(name) ?? 0n));
  return sum;
}

function allocatable({ status }: NodeObject, name: string): bigint {
  decided("R-NOD-31");
  const list = status?.allocatable;
  const text = list && Object.hasOwn(list, name) ? list[name] : undefined;
  return text === undefined ? 0n : integer(readAmount(text), name === "cpu" ? 3 : 0);
}
