// filters: masks of nodes by a question about each, kept true as nodes and what is known of them change.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import type { Derived } from "../../intern/derived.js";
import { EMPTY_TEXT } from "../../intern/strings.js";

/** More masks than this are not kept: the one that was asked for longest ago goes. */
const MOST = 128;

/** Whether a node, by the string id of its name, belongs to a mask. */
export type NodeTest = (node: number) => boolean;

interface Kept {
  mask: Mask;
  readonly test: NodeTest;
}

/** What changes is noted, and settled when somebody asks. */
export class NodeMasks implements Derived {
  readonly #kept = new Map<number, Kept>();
  readonly #changed = new Set<number>();

  constructor(readonly context: Context) {
    const { csiNodes, nodes } = context.cluster;
    const nodeChanges = (row: number) => this.#rowChanges(row);
    const csiNodeChanges = (row: number) => this.changed(csiNodes.get(row, csiNodes.NAME));
    nodes.listen({ leaving: nodeChanges, entered: nodeChanges });
    csiNodes.listen({ leaving: csiNodeChanges, entered: csiNodeChanges });
    context.derivations.add(this);
  }

  /** Something that a test may see has changed about a node, by name. */
  changed(node: number): void {
    if (this.#kept.size > 0) this.#rowChanges(this.context.cluster.nodes.find(EMPTY_TEXT, node));
  }

  /** Those of `nodes` that pass a test, in scratch. The test that `key` stands for is always the same. */
  of(key: number, test: NodeTest, nodes: Mask): Mask {
    this.#settle();
    const { masks } = this.context;
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      kept = { mask: this.#make(test), test };
      if (this.#kept.size === MOST) this.#drop(this.#kept.keys().next().value as number);
    } else this.#kept.delete(key);
    this.#kept.set(key, kept);
    // What is kept may be patched or go while an answer lives: that is a copy.
    return masks.isRow(kept.mask) ? this.#copy(kept.mask, nodes) : masks.and(this.#short(kept.mask), nodes);
  }

  dropRows(): void {
    for (const key of [...this.#kept.keys()]) this.#drop(key);
    this.#changed.clear();
  }

  #drop(key: number): void {
    this.context.masks.release((this.#kept.get(key) as Kept).mask);
    this.#kept.delete(key);
  }

  #rowChanges(row: number): void {
    if (this.#kept.size === 0 || row < 0) return;
    this.#changed.add(row);
    // So many are sooner asked anew.
    if (this.#changed.size > this.context.cluster.nodes.size) this.dropRows();
  }

  #settle(): void {
    if (this.#changed.size === 0) return;
    const { cluster, masks } = this.context;
    for (const row of this.#changed) {
      const name = cluster.nodes.has(row) ? cluster.nodes.get(row, cluster.nodes.NAME) : 0;
      for (const kept of this.#kept.values()) {
        kept.mask = masks.patch(kept.mask, row, name !== 0 && kept.test(name));
      }
    }
    this.#changed.clear();
  }

  /** O(nodes). */
  #make(test: NodeTest): Mask {
    const { cluster, masks } = this.context;
    const { nodes } = cluster;
    const found: number[] = [];
    for (let row = 0; row < nodes.limit; row++) {
      if (nodes.has(row) && test(nodes.get(row, nodes.NAME))) found.push(row);
    }
    return masks.keepIds(found);
  }

  #copy(mask: Mask, nodes: Mask): Mask {
    const { masks } = this.context;
    if (!masks.isRow(nodes)) return masks.and(nodes, mask);
    const row = masks.scratch.row();
    return masks.scratchDense(row, masks.kernels.andInto(row, masks.rowOr(mask), masks.rowOr(nodes), masks.bytes));
  }

  #short(mask: Mask): Mask {
    return this.context.masks.scratchIds(Array.from(this.context.masks.ids(mask)));
  }
}
