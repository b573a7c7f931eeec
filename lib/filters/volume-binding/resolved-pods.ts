// filters: pods whose claims are all bound -> the selectors of their volumes, kept with the pod until a claim, a
// volume or the pod changes; and how many nodes each combination of selectors leaves.

import type { Context } from "../../evaluate/context.js";
import type { RowCounter } from "../../evaluate/engine.js";
import type { Mask } from "../../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../../evaluate/mask.js";
import { InlineRowCounter } from "../../evaluate/row-counter.js";
import { Blocks } from "../../intern/blocks.js";
import { CLAIM } from "../../intern/cluster.js";
import { growU32 } from "../../intern/grow.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { PreFilterResult } from "./pre-filter.js";
import { preFilter } from "./pre-filter.js";

/** The pod has claims that wait for a node: it has to be evaluated. */
export const UNRESOLVED = 0;
/** No node can take the pod. */
const NOWHERE = 1;
const FIRST = 2;

export class ResolvedPods {
  #combinations = new Blocks();
  readonly #selectors = new Uint32Array(256);
  readonly #rows = new Uint32Array(256);
  readonly #counter: RowCounter;
  // Pod -> its combination, and the stamp that this was true of: apart from the pods' rows, for a batch reads them all.
  #combination = new Uint32Array(64);
  #resolvedAt = new Uint32Array(64);
  // Combination -> how many nodes it leaves, and the epoch that this was true of.
  #count = new Uint32Array(64);
  #epoch = new Uint32Array(64);
  #generation = 1;

  constructor(readonly context: Context) {
    const { kernels, memory } = context.masks;
    const sink = (combination: number, count: number): void => {
      this.#count[combination] = count;
    };
    this.#counter = memory.engine.rowCounter?.(memory, sink) ?? new InlineRowCounter(kernels, memory, sink);
    const unresolve = (pod: number): void => {
      if (pod < this.#resolvedAt.length) this.#resolvedAt[pod] = 0;
    };
    context.cluster.pods.listen({ leaving: unresolve, entered: unresolve });
  }

  /** Whether there is a pod in a row. Faster than the table's own answer for those that were resolved. */
  hasPod(pod: number): boolean {
    return this.#resolvedAt[pod] > 0 || this.context.cluster.pods.has(pod);
  }

  /** The combination of a pod, UNRESOLVED or NOWHERE. O(1) while no claim, volume or class has changed. */
  combination(pod: number): number {
    const { claims, pods, storageClasses, volumes } = this.context.cluster;
    // Each of these only grows, so an equal sum means that none has changed; 0 is a pod's that was never resolved.
    const stamp = (claims.version + volumes.version + storageClasses.version + this.#generation) >>> 0;
    if (this.#resolvedAt[pod] === stamp) return this.#combination[pod];
    if (pod >= this.#resolvedAt.length) {
      this.#combination = growU32(this.#combination, pods.limit);
      this.#resolvedAt = growU32(this.#resolvedAt, pods.limit);
    }
    this.#combination[pod] = this.#resolve(preFilter(this.context.cluster, pod));
    this.#resolvedAt[pod] = stamp;
    return this.#combination[pod];
  }

  /** How many nodes each pod fits; `evaluate` is asked for those that have to be. */
  count(pods: Uint32Array, counts: Uint32Array, evaluate: (pod: number) => number): void {
    const open: number[] = [];
    try {
      this.#counter.start(this.context.masks.bytes);
      for (let i = 0; i < pods.length; i++) {
        const combination = this.combination(pods[i]);
        // For now the combination; its count follows when all are known.
        counts[i] = combination;
        if (combination === UNRESOLVED) open.push(i);
        else if (combination !== NOWHERE) this.#begin(combination);
      }
      this.#counter.finish();
    } catch (error) {
      // Some combinations may have begun that were not counted.
      this.forgetCounts();
      throw error;
    }
    // Those of NOWHERE and UNRESOLVED are 0.
    const count = this.#count;
    for (let i = 0; i < pods.length; i++) counts[i] = count[counts[i]];
    for (const i of open) counts[i] = evaluate(pods[i]);
  }

  /** Forgets the counts; to be called when masks are made anew. */
  forgetCounts(): void {
    this.#epoch.fill(0);
  }

  /** Forgets everything that was made from ids. */
  clear(): void {
    this.#combinations = new Blocks();
    this.#generation++;
    this.forgetCounts();
  }

  #resolve({ claims, error, rejected }: PreFilterResult): number {
    const { context } = this;
    const { cluster } = context;
    if (rejected !== undefined || error !== undefined) return NOWHERE;
    if (claims !== undefined && (claims.delayed.length > 0 || claims.bound.length > this.#selectors.length)) {
      return UNRESOLVED;
    }
    let length = 0;
    for (const claim of claims?.bound ?? []) {
      const volume = cluster.volumes.find(EMPTY_TEXT, cluster.claims.get(claim, CLAIM.volumeName));
      if (volume < 0) return NOWHERE;
      const selector = context.affinityOf(volume);
      if (selector === context.compiler.programs.EVERYTHING) continue;
      this.#selectors[length++] = selector;
    }
    if (length > 1) this.#selectors.subarray(0, length).sort();
    return this.#combinations.intern(this.#selectors, 0, length) + FIRST;
  }

  /** Counts a combination that was not yet: at once, or before `finish` where it comes down to rows. */
  #begin(combination: number): void {
    if (combination >= this.#epoch.length) {
      this.#epoch = growU32(this.#epoch, combination + 1);
      this.#count = growU32(this.#count, combination + 1);
    }
    const { counts, masks, selectors } = this.context;
    if (this.#epoch[combination] === counts.epoch) return;
    this.#epoch[combination] = counts.epoch;
    const block = combination - FIRST;
    const length = this.#combinations.length(block);
    if (length === 1) {
      this.#count[combination] = counts.of(this.#combinations.at(block, 0));
      return;
    }
    let small: Mask = ALL_NODES;
    let rows = 0;
    for (let i = 0; i < length; i++) {
      const mask = selectors.mask(this.#combinations.at(block, i));
      if (masks.isRow(mask)) this.#rows[rows++] = masks.rowOr(mask);
      else small = masks.and(small, mask);
    }
    if (small === ALL_NODES && rows > 0) this.#counter.add(combination, this.#rows, rows);
    else this.#count[combination] = small === ALL_NODES ? masks.count(ALL_NODES) : this.#countSmall(small, rows);
  }

  #countSmall(small: Mask, rows: number): number {
    if (small === NO_NODES) return 0;
    const { masks } = this.context;
    let count = 0;
    for (const node of masks.ids(small)) {
      let row = 0;
      while (row < rows && masks.hasBit(this.#rows[row], node)) row++;
      if (row === rows) count++;
    }
    return count;
  }
}
