// result: all sets of nodes that the caller keeps, and their rows.

import { allocating } from "../errors.js";
import type { Masks } from "../evaluate/masks.js";
import type { Derived, Held } from "../intern/derived.js";
import type { Table } from "../intern/table.js";
import { LiveNodeMask, MaskRow } from "./node-mask.js";

/** Ends what belonged to a set of nodes that nobody holds any more. */
const DROPPED = new FinalizationRegistry<() => void>((end) => end());

export class NodeMasks implements Derived {
  readonly cache = "nodeSets";
  readonly #sets = new Map<MaskRow, WeakRef<LiveNodeMask>>();

  constructor(
    readonly masks: Masks,
    readonly nodes: Table,
  ) {}

  create(): LiveNodeMask {
    const row = new MaskRow(this.masks);
    const mask = allocating(() => new LiveNodeMask(row, this.nodes));
    this.#sets.set(row, new WeakRef(mask));
    DROPPED.register(mask, () => {
      row.release();
      this.#sets.delete(row);
    });
    return mask;
  }

  /** A node has gone: its id may become another's. */
  gone(node: number): void {
    for (const mask of this.#sets.values()) mask.deref()?.delete(node);
  }

  held(): Held {
    return { entries: this.#sets.size, bytes: this.#sets.size * this.masks.bytes };
  }

  dropRows(): void {
    for (const row of this.#sets.keys()) row.release();
  }
}
