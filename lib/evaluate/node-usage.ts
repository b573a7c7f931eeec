// evaluate: what the pods on a node use together, by the name of the node, whether or not there is such a node.
//
//   place: a node's name, as long as there is the node or a pod on it      sum: (resource, place) -> signed 64 bits

import type { PodRequest } from "../compile/pod-requests.js";

/** Sums by place. They wrap around as Go's int64 does. */
interface Sums {
  get(place: number): bigint;
  add(place: number, amount: bigint): void;
  readonly byteLength: number;
}

/** Of a resource that nearly every pod uses. */
class DenseSums implements Sums {
  #sums = new BigInt64Array(64);

  get(place: number): bigint {
    return place < this.#sums.length ? this.#sums[place] : 0n;
  }

  add(place: number, amount: bigint): void {
    if (place >= this.#sums.length) {
      const grown = new BigInt64Array(Math.max(place + 1, this.#sums.length * 2));
      grown.set(this.#sums);
      this.#sums = grown;
    }
    // kube: R-NOD-39 what overflows wraps around.
    this.#sums[place] += amount;
  }

  get byteLength(): number {
    return this.#sums.byteLength;
  }
}

/** Of a resource that few use. */
class SparseSums implements Sums {
  readonly sums = new Map<number, bigint>();

  get(place: number): bigint {
    return this.sums.get(place) ?? 0n;
  }

  add(place: number, amount: bigint): void {
    const sum = BigInt.asIntN(64, this.get(place) + amount);
    if (sum === 0n) this.sums.delete(place);
    else this.sums.set(place, sum);
  }

  get byteLength(): number {
    return this.sums.size * 48;
  }
}

export class NodeUsage {
  readonly #places = new Map<number, number>();
  // Place -> the string id of its name, and its node + 1.
  readonly #name: number[] = [];
  readonly #node: number[] = [];
  // Node -> its place.
  readonly #place: number[] = [];
  readonly #free: number[] = [];
  readonly #pods = new DenseSums();
  readonly #sums = new Map<number, Sums>();

  /** `usual` are resources that nearly every pod uses, `pods` the one that counts them. */
  constructor(
    readonly pods: number,
    usual: readonly number[],
  ) {
    this.#sums.set(pods, this.#pods);
    for (const name of usual) this.#sums.set(name, new DenseSums());
  }

  /** What the pods on a node use of a resource. */
  used(node: number, resource: number): bigint {
    return this.#sums.get(resource)?.get(this.#place[node]) ?? 0n;
  }

  nodeCame(node: number, name: number): void {
    const place = this.#placeOf(name);
    this.#node[place] = node + 1;
    this.#place[node] = place;
  }

  nodeWent(node: number): void {
    const place = this.#place[node];
    this.#node[place] = 0;
    this.#releaseEmpty(place);
  }

  /** A pod came to the node of a name; returns that node, or -1. */
  podCame(name: number, request: PodRequest): number {
    const place = this.#placeOf(name);
    this.#pods.add(place, 1n);
    for (const { amount, name } of request) this.#sumsOf(name).add(place, amount);
    return this.#node[place] - 1;
  }

  /** A pod left it. */
  podWent(name: number, request: PodRequest): number {
    const place = this.#placeOf(name);
    this.#pods.add(place, -1n);
    for (const { amount, name } of request) {
      const sums = this.#sumsOf(name);
      sums.add(place, -amount);
      if (sums instanceof SparseSums && sums.sums.size === 0) this.#sums.delete(name);
    }
    const node = this.#node[place] - 1;
    this.#releaseEmpty(place);
    return node;
  }

  /** Bytes held, about. */
  get byteLength(): number {
    let bytes = this.#places.size * 40 + (this.#name.length * 2 + this.#place.length) * 8;
    for (const sums of this.#sums.values()) bytes += sums.byteLength;
    return bytes;
  }

  #placeOf(name: number): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.#free.pop() ?? this.#name.length;
      this.#name[place] = name;
      this.#node[place] = 0;
      this.#places.set(name, place);
    }
    return place;
  }

  #sumsOf(name: number): Sums {
    let sums = this.#sums.get(name);
    if (sums === undefined) {
      sums = new SparseSums();
      this.#sums.set(name, sums);
    }
    return sums;
  }

  /** Gives up a place without node and pods, where all sums are 0 then. */
  #releaseEmpty(place: number): void {
    if (this.#node[place] !== 0 || this.#pods.get(place) !== 0n) return;
    this.#places.delete(this.#name[place]);
    this.#free.push(place);
  }
}
