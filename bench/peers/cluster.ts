// bench: the clusters on which we are set beside kube-scheduler, as objects that both read.

import type {
  CSIStorageCapacityLike,
  NodeSelectorTermLike,
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
const PIECE = 4_096;
export const ZONAL_DRIVER = "ebs.csi.aws.com";
export const TRACKED_DRIVER = "lvm.example.com";
export const zoneOfNode = (node: number): string => `eu-west-1${"abc"[hash(node, 1) % ZONES]}`;

type Kind =
  | "Node"
  | "PersistentVolume"
  | "PersistentVolumeClaim"
  | "Pod"
  | "StorageClass"
  | "CSIDriver"
  | "CSINode"
  | "CSIStorageCapacity";

/** An object and its kind. */
export type Item = readonly [Kind, ObjectLike];

const VERSIONS: { readonly [K in Kind]: string } = {
  Node: "v1",
  PersistentVolume: "v1",
  PersistentVolumeClaim: "v1",
  Pod: "v1",
  StorageClass: "storage.k8s.io/v1",
  CSIDriver: "storage.k8s.io/v1",
  CSINode: "storage.k8s.io/v1",
  CSIStorageCapacity: "storage.k8s.io/v1",
};

/** Its objects are made one by one, whenever they are asked for. */
export class PeerCluster {
  #claims = 0;

  constructor(
    readonly shape: PeerShape,
    readonly nodes: number,
    readonly pods: number,
    /** Local volumes a node: so many where pods have nothing else, an eighth of them beside other volumes. */
    readonly locals: number = LOCALS,
  ) {}

  *objects(): Iterable<Item> {
    const { nodes, pods, shape } = this;
    this.#claims = 0;
    for (let node = 0; node < nodes; node++) yield* this.ofNode(node);
    yield* this.#classes();
    if (shape.startsWith("b")) yield* this.#locals(shape === "b-bound", this.locals);
    if (shape === "d") yield* this.#locals(true, this.locals / 8);
    if (shape === "c") for (let node = 0; node < nodes; node++) yield capacityOfNode(node);
    if (shape === "d") for (let i = 0; i < ZONES; i++) yield capacityOfZone(i);
    for (let pod = 0; pod < pods; pod++) yield* this.#podWithClaims(pod);
  }

  /** Pieces of some thousand lines, a line an object. */
  *text(): Iterable<string> {
    let lines: string[] = [];
    for (const [kind, object] of this.objects()) {
      lines.push(`${JSON.stringify({ apiVersion: VERSIONS[kind], kind, ...object })}\n`);
      if (lines.length < PIECE) continue;
      yield lines.join("");
      lines = [];
    }
    yield lines.join("");
  }

  loadInto(matcher: TopologyMatcher): void {
    loadInto(matcher, this.objects());
  }

  /** A node, and what comes with it. */
  protected *ofNode(node: number): Iterable<Item> {
    const labels = { ...nodeLabels(node), "topology.kubernetes.io/zone": zoneOfNode(node) };
    const allocatable = { cpu: "64", memory: "256Gi", pods: "250" };
    yield ["Node", { metadata: { name: nodeName(node), labels }, status: { allocatable } } as ObjectLike];
  }

  /** The pod that is asked about. */
  protected pod(pod: number, claims: readonly number[]): PodLike {
    return podWith(pod, claims);
  }

  *#classes(): Iterable<Item> {
    const storageClass = (name: string, provisioner: string): Item => [
      "StorageClass",
      { metadata: { name }, provisioner, volumeBindingMode: "WaitForFirstConsumer" } as ObjectLike,
    ];
    yield storageClass("standard", ZONAL_DRIVER);
    yield storageClass("local", "kubernetes.io/no-provisioner");
    yield storageClass("tracked", TRACKED_DRIVER);
    yield ["CSIDriver", { metadata: { name: TRACKED_DRIVER }, spec: { storageCapacity: true } } as ObjectLike];
  }

  *#locals(threeOfFourBound: boolean, each: number): Iterable<Item> {
    for (let i = 0; i < this.nodes * each; i++) {
      const volume: PersistentVolumeLike = freeLocal(i, Math.floor(i / each), 100 + (hash(i, 140) % 2000));
      const claimRef = { namespace: "other", name: `held-${i}` };
      const bound = threeOfFourBound && hash(i, 141) % 4 !== 0;
      const held: PersistentVolumeLike = { ...volume, spec: { ...volume.spec, claimRef }, status: { phase: "Bound" } };
      yield ["PersistentVolume", bound ? held : volume];
    }
  }

  *#podWithClaims(pod: number): Iterable<Item> {
    const claims: number[] = [];
    for (const kind of this.#claimsOf(pod)) {
      const claim = this.#claims++;
      claims.push(claim);
      yield* kind === "zonal" || kind === "mixed" ? this.#boundClaim(claim, kind) : [delayedClaim(claim, kind)];
    }
    yield ["Pod", this.pod(pod, claims)];
  }

  /** How the volumes of its bound claims are reached, or the classes of the others. */
  #claimsOf(pod: number): readonly string[] {
    switch (this.shape) {
      case "a":
        return ["zonal"];
      case "c":
        return ["tracked"];
      case "d":
        return [
          ["mixed", "zonal"],
          ["tracked", "zonal"],
          ["local", "mixed"],
        ][pod % 3];
      default:
        return ["local", "local"];
    }
  }

  *#boundClaim(claim: number, affinity: "zonal" | "mixed"): Iterable<Item> {
    yield [
      "PersistentVolume",
      boundVolume(claim, affinity === "zonal" ? zonalTerms(claim) : termsOf("mixed", claim, this.nodes)),
    ];
    yield ["PersistentVolumeClaim", boundClaim(claim)];
  }
}

/** The terms of a volume of one zone. */
export function zonalTerms(claim: number): NodeSelectorTermLike[] {
  const values = [zoneOfNode(hash(claim, 143))];
  return [{ matchExpressions: [{ key: "topology.kubernetes.io/zone", operator: "In", values }] }];
}

function capacityOfNode(node: number): Item {
  return capacity(`node-${node}`, { "kubernetes.io/hostname": nodeName(node) }, 100 + (hash(node, 142) % 2000));
}

function capacityOfZone(i: number): Item {
  return capacity(`zone-${i}`, { "topology.kubernetes.io/zone": `eu-west-1${"abc"[i]}` }, 700 * (i + 1));
}

function capacity(name: string, matchLabels: Record<string, string>, gi: number): Item {
  const object: CSIStorageCapacityLike = {
    metadata: { name, namespace: "kube-system" },
    storageClassName: "tracked",
    nodeTopology: { matchLabels },
    capacity: `${gi}Gi`,
  };
  return ["CSIStorageCapacity", object];
}

function delayedClaim(claim: number, storageClassName: string): Item {
  const { metadata, spec } = boundClaim(claim);
  const resources = { requests: { storage: `${100 + (hash(claim, 144) % 1900)}Gi` } };
  const pending: PersistentVolumeClaimLike = {
    metadata: { ...metadata, annotations: {} },
    spec: { ...spec, resources, storageClassName, volumeName: undefined },
    status: { phase: "Pending" },
  };
  return ["PersistentVolumeClaim", pending];
}

export const podNameOf = ({ metadata }: PodLike): string => `${metadata?.namespace}/${metadata?.name}`;

/** Objects with their kinds, into the sets of a matcher. */
export function loadInto(matcher: TopologyMatcher, objects: Iterable<readonly [kind: string, object: object]>): void {
  const sets: { readonly [kind: string]: { upsert(object: object): unknown } } = {
    Node: matcher.nodes,
    PersistentVolume: matcher.persistentVolumes,
    PersistentVolumeClaim: matcher.persistentVolumeClaims,
    Pod: matcher.pods,
    StorageClass: matcher.storageClasses,
    CSIDriver: matcher.csiDrivers,
    CSINode: matcher.csiNodes,
    CSIStorageCapacity: matcher.csiStorageCapacities,
  } as never;
  for (const [kind, object] of objects) sets[kind].upsert(object);
}
