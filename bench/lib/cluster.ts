// A seeded cluster of any size, as plain objects of the shape in which an API server returns them.
//
//   zonal  every claim is bound to a volume of one zone, or of two
//   local  every claim is bound to a volume of one node
//   mixed  of a hundred claims about 40 are zonal, 30 local, 20 bound to volumes with affinities of several terms and
//          operators, 9 wait to be provisioned under allowedTopologies, 1 waits for a free local volume
//
// Three pods in four use one claim, the others two or three whose volumes share a zone or a node. One pod in a hundred
// has one claim more, whose volume may be anywhere.

import type {
  CSIDriverLike,
  NodeLike,
  PersistentVolumeClaimLike,
  PersistentVolumeLike,
  PodLike,
  StorageClassLike,
} from "../../lib/index.js";
import { affinityOfNode, affinityOfZones, mixedAffinity } from "./cluster-affinity.js";
import type { Place } from "./cluster-objects.js";
import * as objects from "./cluster-objects.js";
import { seeded } from "./random.js";

export const FLAVOURS = ["zonal", "local", "mixed"] as const;
export type Flavour = (typeof FLAVOURS)[number];

export interface ClusterOptions {
  readonly nodes: number;
  readonly claims: number;
  readonly flavour: Flavour;
  readonly seed?: number;
}

/** The objects by kind, under the names of a matcher's sets. */
export interface BenchCluster {
  readonly nodes: NodeLike[];
  readonly persistentVolumes: PersistentVolumeLike[];
  readonly persistentVolumeClaims: PersistentVolumeClaimLike[];
  readonly storageClasses: StorageClassLike[];
  readonly csiDrivers: CSIDriverLike[];
  readonly pods: PodLike[];
}

/** A cluster; equal options give equal objects. O(nodes + claims). */
export function buildCluster({ nodes, claims, flavour, seed = 1 }: ClusterOptions): BenchCluster {
  return new Builder(flavour, seeded(seed)).build(nodes, claims);
}

class Builder {
  readonly #cluster: BenchCluster = {
    nodes: [],
    persistentVolumes: [],
    persistentVolumeClaims: [],
    storageClasses: objects.storageClasses(),
    csiDrivers: objects.csiDrivers(),
    pods: [],
  };
  readonly #places: Place[] = [];
  /** Claims that no pod uses yet, by the zone or the node of their volume. */
  readonly #unused = new Map<string, string[]>();

  constructor(
    readonly flavour: Flavour,
    readonly random: () => number,
  ) {}

  build(nodes: number, claims: number): BenchCluster {
    for (let i = 0; i < nodes; i++) {
      const place = objects.placeOf(i, this.random);
      this.#places.push(place);
      this.#cluster.nodes.push(objects.node(place));
    }
    for (let i = 0; i < claims; i++) this.#addClaim(i);
    this.#addPods();
    return this.#cluster;
  }

  #addClaim(index: number): void {
    const draw = this.flavour === "mixed" ? this.random() : this.flavour === "zonal" ? 0 : 0.5;
    if (draw < 0.4) {
      const zone = this.#int(objects.ZONES.length);
      this.#addBound(index, "gp3", objects.ZONES[zone], affinityOfZones(zone, this.random));
    } else if (draw < 0.7) {
      const place = this.#place();
      this.#addBound(index, "local-nvme", place.name, affinityOfNode(place));
    } else if (draw < 0.9) {
      const place = this.#place();
      this.#addBound(index, "fabric", objects.ZONES[place.zone], mixedAffinity(place, this.random));
    } else if (draw < 0.99) {
      const zone = this.#int(objects.ZONES.length);
      this.#addDelayed(index, objects.zonedClassName(zone), objects.ZONES[zone]);
    } else {
      const place = this.#place();
      const volume = { index, storageClass: "local-nvme", affinity: affinityOfNode(place), gi: this.#gi() };
      this.#cluster.persistentVolumes.push(objects.volume(volume));
      this.#addDelayed(index, "local-nvme", "anywhere");
    }
  }

  #addBound(index: number, storageClass: string, where: string, affinity: objects.Affinity): void {
    const volume = { index, storageClass, affinity, gi: this.#gi() };
    this.#cluster.persistentVolumes.push(objects.volume(volume, objects.claimName(index)));
    this.#cluster.persistentVolumeClaims.push(objects.boundClaim(volume));
    this.#leave(index, where);
  }

  #addDelayed(index: number, storageClass: string, where: string): void {
    this.#cluster.persistentVolumeClaims.push(objects.pendingClaim(index, storageClass, this.#gi()));
    this.#leave(index, where);
  }

  #leave(index: number, where: string): void {
    const names = this.#unused.get(where);
    if (names === undefined) this.#unused.set(where, [objects.claimName(index)]);
    else names.push(objects.claimName(index));
  }

  #addPods(): void {
    const groups = [...this.#unused.values()];
    for (const names of groups) {
      while (names.length > 0) {
        const draw = this.random();
        const claims = names.splice(-(draw < 0.75 ? 1 : draw < 0.92 ? 2 : 3));
        const other = this.random() < 0.01 ? groups[this.#int(groups.length)].pop() : undefined;
        if (other !== undefined) claims.push(other);
        this.#cluster.pods.push(objects.pod(this.#cluster.pods.length, claims));
      }
    }
  }

  #place(): Place {
    return this.#places[this.#int(this.#places.length)];
  }

  #gi(): number {
    return 1 + this.#int(2000);
  }

  #int(below: number): number {
    return Math.floor(this.random() * below);
  }
}
