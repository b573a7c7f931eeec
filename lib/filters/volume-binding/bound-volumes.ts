// filters: a bound volume -> the nodes that can reach it, as a selector: in-tree volumes are translated to CSI first.

import { NOTHING } from "../../compile/programs.js";
import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { Blocks } from "../../intern/blocks.js";
import { MIGRATED, VOLUME } from "../../intern/cluster.js";
import type { Held } from "../../intern/derived.js";
import { growU8, growU32 } from "../../intern/grow.js";
import { MIGRATED_SOURCES, volumeAffinity } from "../../intern/kinds.js";
import { NODE_MIGRATED } from "../../intern/label-columns.js";
import type { NodeSelectorLike } from "../../objects/types.js";
import { migratedAffinity } from "../migration/migrated-affinity.js";
import { MigratedNodes } from "../migration/migrated-nodes.js";
import { volumeHandle } from "../migration/volume-handles.js";

/** By the place of the source in MIGRATED_SOURCES; without one, the affinity stays as it is. */
// kube: R-MIG-4 where a driver keeps the zone that an in-tree plugin read from the zone labels.
export const TOPOLOGY_KEYS: readonly (string | undefined)[] = MIGRATED_SOURCES.map((source) => {
  return {
    awsElasticBlockStore: "topology.ebs.csi.aws.com/zone",
    gcePersistentDisk: "topology.gke.io/zone",
    cinder: "topology.cinder.csi.openstack.org/zone",
    azureDisk: undefined,
  }[source];
});

/** Of what a volume's selector is made, as columns of a key. */
const SOURCE = 0;
const AFFINITY = 1;
const FAULTY = 2;
const ZONE = 3;
const BETA_ZONE = 4;

const SOUND = 1;
const UNSOUND = 2;

/** A selector is made for each distinct source, affinity and pair of zone labels. */
export class BoundVolumes {
  readonly cache = "boundVolumes";
  #keys = new Blocks();
  // Key -> its selector + 1.
  #selectors = new Uint32Array(64);
  readonly #key = new Uint32Array(5);
  // Volume -> SOUND, UNSOUND, or 0 where it was not asked for; and why it does not translate.
  #soundness = new Uint8Array(0);
  readonly #faults = new Map<number, string>();

  constructor(readonly context: Context) {
    new MigratedNodes(context);
    context.cluster.volumes.listen({ leaving: (volume) => this.#forget(volume), entered: () => {} });
    context.derivations.add(this);
  }

  /** The selector of the nodes that can reach a bound volume, without those on which it does not translate. O(1). */
  selectorOf(volume: number): number {
    // kube: R-BCL-3 the volume's node affinity decides.
    // kube: R-AFF-4 an affinity that is in error does not match.
    // kube: R-BCL-4 nothing else is looked at.
    // kube: R-MIG-1 volumes of other sources are what they are.
    if (this.context.cluster.volumes.get(volume, VOLUME.migratedSource) === 0) return this.context.affinityOf(volume);
    return this.#translated(volume);
  }

  #translated(volume: number): number {
    const { blocks, ids, volumes } = this.context.cluster;
    const key = this.#key;
    const labels = volumes.get(volume, VOLUME.labels);
    key[SOURCE] = volumes.get(volume, VOLUME.migratedSource) - 1;
    key[AFFINITY] = volumes.get(volume, VOLUME.nodeAffinity);
    key[FAULTY] = this.faultOf(volume) === undefined ? 0 : 1;
    key[ZONE] = blocks.lookup(labels, ids.zone);
    key[BETA_ZONE] = blocks.lookup(labels, ids.betaZone);
    const id = this.#keys.intern(key, 0, key.length);
    if (id >= this.#selectors.length) this.#selectors = growU32(this.#selectors, id + 1);
    if (this.#selectors[id] === 0) this.#selectors[id] = this.#compile(volume) + 1;
    return this.#selectors[id] - 1;
  }

  /** Why a volume does not translate, on whichever nodes its plugin has moved. O(1), the first time O(its ID). */
  faultOf(volume: number): string | undefined {
    const { cluster } = this.context;
    const { volumes } = cluster;
    const place = volumes.get(volume, VOLUME.migratedSource);
    if (place === 0) return undefined;
    if (volume >= this.#soundness.length) this.#soundness = growU8(this.#soundness, volumes.limit);
    if (this.#soundness[volume] === 0) {
      const source = cluster.blocks.cursor(volumes.get(volume, MIGRATED[place - 1]));
      const labels = volumes.get(volume, VOLUME.labels);
      const { fault } = volumeHandle(cluster, MIGRATED_SOURCES[place - 1], source, labels);
      this.#soundness[volume] = fault === undefined ? SOUND : UNSOUND;
      if (fault !== undefined) this.#faults.set(volume, fault);
    }
    return this.#soundness[volume] === UNSOUND ? this.#faults.get(volume) : undefined;
  }

  /** The nodes on which the plugin of an in-tree volume has moved. */
  movedNodes(volume: number): Mask {
    const { cluster, compiler, selectors } = this.context;
    const moved = this.#hasMoved(cluster.volumes.get(volume, VOLUME.migratedSource) - 1);
    return selectors.mask(compiler.programs.choice(moved, compiler.programs.EVERYTHING, NOTHING));
  }

  held(): Held {
    return {
      entries: this.#keys.size - 1,
      bytes: this.#keys.byteLength + this.#selectors.byteLength + this.#soundness.byteLength,
    };
  }

  dropIds(): void {
    this.#keys = new Blocks();
    this.#selectors.fill(0);
  }

  /** Volumes may change that nobody tells of. */
  spoilt(): void {
    this.#soundness.fill(0);
    this.#faults.clear();
  }

  #forget(volume: number): void {
    if (volume >= this.#soundness.length || this.#soundness[volume] === 0) return;
    this.#soundness[volume] = 0;
    this.#faults.delete(volume);
  }

  /** The requirement of a node on which the plugin of a source has moved. */
  #hasMoved(source: number): number {
    return this.context.compiler.requirements.existsLiteral(NODE_MIGRATED + source) >>> 1;
  }

  /** The selector of the key that was written for a volume. */
  #compile(volume: number): number {
    const { compiler } = this.context;
    const source = this.#key[SOURCE];
    const written = this.context.affinityOf(volume);
    const migrated = this.#key[FAULTY] === 1 ? NOTHING : this.#migrated(TOPOLOGY_KEYS[source], written);
    return compiler.programs.choice(this.#hasMoved(source), migrated, written);
  }

  #migrated(topologyKey: string | undefined, written: number): number {
    if (topologyKey === undefined) return written;
    const { cluster, compiler } = this.context;
    const { blocks, codec, strings } = cluster;
    const key = this.#key;
    const textOf = (id: number): string | undefined => (id === 0 ? undefined : strings.get(id));
    const labels = { zone: textOf(key[ZONE]), betaZone: textOf(key[BETA_ZONE]) };
    const affinity = key[AFFINITY] === 0 ? {} : volumeAffinity.read(blocks.cursor(key[AFFINITY]), strings);
    const { required } = affinity as { readonly required?: NodeSelectorLike };
    const migrated = migratedAffinity(required, labels, topologyKey);
    if (migrated === required) return written;
    return compiler.volumeAffinity(codec.block(volumeAffinity, { required: migrated }));
  }
}
