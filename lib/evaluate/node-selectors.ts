// evaluate: a canonical selector -> the mask of the nodes that it matches, kept true as nodes change.

import type { Programs } from "../compile/programs.js";
import { NOTHING, OP_IN } from "../compile/programs.js";
import type { Held } from "../intern/derived.js";
import { growU8, growU32 } from "../intern/grow.js";
import type { LabelColumn } from "../intern/label-column.js";
import type { LabelColumns, LabelListener, NodeChange } from "../intern/label-columns.js";
import { Anchors } from "./anchors.js";
import type { LabelMatching } from "./label-matching.js";
import type { Mask } from "./mask.js";
import { ALL_NODES, NO_NODES, SINGLE } from "./mask.js";
import type { Masks } from "./masks.js";
import { RequirementRows, ROWS, SIZE } from "./requirement-rows.js";
import { TermProgram } from "./term-program.js";

/** So many masks of `briefMask` that took a program are kept. */
const MOST_BRIEF = 1 << 12;

/** Told when a node enters or leaves a selector's mask. */
export type MaskListener = (selector: number, node: number, on: boolean) => void;

/**
 * The masks of selectors in use, made when first asked for. When a node changes, only the selectors that could see
 * the change are asked again, about that node alone: those anchored at one of its label pairs (a selector is
 * anchored at the pairs of one In of each of its terms), and those that have a term without an In that names a key of
 * which the value has changed; all of these when the node comes or goes.
 */
export class NodeSelectors implements LabelListener {
  readonly cache = "selectorMasks";
  // Selector -> its mask, where it is known.
  #mask = new Uint32Array(64);
  #known = new Uint8Array(64);
  readonly #listeners: MaskListener[] = [];
  readonly #rows: RequirementRows;
  readonly #program: TermProgram;
  readonly #anchors: Anchors;
  // Nodes that sparse terms match; and a row for what is only counted, 0 for none.
  #found: number[] = [];
  #spare = 0;
  #brief = 0;
  /** How often masks were asked for, those of no and of every node apart, and how many of them had to be made. */
  asked = 0;
  made = 0;

  constructor(
    readonly programs: () => Programs,
    readonly matching: LabelMatching,
    readonly columns: LabelColumns,
    readonly masks: Masks,
  ) {
    this.#rows = new RequirementRows(programs, matching, columns, masks);
    this.#program = new TermProgram(programs, this.#rows, masks);
    this.#anchors = new Anchors(programs);
    columns.listen(this);
  }

  onChange(listener: MaskListener): void {
    this.#listeners.push(listener);
  }

  /** The nodes that a selector matches. First call: O(nodes / 512) a dense requirement, or O(matches); then O(1). */
  mask(selector: number): Mask {
    if (selector === NOTHING) return NO_NODES;
    if (selector === this.programs().EVERYTHING) return ALL_NODES;
    if (selector >= this.#known.length) this.#grow();
    this.asked++;
    if (this.#known[selector] === 0) {
      this.made++;
      this.#begin(selector);
      this.#keep(selector);
    }
    return this.#mask[selector];
  }

  /**
   * The same for selectors of which there may be a new one with every question: from some number on they are made in
   * the question's scratch.
   */
  briefMask(selector: number): Mask {
    const { EVERYTHING } = this.programs();
    if (selector === NOTHING || selector === EVERYTHING || this.#known[selector] === 1) return this.mask(selector);
    if (selector >= this.#known.length) this.#grow();
    this.#begin(selector);
    if (this.#program.terms === 0) return this.#keep(selector);
    if (this.#brief < MOST_BRIEF) {
      this.#brief++;
      return this.#keep(selector);
    }
    const { masks } = this;
    const row = masks.scratch.row();
    return masks.scratchDense(row, this.#runInto(row));
  }

  /** Makes the mask of a selector whose count takes more than a look at the columns. */
  keep(selector: number): void {
    if (this.#onlyLiteral(selector) === 0) this.mask(selector);
  }

  /** Kept masks by their form, those of no node left out, and their bytes. O(selectors). */
  forms(): { readonly single: number; readonly list: number; readonly row: number; readonly bytes: number } {
    const forms = { single: 0, list: 0, row: 0, bytes: 0 };
    for (let selector = 0; selector < this.#known.length; selector++) {
      const mask = this.#known[selector] === 0 ? NO_NODES : this.#mask[selector];
      if (mask === NO_NODES) continue;
      forms[(mask & 7) === SINGLE ? "single" : this.masks.isRow(mask) ? "row" : "list"]++;
      forms.bytes += this.masks.bytesOf(mask);
    }
    return forms;
  }

  held(): Held {
    const { bytes, list, row, single } = this.forms();
    return { entries: single + list + row, bytes: bytes + this.#mask.byteLength + this.#known.byteLength };
  }

  dropRows(): void {
    for (let selector = 0; selector < this.#known.length; selector++) {
      if (this.#known[selector] !== 0) this.masks.release(this.#mask[selector]);
    }
    if (this.#spare !== 0) this.masks.freeRow(this.#spare);
    this.#spare = this.#brief = 0;
    this.#known.fill(0);
    this.#rows.clear();
    this.#program.clear();
    this.#anchors.clear();
  }

  relabelled(node: number, change: NodeChange, changed: readonly LabelColumn[]): void {
    const { masks } = this;
    // Rows that are too short are made anew before the next evaluation, with everything in them.
    if (node >= masks.capacity) return;
    const { EVERYTHING } = this.programs();
    const gone = change === "went";
    if (change !== "stayed") {
      masks.setBit(masks.all, node, !gone);
      for (const listener of this.#listeners) listener(EVERYTHING, node, !gone);
    }
    // What no column tells apart no selector does.
    if (change === "stayed" && changed.length === 0) return;
    const touched = new Set<number>();
    this.#rows.patch(node, changed);
    this.#anchors.settle();
    // The node may leave a mask that one of its lost pairs anchors, or enter or leave one that a present pair anchors.
    for (const column of changed) this.#anchors.collect(column.key, column.lost, touched);
    for (const column of this.columns.of(node)) this.#anchors.collect(column.key, column.get(node), touched);
    if (change === "stayed") for (const column of changed) this.#anchors.collectKey(column.key, touched);
    else for (const selector of this.#anchors.unanchored) touched.add(selector);
    for (const selector of touched) {
      const on = !gone && this.matching.matchesNode(selector, node);
      const before = this.#mask[selector];
      if (masks.has(before, node) === on) continue;
      // path: kept: a selector's mask
      this.#mask[selector] = masks.patch(before, node, on);
      for (const listener of this.#listeners) listener(selector, node, on);
    }
  }

  /**
   * How many nodes a selector matches, without making its mask. O(values) for one requirement, O(nodes / 512) a
   * requirement or O(matches) for others; nothing is remembered but rows of requirements.
   */
  count(selector: number): number {
    if (selector === NOTHING) return 0;
    const { masks } = this;
    if (selector === this.programs().EVERYTHING) return masks.count(ALL_NODES);
    // path: count: a selector with a mask if this.#known[selector] === 1
    if (this.#known[selector] === 1) return masks.count(this.#mask[selector]);
    const literal = this.#onlyLiteral(selector);
    if (literal !== 0) {
      // path: count: one requirement over its column
      const count = this.#rows.count(literal >>> 1);
      return (literal & 1) === 0 ? count : masks.count(ALL_NODES) - count;
    }
    this.#begin(selector);
    const found = this.#found;
    // path: count: sparse terms if this.#program.terms === 0
    if (this.#program.terms === 0) return found.length;
    if (this.#spare === 0) this.#spare = masks.newRow();
    // path: count: program into the spare row
    return this.#runInto(this.#spare);
  }

  #grow(): void {
    this.#known = growU8(this.#known, this.programs().blocks.limit);
    this.#mask = growU32(this.#mask, this.#known.length);
  }

  /** Keeps the mask of a selector that was begun. */
  #keep(selector: number): Mask {
    const { masks } = this;
    let mask: Mask;
    if (this.#program.terms === 0) mask = masks.keepIds(this.#found);
    else {
      // path: mask: program of terms
      const row = masks.newRow();
      mask = masks.keepRow(row, this.#runInto(row));
    }
    this.#mask[selector] = mask;
    this.#known[selector] = 1;
    this.#anchors.add(selector);
    return mask;
  }

  /** The literal of a selector of one term of one literal, or 0. */
  #onlyLiteral(selector: number): number {
    const { blocks } = this.programs();
    if (blocks.length(selector) !== 1) return 0;
    const term = blocks.at(selector, 0);
    return blocks.length(term) === 1 ? blocks.at(term, 0) : 0;
  }

  /** Finds the nodes of sparse terms, ascending, each once, and makes the program of the others. */
  #begin(selector: number): void {
    const { blocks } = this.programs();
    const terms = blocks.length(selector);
    const found = this.#found;
    if (found.length > 0) found.length = 0;
    this.#program.begin();
    for (let i = 0; i < terms; i++) {
      const term = blocks.at(selector, i);
      if (!this.#sparseTerm(term, found)) this.#program.add(term);
    }
    if (found.length < 2) return;
    found.sort((a, b) => a - b);
    if (terms > 1) this.#found = found.filter((node, i) => node !== found[i - 1]);
  }

  /** Runs what `#begin` made into a row; returns the number of its bits. */
  #runInto(row: number): number {
    const { masks } = this;
    let count = this.#program.run(row);
    for (const node of this.#found) {
      if (masks.hasBit(row, node)) continue;
      masks.setBit(row, node, true);
      count++;
    }
    return count;
  }

  /** Adds the nodes of a term that has an In with few nodes, found one by one; false where rows are cheaper. */
  #sparseTerm(term: number, into: number[]): boolean {
    const { blocks } = this.programs();
    const literals = blocks.length(term);
    const rarest = literals === 1 ? this.#fewOf(blocks.at(term, 0)) : this.#rarestOf(term);
    if (rarest === 0) return false;
    const column = this.#rows.columnOf(rarest);
    const from = into.length;
    for (let i = 2; i < blocks.length(rarest); i++) column.collect(blocks.at(rarest, i), into);
    // path: mask: sparse term, by its values if literals === 1
    if (literals === 1) return true;
    // path: mask: sparse term, tested node by node
    let kept = from;
    for (let i = from; i < into.length; i++) if (this.matching.termHolds(term, into[i])) into[kept++] = into[i];
    into.length = kept;
    return true;
  }

  /** The In that a literal is, where few nodes meet it, or 0. */
  #fewOf(literal: number): number {
    const requirement = literal >>> 1;
    if ((literal & 1) !== 0 || this.programs().blocks.at(requirement, 0) !== OP_IN) return 0;
    return this.#rows.count(requirement) <= this.masks.arrayLimit ? requirement : 0;
  }

  /** The In of a term that the fewest nodes meet, where they are few, or 0. */
  #rarestOf(term: number): number {
    const { blocks } = this.programs();
    const rows = this.#rows;
    let least = this.masks.arrayLimit + 1;
    let rarest = 0;
    for (let i = 0; i < blocks.length(term); i++) {
      const literal = blocks.at(term, i);
      if ((literal & 1) !== 0) continue;
      const place = rows.find(literal >>> 1);
      if (rows.data[place + ROWS] > 0 || rows.data[place + SIZE] >= least) continue;
      least = rows.data[place + SIZE];
      rarest = literal >>> 1;
    }
    return rarest;
  }
}
