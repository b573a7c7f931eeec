// cli: the pods that were read, and the order that was asked for -> which of two goes first.

import type { PlanOrder } from "../whatif/plan-types.js";
import type { KubeObject } from "./fields.js";
import { dig, textAt } from "./fields.js";

export const POD_ORDERS = ["given", "created", "priority", "size"] as const;
export type PodOrder = (typeof POD_ORDERS)[number];

/** What the classes that every cluster has stand for. */
const SYSTEM_CLASSES: { readonly [name: string]: number } = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
};

/** `objects` hold the pods with all their fields. */
export function orderOf(order: PodOrder, objects: readonly KubeObject[]): PlanOrder {
  if (order === "given" || order === "size") return order;
  const pods = new Map<string, KubeObject>();
  for (const object of objects) {
    if (object.kind !== "Pod") continue;
    pods.set(`${textAt(object, "metadata", "namespace")}/${textAt(object, "metadata", "name")}`, object);
  }
  return (pod, other) => {
    const [first, second] = [pods.get(pod), pods.get(other)];
    const byPriority = order === "priority" ? priorityOf(second) - priorityOf(first) : 0;
    return byPriority || compare(createdAt(first), createdAt(second));
  };
}

/** `spec.priority`, which admission fills in from the class; 0 where nobody has. */
function priorityOf(pod: KubeObject | undefined): number {
  const priority = dig(pod, "spec", "priority");
  if (typeof priority === "number") return priority;
  return SYSTEM_CLASSES[textAt(pod, "spec", "priorityClassName")] ?? 0;
}

/** Milliseconds; a pod that says no time is the youngest. */
function createdAt(pod: KubeObject | undefined): number {
  const created = dig(pod, "metadata", "creationTimestamp");
  const time = created instanceof Date ? created.getTime() : Date.parse(String(created));
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
