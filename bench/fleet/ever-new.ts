// A cluster of steady size in which every event brings texts, selectors, labels and amounts that never were there before.

import type { ObjectLike, TopologyMatcher } from "../../lib/index.js";
import { seeded } from "../lib/random.js";

export const CLASS = "disk";
const DRIVER = "disk.csi.example.com";
const HOST = "kubernetes.io/hostname";
const ZONE = "topology.kubernetes.io/zone";
const ZONES = 10;

type Kind = "nodes" | "pods" | "persistentVolumes" | "persistentVolumeClaims" | "csiStorageCapacities";
type Json = Record<string, unknown>;

/** Objects by kind and slot: a slot's object is replaced, or deleted and followed by one of another name. */
export class EverNew {
  readonly objects: Record<Kind, Json[]> = {
    nodes: [],
    pods: [],
    persistentVolumes: [],
    persistentVolumeClaims: [],
    csiStorageCapacities: [],
  };
  readonly #random: () => number;
  #serial = 0;

  constructor(
    readonly nodes: number,
    readonly each: number,
    seed: number,
  ) {
    this.#random = seeded(seed);
    for (let i = 0; i < nodes; i++) this.objects.nodes.push(this.#node(i));
    for (let i = 0; i < each; i++) {
      this.objects.persistentVolumes.push(this.#volume(i));
      this.objects.persistentVolumeClaims.push(this.#claim());
      this.objects.pods.push(this.#pod(i));
    }
    for (let i = 0; i < 100; i++) this.objects.csiStorageCapacities.push(this.#capacity(i));
  }

  fill(matcher: TopologyMatcher): void {
    matcher.storageClasses.upsert({
      metadata: { name: CLASS },
      provisioner: DRIVER,
      volumeBindingMode: "WaitForFirstConsumer",
    });
    matcher.csiDrivers.upsert({ metadata: { name: DRIVER }, spec: { storageCapacity: true } } as ObjectLike);
    for (const [kind, objects] of Object.entries(this.objects)) {
      for (const object of objects) matcher[kind as Kind].upsert(object as ObjectLike);
    }
  }

  /** One event: an object put in the place of another, or one that came where another went. */
  event(matcher: TopologyMatcher): void {
    const slot = this.#below(this.each);
    const node = this.#below(this.nodes);
    switch (this.#serial % 6) {
      case 0:
        this.#put(matcher, "nodes", node, this.#node(node));
        break;
      case 1:
        this.#put(matcher, "persistentVolumes", slot, this.#volume(slot));
        break;
      case 2:
        this.#follow(matcher, "persistentVolumeClaims", slot, this.#claim());
        break;
      case 3:
        this.#follow(matcher, "pods", slot, this.#pod(slot));
        break;
      case 4:
        this.#put(matcher, "csiStorageCapacities", slot % 100, this.#capacity(slot % 100));
        break;
      default:
        this.#put(matcher, "persistentVolumeClaims", slot, this.#annotated(slot));
    }
  }

  somePod(): string {
    const { metadata } = this.objects.pods[this.#below(this.each)] as { metadata: { name: string } };
    return `default/${metadata.name}`;
  }

  #put(matcher: TopologyMatcher, kind: Kind, slot: number, object: Json): void {
    this.objects[kind][slot] = object;
    matcher[kind].upsert(object as ObjectLike);
  }

  #follow(matcher: TopologyMatcher, kind: Kind, slot: number, object: Json): void {
    matcher[kind].delete(this.objects[kind][slot] as ObjectLike);
    this.#put(matcher, kind, slot, object);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #next(): number {
    return this.#serial++;
  }

  #node(index: number): Json {
    const n = this.#next();
    const labels = { [HOST]: `node-${index}`, [ZONE]: `zone-${index % ZONES}`, [`rack-${n}`]: `place-${n}` };
    const allocatable = {
      cpu: `${8000 + (n % 1_000_000)}m`,
      memory: `${n + 1}Ki`,
      pods: "110",
      [`example.com/r${n}`]: "4",
    };
    const taints = n % 20 === 0 ? [{ key: `taint-${n}`, effect: "NoSchedule" }] : [];
    return { metadata: { name: `node-${index}`, uid: `u${n}`, labels }, spec: { taints }, status: { allocatable } };
  }

  #volume(slot: number): Json {
    const n = this.#next();
    const values = [`node-${n % this.nodes}`, `gone-${n}`];
    const required = { nodeSelectorTerms: [{ matchExpressions: [{ key: HOST, operator: "In", values }] }] };
    return {
      metadata: { name: `volume-${slot}`, uid: `u${n}`, labels: { [`model-${n}`]: `m-${n}` } },
      spec: {
        storageClassName: CLASS,
        accessModes: ["ReadWriteOnce"],
        capacity: { storage: `${n + 1}` },
        csi: { driver: DRIVER, volumeHandle: `handle-${n}` },
        nodeAffinity: { required },
      },
      status: { phase: "Available" },
    };
  }

  #claim(): Json {
    const n = this.#next();
    return {
      metadata: { namespace: "default", name: `claim-${n}`, uid: `u${n}` },
      spec: {
        storageClassName: CLASS,
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: `${(n % 7) + 1}` } },
        ...(n % 3 === 0 ? { selector: { matchLabels: { [`model-${n - 1}`]: `m-${n - 1}` } } } : {}),
      },
    };
  }

  /** The claim of a slot with another note of some 200 characters. */
  #annotated(slot: number): Json {
    const { metadata, ...rest } = this.objects.persistentVolumeClaims[slot] as { metadata: Json };
    return { ...rest, metadata: { ...metadata, annotations: { note: `${this.#next()} `.repeat(20) } } };
  }

  #pod(slot: number): Json {
    const n = this.#next();
    const { metadata } = this.objects.persistentVolumeClaims[slot] as { metadata: { name: string } };
    const requests = {
      cpu: `${n % 4000}m`,
      memory: `${n % 1000}`,
      ...(n % 9 === 0 ? { [`example.com/r${n}`]: "1" } : {}),
    };
    const key = n % 2 === 0 ? ZONE : `rack-${n}`;
    const term = { matchExpressions: [{ key, operator: "NotIn", values: [`zone-${n % ZONES}`, `none-${n}`] }] };
    return {
      metadata: { namespace: "default", name: `pod-${n}`, uid: `u${n}` },
      spec: {
        containers: [{ name: "main", resources: { requests } }],
        volumes: [{ name: "data", persistentVolumeClaim: { claimName: metadata.name } }],
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } },
        ...(n % 5 === 0 ? { nodeName: `node-${n % this.nodes}` } : {}),
      },
    };
  }

  #capacity(slot: number): Json {
    const n = this.#next();
    return {
      metadata: { namespace: "default", name: `capacity-${slot}`, uid: `u${n}` },
      storageClassName: CLASS,
      capacity: `${n % 1_000_003}`,
      maximumVolumeSize: `${n}`,
      nodeTopology: {
        matchLabels: { [ZONE]: `zone-${slot % ZONES}` },
        matchExpressions: n % 11 === 0 ? [{ key: `rack-${n}`, operator: "DoesNotExist" }] : [],
      },
    };
  }
}
