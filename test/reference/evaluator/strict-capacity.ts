// The plugin StrictCapacity, which is ours (docs/rules.md): no node gets more claims than its storage can hold.

import { classOf, nameOf } from "./classes.js";
import { annotation, type Cluster } from "./cluster.js";
import type { Claim, CSIStorageCapacity, NodeObject } from "./kinds.js";
import { requestOf } from "./matching.js";
import { type Plugin, rejected, type Snapshot, SUCCESS } from "./plugin.js";
import { parseQuantity } from "./quantities.js";
import { convertLabelSelector, labelsOf, matchesAll } from "./selectors.js";
import type { Settings } from "./settings.js";
import { volumeBinding } from "./volume-binding.js";

const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const OVERBOOKED = "node(s) did not have enough free storage for all claims";

export const strictCapacity: Plugin = {
  name: "StrictCapacity",
  preFilter: (snapshot) => {
    const before = volumeBinding.preFilter(snapshot);
    if (before === "skip" || "code" in before) return "skip";
    return {
      filter: (node) => {
        const names = before.filter(node).plan?.dynamicProvisions ?? [];
        return hasRoom(names, node, snapshot) ? SUCCESS : rejected(OVERBOOKED);
      },
    };
  },
};

function hasRoom(names: readonly string[], node: NodeObject, { cluster, settings }: Snapshot): boolean {
  const made = [...new Set(names)].map((name) => cluster.claims.get(name)!);
  for (const name of new Set(made.map(classOf))) {
    const storageClass = cluster.storageClasses.get(name);
    if (!cluster.drivers.get(storageClass?.provisioner ?? "")?.spec?.storageCapacity) continue;
    const requests = made.filter((claim) => classOf(claim) === name && asks(claim)).map((claim) => amountOf(claim));
    if (requests.length === 0) continue;
    const object = cluster.capacities.find(
      (capacity) =>
        (capacity.storageClassName ?? "") === name &&
        covers(capacity, node, settings) &&
        requests.every((request) => request <= largestOf(capacity)) &&
        [...requests, ...charges(capacity, made, cluster, settings)].reduce((a, b) => a + b, 0n) <= totalOf(capacity),
    );
    if (object === undefined) return false;
  }
  return true;
}

/** What other claims of its class whose nodes are selected, and which have no volume, want of an object. */
function charges(object: CSIStorageCapacity, own: readonly Claim[], cluster: Cluster, settings: Settings): bigint[] {
  const mine = new Set(own.map(nameOf));
  return [...cluster.claims.values()].flatMap((claim) => {
    const selected = annotation(claim.metadata.annotations, SELECTED_NODE);
    const node = cluster.nodes.find(({ metadata }) => selected && metadata.name === selected);
    const pending = node !== undefined && !claim.spec?.volumeName && !mine.has(nameOf(claim));
    const here = pending && classOf(claim) === object.storageClassName && covers(object, node, settings);
    return here && asks(claim) ? [amountOf(claim)] : [];
  });
}

const asks = (claim: Claim): boolean => claim.spec?.resources?.requests?.storage !== undefined;

const amountOf = (claim: Claim): bigint => requestOf(claim).value;

/** -1: nothing at all. */
const largestOf = ({ capacity, maximumVolumeSize }: CSIStorageCapacity): bigint =>
  amountIn(maximumVolumeSize ?? capacity);

const totalOf = ({ capacity, maximumVolumeSize }: CSIStorageCapacity): bigint =>
  amountIn(capacity ?? maximumVolumeSize);

const amountIn = (quantity: Parameters<typeof parseQuantity>[0] | null | undefined): bigint =>
  quantity == null ? -1n : parseQuantity(quantity).value;

function covers({ nodeTopology }: CSIStorageCapacity, node: NodeObject, settings: Settings): boolean {
  if (!nodeTopology) return false;
  const converted = convertLabelSelector(nodeTopology, settings.texts);
  return "requirements" in converted && matchesAll(converted.requirements, labelsOf(node.metadata.labels));
}
