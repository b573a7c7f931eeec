// bench: the clusters on which we are set beside kube-scheduler, as objects that both read.

import type {
  CSIStorageCapacityLike,
  ObjectLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
  TopologyMatcher,
} from "../../lib/index.js";
import { boundClaim, boundVolume, podWith, termsOf } from "../fleet/bound.js";
import { hash } from "../fleet/hash.js";
import { nodeLabels, nodeName } from "../fleet/nodes.js";
import { freeLocal } from "../fleet/selectors.js";

export const SHAPES = ["a", "b-free", "b-bound", "c", "d"] as const;
export type PeerShape = (typeof SHAPES)[number];

export const DESCRIPTIONS: { readonly [Shape in PeerShape]: string } = {
  a: "one bound zonal CSI claim",
  "b-free": "two delayed claims, 8 local volumes a node, all free",
  "b-bound": "two delayed claims, 8 local volumes a node, three of four bound",
  c: "one claim to provision, a capacity object a node",
  d: "in turn: bound claims of two sorts, a claim to provision by zone, a delayed claim beside a bound one",
};

const ZONES = 3;
const LOCALS = 8;
const zone = (node: number): string => `eu-west-1${"abc"[hash(node, 1) % ZONES]}`;

type Kind =
  | "Node"
  | "PersistentVolume"
  | "PersistentVolumeClaim"
  | "Pod"
  | "StorageClass"
  | "CSIDriver"
  | "CSIStorageCapacity";

const VERSIONS: { readonly [K in Kind]: string } = {
  Node: "v1",
  PersistentVolume: "v1",
  PersistentVolumeClaim: "v1",
  Pod: "v1",
  StorageClass: "storage.k8s.io/v1",
  CSIDriver: "storage.k8s.io/v1",
  CSIStorageCapacity: "storage.k8s.io/v1",
};

export class PeerCluster {
  readonly objects: (readonly [Kind, ObjectLike])[] = [];
  #claims = 0;

  constructor(
    readonly shape: PeerShape,
    readonly nodes: number,
    readonly pods: number,
  ) {
    for (let node = 0; node < nodes; node++) this.#addNode(node);
    this.#addClasses();
    if (shape.startsWith("b")) this.#addLocals(shape === "b-bound", LOCALS);
    if (shape === "d") this.#addLocals(true, 1);
    if (shape === "c") for (let node = 0; node < nodes; node++) this.#addCapacity(node);
    if (shape === "d") for (let i = 0; i < ZONES; i++) this.#addZoneCapacity(i);
    for (let pod = 0; pod < pods; pod++) this.#add("Pod", podWith(pod, this.#claimsOf(pod)));
  }

  /** A line an object. */
  toText(): string {
    const lines = this.objects.map(([kind, object]) => JSON.stringify({ apiVersion: VERSIONS[kind], kind, ...object }));
    return `${lines.join("\n")}\n`;
  }

  loadInto(matcher: TopologyMatcher): void {
    const sets = {
      Node: matcher.nodes,
      PersistentVolume: matcher.persistentVolumes,
      PersistentVolumeClaim: matcher.persistentVolumeClaims,
      Pod: matcher.pods,
      StorageClass: matcher.storageClasses,
      CSIDriver: matcher.csiDrivers,
      CSIStorageCapacity: matcher.csiStorageCapacities,
    };
    for (const [kind, object] of this.objects) (sets[kind] as { upsert(object: object): void }).upsert(object);
  }

  #add(kind: Kind, object: ObjectLike): void {
    this.objects.push([kind, object]);
  }

  #addNode(node: number): void {
    const labels = { ...nodeLabels(node), "topology.kubernetes.io/zone": zone(node) };
    const allocatable = { cpu: "64", memory: "256Gi", pods: "250" };
    this.#add("Node", { metadata: { name: nodeName(node), labels }, status: { allocatable } } as ObjectLike);
  }

  #addClasses(): void {
    const add = (name: string, provisioner: string) =>
      this.#add("StorageClass", {
        metadata: { name },
        provisioner,
        volumeBindingMode: "WaitForFirstConsumer",
      } as ObjectLike);
    add("standard", "ebs.csi.aws.com");
    add("local", "kubernetes.io/no-provisioner");
    add("tracked", "lvm.example.com");
    this.#add("CSIDriver", { metadata: { name: "lvm.example.com" }, spec: { storageCapacity: true } } as ObjectLike);
  }

  #addLocals(threeOfFourBound: boolean, each: number): void {
    for (let i = 0; i < this.nodes * each; i++) {
      const volume: PersistentVolumeLike = freeLocal(i, Math.floor(i / each), 100 + (hash(i, 140) % 2000));
      const claimRef = { namespace: "other", name: `held-${i}` };
      const bound = threeOfFourBound && hash(i, 141) % 4 !== 0;
      const held: PersistentVolumeLike = { ...volume, spec: { ...volume.spec, claimRef }, status: { phase: "Bound" } };
      this.#add("PersistentVolume", bound ? held : volume);
    }
  }

  #addCapacity(node: number): void {
    this.#addCapacityObject(
      `node-${node}`,
      { "kubernetes.io/hostname": nodeName(node) },
      100 + (hash(node, 142) % 2000),
    );
  }

  #addZoneCapacity(i: number): void {
    this.#addCapacityObject(`zone-${i}`, { "topology.kubernetes.io/zone": `eu-west-1${"abc"[i]}` }, 700 * (i + 1));
  }

  #addCapacityObject(name: string, matchLabels: Record<string, string>, gi: number): void {
    const object: CSIStorageCapacityLike = {
      metadata: { name, namespace: "kube-system" },
      storageClassName: "tracked",
      nodeTopology: { matchLabels },
      capacity: `${gi}Gi`,
    };
    this.#add("CSIStorageCapacity", object);
  }

  #claimsOf(pod: number): number[] {
    switch (this.shape) {
      case "a":
        return [this.#boundClaim("zonal")];
      case "c":
        return [this.#delayedClaim("tracked")];
      case "d":
        return [
          [this.#boundClaim("mixed"), this.#boundClaim("zonal")],
          [this.#delayedClaim("tracked"), this.#boundClaim("zonal")],
          [this.#delayedClaim("local"), this.#boundClaim("mixed")],
        ][pod % 3];
      default:
        return [this.#delayedClaim("local"), this.#delayedClaim("local")];
    }
  }

  #boundClaim(affinity: "zonal" | "mixed"): number {
    const claim = this.#claims++;
    const values = [zone(hash(claim, 143))];
    const terms =
      affinity === "zonal"
        ? [{ matchExpressions: [{ key: "topology.kubernetes.io/zone", operator: "In", values }] }]
        : termsOf("mixed", claim, this.nodes);
    this.#add("PersistentVolume", boundVolume(claim, terms));
    this.#add("PersistentVolumeClaim", boundClaim(claim));
    return claim;
  }

  #delayedClaim(storageClassName: string): number {
    const claim = this.#claims++;
    const { metadata, spec } = boundClaim(claim);
    const resources = { requests: { storage: `${100 + (hash(claim, 144) % 1900)}Gi` } };
    const pending: PersistentVolumeClaimLike = {
      metadata: { ...metadata, annotations: {} },
      spec: { ...spec, resources, storageClassName, volumeName: undefined },
      status: { phase: "Pending" },
    };
    this.#add("PersistentVolumeClaim", pending);
    return claim;
  }
}

export const podNameOf = ({ metadata }: PodLike): string => `${metadata?.namespace}/${metadata?.name}`;
