// filters: which volumes pods and VolumeAttachments have attached to which node, and how many of each driver.
//
//   byPods, byAttachments: (node, volume)      tallies: (node, driver) -> volumes in either of the two
//
// A node is the string id of its name: whether there is such a node is not asked.

import type { Context } from "../../evaluate/context.js";
import type { PodsByKey, UseListener } from "../../evaluate/pods-by-key.js";
import { Chains } from "../../intern/chains.js";
import { VOLUME } from "../../intern/cluster.js";
import type { Derived, Held } from "../../intern/derived.js";
import { Pairs } from "../../intern/pairs.js";
import type { Attachables, Condition } from "./attachable.js";
import { WHERE_MIGRATED } from "./attachable.js";
import { Attachments } from "./attachments.js";
import { ClaimVolumes } from "./claim-volumes.js";
import type { CsiNodes } from "./csi-nodes.js";
import { PodSources } from "./pod-sources.js";

export interface CountListener {
  /** Another number of volumes is attached to a node. */
  changed(node: number): void;
  /** All counts are void. */
  dropped(): void;
}

/** Nothing is kept until `settle` is called first. */
export class AttachedVolumes implements Derived, UseListener {
  readonly cache = "attachedVolumes";
  /** (driver, handle); referred to by whoever has such a volume. */
  volumes = new Pairs();
  byPods = new Pairs();
  tallies = new Pairs();
  sources: PodSources;
  /** Grows when pods on nodes begin or cease to use some volume. */
  usesEpoch = 0;
  #attachments: Attachments;
  #claims: ClaimVolumes;
  #nodesOf = new Chains();
  #built = false;
  #hasConditional = false;
  #wasMigrated = false;

  constructor(
    readonly context: Context,
    readonly csiNodes: CsiNodes,
    readonly attachables: Attachables,
    readonly byClaim: PodsByKey,
    readonly listener: CountListener,
  ) {
    const { cluster } = context;
    const { attachments, claims, storageClasses, volumes } = cluster;
    this.#claims = new ClaimVolumes(cluster, attachables, byClaim, this.volumes);
    this.sources = new PodSources(cluster, attachables);
    this.#attachments = new Attachments(cluster, this);
    byClaim.listen(this);
    const whenBuilt = (told: (row: number) => void) => {
      const tell = (row: number) => {
        if (this.#built) told(row);
      };
      return { leaving: tell, entered: tell };
    };
    claims.listen(whenBuilt((claim) => this.#claims.claimChanges(claim)));
    volumes.listen(
      whenBuilt((volume) => {
        const name = volumes.get(volume, VOLUME.name);
        this.#claims.volumeChanges(name);
        this.#attachments.volumeChanges(name);
      }),
    );
    storageClasses.listen(whenBuilt((row) => this.#claims.classChanges(storageClasses.get(row, storageClasses.NAME))));
    attachments.listen({
      leaving: (row) => {
        if (this.#built) this.#attachments.remove(row);
      },
      entered: (row) => {
        if (this.#built) this.#attachments.add(row);
      },
    });
    this.#listenToMigration();
    context.derivations.add(this);
  }

  /** Brings the counts up to date. First call: O(pods + VolumeAttachments); then what changed. */
  settle(): void {
    if (!this.#built) this.#build();
    this.#claims.settle(this);
    this.#attachments.settle();
  }

  /** How many volumes of a driver are attached to a node. */
  count(node: number, driver: number): number {
    return this.tallies.count(node, driver);
  }

  /** The nodes on which pods use a volume. */
  *nodesWith(volume: number): Iterable<number> {
    for (const id of this.#nodesOf.items(volume)) yield this.byPods.get(id, 0);
  }

  /** Whether pods on some node use a volume. */
  isInUse(volume: number): boolean {
    return this.#nodesOf.first(volume) >= 0;
  }

  isAttached(node: number, volume: number): boolean {
    return this.#attachments.pairs.find(node, volume) >= 0;
  }

  /** The volumes of a pod on a node that are counted there, one a use. */
  *volumesOf(pod: number, node: number): Iterable<number> {
    for (const use of this.byClaim.of(pod)) {
      const key = this.byClaim.keyOf(use);
      const volume = this.#claims.volumeOf(key);
      if (volume >= 0 && this.#counts(node, this.#claims.conditionOf(key))) yield volume;
    }
    for (const { condition, volume } of this.sources.of(pod)) if (this.#counts(node, condition)) yield volume;
  }

  came(key: number): void {
    if (this.#built) this.#claims.came(key);
  }

  went(key: number): void {
    if (this.#built) this.#claims.went(key);
  }

  joined(pod: number, node: number): void {
    if (!this.#built) return;
    this.sources.add(pod, node, this.volumes);
    for (const volume of this.volumesOf(pod, node)) this.#take(node, volume);
  }

  leaves(pod: number, node: number): void {
    if (!this.#built) return;
    for (const volume of this.volumesOf(pod, node)) this.#release(node, volume);
    this.sources.remove(pod, node, this.volumes);
  }

  leavesVolume(key: number): void {
    this.#eachUser(key, (node, volume) => this.#release(node, volume));
  }

  gotVolume(key: number): void {
    this.#eachUser(key, (node, volume) => this.#take(node, volume));
  }

  claimChanged(key: number): void {
    const { byClaim, context } = this;
    // Whose ephemeral claim it is may have changed.
    for (let use = byClaim.first(key); use >= 0; use = byClaim.next(use)) {
      const pod = byClaim.podOf(use);
      if (byClaim.markOf(use) === 1) this.sources.check(pod, context.cluster.nodeOf(pod));
    }
  }

  /** A VolumeAttachment attaches a volume, or no longer does: the first, or the last one of a node and a volume. */
  attachmentChanges(node: number, volume: number, on: boolean): void {
    if (this.byPods.find(node, volume) < 0) this.#tally(node, volume, on);
  }

  held(): Held {
    const bytes = this.volumes.byteLength + this.byPods.byteLength + this.tallies.byteLength + this.#nodesOf.byteLength;
    return { entries: this.tallies.size, bytes };
  }

  dropIds(): void {
    this.volumes = new Pairs();
    this.byPods = new Pairs();
    this.tallies = new Pairs();
    this.#claims = new ClaimVolumes(this.context.cluster, this.attachables, this.byClaim, this.volumes);
    this.sources = new PodSources(this.context.cluster, this.attachables);
    this.#attachments = new Attachments(this.context.cluster, this);
    this.#nodesOf = new Chains();
    this.#built = false;
    this.#hasConditional = false;
    this.usesEpoch++;
  }

  #build(): void {
    const { byClaim } = this;
    byClaim.build();
    this.#built = true;
    for (const key of byClaim.keysInUse()) this.#claims.came(key);
    for (const pod of byClaim.pods()) this.joined(pod, this.context.cluster.nodeOf(pod));
    this.#attachments.addAll();
  }

  #eachUser(key: number, tell: (node: number, volume: number) => void): void {
    const { byClaim } = this;
    const volume = this.#claims.volumeOf(key);
    if (volume < 0) return;
    const condition = this.#claims.conditionOf(key);
    for (let use = byClaim.first(key); use >= 0; use = byClaim.next(use)) {
      const node = this.context.cluster.nodeOf(byClaim.podOf(use));
      if (this.#counts(node, condition)) tell(node, volume);
    }
  }

  #counts(node: number, condition: Condition): boolean {
    if (condition !== WHERE_MIGRATED) return true;
    this.#hasConditional = true;
    return this.csiNodes.hasMigratedPortworx(node);
  }

  #take(node: number, volume: number): void {
    const id = this.byPods.take(node, volume);
    if (this.byPods.references(id) > 1) return;
    if (!this.isInUse(volume)) this.usesEpoch++;
    this.#nodesOf.add(volume, id);
    // kube: R-LIM-12 a volume that pods use is counted once, attached by a VolumeAttachment or not.
    if (!this.isAttached(node, volume)) this.#tally(node, volume, true);
  }

  #release(node: number, volume: number): void {
    const id = this.byPods.find(node, volume);
    if (!this.byPods.release(id)) return;
    this.#nodesOf.remove(volume, id);
    if (!this.isInUse(volume)) this.usesEpoch++;
    if (!this.isAttached(node, volume)) this.#tally(node, volume, false);
  }

  #tally(node: number, volume: number, on: boolean): void {
    const driver = this.volumes.get(volume, 0);
    if (on) this.tallies.take(node, driver);
    else this.tallies.release(this.tallies.find(node, driver));
    this.listener.changed(node);
  }

  /** Where a plugin's volumes count only on nodes that say so, another word of a node has all counted anew. */
  #listenToMigration(): void {
    const { csiNodes } = this.context.cluster;
    const isMigrated = (row: number) => this.csiNodes.hasMigratedPortworx(csiNodes.get(row, csiNodes.NAME));
    csiNodes.listen({
      leaving: (row, replaced) => {
        if (!this.#hasConditional) return;
        this.#wasMigrated = isMigrated(row);
        if (!replaced && this.#wasMigrated) this.#forget();
      },
      entered: (row, replaced) => {
        if (this.#hasConditional && isMigrated(row) !== (replaced && this.#wasMigrated)) this.#forget();
      },
    });
  }

  #forget(): void {
    this.dropIds();
    this.listener.dropped();
  }
}
