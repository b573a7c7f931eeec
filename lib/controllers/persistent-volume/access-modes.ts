// controllers: access modes -> the groups in which the PV controller looks through volumes.

import type { Blocks } from "../../intern/blocks.js";
import type { Strings } from "../../intern/strings.js";

/** The controller's index knows no other modes. */
const KNOWN = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

/** Sets of known modes as bits, in the order in which they are looked through. */
// kube: R-PVC-1 the sets with the fewest modes come first.
const ORDER = Array.from({ length: 1 << KNOWN.length }, (_, group) => group).sort(
  (a, b) => modesOf(a).length - modesOf(b).length || (modesOf(a).join() < modesOf(b).join() ? -1 : 1),
);

function modesOf(group: number): string[] {
  return KNOWN.filter((_, bit) => (group & (1 << bit)) !== 0);
}

export class AccessModes {
  /** String id -> bit. */
  readonly #bits: ReadonlyMap<number, number>;

  constructor(
    readonly blocks: Blocks,
    strings: Strings,
  ) {
    this.#bits = new Map(KNOWN.map((mode, bit) => [strings.intern(mode), 1 << bit]));
  }

  /** The group of a volume with this block of modes (0 for none); modes that are not known do not count. */
  groupOf(modes: number): number {
    let group = 0;
    for (const mode of this.#listed(modes)) group |= this.#bits.get(mode) ?? 0;
    return group;
  }

  /** The groups whose volumes have all the modes of a claim's block, in their order. */
  groupsWith(modes: number): readonly number[] {
    let wanted = 0;
    for (const mode of this.#listed(modes)) {
      const bit = this.#bits.get(mode);
      if (bit === undefined) return [];
      wanted |= bit;
    }
    return ORDER.filter((group) => (group & wanted) === wanted);
  }

  *#listed(modes: number): Iterable<number> {
    const count = modes === 0 ? 0 : this.blocks.at(modes, 0);
    for (let i = 1; i <= count; i++) yield this.blocks.at(modes, i);
  }
}
