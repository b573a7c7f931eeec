// evaluate: rows of nodes that meet some condition, by the condition's number, kept true as nodes change.

import type { Derived, Held } from "../intern/derived.js";
import type { Context } from "./context.js";
import type { NodeChanges } from "./node-changes.js";

/** Rows of all numbers take as much, and at least so many are kept. */
const MOST_BYTES = 1 << 23;
const FEWEST = 64;

/** What the rows are about. */
export interface RowSource {
  /** Counts whatever may change a bit of some row. */
  readonly changes: NodeChanges;
  /** Writes a whole row; its bits may be anything before. */
  fill(row: number, condition: number): void;
  /** Whether a node that exists meets a condition. */
  holds(condition: number, node: number): boolean;
}

interface Kept {
  readonly condition: number;
  readonly row: number;
  /** The changes that the row has seen. */
  seen: number;
  /** The round in which it was asked for last. */
  round: number;
}

/** Where there are too many rows, one goes that was not asked for in this round; a round ends when all were. */
export class KeptRows implements Derived {
  readonly cache = "conditionRows";
  readonly #rows = new Map<number, Kept>();
  readonly #all: Kept[] = [];
  #round = 0;
  #inRound = 0;
  /** Rows before it were asked for in this round. */
  #hand = 0;

  constructor(
    readonly context: Context,
    readonly source: RowSource,
  ) {
    context.derivations.add(this);
  }

  /** Counts the changes after which some row may hold other nodes. */
  get epoch(): number {
    return this.source.changes.count;
  }

  get size(): number {
    return this.#all.length;
  }

  /** Whether `of` can give the row of a condition without one that it has given in this round. */
  hasRoomFor(condition: number): boolean {
    return this.#rows.has(condition) || this.#all.length < this.#most || this.#inRound < this.#all.length;
  }

  /** Ends the round: every row may go. */
  endRound(): void {
    this.#round++;
    this.#inRound = this.#hand = 0;
  }

  /** The row of a condition, until the round ends. O(nodes that changed since it was asked for), or as `fill`. */
  of(condition: number): number {
    const { changes } = this.source;
    let kept = this.#rows.get(condition);
    if (kept === undefined || !changes.knowsSince(kept.seen)) {
      kept ??= this.#newRow(condition);
      this.source.fill(kept.row, condition);
    } else if (kept.seen !== changes.count) this.#patch(kept);
    kept.seen = changes.count;
    if (kept.round !== this.#round) {
      kept.round = this.#round;
      this.#inRound++;
    }
    return kept.row;
  }

  held(): Held {
    return { entries: this.#all.length, bytes: this.#all.length * this.context.masks.bytes };
  }

  /** Gives back all rows. */
  dropRows(): void {
    for (const { row } of this.#all) this.context.masks.freeRow(row);
    this.#rows.clear();
    this.#all.length = 0;
    this.endRound();
  }

  get #most(): number {
    return Math.max(FEWEST, Math.floor(MOST_BYTES / this.context.masks.bytes));
  }

  #patch({ condition, row, seen }: Kept): void {
    const { cluster, masks } = this.context;
    for (const node of this.source.changes.since(seen)) {
      if (node >= masks.capacity) continue;
      masks.setBit(row, node, cluster.nodes.has(node) && this.source.holds(condition, node));
    }
  }

  #newRow(condition: number): Kept {
    const { masks } = this.context;
    const at = this.#all.length < this.#most ? this.#all.length : this.#unused();
    const row = at === this.#all.length ? masks.newRow() : this.#all[at].row;
    if (at < this.#all.length) this.#rows.delete(this.#all[at].condition);
    // Changes that were before it was filled do not matter.
    const kept = { condition, row, seen: this.source.changes.count, round: -1 };
    this.#all[at] = kept;
    this.#rows.set(condition, kept);
    return kept;
  }

  /** The place of a row that was not asked for in this round. */
  #unused(): number {
    if (this.#inRound === this.#all.length) this.endRound();
    while (this.#all[this.#hand].round === this.#round) this.#hand++;
    return this.#hand;
  }
}
