// hints: a change that is about to be made -> the pods that it may make schedulable. Others need not be asked again.
//
// kube: R-HNT-5 what upstream passes over counts here: changes that wake nobody can help nobody.

import {
  claimUseOf,
  EPHEMERAL_CLAIM,
  ephemeralClaim,
  NAMED,
  NO_CLAIM,
  namedClaim,
  visitVolumes,
} from "../evaluate/pod-volumes.js";
import type { PodsByKey } from "../evaluate/pods-by-key.js";
import type { FilterName } from "../filters/plugin.js";
import type { Cluster } from "../intern/cluster.js";
import { CLAIM, POD } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Table } from "../intern/table.js";

/** Whether a pod, by its row, may become schedulable. */
export type Woken = (pod: number) => boolean;

const NOBODY: Woken = () => false;
const EVERYONE: Woken = () => true;

/** An object that is about to come or go: its tokens, without those where it goes, and the row of the known one, or -1. */
export interface RowChange {
  readonly table: Table;
  readonly row: number;
  readonly tokens: Uint32Array | undefined;
}

export class Wakes {
  constructor(
    readonly cluster: Cluster,
    readonly filters: ReadonlySet<FilterName>,
    /** The pods on nodes by their claims. */
    readonly podsByClaim: () => PodsByKey,
  ) {}

  /** The question is answered by rows: before the change, or right after it. */
  of(change: RowChange): Woken {
    const { cluster } = this;
    if (isVain(change)) return NOBODY;
    switch (change.table) {
      case cluster.nodes:
        // kube: R-HNT-3 a node that came or changed can help any pod; one that goes takes its errors and its users along.
        return EVERYONE;
      case cluster.pods:
        return this.#podChanges(change);
      case cluster.claims:
        return this.#claimChanges(change);
      case cluster.volumes:
        // kube: R-HNT-7 a volume, and its labels, concern whoever uses a claim.
        return (pod) => this.#some(pod, (use) => use !== NO_CLAIM);
      case cluster.capacities:
        return this.#capacityChanges(change);
      case cluster.tables.volumeSnapshots:
      case cluster.tables.volumeSnapshotContents:
        // SNAPSHOT-2: where a snapshot can be used concerns whoever uses a claim.
        return this.filters.has("SnapshotTopology") ? (pod) => this.#some(pod, (use) => use !== NO_CLAIM) : NOBODY;
      case cluster.storageClasses:
      case cluster.csiDrivers:
      case cluster.csiNodes:
      case cluster.attachments:
        // kube: R-HNT-1 a class, with its mode and its topologies; by its provisioner it counts for attach limits too.
        // kube: R-HNT-4 what the node's drivers are, and which plugins have moved.
        return (pod) => this.#hasVolumes(pod);
      default:
        return NOBODY;
    }
  }

  #podChanges({ row, table, tokens }: RowChange): Woken {
    const { cluster } = this;
    const [namespace, name] = keyOf(table, row, tokens);
    const itself: Woken = (pod) => table.get(pod, POD.name) === name && table.get(pod, POD.namespace) === namespace;
    if (row >= 0 && cluster.nodeOf(row) !== 0) {
      // kube: R-HNT-8 a pod that leaves a node, or changes on it, gives back resources, attachments and claims.
      // kube: R-HNT-9 the same for disks and claims that one pod alone may use.
      return this.filters.has("NodeResourcesFit") ? EVERYONE : (pod) => itself(pod) || this.#hasVolumes(pod);
    }
    if (tokens === undefined || tokens[POD.nodeName] <= EMPTY_TEXT) return itself;
    // One that comes to a node attaches volumes there, which cost nobody else anything then.
    const volumes = tokens[POD.volumes];
    return volumes === 0 || cluster.blocks.at(volumes, 0) === 0
      ? itself
      : (pod) => itself(pod) || this.#hasVolumes(pod);
  }

  #claimChanges({ row, table, tokens }: RowChange): Woken {
    const { cluster } = this;
    const [namespace, name] = keyOf(table, row, tokens);
    if (this.filters.has("NodeVolumeLimits")) {
      const byClaim = this.podsByClaim();
      byClaim.build();
      const key = byClaim.keys.find(namespace, name);
      // A pod on a node uses it: what is attached there changes.
      if (key >= 0 && byClaim.first(key) >= 0) return (pod) => this.#hasVolumes(pod);
    }
    if (
      this.filters.has("StrictCapacity") &&
      row >= 0 &&
      cluster.claimAnnotation(row, cluster.ids.selectedNode) !== 0
    ) {
      // STRICT-2: what it was charged may be room for others of its class.
      return this.#ofClasses([table.get(row, CLAIM.class)], (pod) => this.#uses(pod, namespace, name));
    }
    // kube: R-HNT-2 a claim concerns the pods of its namespace that use it, by an ephemeral volume too.
    return (pod) => this.#uses(pod, namespace, name);
  }

  #capacityChanges({ table, tokens }: RowChange): Woken {
    // Room that goes helps nobody.
    if (tokens === undefined) return NOBODY;
    // kube: R-HNT-6 room concerns claims of its class.
    return this.#ofClasses([tokens[table.type.column("storageClassName")] || EMPTY_TEXT]);
  }

  /** The pods that use a claim of one of these classes, and others that are named. */
  #ofClasses(names: readonly number[], others: Woken = NOBODY): Woken {
    const { cluster } = this;
    const classes = new Set(names);
    return (pod) => {
      if (others(pod)) return true;
      const namespace = cluster.pods.get(pod, POD.namespace);
      return this.#some(pod, (use, volume) => {
        if (use === NO_CLAIM) return false;
        const { claims, strings } = cluster;
        const name = use === NAMED ? namedClaim(volume) : strings.find(ephemeralClaim(cluster, pod, volume));
        const claim = claims.find(namespace, name);
        return claim >= 0 && classes.has(claims.get(claim, CLAIM.class));
      });
    };
  }

  /** Whether a pod uses the claim of this key, by an ephemeral volume too. */
  #uses(pod: number, namespace: number, name: number): boolean {
    const { cluster } = this;
    if (cluster.pods.get(pod, POD.namespace) !== namespace) return false;
    return this.#some(pod, (use, volume) => {
      if (use === NAMED) return namedClaim(volume) === name;
      return use === EPHEMERAL_CLAIM && ephemeralClaim(cluster, pod, volume) === cluster.strings.get(name);
    });
  }

  #hasVolumes(pod: number): boolean {
    return this.#some(pod, () => true);
  }

  #some(pod: number, test: (use: number, volume: Parameters<typeof claimUseOf>[0]) => boolean): boolean {
    let found = false;
    visitVolumes(this.cluster, pod, (volume) => {
      found = test(claimUseOf(volume), volume);
      return !found;
    });
    return found;
  }
}

/** Whether the object comes as it is, its version apart, or goes without having been there. */
function isVain({ row, table, tokens }: RowChange): boolean {
  if (tokens === undefined) return row < 0;
  if (row < 0) return false;
  const known = table.copy(row);
  return tokens.every((token, column) => column === table.VERSION || token === known[column]);
}

/** String ids of a namespace and a name. */
function keyOf(table: Table, row: number, tokens: Uint32Array | undefined): readonly [number, number] {
  if (tokens === undefined) return [table.get(row, table.NAMESPACE), table.get(row, table.NAME)];
  return [table.namespaceOf(tokens, 0), tokens[table.NAME]];
}
