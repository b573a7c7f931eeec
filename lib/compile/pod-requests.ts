// compile: a pod's resources -> integers by resource, worked out once for all pods that are alike.

import { Blocks } from "../intern/blocks.js";
import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import { milliValue } from "../objects/quantity.js";
import { ContainerRequests } from "./container-requests.js";
import type { ResourceRules } from "./pod-resources.js";
import { PodResources } from "./pod-resources.js";
import type { ResourceList } from "./resource-lists.js";
import { ResourceNames } from "./resource-names.js";

/** How much of one resource: thousandths of cpu, whole numbers of all others. A signed 64-bit integer, not 0. */
export interface ResourceAmount {
  /** String id of the resource's name. */
  readonly name: number;
  readonly amount: bigint;
  /** The amount as kernels take it: its lower 32 bits, unsigned, and its upper ones. */
  readonly low: number;
  readonly high: number;
}

/** Amounts in the order of the scheduler's reasons. Equal requests are one object, until they are forgotten. */
export type PodRequest = readonly ResourceAmount[];

const SPEC = [POD.containers, POD.initContainers, POD.resources, POD.overhead];
const STATUS = [
  POD.conditions,
  POD.allocatedResources,
  POD.statusResources,
  POD.containerStatuses,
  POD.initContainerStatuses,
];
const EVERYTHING = [...SPEC, ...STATUS];
/** More lists than this are not remembered. */
const MOST_KNOWN = 1 << 14;

export const NO_REQUEST: PodRequest = [];

export class PodRequests {
  readonly names: ResourceNames;
  readonly #resources: PodResources;
  readonly #containers: ContainerRequests;
  // The block of containers of pods that have nothing else -> their request.
  readonly #plain = new Map<number, PodRequest>();
  // The blocks that a request was worked out from, as a key -> that request.
  #keys = new Blocks();
  #known: PodRequest[] = [];
  readonly #key = new Uint32Array(SPEC.length + STATUS.length);
  // (name, lower half, upper half)* -> the request of these amounts.
  #amounts = new Blocks();
  #distinct: PodRequest[] = [];
  #tokens = new Uint32Array(12);

  constructor(
    readonly cluster: Cluster,
    rules: ResourceRules,
  ) {
    this.names = new ResourceNames(cluster.strings, cluster.ids, rules.args);
    this.#resources = new PodResources(cluster, this.names, rules);
    this.#containers = new ContainerRequests(cluster);
  }

  /** What a candidate asks for. About 0.1 us where its like is known. */
  requested(pod: number): PodRequest {
    // kube: R-NOD-30 of the candidate the spec alone counts.
    const plain = this.#plainOf(pod, SPEC);
    if (plain !== undefined) return plain;
    this.#key.fill(0, SPEC.length);
    return this.#find(pod, (total) => total.requested(pod));
  }

  /** What a pod uses on its node. */
  used(pod: number): PodRequest {
    const { pods } = this.cluster;
    const plain = this.#plainOf(pod, EVERYTHING);
    if (plain !== undefined) return plain;
    for (let i = 0; i < STATUS.length; i++) this.#key[SPEC.length + i] = pods.get(pod, STATUS[i]);
    return this.#find(pod, (total) => total.used(pod));
  }

  dropIds(): void {
    this.#forget();
    this.names.clear();
  }

  /** The request of a pod that has only containers, and of these columns no other; undefined for other pods. */
  #plainOf(pod: number, columns: readonly number[]): PodRequest | undefined {
    const { pods } = this.cluster;
    for (let i = 1; i < columns.length; i++) if (pods.get(pod, columns[i]) !== 0) return undefined;
    const block = pods.get(pod, POD.containers);
    const known = this.#plain.get(block);
    if (known !== undefined || !this.#containers.add(block)) return known;
    this.#forgetMany();
    const request = this.#distinctOf(this.#containers.names, this.#containers.amounts);
    this.#plain.set(block, request);
    return request;
  }

  #find(pod: number, work: (resources: PodResources) => ResourceList): PodRequest {
    const { pods } = this.cluster;
    const key = this.#key;
    for (let i = 0; i < SPEC.length; i++) key[i] = pods.get(pod, SPEC[i]);
    this.#forgetMany();
    const id = this.#keys.intern(key, 0, key.length);
    let request = this.#known[id];
    if (request === undefined) {
      const list = work(this.#resources);
      request = this.#distinctOf([...list.keys()], this.#integers(list));
      this.#known[id] = request;
    }
    return request;
  }

  #integers(list: ResourceList): bigint[] {
    const { cpu } = this.cluster.ids;
    // kube: R-NOD-28 only the total becomes an integer.
    return Array.from(list, ([name, quantity]) => (name === cpu ? milliValue(quantity) : quantity.value));
  }

  /** The request of these amounts, in any order. */
  #distinctOf(names: readonly number[], amounts: readonly (number | bigint)[]): PodRequest {
    const order: number[] = [];
    for (let i = 0; i < names.length; i++) {
      if (Number(amounts[i]) === 0 || !this.names.counts(names[i])) continue;
      let at = order.length;
      while (at > 0 && this.names.compare(names[order[at - 1]], names[i]) > 0) at--;
      order.splice(at, 0, i);
    }
    if (order.length === 0) return NO_REQUEST;
    if (order.length * 3 > this.#tokens.length) this.#tokens = new Uint32Array(order.length * 3);
    const tokens = this.#tokens;
    for (let i = 0; i < order.length; i++) {
      const amount = amounts[order[i]];
      tokens[i * 3] = names[order[i]];
      tokens[i * 3 + 1] = typeof amount === "number" ? amount % 2 ** 32 : Number(BigInt.asUintN(32, amount));
      tokens[i * 3 + 2] = typeof amount === "number" ? amount / 2 ** 32 : Number(BigInt.asUintN(32, amount >> 32n));
    }
    const id = this.#amounts.intern(tokens, 0, order.length * 3);
    this.#distinct[id] ??= Array.from(order, (place, i) => ({
      name: names[place],
      amount: BigInt(amounts[place]),
      low: tokens[i * 3 + 1],
      high: tokens[i * 3 + 2] | 0,
    }));
    return this.#distinct[id];
  }

  #forgetMany(): void {
    if (this.#keys.size + this.#plain.size > MOST_KNOWN) this.#forget();
  }

  #forget(): void {
    this.#keys = new Blocks();
    this.#known = [];
    this.#plain.clear();
    this.#amounts = new Blocks();
    this.#distinct = [];
  }
}
