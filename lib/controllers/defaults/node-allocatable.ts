// controllers: nodes without allocatable -> nodes that say how much they hold, so that pods are not refused for it.

import { isLabelKey } from "../../compile/label-grammar.js";
import type { KubeObject } from "../../objects/fields.js";
import { dig, listAt, objectAt, put } from "../../objects/fields.js";

/** What a node of unknown size is given: more than any pod asks for. */
const PLENTY: KubeObject = { cpu: "1000000", memory: "1Ei", "ephemeral-storage": "1Ei", pods: "1000000" };
const PLENTY_OF_ONE = "1000000";

/** The node with its capacity as allocatable; undefined where it has neither. */
export function withCapacity(node: KubeObject): KubeObject | undefined {
  if (dig(node, "status", "allocatable") !== undefined) return node;
  const capacity = dig(node, "status", "capacity");
  return capacity === undefined ? undefined : put(node, ["status", "allocatable"], capacity);
}

/** A node of unknown size with plenty of everything, the extended resources that were asked for included. */
export function withPlenty(node: KubeObject, extended: Iterable<string>): KubeObject {
  const more = [...extended].map((name) => [name, PLENTY_OF_ONE]);
  return put(node, ["status", "allocatable"], { ...PLENTY, ...Object.fromEntries(more) });
}

/** The extended resources that pods ask for, sorted. */
export function extendedResources(pods: Iterable<KubeObject>): string[] {
  const names = new Set<string>();
  for (const pod of pods) {
    const containers = [...listAt(pod, "spec", "containers"), ...listAt(pod, "spec", "initContainers")];
    for (const container of containers) add(names, objectAt(container, "resources", "requests"));
    add(names, objectAt(pod, "spec", "overhead"));
  }
  return [...names].sort();
}

function add(names: Set<string>, requests: KubeObject): void {
  for (const name of Object.keys(requests)) if (isExtended(name)) names.add(name);
}

function isExtended(name: string): boolean {
  // kube: R-NOD-29 a name with a domain of its own, which could be counted in a quota.
  if (!name.includes("/") || name.includes("kubernetes.io/") || name.startsWith("requests.")) return false;
  return isLabelKey(`requests.${name}`);
}
