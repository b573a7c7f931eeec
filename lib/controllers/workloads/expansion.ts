// controllers: workloads and ephemeral volumes -> the pods and claims of their controllers, in their owner's place.

import { TopologyError } from "../../errors.js";
import { dig, textAt } from "../../objects/fields.js";
import { WORKLOAD_KINDS } from "../../objects/kinds.js";
import { counted } from "../../objects/sentence.js";
import { withDefaults } from "../defaults/api-defaults.js";
import type { Item } from "../manifests/item.js";
import { idOf, naming } from "../manifests/item.js";
import { countFieldOf } from "./decoding.js";
import type { MadeObject } from "./made-objects.js";
import { ephemeralClaims, madeBy, podCount } from "./made-objects.js";

/** As many pods as Kubernetes is tested with. */
const MAX_PODS = 150_000;

/** Replaces workloads by their pods and claims, and adds the claims of ephemeral volumes of every pod. */
export function expandWorkloads(items: readonly Item[], defaultClass: string | undefined): Item[] {
  const taken = new Set(items.map(idOf));
  const nodes = items.flatMap(({ key, kind }) => (kind.name === "Node" ? [key] : []));
  const expanded: Item[] = [];
  const add = ({ kind, object }: MadeObject, index: number): void => {
    const key = `${textAt(object, "metadata", "namespace")}/${textAt(object, "metadata", "name")}`;
    const made: Item = { kind, key, index, lacksUid: true, object: withDefaults(kind.name, object, defaultClass) };
    // What exists already wins.
    const id = idOf(made);
    if (taken.has(id)) return;
    taken.add(id);
    expanded.push(made);
    if (kind.name === "Pod") for (const claim of ephemeralClaims(made.object)) add(claim, index);
  };
  let pods = 0;
  for (const item of items) {
    if (WORKLOAD_KINDS.has(item.kind.name)) {
      pods += podCount(item.object, nodes.length);
      if (pods > MAX_PODS) naming(item.index, () => tooMany(item, nodes.length));
      for (const made of madeBy(item.object, nodes)) add(made, item.index);
      continue;
    }
    expanded.push(item);
    if (item.kind.name === "Pod") for (const claim of ephemeralClaims(item.object)) add(claim, item.index);
  }
  return expanded;
}

function tooMany({ key, kind, object }: Item, nodes: number): never {
  const isDaemonSet = kind.name === "DaemonSet";
  const path = isDaemonSet ? "" : `spec.${countFieldOf(kind.name)}`;
  const what = isDaemonSet ? counted(nodes, "node") : `${path} of ${dig(object, "spec", countFieldOf(kind.name))}`;
  const sentence = `${kind.name} ${key}: ${what} makes more than ${counted(MAX_PODS, "pod")} in all`;
  throw new TopologyError("Malformed", sentence, path);
}
