// evaluate: what all filters share: the cluster, its compiled selectors, and the masks they evaluate to.

import { Amounts } from "../compile/amounts.js";
import type { PluginArguments } from "../compile/plugin-arguments.js";
import { PodSelectors } from "../compile/pod-selectors.js";
import { SelectorCompiler } from "../compile/selector-compiler.js";
import { Tolerations } from "../compile/tolerations.js";
import type { Cluster } from "../intern/cluster.js";
import { VOLUME } from "../intern/cluster.js";
import type { Derivations } from "../intern/derived.js";
import { LabelColumns } from "../intern/label-columns.js";
import type { Derivation } from "../intern/sweeper.js";
import type { Kernels } from "./engine.js";
import { LabelMatching } from "./label-matching.js";
import { Masks } from "./masks.js";
import type { Memory } from "./memory.js";
import { NodeSelectors } from "./node-selectors.js";
import { podsByClaim } from "./pod-volumes.js";
import type { PodsByKey } from "./pods-by-key.js";
import { SelectorCounts } from "./selector-counts.js";

/** Which release's behaviour is wanted. */
export interface Behaviour {
  /** 37 for 1.37. */
  readonly minor: number;
  /** The feature gates that rules read, by name. */
  readonly gates: ReadonlyMap<string, boolean>;
  /** Those of plugins, where they differ from the default ones. */
  readonly args?: PluginArguments | undefined;
}

/** What a selector takes outside the engine's memory: its requirements and terms, a short list, anchors. */
const BYTES_A_SELECTOR = 128;

export class Context implements Derivation {
  /** Who keeps what was made from the cluster's objects. */
  readonly derivations: Derivations;
  readonly columns: LabelColumns;
  readonly compiler: SelectorCompiler;
  readonly podSelectors: PodSelectors;
  readonly tolerations: Tolerations;
  readonly masks: Masks;
  readonly matching: LabelMatching;
  readonly selectors: NodeSelectors;
  readonly counts: SelectorCounts;
  readonly amounts: Amounts;

  constructor(
    readonly cluster: Cluster,
    memory: Memory,
    kernels: Kernels,
    readonly behaviour: Behaviour,
  ) {
    const { derivations } = cluster;
    this.derivations = derivations;
    this.columns = new LabelColumns(cluster.nodes);
    this.compiler = new SelectorCompiler(cluster.codec, cluster.ids, behaviour.minor);
    this.podSelectors = new PodSelectors(this.compiler, cluster.blocks, cluster.ids, behaviour.args?.addedAffinity);
    const comparisons = behaviour.gates.get("TaintTolerationComparisonOperators") === true;
    this.tolerations = new Tolerations(cluster.codec, cluster.ids, comparisons);
    this.masks = new Masks(memory, kernels);
    this.amounts = new Amounts(cluster.strings);
    const programs = () => this.compiler.programs;
    this.matching = new LabelMatching(programs, cluster.strings, this.columns, this.tolerations);
    this.selectors = new NodeSelectors(programs, this.matching, this.columns, this.masks);
    this.counts = new SelectorCounts(programs, this.selectors, this.columns);
    const { amounts, columns, compiler, counts, matching, podSelectors, selectors } = this;
    const { capacitiesByClass, volumesByClaim, volumesByClass } = cluster;
    for (const owner of [capacitiesByClass, volumesByClaim, volumesByClass]) derivations.add(owner);
    for (const owner of [columns, compiler, podSelectors, amounts, matching, selectors, counts]) derivations.add(owner);
    cluster.volumes.listen({ leaving: () => {}, entered: (volume) => this.#prepare(volume) });
  }

  #preparedKeys = 0;

  /**
   * A volume is compiled as it comes, 0.1 us, and nodes that are there are turned on their side for the first few keys
   * that volumes name: whoever asks first need not wait for it.
   */
  #prepare(volume: number): void {
    this.affinityOf(volume);
    const { volumeKeys } = this.compiler;
    if (volumeKeys.size === this.#preparedKeys || this.cluster.nodes.size === 0) return;
    for (const key of volumeKeys) this.columns.column(key);
    this.#preparedKeys = volumeKeys.size;
  }

  /** Bytes of masks, columns and programs, about. */
  get bytes(): number {
    return this.masks.memory.used + this.compiler.programs.blocks.size * BYTES_A_SELECTOR;
  }

  /** The blocks of objects that selectors were compiled from. */
  *sources(): Iterable<number> {
    yield* this.compiler.sources();
    yield* this.podSelectors.sources();
  }

  #podsByClaim: PodsByKey | undefined;

  /** Pods on nodes by claim; where no filter asks for them they are not kept. */
  get podsByClaim(): PodsByKey {
    if (this.#podsByClaim === undefined) {
      this.#podsByClaim = podsByClaim(this.cluster);
      this.derivations.add(this.#podsByClaim);
    }
    return this.#podsByClaim;
  }

  /** The selector of the nodes that can reach a volume. */
  affinityOf(volume: number): number {
    // kube: R-AFF-3 nodes' labels alone decide.
    // kube: R-AFF-5 one whose `required` has no usable term is accessible nowhere.
    return this.compiler.volumeAffinity(this.cluster.volumes.get(volume, VOLUME.nodeAffinity));
  }
}
