// evaluate: a canonical selector against the labels (and fields) of one node, or the labels of one object.

import { parseLabelInteger } from "../compile/label-grammar.js";
import type { Programs } from "../compile/programs.js";
import { OP_EXISTS, OP_GT, OP_IN, OP_UNTOLERATED } from "../compile/programs.js";
import type { Tolerations } from "../compile/tolerations.js";
import type { Held } from "../intern/derived.js";
import type { LabelColumns } from "../intern/label-columns.js";
import type { Strings } from "../intern/strings.js";

export class LabelMatching {
  readonly cache = "labelIntegers";
  readonly #integers = new Map<number, bigint | null>();

  constructor(
    readonly programs: () => Programs,
    readonly strings: Strings,
    readonly columns: LabelColumns,
    readonly tolerations: Tolerations,
  ) {}

  /** Whether a selector matches one node, asked of its labels and not of the mask. */
  matchesNode(selector: number, node: number): boolean {
    const { tokens, start } = this.programs().blocks;
    const at = start[selector];
    for (let i = 1; i <= tokens[at]; i++) if (this.termHolds(tokens[at + i], node)) return true;
    return false;
  }

  /** Whether a selector matches a label block. */
  matchesLabels(selector: number, labelOf: (key: number) => number): boolean {
    const { blocks } = this.programs();
    for (let i = 0; i < blocks.length(selector); i++) {
      const term = blocks.at(selector, i);
      let holds = true;
      for (let j = 0; holds && j < blocks.length(term); j++) {
        const literal = blocks.at(term, j);
        holds = this.requirementHolds(literal >>> 1, labelOf(blocks.at(literal >>> 1, 1))) !== ((literal & 1) !== 0);
      }
      if (holds) return true;
    }
    return false;
  }

  /** Whether a term holds for one node. */
  termHolds(term: number, node: number): boolean {
    const { tokens, start } = this.programs().blocks;
    const at = start[term];
    for (let i = 1; i <= tokens[at]; i++) {
      const literal = tokens[at + i];
      const column = this.columns.column(tokens[start[literal >>> 1] + 2]);
      if (this.requirementHolds(literal >>> 1, column.get(node)) === ((literal & 1) !== 0)) return false;
    }
    return true;
  }

  /** Whether a requirement holds for the value of its key (a string id; the token of a field), 0 where it is absent. */
  requirementHolds(requirement: number, value: number): boolean {
    if (value === 0) return false;
    const { tokens, start } = this.programs().blocks;
    const at = start[requirement] + 1;
    const end = at + tokens[at - 1];
    switch (tokens[at]) {
      case OP_IN:
        // kube: R-SEL-6 strings are compared as they are; equal strings have one id.
        for (let i = at + 2; i < end; i++) if (tokens[i] === value) return true;
        return false;
      case OP_EXISTS:
        return true;
      case OP_UNTOLERATED:
        return this.tolerations.untolerated(tokens[at + 2], value) !== undefined;
      default: {
        const label = this.#integer(value);
        const bound = this.#integer(tokens[at + 2]);
        if (label === null || bound === null) return false;
        return tokens[at] === OP_GT ? label > bound : label < bound;
      }
    }
  }

  #integer(id: number): bigint | null {
    let integer = this.#integers.get(id);
    if (integer === undefined) {
      integer = parseLabelInteger(this.strings.get(id)) ?? null;
      this.#integers.set(id, integer);
    }
    return integer;
  }

  held(): Held {
    return { entries: this.#integers.size, bytes: this.#integers.size * 64 };
  }

  dropIds(): void {
    this.#integers.clear();
  }
}
