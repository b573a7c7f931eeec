// filters: what a candidate comes down to in a batch: selectors, and conditions that plugins keep rows of, a number each.

import type { SelectorList } from "./plugin.js";

/** More parts than this are not combined. */
export const MOST_PARTS = 256;
/** So many of them can be conditions: whoever keeps rows keeps more. */
const MOST_CONDITIONS = 32;

// A condition beside selectors: the top bit, the place of the plugin that knows it (4 bits), its number.
export const CONDITION = 0x8000_0000;
const NUMBER_BITS = 27;
const NUMBERS = 1 << NUMBER_BITS;

/** The place of the plugin that keeps the row of a part that is a condition. */
export function pluginOf(part: number): number {
  return (part - CONDITION) >>> NUMBER_BITS;
}

/** The number by which that plugin knows it. */
export function conditionOf(part: number): number {
  return part & (NUMBERS - 1);
}

/** The parts of one candidate; the selector that matches every node is left out. */
export class CandidateParts implements SelectorList {
  readonly ids = new Uint32Array(MOST_PARTS);
  length = 0;
  /** How many are conditions. */
  conditions = 0;
  /** The place of the plugin that is asked. */
  plugin = 0;
  /** The selector of every node; read once a batch. */
  everything = 0;

  push(selector: number): boolean {
    if (selector === this.everything) return true;
    if (this.length === MOST_PARTS) return false;
    this.ids[this.length++] = selector;
    return true;
  }

  pushCondition(condition: number): boolean {
    if (condition >= NUMBERS || this.conditions === MOST_CONDITIONS || this.length === MOST_PARTS) return false;
    this.conditions++;
    this.ids[this.length++] = CONDITION + this.plugin * NUMBERS + condition;
    return true;
  }

  clear(): void {
    this.length = this.conditions = 0;
  }
}
