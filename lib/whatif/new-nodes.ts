// whatif: nodes like one that is there, with the objects that make them like it.

import type { CSIStorageCapacityLike, LabelSelectorLike, NodeLike, PodLike, TopologyMatcher } from "../index.js";
import { badArgument } from "../objects/arguments.js";
import { known } from "./choose-nodes.js";
import type { Given } from "./given.js";
import { relabelled } from "./node-changes.js";

type Labels = { readonly [key: string]: string };

const HOSTNAME = "kubernetes.io/hostname";
/** Taints that a node has because of what it goes through. */
const PASSING = /^node\.kubernetes\.io\//;
/** No more nodes than a cluster can have in one change. */
const MOST = 1 << 17;
/** More than any driver has, and less than an int64 holds. */
const PLENTY = "4Ei";

/** @throws TopologyError `BadArgument`, `UnknownNode`. */
export function addNodes(matcher: TopologyMatcher, given: Given): void {
  const [like, count, names, labels, assumeCapacity, pods] = given.fields(
    ...["like", "count", "names", "labels", "assumeCapacity", "pods"],
  );
  const template = known(matcher, like.text(), like.path);
  const wanted = newNames(matcher, template, count, names);
  const changes = labels.isMissing ? {} : labels.labels();
  const copied = pods.isMissing ? [] : pods.items().map((pod) => podOf(matcher, pod));
  const assumed = assumeCapacity.flag();
  const node = matcher.nodes.get(template) as NodeLike;
  const before = node.metadata?.labels ?? {};
  const own = ownLabels(matcher, template, before);
  const capacities = new Capacities(matcher, before);
  for (const name of wanted) {
    const after = labelsOf(before, own, name, changes);
    const taints = (node.spec?.taints ?? []).filter(({ key }) => !PASSING.test(key ?? ""));
    const metadata = { ...node.metadata, name, uid: undefined, resourceVersion: undefined, labels: after };
    matcher.nodes.upsert({ ...node, metadata, spec: { ...node.spec, unschedulable: false, taints } });
    const csiNode = matcher.csiNodes.get(template);
    if (csiNode !== undefined) {
      matcher.csiNodes.upsert({ ...csiNode, metadata: { annotations: csiNode.metadata?.annotations, name } });
    }
    for (const pod of copied) matcher.pods.upsert(copyOf(pod, name));
    if (assumed) capacities.assume(name, after);
    else capacities.cover(name, after);
  }
}

function newNames(matcher: TopologyMatcher, like: string, count: Given, names: Given): readonly string[] {
  const wanted = names.isMissing ? [] : names.texts();
  for (const [i, name] of wanted.entries()) {
    const path = `${names.path}[${i}]`;
    if (matcher.nodes.has(name)) throw badArgument(path, `${path}: there is a node ${name} already`);
    if (wanted.indexOf(name) < i) throw badArgument(path, `${path}: ${name} is named twice`);
  }
  if (!names.isMissing) {
    if (!count.isMissing && count.count(MOST) !== wanted.length) {
      throw badArgument(count.path, `${count.path} is ${count.value}, but there are ${wanted.length} names`);
    }
    return wanted;
  }
  const made: string[] = [];
  const all = count.isMissing ? 1 : count.count(MOST);
  for (let i = 1; made.length < all; i++) if (!matcher.nodes.has(`${like}-new-${i}`)) made.push(`${like}-new-${i}`);
  return made;
}

function podOf(matcher: TopologyMatcher, given: Given): PodLike {
  const pod = matcher.pods.get(given.text());
  if (pod === undefined) throw badArgument(given.path, `${given.path}: there is no pod ${given.text()}`);
  return pod;
}

function copyOf(pod: PodLike, node: string): PodLike {
  const metadata = {
    ...pod.metadata,
    name: `${pod.metadata?.name}-${node}`,
    uid: undefined,
    resourceVersion: undefined,
  };
  return { ...pod, metadata, spec: { ...pod.spec, nodeName: node } };
}

/** The keys under which a node has its name or host name, and no other node the same: a role may be called as a node is. */
function ownLabels(matcher: TopologyMatcher, name: string, labels: Labels): ReadonlySet<string> {
  const keys = Object.keys(labels).filter((key) => labels[key] === name || labels[key] === labels[HOSTNAME]);
  const own = new Set(keys);
  for (const other of matcher.nodes.keys()) {
    if (own.size === 0) break;
    if (other === name) continue;
    const theirs = matcher.nodes.get(other)?.metadata?.labels ?? {};
    for (const key of own) if (theirs[key] === labels[key]) own.delete(key);
  }
  return own;
}

/** What says the node's name or host name says the new one's. */
function labelsOf(
  labels: Labels,
  own: ReadonlySet<string>,
  name: string,
  changes: { readonly [key: string]: string | null },
): Labels {
  const renamed = Object.entries(labels).map(([key, value]) => [key, own.has(key) ? name : value]);
  return relabelled({ ...Object.fromEntries(renamed), [HOSTNAME]: name }, changes);
}

/** Capacity objects for new nodes like one with these labels. */
class Capacities {
  /** Those that the node reaches, by class. */
  readonly #reached = new Map<string, CSIStorageCapacityLike[]>();
  readonly #all: CSIStorageCapacityLike[] = [];

  constructor(
    readonly matcher: TopologyMatcher,
    readonly labels: Labels,
  ) {
    for (const key of matcher.csiStorageCapacities.keys()) {
      const object = matcher.csiStorageCapacities.get(key) as CSIStorageCapacityLike;
      this.#all.push(object);
      if (!reaches(object, labels)) continue;
      const name = object.storageClassName ?? "";
      this.#reached.set(name, [...(this.#reached.get(name) ?? []), object]);
    }
  }

  /** In each class of which the other node reaches objects: the same ones for a node that reaches none. */
  cover(node: string, labels: Labels): void {
    for (const [name, objects] of this.#reached) {
      if (this.#all.some((object) => object.storageClassName === name && reaches(object, labels))) continue;
      for (const object of objects) {
        this.#put(object, node, { ...object, nodeTopology: rewritten(object.nodeTopology ?? {}, labels) });
      }
    }
  }

  /** Plenty in every class whose driver publishes capacity. */
  assume(node: string, labels: Labels): void {
    const { matcher } = this;
    for (const key of matcher.storageClasses.keys()) {
      const driver = matcher.storageClasses.get(key)?.provisioner ?? "";
      if (matcher.csiDrivers.get(driver)?.spec?.storageCapacity !== true) continue;
      const object = { metadata: { name: `${key}-assumed` }, storageClassName: key, capacity: PLENTY };
      this.#put(object, node, { ...object, nodeTopology: { matchLabels: labels } });
    }
  }

  #put({ metadata }: CSIStorageCapacityLike, node: string, object: CSIStorageCapacityLike): void {
    const named = { name: `${metadata?.name}-${node}`, namespace: metadata?.namespace };
    const made = { ...object, metadata: named };
    this.matcher.csiStorageCapacities.upsert(made);
    this.#all.push(made);
  }
}

/** Whether a capacity object covers a node with these labels. */
function reaches({ nodeTopology }: CSIStorageCapacityLike, labels: Labels): boolean {
  if (nodeTopology === null || nodeTopology === undefined) return false;
  for (const [key, value] of Object.entries(nodeTopology.matchLabels ?? {})) if (labels[key] !== value) return false;
  return (nodeTopology.matchExpressions ?? []).every(({ key, operator, values }) => {
    const value = labels[key ?? ""];
    if (operator === "In") return value !== undefined && (values ?? []).includes(value);
    if (operator === "NotIn") return value === undefined || !(values ?? []).includes(value);
    if (operator === "Exists") return value !== undefined;
    return operator === "DoesNotExist" && value === undefined;
  });
}

/** The selector with the values that a node has. */
function rewritten({ matchExpressions, matchLabels }: LabelSelectorLike, labels: Labels): LabelSelectorLike {
  const wanted = Object.entries(matchLabels ?? {}).map(([key, value]) => [key, labels[key] ?? value]);
  const expressions = (matchExpressions ?? []).map((requirement) => {
    const value = labels[requirement.key ?? ""];
    return requirement.operator === "In" && value !== undefined ? { ...requirement, values: [value] } : requirement;
  });
  return { matchLabels: Object.fromEntries(wanted), matchExpressions: expressions };
}
