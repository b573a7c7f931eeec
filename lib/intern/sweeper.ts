// intern: frees strings and blocks that no object holds any more, once there may be more of them than others.

import type { Cluster } from "./cluster.js";
import type { MarkString } from "./type.js";

/** Fewer dropped objects than this are not worth a sweep. */
const SLACK = 1 << 16;

/**
 * Marks what the tables hold and sweeps the rest. Ids of what stays do not change; whatever was compiled or derived
 * from ids must have been dropped before.
 */
export class Sweeper {
  #dropped = 0;

  constructor(readonly cluster: Cluster) {}

  /** Whether, since the last sweep, as many objects were dropped as there are. */
  get due(): boolean {
    const { dropped, live } = this.cluster.changeCounts;
    return dropped - this.#dropped > live + SLACK;
  }

  /** O(everything held). `markMore` marks what is held outside the tables. */
  sweep(markMore: (markString: MarkString, markBlock: (id: number) => boolean) => void): void {
    const { blocks, codec, strings } = this.cluster;
    const liveStrings = new Uint8Array(strings.limit);
    const liveBlocks = new Uint8Array(blocks.limit);
    const markString = (id: number): void => {
      liveStrings[id] = 1;
    };
    const markBlock = (id: number): boolean => {
      const first = liveBlocks[id] === 0;
      liveBlocks[id] = 1;
      return first;
    };
    for (const table of Object.values(this.cluster.tables)) table.mark(markString, markBlock);
    for (const id of Object.values(this.cluster.ids)) markString(id);
    markMore(markString, markBlock);
    strings.sweep(liveStrings);
    blocks.sweep(liveBlocks);
    codec.forget();
    this.#dropped = this.cluster.changeCounts.dropped;
  }
}
