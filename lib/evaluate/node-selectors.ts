// evaluate: a canonical selector -> the mask of the nodes whose labels it matches, kept true as nodes change.

import type { Programs } from "../compile/programs.js";
import { NOTHING, OP_IN } from "../compile/programs.js";
import type { LabelColumn, LabelColumns, LabelListener, NodeChange } from "../intern/label-columns.js";
import { Anchors } from "./anchors.js";
import type { LabelMatching } from "./label-matching.js";
import type { Mask } from "./mask.js";
import { ALL, EMPTY } from "./mask.js";
import type { Masks } from "./masks.js";

/** Told when a node enters or leaves a selector's mask. */
export type MaskListener = (selector: number, node: number, on: boolean) => void;

/**
 * The masks of selectors in use, made when first asked for. When a node changes, only the selectors that could see
 * the change are asked again, about that node alone: those anchored at one of its label pairs (a selector is
 * anchored at the pairs of one In of each of its terms), and those that have a term without an In.
 */
export class NodeSelectors implements LabelListener {
  readonly #mask: Mask[] = [];
  #known = new Uint8Array(0);
  readonly #rows = new Map<number, number>();
  readonly #listeners: MaskListener[] = [];
  readonly #anchors: Anchors;

  constructor(
    readonly programs: () => Programs,
    readonly matching: LabelMatching,
    readonly columns: LabelColumns,
    readonly masks: Masks,
  ) {
    this.#anchors = new Anchors(programs);
    columns.listen(this);
  }

  onChange(listener: MaskListener): void {
    this.#listeners.push(listener);
  }

  /** The nodes that a selector matches. First call: O(nodes / 512) a dense requirement, or O(matches); then O(1). */
  mask(selector: number): Mask {
    if (selector === NOTHING) return EMPTY;
    if (selector === this.programs().EVERYTHING) return ALL;
    if (selector >= this.#known.length) {
      const grown = new Uint8Array(Math.max(64, selector + (selector >> 1)));
      grown.set(this.#known);
      this.#known = grown;
    }
    if (this.#known[selector] === 0) {
      this.#mask[selector] = this.#compute(selector);
      this.#known[selector] = 1;
      this.#anchors.add(selector);
    }
    return this.#mask[selector];
  }

  /** Gives back every mask and row; to be called before the masks' rows change their size. */
  clear(): void {
    this.#mask.forEach((mask, selector) => {
      if (this.#known[selector] !== 0) this.masks.release(mask);
    });
    for (const row of this.#rows.values()) this.masks.freeRow(row);
    this.#known.fill(0);
    this.#mask.length = 0;
    this.#rows.clear();
    this.#anchors.clear();
    this.matching.clear();
  }

  relabelled(node: number, change: NodeChange, changed: readonly LabelColumn[]): void {
    const { masks } = this;
    // Rows that are too short are made anew before the next evaluation, with everything in them.
    if (node >= masks.capacity) return;
    const { u32 } = masks.memory;
    const { EVERYTHING, blocks } = this.programs();
    const gone = change === "went";
    if (change !== "stayed") {
      masks.setBit(masks.all, node, !gone);
      for (const listener of this.#listeners) listener(EVERYTHING, node, !gone);
    }
    const touched = new Set<number>();
    for (const [requirement, row] of this.#rows) {
      const column = this.columns.column(blocks.at(requirement, 1));
      const on = !gone && this.matching.requirementHolds(requirement, column.value[node] ?? 0);
      const at = (row >>> 2) + (node >>> 5);
      u32[at] = on ? u32[at] | (1 << (node & 31)) : u32[at] & ~(1 << (node & 31));
    }
    this.#anchors.settle();
    // The node may leave a mask that one of its lost pairs anchors, or enter or leave one that a present pair anchors.
    for (const column of changed) this.#anchors.collect(column.key, column.lost, touched);
    for (const column of this.columns.all()) this.#anchors.collect(column.key, column.value[node] ?? 0, touched);
    for (const selector of this.#anchors.unanchored) touched.add(selector);
    for (const selector of touched) {
      const on = !gone && this.matching.matchesNode(selector, node);
      const before = this.#mask[selector];
      if (masks.has(before, node) === on) continue;
      this.#mask[selector] = masks.patch(before, node, on);
      for (const listener of this.#listeners) listener(selector, node, on);
    }
  }

  #compute(selector: number): Mask {
    const { masks } = this;
    const { blocks } = this.programs();
    const terms = blocks.length(selector);
    const sparse: number[] = [];
    const denseTerms: number[] = [];
    for (let i = 0; i < terms; i++) {
      const term = blocks.at(selector, i);
      if (!this.#sparseTerm(term, sparse)) denseTerms.push(term);
    }
    if (sparse.length > 1) sparse.sort((a, b) => a - b);
    if (denseTerms.length === 0) return masks.keepIds(terms < 2 ? sparse : [...new Set(sparse)]);
    const row = masks.newRow();
    let count = this.#run(denseTerms, row);
    for (const node of sparse) {
      if (masks.hasBit(row, node)) continue;
      masks.setBit(row, node, true);
      count++;
    }
    return masks.keepRow(row, count);
  }

  /** Adds the nodes of a term that has an In with few nodes, found one by one; false where rows are cheaper. */
  #sparseTerm(term: number, into: number[]): boolean {
    const { blocks } = this.programs();
    const loads = blocks.length(term);
    let rarest = 0;
    let least = this.masks.arrayLimit + 1;
    for (let i = 0; i < loads; i++) {
      const load = blocks.at(term, i);
      const requirement = load >>> 1;
      if ((load & 1) !== 0 || blocks.at(requirement, 0) !== OP_IN) continue;
      const column = this.columns.column(blocks.at(requirement, 1));
      let count = 0;
      for (let j = blocks.length(requirement) - 1; j > 1; j--) count += column.count(blocks.at(requirement, j));
      if (count >= least) continue;
      least = count;
      rarest = requirement;
    }
    if (rarest === 0) return false;
    const column = this.columns.column(blocks.at(rarest, 1));
    const found: number[] = [];
    for (let j = 2; j < blocks.length(rarest); j++) column.collect(blocks.at(rarest, j), found);
    for (const node of found) if (loads === 1 || this.matching.termHolds(term, node)) into.push(node);
    return true;
  }

  /** Runs dense terms as one program into `row`; returns the number of bits. */
  #run(terms: readonly number[], row: number): number {
    const { masks } = this;
    const { blocks } = this.programs();
    const words: number[] = [terms.length];
    for (const term of terms) {
      words.push(blocks.length(term));
      for (let i = 0; i < blocks.length(term); i++) {
        const load = blocks.at(term, i);
        words.push(this.#requirementRow(load >>> 1) | (load & 1));
      }
    }
    const bytes = words.length * 4;
    const program = masks.memory.allocate(bytes);
    masks.memory.u32.set(words, program >>> 2);
    const count = masks.kernels.run(program, row, masks.all, masks.bytes);
    masks.memory.free(program, bytes);
    return count;
  }

  /** The row of a requirement, shared by all programs that load it. */
  #requirementRow(requirement: number): number {
    const known = this.#rows.get(requirement);
    if (known !== undefined) return known;
    const { masks } = this;
    const column = this.columns.column(this.programs().blocks.at(requirement, 1));
    const row = masks.newRow();
    this.#fillRow(requirement, column, row);
    this.#rows.set(requirement, row);
    return row;
  }

  #fillRow(requirement: number, column: LabelColumn, row: number): void {
    const { kernels, bytes, memory } = this.masks;
    const { blocks } = this.programs();
    if (blocks.at(requirement, 0) !== OP_IN) {
      for (const value of column.values()) {
        if (this.matching.requirementHolds(requirement, value)) column.mark(value, memory.u32, row >>> 2);
      }
      return;
    }
    for (let i = 2; i < blocks.length(requirement); i++) {
      const value = blocks.at(requirement, i);
      if (blocks.length(requirement) === 3 || column.count(value) <= this.masks.arrayLimit) {
        column.mark(value, memory.u32, row >>> 2);
      } else {
        // One of several values: its row is likely wanted by other requirements too.
        const single = this.programs().requirementOf(OP_IN, column.key, value);
        kernels.or(row, row, this.#requirementRow(single), bytes);
      }
    }
  }
}
