// bench: a cluster that changes at random for ever: what every object is now, and the next event.

import type {
  NodeLike,
  ObjectLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
  TopologyMatcher,
} from "../../lib/index.js";
import { seeded } from "../lib/random.js";
import { boundVolume, termsOf } from "./bound.js";
import { hash, uid } from "./hash.js";
import { nodeLabels, nodeName, POOLS, poolName } from "./nodes.js";

export const SETS = ["nodes", "persistentVolumes", "persistentVolumeClaims", "pods"] as const;
type SetName = (typeof SETS)[number];

const NAMESPACE = "team-1";
const CLASSES = ["local", "tracked", "plain"] as const;

export class Churn {
  readonly random: () => number;
  /** What the API server holds: by kind, by number; undefined where there is none. */
  readonly objects: { readonly [Name in SetName]: (ObjectLike | undefined)[] };
  #events = 0;

  constructor(
    readonly nodes: number,
    readonly each: number,
    seed: number,
  ) {
    this.random = seeded(seed);
    const make = (name: SetName, count: number) => Array.from({ length: count }, (_, i) => this.#make(name, i));
    this.objects = {
      nodes: make("nodes", nodes),
      persistentVolumes: make("persistentVolumes", each),
      persistentVolumeClaims: make("persistentVolumeClaims", each),
      pods: make("pods", each),
    };
  }

  /** Makes a matcher hold what is there now. */
  fill(matcher: TopologyMatcher): void {
    for (const name of CLASSES) {
      matcher.storageClasses.upsert({
        metadata: { name },
        provisioner: name === "local" ? "kubernetes.io/no-provisioner" : `${name}.example.com`,
        volumeBindingMode: "WaitForFirstConsumer",
      });
    }
    matcher.csiDrivers.upsert({ metadata: { name: "tracked.example.com" }, spec: { storageCapacity: true } });
    for (let pool = 0; pool < POOLS; pool++) {
      matcher.csiStorageCapacities.upsert({
        metadata: { name: `pool-${pool}`, namespace: "kube-system" },
        storageClassName: "tracked",
        nodeTopology: { matchLabels: { "example.com/pool": poolName(pool) } },
        capacity: `${100 * (pool + 1)}Gi`,
      });
    }
    for (const name of SETS) {
      for (const object of this.objects[name]) if (object !== undefined) this.#upsert(matcher, name, object);
    }
  }

  /** Something happens: one node in a hundred events, else a volume, a claim or a pod. */
  event(matcher: TopologyMatcher): void {
    this.#events++;
    const name = this.random() < 0.01 ? "nodes" : SETS[1 + this.#below(3)];
    const i = this.#below(this.objects[name].length);
    const before = this.objects[name][i];
    // What is there goes one time in ten; what is not comes.
    if (before !== undefined && this.random() < 0.1) {
      this.objects[name][i] = undefined;
      matcher[name].delete(before);
      return;
    }
    const object = this.#make(name, i);
    this.objects[name][i] = object;
    this.#upsert(matcher, name, object);
  }

  /** The key of a pod that is there. */
  somePod(): string {
    for (;;) {
      const i = this.#below(this.each);
      if (this.objects.pods[i] !== undefined) return podKey(i);
    }
  }

  #upsert(matcher: TopologyMatcher, name: SetName, object: ObjectLike): void {
    (matcher[name] as { upsert(object: ObjectLike): void }).upsert(object);
  }

  #below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  #make(name: SetName, i: number): ObjectLike {
    switch (name) {
      case "nodes":
        return this.#node(i);
      case "persistentVolumes":
        return this.#volume(i);
      case "persistentVolumeClaims":
        return this.#claim(i);
      case "pods":
        return this.#pod(i);
    }
  }

  #node(i: number): NodeLike {
    const labels = { ...nodeLabels(i), "example.com/pool": poolName(this.#below(POOLS)) };
    return { metadata: { name: nodeName(i), uid: this.#uid(), resourceVersion: this.#version(), labels } };
  }

  #volume(i: number): PersistentVolumeLike {
    const affinity = termsOf((["local", "local", "zonal", "mixed"] as const)[i & 3], this.#below(1 << 20), this.nodes);
    const { metadata, spec } = boundVolume(i, affinity);
    const free = this.random() < 0.5;
    return {
      metadata: { ...metadata, uid: this.#uid(), resourceVersion: this.#version() },
      spec: {
        ...spec,
        capacity: { storage: `${1 + this.#below(2_000)}Gi` },
        storageClassName: CLASSES[hash(i, 161) % 2 === 0 ? 0 : 2],
        claimRef: free ? undefined : { namespace: NAMESPACE, name: `data-${this.#below(this.each)}` },
      },
      status: { phase: free ? "Available" : "Bound" },
    };
  }

  #claim(i: number): PersistentVolumeClaimLike {
    const bound = this.random() < 0.6;
    return {
      metadata: {
        name: `data-${i}`,
        namespace: NAMESPACE,
        uid: this.#uid(),
        resourceVersion: this.#version(),
        annotations: bound ? { "pv.kubernetes.io/bind-completed": "yes" } : {},
      },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: `${1 + this.#below(2_000)}Gi` } },
        storageClassName: CLASSES[this.#below(3)],
        volumeMode: "Filesystem",
        volumeName: bound ? `pv-${this.#below(this.each)}` : undefined,
      },
    };
  }

  #pod(i: number): PodLike {
    const claims = Array.from({ length: 1 + this.#below(3) }, () => this.#below(this.each));
    return {
      metadata: { name: `pod-${i}`, namespace: NAMESPACE, uid: this.#uid(), resourceVersion: this.#version() },
      spec: {
        volumes: claims.map((claim, v) => ({ name: `v${v}`, persistentVolumeClaim: { claimName: `data-${claim}` } })),
      },
    };
  }

  #uid(): string {
    return uid(this.#below(2 ** 31), 162);
  }

  #version(): string {
    return String(1e8 + this.#events);
  }
}

export const podKey = (i: number): string => `${NAMESPACE}/pod-${i}`;
