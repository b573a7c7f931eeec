// lint: label keys by their ids -> whether a selector asks for any that nodes lack, or for one of old.

import type { Context } from "../evaluate/context.js";
import { LEGACY_KEYS } from "./legacy-keys.js";
import type { NodeLabels } from "./node-labels.js";

export class UsualKeys {
  // Key (a string id) -> whether nodes have it, and it is none of old.
  readonly #usual = new Map<number, boolean>();
  /** The ids of the keys of old that anything in the cluster has, or selects by. */
  readonly legacy: readonly number[];

  constructor(
    readonly context: Context,
    readonly labels: NodeLabels,
  ) {
    const { strings } = context.cluster;
    this.legacy = [...LEGACY_KEYS.keys()].map((key) => strings.find(key)).filter((id) => id !== 0);
  }

  has(key: number): boolean {
    let usual = this.#usual.get(key);
    if (usual === undefined) {
      const text = this.context.cluster.strings.get(key);
      usual = this.labels.present(text) > 0 && !LEGACY_KEYS.has(text);
      this.#usual.set(key, usual);
    }
    return usual;
  }

  /** Whether a canonical selector asks for usual keys alone. O(its requirements). */
  hasAllOf(selector: number): boolean {
    const { blocks } = this.context.compiler.programs;
    for (let i = 0; i < blocks.length(selector); i++) {
      const term = blocks.at(selector, i);
      for (let j = 0; j < blocks.length(term); j++) {
        if (!this.has(blocks.at(blocks.at(term, j) >>> 1, 1))) return false;
      }
    }
    return true;
  }
}
