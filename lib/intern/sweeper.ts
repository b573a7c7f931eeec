// intern: frees strings and blocks that no object holds any more, once there may be more of them than others.

import type { Cluster } from "./cluster.js";
import type { Derivations } from "./derived.js";
import type { MarkString } from "./type.js";

/** Fewer dropped objects than this are not worth a sweep. */
const SLACK = 1 << 16;
/** Nor are fewer bytes of text and blocks, or of what was derived. */
const SLACK_BYTES = 1 << 24;
const SLACK_DERIVED = 1 << 26;

/** What a sweep has to know of what was derived. */
export interface Derivation {
  /** About how many bytes it takes. O(1). */
  readonly bytes: number;
  /** The blocks that selectors were compiled from. */
  sources(): Iterable<number>;
}

/**
 * Marks what the tables hold and sweeps the rest. Ids of what stays do not change; what was derived from them is dropped.
 * Between two sweeps what is held at most doubles, so that all sweeps together cost no more than what was put in.
 */
export class Sweeper {
  #dropped = 0;
  #mostBytes = SLACK_BYTES;
  #mostDerived = SLACK_DERIVED;

  constructor(
    readonly cluster: Cluster,
    readonly derivations: Derivations,
    readonly derived: Derivation,
    /** Does `work` while nothing but objects is in the rows; it is told how to mark what is held outside of them. */
    readonly whileResting: (work: (markMore: MarkMore) => void) => void,
  ) {}

  /** Whether, since the last sweep, as many objects were dropped as there are. */
  get isDue(): boolean {
    const { dropped, live } = this.cluster.changeCounts;
    return dropped - this.#dropped > live + SLACK;
  }

  /** Sweeps if there may be much to free. O(1), or as `sweep`. */
  settle(): void {
    if (this.isDue) this.sweep();
    else if (this.#bytes > this.#mostBytes || this.derived.bytes > this.#mostDerived) this.#settleBytes();
  }

  /** The same between questions, for text alone: objects may come for long before somebody asks. */
  settleText(): void {
    // An object that is being read has interned what no row holds yet.
    if (this.#bytes > this.#mostBytes && !this.cluster.codec.busy) this.#settleBytes();
  }

  /** O(everything held). */
  sweep(): void {
    const { blocks, codec, strings } = this.cluster;
    this.whileResting((markMore) => {
      const marks = new Marks(this.cluster, markMore);
      const most = this.derived.bytes * 2 * this.#shareOfLive(marks) + SLACK_DERIVED;
      this.derivations.dropAll();
      codec.forget();
      strings.sweep(marks.strings);
      blocks.sweep(marks.blocks);
      this.#mostDerived = most;
    });
    this.#settled();
  }

  /** Sweeps, and gives back the room that leaves. */
  trim(): void {
    this.sweep();
    const { blocks, codec, strings } = this.cluster;
    codec.trim();
    strings.trim();
    blocks.trim();
    this.#mostDerived = SLACK_DERIVED;
  }

  /** More bytes are held than were to be expected. */
  #settleBytes(): void {
    const { bytes } = this.derived;
    if (this.cluster.changeCounts.dropped === this.#dropped) {
      // Whatever came is still held by objects.
      this.#mostDerived = Math.max(this.#mostDerived, bytes * 2);
      this.#settled();
    } else if (this.#bytes > this.#mostBytes) this.sweep();
    else {
      let share = 0;
      this.whileResting((markMore) => {
        share = this.#shareOfLive(new Marks(this.cluster, markMore));
      });
      if (share < 0.5) this.sweep();
      else this.#mostDerived = bytes * 2 * share + SLACK_DERIVED;
    }
  }

  #settled(): void {
    this.#dropped = this.cluster.changeCounts.dropped;
    this.#mostBytes = this.#bytes * 2 + SLACK_BYTES;
  }

  get #bytes(): number {
    return this.cluster.strings.usedBytes + this.cluster.blocks.usedBytes;
  }

  /** Of what selectors were compiled from, how much objects still hold. */
  #shareOfLive({ blocks }: Marks): number {
    let [live, all] = [0, 0];
    for (const block of this.derived.sources()) {
      all++;
      live += blocks[block];
    }
    return all === 0 ? 0 : live / all;
  }
}

/** Marks what is held outside the tables. */
type MarkMore = (markString: MarkString, markBlock: (id: number) => boolean) => void;

/** 1 for each string and block that some object holds. */
class Marks {
  readonly strings: Uint8Array;
  readonly blocks: Uint8Array;

  constructor(cluster: Cluster, markMore: MarkMore) {
    const strings = new Uint8Array(cluster.strings.limit);
    const blocks = new Uint8Array(cluster.blocks.limit);
    const markString = (id: number): void => {
      strings[id] = 1;
    };
    const markBlock = (id: number): boolean => {
      const first = blocks[id] === 0;
      blocks[id] = 1;
      return first;
    };
    for (const table of Object.values(cluster.tables)) table.mark(markString, markBlock);
    for (const id of Object.values(cluster.ids)) markString(id);
    markMore(markString, markBlock);
    this.strings = strings;
    this.blocks = blocks;
  }
}
