// evaluate: pods on nodes by what their volumes refer to, kept true as pods come and go.
//
//   key: a pair of numbers      use: (pod, key), in the chain of its key and in that of its pod

import { Chains } from "../intern/chains.js";
import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import type { Derived, Held } from "../intern/derived.js";
import { growU32 } from "../intern/grow.js";
import { Pairs } from "../intern/pairs.js";

/** Adds a use of the key (a, b); `mark`, a bit, is kept with it. */
export type AddUse = (a: number, b: number, mark: number) => void;

/** Told of what changes, once it has been built. */
export interface UseListener {
  /** A key has its first user, or has lost its last one. */
  came(key: number): void;
  went(key: number): void;
  /** A pod is on a node with all its uses, or is about to be there no more. */
  joined(pod: number, node: number): void;
  leaves(pod: number, node: number): void;
}

/** Nothing is kept until `build` is called first. Pods that are staged for a question are in no chain. */
export class PodsByKey implements Derived {
  readonly cache = "podsByVolume";
  keys = new Pairs();
  #byKey = new Chains();
  #byPod = new Chains();
  // Use -> its pod, and its key and mark.
  #pod = new Uint32Array(64);
  #key = new Uint32Array(64);
  #free: number[] = [];
  #limit = 0;
  #built = false;
  readonly #listeners: UseListener[] = [];

  constructor(
    readonly cluster: Cluster,
    /** Tells what a pod's volumes refer to. */
    readonly usesOf: (pod: number, add: AddUse) => void,
  ) {
    cluster.pods.listen({
      leaving: (pod) => {
        if (this.#built) this.#remove(pod);
      },
      entered: (pod) => {
        if (this.#built) this.#add(pod);
      },
    });
  }

  listen(listener: UseListener): void {
    this.#listeners.push(listener);
  }

  get built(): boolean {
    return this.#built;
  }

  /** First call: O(pods). */
  build(): void {
    if (this.#built) return;
    this.#built = true;
    for (const pod of this.pods()) this.#add(pod);
  }

  /** The pods on nodes. O(pods). */
  *pods(): Iterable<number> {
    const { cluster } = this;
    const { pods } = cluster;
    for (let pod = 0; pod < pods.limit; pod++) {
      if (!pods.has(pod) || cluster.nodeOf(pod) === 0) continue;
      // A pod that is staged has a row, and no key leads to it.
      if (pods.find(pods.get(pod, POD.namespace), pods.get(pod, POD.name)) === pod) yield pod;
    }
  }

  /** The keys that some pod uses. O(keys). */
  *keysInUse(): Iterable<number> {
    for (let key = 0; key < this.keys.limit; key++) if (this.keys.references(key) > 0) yield key;
  }

  /** The first use of a key, or -1. */
  first(key: number): number {
    return this.#byKey.first(key);
  }

  /** The next use of the same key, or -1. */
  next(use: number): number {
    return this.#byKey.next(use);
  }

  /** The uses of a pod, in no order. */
  of(pod: number): Iterable<number> {
    return this.#byPod.items(pod);
  }

  podOf(use: number): number {
    return this.#pod[use];
  }

  keyOf(use: number): number {
    return this.#key[use] >>> 1;
  }

  markOf(use: number): number {
    return this.#key[use] & 1;
  }

  held(): Held {
    return { entries: this.#limit - this.#free.length, bytes: this.byteLength };
  }

  dropIds(): void {
    this.keys = new Pairs();
    this.#byKey = new Chains();
    this.#byPod = new Chains();
    this.#pod = new Uint32Array(64);
    this.#key = new Uint32Array(64);
    this.#free = [];
    this.#limit = 0;
    this.#built = false;
  }

  /** Bytes held. */
  get byteLength(): number {
    const chains = this.#byKey.byteLength + this.#byPod.byteLength;
    return this.keys.byteLength + chains + this.#pod.byteLength * 2;
  }

  #add(pod: number): void {
    const node = this.cluster.nodeOf(pod);
    if (node === 0) return;
    this.usesOf(pod, (a, b, mark) => {
      const use = this.#free.length > 0 ? (this.#free.pop() as number) : this.#newUse();
      const key = this.keys.take(a, b);
      this.#pod[use] = pod;
      this.#key[use] = (key << 1) | mark;
      this.#byKey.add(key, use);
      this.#byPod.add(pod, use);
      if (this.keys.references(key) === 1) for (const listener of this.#listeners) listener.came(key);
    });
    for (const listener of this.#listeners) listener.joined(pod, node);
  }

  #remove(pod: number): void {
    const node = this.cluster.nodeOf(pod);
    if (node === 0) return;
    for (const listener of this.#listeners) listener.leaves(pod, node);
    for (let use = this.#byPod.first(pod); use >= 0; use = this.#byPod.first(pod)) {
      const key = this.keyOf(use);
      this.#byPod.remove(pod, use);
      this.#byKey.remove(key, use);
      this.#free.push(use);
      if (this.keys.references(key) === 1) for (const listener of this.#listeners) listener.went(key);
      this.keys.release(key);
    }
  }

  #newUse(): number {
    if (this.#limit === this.#pod.length) {
      this.#pod = growU32(this.#pod, this.#limit + 1);
      this.#key = growU32(this.#key, this.#limit + 1);
    }
    return this.#limit++;
  }
}
