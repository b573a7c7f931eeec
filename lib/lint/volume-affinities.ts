// lint: volumes' node affinities -> for each distinct one, whether any node meets it, and what is wrong with it.

import { INVALID } from "../compile/requirements.js";
import type { Context } from "../evaluate/context.js";
import type { WrittenTerm } from "../explain/written-terms.js";
import { termsOfNodeSelector } from "../explain/written-terms.js";
import type { BoundVolumes } from "../filters/volume-binding/bound-volumes.js";
import { VOLUME } from "../intern/cluster.js";
import { growU8 } from "../intern/grow.js";
import { nodeSelector, nodeSelectorTerm, volumeAffinity } from "../intern/kinds.js";
import type { PersistentVolumeLike } from "../objects/types.js";
import type { NamedNode } from "./named-node.js";
import { namedNode } from "./named-node.js";
import type { NodeLabels } from "./node-labels.js";
import type { Refused } from "./refusal.js";
import { refusedTerm } from "./refusal.js";
import type { SelectorCounts } from "./selector-counts.js";
import type { UsualKeys } from "./usual-keys.js";

/** Where the affinity stands in a volume. */
export const REQUIRED = "spec.nodeAffinity.required";

const HAS_REQUIRED = volumeAffinity.bit("required");
const TERMS = nodeSelector.bit("nodeSelectorTerms");
const EXPRESSIONS = 1 << nodeSelectorTerm.bit("matchExpressions");

/** What is known of the block of a nodeAffinity. */
const SOUND = 1;
const DOUBTFUL = 2;

/** An affinity with which something may be wrong. */
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
  #soundness = new Uint8Array(0);
  readonly #doubtful = new Map<number, Affinity>();

  constructor(
    readonly context: Context,
    readonly counts: SelectorCounts,
    readonly labels: NodeLabels,
    readonly keys: UsualKeys,
    readonly boundVolumes: BoundVolumes | undefined,
  ) {}

  /**
   * Undefined for a volume that requires nothing of nodes, or nothing doubtful: its terms parse, read labels alone that
   * nodes have, and some node meets one. O(1), the first time O(terms).
   */
  of(volume: number): Affinity | undefined {
    const { cluster } = this.context;
    const block = cluster.volumes.get(volume, VOLUME.nodeAffinity);
    if (block === 0) return undefined;
    if (block >= this.#soundness.length) this.#soundness = growU8(this.#soundness, cluster.blocks.limit);
    if (this.#soundness[block] === 0) this.#soundness[block] = this.#isSound(block) ? SOUND : DOUBTFUL;
    if (this.#soundness[block] === SOUND) return undefined;
    const affinity = this.#doubtful.get(block) ?? this.#read(block);
    if (affinity !== undefined) this.#doubtful.set(block, affinity);
    return affinity;
  }

  /** Whether a volume is read as its CSI driver reads it where its plugin has moved: somebody has it. */
  isTranslated(volume: number): boolean {
    const { volumes } = this.context.cluster;
    if (volumes.get(volume, VOLUME.migratedSource) === 0 || volumes.get(volume, VOLUME.claimRef) === 0) return false;
    return this.boundVolumes !== undefined;
  }

  /** How many nodes reach a volume. */
  reach(volume: number): number {
    const selector = this.isTranslated(volume) ? this.boundVolumes?.selectorOf(volume) : undefined;
    return this.counts.of(selector ?? this.context.affinityOf(volume));
  }

  /** Runs through the tokens: most affinities are sound, and need not be read. */
  #isSound(block: number): boolean {
    const { cluster, compiler } = this.context;
    const cursor = cluster.blocks.cursor(block);
    const { tokens } = cursor;
    if (!volumeAffinity.seek(cursor, HAS_REQUIRED)) return true;
    if (this.counts.of(compiler.volumeAffinity(block)) === 0) return false;
    if (!nodeSelector.seek(cursor, TERMS)) return false;
    for (let terms = tokens[cursor.at++]; terms > 0; terms--) {
      if (tokens[cursor.at++] !== EXPRESSIONS) return false;
      let count = tokens[cursor.at++];
      if (count === 0) return false;
      for (; count > 0; count--) {
        const literal = compiler.requirements.literal(cursor);
        if (literal === INVALID || !this.keys.has(compiler.programs.blocks.at(literal >>> 1, 1))) return false;
      }
    }
    return true;
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
