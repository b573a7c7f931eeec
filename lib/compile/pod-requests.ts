// compile: a pod's resources -> integers by resource, worked out once for all pods that are alike.

import { Blocks } from "../intern/blocks.js";
import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import { milliValue } from "../objects/quantity.js";
import type { ResourceRules } from "./pod-resources.js";
import { PodResources } from "./pod-resources.js";
import type { ResourceList } from "./resource-lists.js";
import { ResourceNames } from "./resource-names.js";

/** How much of one resource: thousandths of cpu, whole numbers of all others. A signed 64-bit integer, not 0. */
export interface ResourceAmount {
  /** String id of the resource's name. */
  readonly name: number;
  readonly amount: bigint;
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
/** More lists than this are not remembered. */
const MOST_KNOWN = 1 << 14;

export const NO_REQUEST: PodRequest = [];

export class PodRequests {
  readonly names: ResourceNames;
  readonly #resources: PodResources;
  // The blocks that a request was worked out from, as a key -> that request.
  #keys = new Blocks();
  #known: PodRequest[] = [];
  readonly #distinct = new Map<string, PodRequest>();
  readonly #key = new Uint32Array(SPEC.length + STATUS.length);

  constructor(
    readonly cluster: Cluster,
    rules: ResourceRules,
  ) {
    this.names = new ResourceNames(cluster.strings, cluster.ids);
    this.#resources = new PodResources(cluster, this.names, rules);
  }

  /** What a candidate asks for. About 0.1 us where its like is known. */
  requested(pod: number): PodRequest {
    // kube: R-NOD-30 of the candidate the spec alone counts.
    this.#key.fill(0, SPEC.length);
    return this.#find(pod, (total) => total.requested(pod));
  }

  /** What a pod uses on its node. */
  used(pod: number): PodRequest {
    const { pods } = this.cluster;
    for (let i = 0; i < STATUS.length; i++) this.#key[SPEC.length + i] = pods.get(pod, STATUS[i]);
    return this.#find(pod, (total) => total.used(pod));
  }

  dropIds(): void {
    this.#forget();
    this.names.clear();
  }

  #find(pod: number, work: (resources: PodResources) => ResourceList): PodRequest {
    const { pods } = this.cluster;
    const key = this.#key;
    for (let i = 0; i < SPEC.length; i++) key[i] = pods.get(pod, SPEC[i]);
    if (this.#keys.size > MOST_KNOWN) this.#forget();
    const id = this.#keys.intern(key, 0, key.length);
    let request = this.#known[id];
    if (request === undefined) {
      request = this.#distinctOf(this.#integers(work(this.#resources)));
      this.#known[id] = request;
    }
    return request;
  }

  #integers(list: ResourceList): PodRequest {
    const { cluster, names } = this;
    const amounts: ResourceAmount[] = [];
    for (const [name, quantity] of list) {
      if (!names.counts(name)) continue;
      // kube: R-NOD-28 only the total becomes an integer.
      const amount = name === cluster.ids.cpu ? milliValue(quantity) : quantity.value;
      if (amount !== 0n) amounts.push({ name, amount });
    }
    return amounts.sort((a, b) => names.compare(a.name, b.name));
  }

  #distinctOf(request: PodRequest): PodRequest {
    if (request.length === 0) return NO_REQUEST;
    const text = request.map(({ amount, name }) => `${name}:${amount}`).join();
    const known = this.#distinct.get(text);
    if (known !== undefined) return known;
    this.#distinct.set(text, request);
    return request;
  }

  #forget(): void {
    this.#keys = new Blocks();
    this.#known = [];
    this.#distinct.clear();
  }
}
