// lint: volumes' node affinities -> for each distinct one, whether any node meets it, and what is wrong with it.

import type { Context } from "../evaluate/context.js";
import type { WrittenTerm } from "../explain/written-terms.js";
import { termsOfNodeSelector } from "../explain/written-terms.js";
import type { BoundVolumes } from "../filters/volume-binding/bound-volumes.js";
import { VOLUME } from "../intern/cluster.js";
import { volumeAffinity } from "../intern/kinds.js";
import type { PersistentVolumeLike } from "../objects/types.js";
import type { NamedNode } from "./named-node.js";
import { namedNode } from "./named-node.js";
import type { NodeLabels } from "./node-labels.js";
import type { Refused } from "./refusal.js";
import { refusedTerm } from "./refusal.js";
import type { SelectorCounts } from "./selector-counts.js";

/** Where the affinity stands in a volume. */
export const REQUIRED = "spec.nodeAffinity.required";

export interface Affinity {
  /** In their order. */
  readonly terms: readonly WrittenTerm[];
  /** Terms that match nothing whatever the nodes are. */
  readonly refused: readonly Refused[];
  /** The others. */
  readonly usable: readonly WrittenTerm[];
  /** How many nodes meet it as it is written. */
  readonly nodes: number;
  /** Where none does: a hostname in it that is a node's name, but not its label. */
  readonly named: NamedNode | undefined;
}

export class VolumeAffinities {
  // Block of a nodeAffinity -> what is known of it.
  readonly #known = new Map<number, Affinity | undefined>();

  constructor(
    readonly context: Context,
    readonly counts: SelectorCounts,
    readonly labels: NodeLabels,
    readonly boundVolumes: BoundVolumes | undefined,
  ) {}

  /** Undefined where a volume requires nothing of nodes. O(1), the first time O(terms). */
  of(volume: number): Affinity | undefined {
    const block = this.context.cluster.volumes.get(volume, VOLUME.nodeAffinity);
    if (block === 0) return undefined;
    if (this.#known.has(block)) return this.#known.get(block);
    const affinity = this.#read(block);
    this.#known.set(block, affinity);
    return affinity;
  }

  /** How many nodes reach a volume: one that is somebody's is read as its CSI driver reads it where its plugin moved. */
  reach(volume: number): number {
    const { context } = this;
    const { volumes } = context.cluster;
    const translated = volumes.get(volume, VOLUME.migratedSource) !== 0 && volumes.get(volume, VOLUME.claimRef) !== 0;
    const selector = translated ? this.boundVolumes?.selectorOf(volume) : undefined;
    return this.counts.of(selector ?? context.affinityOf(volume));
  }

  #read(block: number): Affinity | undefined {
    const { behaviour, cluster, compiler } = this.context;
    const { blocks, strings } = cluster;
    type Written = NonNullable<NonNullable<PersistentVolumeLike["spec"]>["nodeAffinity"]>;
    const { required } = volumeAffinity.read(blocks.cursor(block), strings) as Written;
    if (required === undefined) return undefined;
    const terms = termsOfNodeSelector(required, REQUIRED);
    const refused: Refused[] = [];
    const usable: WrittenTerm[] = [];
    for (const term of terms) {
      const fault = refusedTerm(term, behaviour.minor);
      if (fault === undefined) usable.push(term);
      else refused.push(fault);
    }
    const nodes = this.counts.of(compiler.volumeAffinity(block));
    const named = nodes === 0 ? namedNode(cluster, this.labels, usable) : undefined;
    return { terms, refused, usable, nodes, named };
  }
}
