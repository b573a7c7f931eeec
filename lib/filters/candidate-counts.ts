// filters: known pods and claims -> how many nodes each of them fits.
//
// Most come down to selectors, and conditions that plugins keep rows of, whose nodes are ANDed. The combination of them
// is kept with the pod until the pod changes or a plugin's epoch does; the count of a combination, until a node does.

import type { Context } from "../evaluate/context.js";
import type { RowCounter } from "../evaluate/engine.js";
import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import { InlineRowCounter } from "../evaluate/row-counter.js";
import { Blocks } from "../intern/blocks.js";
import type { Held } from "../intern/derived.js";
import { growU32 } from "../intern/grow.js";
import { CandidateParts, CONDITION, conditionOf, MOST_PARTS, pluginOf } from "./candidate-parts.js";
import type { Candidate, ConditionRows, Plugin, Resolution } from "./plugin.js";

/** So many more combinations are kept than pods and claims could have. */
const SLACK = 1 << 12;

/** The pod has to be evaluated. */
const UNRESOLVED = 0;
/** No node can take the pod. */
const NOWHERE = 1;
const FIRST = 2;

export class CandidateCounts {
  readonly cache = "combinations";
  #combinations = new Blocks();
  readonly #selectors = new CandidateParts();
  readonly #rows = new Uint32Array(MOST_PARTS);
  #rowCount = 0;
  readonly #counter: RowCounter;
  // Pod -> its combination, and the epoch that this was true at: apart from the pods' rows, for a batch reads them all.
  #combination = new Uint32Array(64);
  #resolvedAt = new Uint32Array(64);
  // Combination -> how many nodes it leaves, and the epoch that this was true at.
  #count = new Uint32Array(64);
  #countedAt = new Uint32Array(64);
  #drops = 1;
  // What counts of combinations with conditions are true of.
  #rowEpoch = 0;
  // How many pods were asked about in batches, and how many of them had to be looked at anew.
  #asked = 0;
  #resolved = 0;

  constructor(
    readonly context: Context,
    readonly plugins: readonly Plugin[],
  ) {
    const { kernels, memory } = context.masks;
    const sink = (combination: number, count: number): void => {
      this.#count[combination] = count;
    };
    this.#counter = memory.engine.rowCounter?.(memory, sink) ?? new InlineRowCounter(kernels, memory, sink);
    const unresolve = (pod: number): void => {
      if (pod < this.#resolvedAt.length) this.#resolvedAt[pod] = 0;
    };
    context.cluster.pods.listen({ leaving: unresolve, entered: unresolve });
    context.derivations.add(this);
  }

  /** Whether there is a pod in a row. Faster than the table's own answer for those that were resolved. */
  hasPod(pod: number): boolean {
    return this.#resolvedAt[pod] > 0 || this.context.cluster.pods.has(pod);
  }

  /** How many nodes each pod fits; `evaluate` is asked for those that have to be. */
  countPods(pods: Uint32Array, counts: Uint32Array, evaluate: (candidate: Candidate) => number): void {
    const open: number[] = [];
    this.#asked += pods.length;
    this.#settle();
    for (const plugin of this.plugins) plugin.settle?.();
    const epoch = this.#epoch;
    this.#inBatch(() => {
      for (let i = 0; i < pods.length; i++) {
        const combination = this.#combinationOf(pods[i], epoch);
        // For now the combination; its count follows when all are known.
        counts[i] = combination;
        // path: batch: a pod that has to be evaluated if combination === UNRESOLVED
        // path: batch: a pod without a node if combination === NOWHERE
        // path: batch: a pod by its combination of selectors if combination > NOWHERE
        if (combination === UNRESOLVED) open.push(i);
        else if (combination !== NOWHERE) this.#begin(combination);
      }
    });
    // Those of NOWHERE and UNRESOLVED are 0.
    const count = this.#count;
    for (let i = 0; i < pods.length; i++) counts[i] = count[counts[i]];
    for (const i of open) counts[i] = evaluate({ pod: pods[i], claim: -1 });
  }

  /** How many nodes each claim alone fits. O(1) a claim that is bound; `evaluate` is asked for others. */
  countClaims(claims: Uint32Array, counts: Uint32Array, evaluate: (candidate: Candidate) => number): void {
    this.#settle();
    for (const plugin of this.plugins) plugin.settle?.();
    const { counts: selectorCounts } = this.context;
    const selectors = this.#selectors;
    const candidate = { pod: -1, claim: -1 };
    const open: number[] = [];
    // Claims that come down to several selectors, and their combinations.
    const combined: number[] = [];
    this.#inBatch(() => {
      for (let i = 0; i < claims.length; i++) {
        candidate.claim = claims[i];
        const resolution = this.#resolve(candidate);
        // path: batch: a claim without a node if resolution === "nowhere"
        // path: batch: a claim that has to be evaluated if resolution === "open"
        // path: batch: a claim by its volume's selector if resolution === "selectors" && selectors.length <= 1 && selectors.conditions === 0
        if (resolution === "nowhere") counts[i] = 0;
        else if (resolution === "open") open.push(i);
        else if (selectors.length > 1 || selectors.conditions > 0) {
          const combination = this.#combined();
          combined.push(i, combination);
          this.#begin(combination);
        } else {
          counts[i] = selectorCounts.of(selectors.length === 0 ? selectors.everything : selectors.ids[0]);
        }
      }
    });
    for (let i = 0; i < combined.length; i += 2) counts[combined[i]] = this.#count[combined[i + 1]];
    for (const i of open) counts[i] = evaluate({ pod: -1, claim: claims[i] });
  }

  /** Of the pods of batches, how many were known. */
  get lookups(): { readonly hits: number; readonly misses: number } {
    return { hits: this.#asked - this.#resolved, misses: this.#resolved };
  }

  held(): Held {
    const pods = this.#combination.byteLength + this.#resolvedAt.byteLength;
    const counts = this.#count.byteLength + this.#countedAt.byteLength;
    return { entries: this.#combinations.size - 1, bytes: this.#combinations.byteLength + pods + counts };
  }

  dropRows(): void {
    this.#countedAt.fill(0);
  }

  dropIds(): void {
    this.#combinations = new Blocks();
    this.#drops++;
  }

  /** Pods may go that nobody tells of. */
  spoilt(): void {
    this.#resolvedAt.fill(0);
  }

  /** Forgets the combinations of pods that are gone, with all others. */
  #settle(): void {
    const { claims, pods } = this.context.cluster;
    if (this.#combinations.size <= (pods.size + claims.size) * 2 + SLACK) return;
    this.dropRows();
    this.dropIds();
  }

  /** Every combination that `work` begins is counted after it. */
  #inBatch(work: () => void): void {
    this.#selectors.everything = this.context.compiler.programs.EVERYTHING;
    this.#rowEpoch = this.plugins.reduce((sum, { rows }) => sum + (rows?.epoch ?? 0), this.context.counts.epoch) >>> 0;
    try {
      this.#counter.start(this.context.masks.bytes);
      work();
      this.#finish();
    } catch (error) {
      // Some combinations may have begun that were not counted.
      this.dropRows();
      throw error;
    }
  }

  /** Counts what was begun; every row of a condition may go then. */
  #finish(): void {
    this.#counter.finish();
    for (const { rows } of this.plugins) rows?.endRound();
  }

  /** What pods were resolved at. Each part only grows, so an equal sum means that none has changed; it is never 0. */
  get #epoch(): number {
    let epoch = this.#drops;
    for (const plugin of this.plugins) epoch += plugin.epoch ?? 0;
    return epoch >>> 0;
  }

  /** The combination of a pod, UNRESOLVED or NOWHERE. O(1) while the epoch is the same. */
  #combinationOf(pod: number, epoch: number): number {
    if (this.#resolvedAt[pod] === epoch) return this.#combination[pod];
    if (pod >= this.#resolvedAt.length) {
      const { limit } = this.context.cluster.pods;
      this.#combination = growU32(this.#combination, limit);
      this.#resolvedAt = growU32(this.#resolvedAt, limit);
    }
    this.#combination[pod] = this.#combine(pod);
    this.#resolvedAt[pod] = epoch;
    return this.#combination[pod];
  }

  #combine(pod: number): number {
    this.#resolved++;
    const resolution = this.#resolve({ pod, claim: -1 });
    if (resolution !== "selectors") return resolution === "open" ? UNRESOLVED : NOWHERE;
    return this.#combined();
  }

  /** The combination of the selectors in the list. */
  #combined(): number {
    const { ids, length } = this.#selectors;
    if (length > 1) ids.subarray(0, length).sort();
    return this.#combinations.intern(ids, 0, length) + FIRST;
  }

  #resolve(candidate: Candidate): Resolution {
    const selectors = this.#selectors;
    selectors.clear();
    const { plugins } = this;
    let resolution: Resolution = "selectors";
    for (let i = 0; i < plugins.length; i++) {
      const plugin = plugins[i];
      selectors.plugin = i;
      const answer = plugin.resolve === undefined ? "open" : plugin.resolve(candidate, selectors);
      if (answer === "nowhere") return answer;
      if (answer === "open") resolution = answer;
    }
    return resolution;
  }

  /** Counts a combination that was not yet: at once, or before `finish` where it comes down to rows. */
  #begin(combination: number): void {
    if (combination >= this.#countedAt.length) {
      this.#countedAt = growU32(this.#countedAt, combination + 1);
      this.#count = growU32(this.#count, combination + 1);
    }
    const { counts, masks } = this.context;
    const block = combination - FIRST;
    const length = this.#combinations.length(block);
    // Conditions are greater than selectors, and a list is sorted.
    const last = length === 0 ? 0 : this.#combinations.at(block, length - 1);
    const epoch = last >= CONDITION ? this.#rowEpoch : counts.epoch;
    if (this.#countedAt[combination] === epoch) return;
    this.#countedAt[combination] = epoch;
    if (length === 1 && last < CONDITION) {
      // path: batch: a combination of one selector
      this.#count[combination] = counts.of(last);
      return;
    }
    const small = this.#gather(block, length);
    const rows = this.#rowCount;
    // path: batch: a combination of rows if small === ALL_NODES && rows > 0
    // path: batch: a combination with short lists if small !== ALL_NODES
    if (small === ALL_NODES && rows > 0) this.#counter.add(combination, this.#rows, rows);
    else this.#count[combination] = small === ALL_NODES ? masks.count(ALL_NODES) : this.#countSmall(small, rows);
  }

  /** Puts the rows of a combination into `#rows`; returns the nodes that its short lists leave. */
  #gather(block: number, length: number): Mask {
    const { masks, selectors } = this.context;
    let small: Mask = ALL_NODES;
    let rows = 0;
    for (let i = 0; i < length; i++) {
      const part = this.#combinations.at(block, i);
      if (part < CONDITION) {
        const mask = selectors.mask(part);
        if (masks.isRow(mask)) this.#rows[rows++] = masks.rowOr(mask);
        else small = masks.and(small, mask);
        continue;
      }
      const kept = this.plugins[pluginOf(part)].rows as ConditionRows;
      const condition = conditionOf(part);
      if (!kept.hasRoomFor(condition)) {
        // More rows are asked for than are kept.
        this.#finish();
        this.#counter.start(masks.bytes);
        // What was gathered may go too.
        return this.#gather(block, length);
      }
      this.#rows[rows++] = kept.of(condition);
    }
    this.#rowCount = rows;
    return small;
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
