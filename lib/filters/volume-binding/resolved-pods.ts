// filters: pods whose claims are all bound -> the selectors of their volumes, kept with the pod until a claim, a
// volume or the pod changes; and how many nodes each combination of selectors leaves.

import type { Mask } from "../../evaluate/mask.js";
import { ALL, EMPTY } from "../../evaluate/mask.js";
import { Blocks } from "../../intern/blocks.js";
import { CLAIM, POD } from "../../intern/cluster.js";
import { growU32 } from "../../intern/grow.js";
import { EMPTY as NO_TEXT } from "../../intern/strings.js";
import type { Context } from "./context.js";
import type { PreFilterResult } from "./pre-filter.js";
import { preFilter, preFilterClaim } from "./pre-filter.js";

/** The pod has claims that wait for a node: it has to be evaluated. */
export const UNRESOLVED = 0;
/** No node can take the pod. */
const NOWHERE = 1;
const FIRST = 2;

/** Pods whose rows are counted in one call of the kernel. */
const CHUNK = 4096;

export class ResolvedPods {
  #combinations = new Blocks();
  readonly #selectors = new Uint32Array(256);
  // Combination -> how many nodes it leaves, and the moment that this was true of.
  #count = new Uint32Array(64);
  #moment = new Uint32Array(64);
  #now = 1;
  #generation = 1;

  constructor(readonly context: Context) {
    const changed = (): void => {
      this.#now++;
    };
    context.selectors.onChange(changed);
    context.cluster.nodes.listen({
      leaving: (_, replaced) => replaced || changed(),
      entered: (_, replaced) => replaced || changed(),
    });
  }

  /** The combination of a pod, UNRESOLVED or NOWHERE. O(1) while no claim, volume or class has changed. */
  combination(pod: number): number {
    const { claims, pods, storageClasses, volumes } = this.context.cluster;
    // Each of these only grows, so an equal sum means that none has changed; 0 is a pod's that was never resolved.
    const stamp = (claims.version + volumes.version + storageClasses.version + this.#generation) >>> 0;
    if (pods.get(pod, POD.resolvedAt) === stamp) return pods.get(pod, POD.combination);
    const combination = this.#resolve(preFilter(this.context.cluster, pod));
    pods.set(pod, POD.combination, combination);
    pods.set(pod, POD.resolvedAt, stamp);
    return combination;
  }

  /** How many nodes each pod fits; `evaluate` is asked for those that have to be. */
  count(pods: Uint32Array, counts: Uint32Array, evaluate: (pod: number) => number): void {
    this.#countAll(pods, counts, (pod) => this.combination(pod), evaluate);
  }

  /** The same for pods that would use one claim alone. */
  countClaims(claims: Uint32Array, counts: Uint32Array, evaluate: (claim: number) => number): void {
    const { cluster } = this.context;
    this.#countAll(claims, counts, (claim) => this.#resolve(preFilterClaim(cluster, claim)), evaluate);
  }

  #countAll(
    rows: Uint32Array,
    counts: Uint32Array,
    combinationOf: (row: number) => number,
    evaluate: (row: number) => number,
  ): void {
    const pending: number[] = [];
    const open: number[] = [];
    for (let i = 0; i < rows.length; i++) {
      const combination = combinationOf(rows[i]);
      if (combination === UNRESOLVED) {
        open.push(i);
        continue;
      }
      // For now the combination; its count follows when all are known.
      counts[i] = combination;
      if (combination === NOWHERE) continue;
      if (combination >= this.#moment.length) {
        this.#moment = growU32(this.#moment, combination + 1);
        this.#count = growU32(this.#count, combination + 1);
      }
      if (this.#moment[combination] === this.#now) continue;
      this.#moment[combination] = this.#now;
      pending.push(combination);
      if (pending.length === CHUNK) this.#countPending(pending);
    }
    this.#countPending(pending);
    for (let i = 0; i < rows.length; i++) counts[i] = counts[i] === NOWHERE ? 0 : this.#count[counts[i]];
    for (const i of open) counts[i] = evaluate(rows[i]);
  }

  /** Forgets the counts; to be called when masks are made anew. */
  forgetCounts(): void {
    this.#moment.fill(0);
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
      const volume = cluster.volumes.find(NO_TEXT, cluster.claims.get(claim, CLAIM.volumeName));
      if (volume < 0) return NOWHERE;
      const selector = context.affinityOf(volume);
      if (selector === context.compiler.programs.EVERYTHING) continue;
      this.#selectors[length++] = selector;
    }
    if (length > 1) this.#selectors.subarray(0, length).sort();
    return this.#combinations.intern(this.#selectors, 0, length) + FIRST;
  }

  /** Counts combinations; those that come down to rows in one call of the kernel. */
  #countPending(pending: number[]): void {
    const { kernels, memory } = this.context.masks;
    const { masks, selectors } = this.context;
    const rows: number[] = [];
    const offsets: number[] = [0];
    const batch: number[] = [];
    for (const combination of pending) {
      const block = combination - FIRST;
      let small: Mask = ALL;
      const before = rows.length;
      for (let i = 0; i < this.#combinations.length(block); i++) {
        const mask = selectors.mask(this.#combinations.at(block, i));
        if (masks.isRow(mask)) rows.push(masks.rowOr(mask));
        else small = masks.and(small, mask);
      }
      if (small === ALL && rows.length > before) {
        batch.push(combination);
        offsets.push(rows.length);
        continue;
      }
      this.#count[combination] = small === ALL ? masks.count(ALL) : this.#countSmall(small, rows.splice(before));
    }
    pending.length = 0;
    if (batch.length === 0) return;
    const bytes = (offsets.length + rows.length + batch.length) * 4;
    const at = memory.allocate(bytes);
    memory.u32.set(offsets, at >>> 2);
    memory.u32.set(rows, (at >>> 2) + offsets.length);
    const out = at + (offsets.length + rows.length) * 4;
    kernels.countEach(at, at + offsets.length * 4, batch.length, out, masks.bytes);
    const { u32 } = memory;
    for (let i = 0; i < batch.length; i++) this.#count[batch[i]] = u32[(out >>> 2) + i];
    memory.free(at, bytes);
  }

  #countSmall(small: Mask, rows: readonly number[]): number {
    if (small === EMPTY) return 0;
    const { masks } = this.context;
    let count = 0;
    for (const node of masks.ids(small)) if (rows.every((row) => masks.hasBit(row, node))) count++;
    return count;
  }
}
