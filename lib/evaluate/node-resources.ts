// evaluate: how much of each resource nodes have, and how much of it is free: columns that a kernel can compare, kept
// true as nodes and pods come and go.
//
//   column: a signed 64-bit integer for each node

import { DEFAULT_ARGUMENTS } from "../compile/plugin-arguments.js";
import type { PodRequest } from "../compile/pod-requests.js";
import { NO_REQUEST, PodRequests } from "../compile/pod-requests.js";
import type { Cluster } from "../intern/cluster.js";
import { NODE, POD } from "../intern/cluster.js";
import type { Derived, Held } from "../intern/derived.js";
import type { Context } from "./context.js";
import { NodeChanges } from "./node-changes.js";
import { NodeUsage } from "./node-usage.js";

/** Of the resources that were asked for, as many of the last ones have columns. */
const MOST_COLUMNS = 32;

/** Columns of one sort, by the resource's name, made when they are asked for. */
class Columns {
  readonly #columns = new Map<number, number>();

  constructor(
    readonly context: Context,
    readonly amountOf: (node: number, name: number) => bigint,
  ) {}

  get size(): number {
    return this.#columns.size;
  }

  /** The address of the column of a resource. First call: O(nodes). */
  of(name: number): number {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const { cluster, masks } = this.context;
    if (this.#columns.size === MOST_COLUMNS) {
      const [[oldest, column]] = this.#columns;
      masks.memory.free(column, masks.capacity * 8);
      this.#columns.delete(oldest);
    }
    const column = masks.memory.allocate(masks.capacity * 8);
    const first = column / 8;
    for (let node = 0; node < cluster.nodes.limit; node++) {
      if (cluster.nodes.has(node)) masks.memory.u64[first + node] = this.amountOf(node, name);
    }
    this.#columns.set(name, column);
    return column;
  }

  /** Takes an amount off, if there is a column. */
  take(node: number, name: number, amount: bigint): void {
    const column = this.#columns.get(name);
    if (column !== undefined && node < this.context.masks.capacity) {
      // Whatever overflows wraps around, signed or not.
      this.context.masks.memory.u64[column / 8 + node] -= amount;
    }
  }

  /** Writes a node's amounts into the columns that there are. */
  write(node: number): void {
    const { masks } = this.context;
    if (node >= masks.capacity) return;
    for (const [name, column] of this.#columns) masks.memory.u64[column / 8 + node] = this.amountOf(node, name);
  }

  drop(): void {
    const { masks } = this.context;
    for (const column of this.#columns.values()) masks.memory.free(column, masks.capacity * 8);
    this.#columns.clear();
  }
}

/** Nothing is kept until the first question. Pods that are staged for one are not counted. */
export class NodeResources implements Derived {
  readonly cache = "nodeResources";
  readonly requests: PodRequests;
  /** The changes of nodes' resources. */
  readonly changes = new NodeChanges();
  readonly #free: Columns;
  readonly #allocatable: Columns;
  readonly #cluster: Cluster;
  #usage: NodeUsage | undefined;
  // Of the pod and of the node that leaves: where it was, what it used, what it had.
  #leftName = 0;
  #leftRequest = NO_REQUEST;
  #leftAllocatable = 0;

  constructor(readonly context: Context) {
    const { behaviour, cluster, derivations } = context;
    const { args = DEFAULT_ARGUMENTS, gates, minor } = behaviour;
    this.#cluster = cluster;
    this.requests = new PodRequests(cluster, {
      minor,
      args,
      // kube: R-GATE-24 resources of whole pods.
      podLevelResources: gates.get("PodLevelResources") === true,
      // kube: R-GATE-26 and their resizing.
      podLevelResize: gates.get("InPlacePodLevelResourcesVerticalScaling") === true,
    });
    this.#free = new Columns(context, (node, name) => this.allocatableOf(node, name) - this.#used(node, name));
    this.#allocatable = new Columns(context, (node, name) => this.allocatableOf(node, name));
    cluster.pods.listen({
      leaving: (pod, replaced) => this.#podLeaving(pod, replaced),
      entered: (pod, replaced) => this.#podEntered(pod, replaced),
    });
    cluster.nodes.listen({
      leaving: (node, replaced) => this.#nodeLeaving(node, replaced),
      entered: (node, replaced) => this.#nodeEntered(node, replaced),
    });
    derivations.add(this);
  }

  /** The address of the column of what is free: allocatable less what the pods on the node use; `pods` counts pods. */
  free(name: number): number {
    this.#count();
    return this.#free.of(name);
  }

  /** The address of the column of what is allocatable. */
  allocatable(name: number): number {
    return this.#allocatable.of(name);
  }

  /** What is free on a node, with so much more than its pods leave. */
  freeOf(node: number, name: number, more: bigint): bigint {
    const column = this.free(name);
    return BigInt.asIntN(64, this.context.masks.memory.u64[column / 8 + node] + more);
  }

  allocatableOf(node: number, name: number): bigint {
    const { amounts } = this.context;
    const { blocks, ids, nodes } = this.#cluster;
    // kube: R-NOD-31 a missing name is 0; of cpu thousandths count.
    const token = blocks.lookup(nodes.get(node, NODE.allocatable), name);
    if (name === ids.cpu) return amounts.milli(token);
    const amount = amounts.value(token);
    // Less than no pods is none: how many are there could not be taken off the least integer.
    return name === ids.pods && amount < 0n ? 0n : amount;
  }

  held(): Held {
    const columns = this.#free.size + this.#allocatable.size;
    const bytes = columns * this.context.masks.capacity * 8 + (this.#usage?.byteLength ?? 0);
    return { entries: columns, bytes };
  }

  dropRows(): void {
    this.#free.drop();
    this.#allocatable.drop();
  }

  dropIds(): void {
    this.#usage = undefined;
    this.requests.dropIds();
  }

  #used(node: number, name: number): bigint {
    return (this.#usage as NodeUsage).used(node, name);
  }

  /** First call: O(nodes and pods). */
  #count(): void {
    if (this.#usage !== undefined) return;
    const { ids, nodes, pods } = this.#cluster;
    const usage = new NodeUsage(ids.pods, [ids.cpu, ids.memory, ids.ephemeralStorage]);
    this.#usage = usage;
    for (let node = 0; node < nodes.limit; node++) {
      if (nodes.has(node)) usage.nodeCame(node, nodes.get(node, NODE.name));
    }
    for (let pod = 0; pod < pods.limit; pod++) {
      const name = pods.has(pod) ? this.#cluster.nodeOf(pod) : 0;
      // No key leads to a pod that is staged.
      if (name === 0 || pods.find(pods.get(pod, POD.namespace), pods.get(pod, POD.name)) !== pod) continue;
      usage.podCame(name, this.requests.used(pod));
    }
  }

  #podLeaving(pod: number, replaced: boolean): void {
    const name = this.#usage === undefined ? 0 : this.#cluster.nodeOf(pod);
    this.#leftName = name;
    if (name === 0) return;
    this.#leftRequest = this.requests.used(pod);
    // Most pods that are replaced use what they used before.
    if (!replaced) this.#podLeft();
  }

  #podEntered(pod: number, replaced: boolean): void {
    if (this.#usage === undefined) return;
    const name = this.#cluster.nodeOf(pod);
    const request = name === 0 ? NO_REQUEST : this.requests.used(pod);
    if (replaced) {
      if (name === this.#leftName && (name === 0 || request === this.#leftRequest)) return;
      this.#podLeft();
    }
    // kube: R-NOD-4 a pod counts on its node, and nowhere where that is missing.
    if (name !== 0) this.#take(this.#usage.podCame(name, request), request, 1n);
  }

  #podLeft(): void {
    const name = this.#leftName;
    const request = this.#leftRequest;
    if (name !== 0) this.#take((this.#usage as NodeUsage).podWent(name, request), request, -1n);
  }

  #take(node: number, request: PodRequest, pods: 1n | -1n): void {
    if (node < 0) return;
    this.#free.take(node, this.#cluster.ids.pods, pods);
    for (const { amount, name } of request) this.#free.take(node, name, amount * pods);
    this.changes.add(node);
  }

  #nodeLeaving(node: number, replaced: boolean): void {
    if (this.#usage === undefined) return;
    this.#leftAllocatable = this.#cluster.nodes.get(node, NODE.allocatable);
    if (replaced) return;
    this.#usage.nodeWent(node);
    this.changes.add(node);
  }

  #nodeEntered(node: number, replaced: boolean): void {
    if (this.#usage === undefined) return;
    const { nodes } = this.#cluster;
    if (replaced && nodes.get(node, NODE.allocatable) === this.#leftAllocatable) return;
    if (!replaced) this.#usage.nodeCame(node, nodes.get(node, NODE.name));
    this.#free.write(node);
    this.#allocatable.write(node);
    this.changes.add(node);
  }
}
