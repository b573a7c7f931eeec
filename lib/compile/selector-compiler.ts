// compile: node selectors, topology terms and label selectors (blocks) -> canonical selectors (compile/programs.ts).

import type { Codec, Cursor } from "../intern/codec.js";
import {
  labelSelector,
  nodeSelector,
  nodeSelectorTerm,
  requirement,
  topologyExpression,
  topologyTerm,
  volumeAffinity,
} from "../intern/kinds.js";
import { EMPTY } from "../intern/strings.js";
import type { ObjectType } from "../intern/structures.js";
import type { LabelSelectorLike } from "../objects/types.js";
import { isLabelKey, isLabelValue, parseLabelInteger } from "./label-grammar.js";
import { labelSelectorError } from "./label-selector-error.js";
import { NOTHING, OP_EXISTS, OP_GT, OP_IN, OP_LT, Programs } from "./programs.js";

const REQUIRED = volumeAffinity.bit("required");
const TERMS = nodeSelector.bit("nodeSelectorTerms");
const EXPRESSIONS = nodeSelectorTerm.bit("matchExpressions");
const FIELDS = nodeSelectorTerm.bit("matchFields");
const MATCH_LABELS = labelSelector.bit("matchLabels");
const MATCH_EXPRESSIONS = labelSelector.bit("matchExpressions");
const TOPOLOGY_EXPRESSIONS = topologyTerm.bit("matchLabelExpressions");
const bits = (type: ObjectType, names: readonly string[]): readonly number[] =>
  names.map((name) => 1 << type.bit(name));
const REQUIREMENT_BITS = bits(requirement, ["key", "operator", "values"]);
const TOPOLOGY_BITS = [1 << topologyExpression.bit("key"), 0, 1 << topologyExpression.bit("values")];

/** A requirement that Kubernetes' own parser refuses. */
const INVALID = -1;

/** Compiles each distinct structure once. Compiling never throws: what does not parse does not match. */
export class SelectorCompiler {
  programs = new Programs();
  readonly #nodeSelectors = new Map<number, number>();
  readonly #topologies = new Map<number, number>();
  readonly #labelSelectors = new Map<number, number | string>();

  constructor(
    readonly codec: Codec,
    /** Minor release; it words the errors. */
    readonly minor: number,
  ) {}

  /** The block of a volume's nodeAffinity that has a `required`: a node selector evaluated against labels alone. */
  volumeAffinity(block: number): number {
    let selector = this.#nodeSelectors.get(block);
    if (selector === undefined) {
      selector = this.#compileNodeSelector(block);
      this.#nodeSelectors.set(block, selector);
    }
    return selector;
  }

  /** An allowedTopologies list's block, or 0. */
  topology(block: number): number {
    // kube: R-TS-1 no list, or an empty one, matches every node.
    if (block === 0 || this.codec.blocks.at(block, 0) === 0) return this.programs.EVERYTHING;
    let selector = this.#topologies.get(block);
    if (selector === undefined) {
      selector = this.#compileTopology(block);
      this.#topologies.set(block, selector);
    }
    return selector;
  }

  /** A LabelSelector's block (never 0), or the DETAIL of why it does not convert. */
  labelSelector(block: number): number | string {
    let selector = this.#labelSelectors.get(block);
    if (selector === undefined) {
      selector = this.#compileLabelSelector(block);
      this.#labelSelectors.set(block, selector);
    }
    return selector;
  }

  /** Forgets all; called when blocks are swept. */
  clear(): void {
    this.programs = new Programs();
    this.#nodeSelectors.clear();
    this.#topologies.clear();
    this.#labelSelectors.clear();
  }

  #compileNodeSelector(block: number): number {
    const { programs } = this;
    const cursor = this.codec.blocks.cursor(block);
    // kube: R-NS-1 terms are ORed; none of them matches nothing.
    if (!this.#atRequired(cursor) || !nodeSelector.seek(cursor, TERMS)) return NOTHING;
    const terms: number[] = [];
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      const { tokens } = cursor;
      const next = { tokens, at: cursor.at };
      nodeSelectorTerm.skip(next);
      const expressions = this.#requirements(nodeSelectorTerm, EXPRESSIONS, { tokens, at: cursor.at });
      const fields = this.#requirements(nodeSelectorTerm, FIELDS, { tokens, at: cursor.at });
      cursor.at = next.at;
      // kube: R-NS-2 an empty term matches nothing.
      if (expressions.length === 0 && fields.length === 0) continue;
      const loads = expressions.map(({ key, operator, values }) => this.#labelRequirement(key, operator, values));
      // kube: R-NS-6 a term that does not parse does not match; the others still count.
      if (loads.includes(INVALID) || !fields.every(fieldParses)) continue;
      // kube: R-NS-5 against labels alone, matchFields that parse hold for every node.
      terms.push(programs.term(loads));
    }
    return programs.selector(terms);
  }

  #compileTopology(block: number): number {
    const cursor = this.codec.blocks.cursor(block);
    const terms: number[] = [];
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      const { tokens } = cursor;
      const expressions = this.#requirements(topologyTerm, TOPOLOGY_EXPRESSIONS, { tokens, at: cursor.at });
      topologyTerm.skip(cursor);
      // kube: R-TS-2 a term without expressions matches nothing.
      if (expressions.length === 0) continue;
      // kube: R-TS-3 expressions are ANDed, each of them key In values.
      const loads = expressions.map(({ key, values }) => this.#labelRequirement(key, "In", values));
      // kube: R-TS-4 an invalid expression makes its term match nothing.
      if (!loads.includes(INVALID)) terms.push(this.programs.term(loads));
    }
    return this.programs.selector(terms);
  }

  #compileLabelSelector(block: number): number | string {
    const { blocks, strings } = this.codec;
    const loads: number[] = [];
    const labels = blocks.cursor(block);
    // kube: R-LS-3 matchLabels are equalities, matchExpressions allow four operators; all are ANDed.
    if (labelSelector.seek(labels, MATCH_LABELS)) {
      for (let count = labels.tokens[labels.at++]; count > 0; count--) {
        loads.push(this.#labelRequirement(labels.tokens[labels.at++], "In", [labels.tokens[labels.at++]]));
      }
    }
    for (const { key, operator, values } of this.#requirements(
      labelSelector,
      MATCH_EXPRESSIONS,
      blocks.cursor(block),
    )) {
      // kube: R-LS-4 Gt, Lt and unknown operators do not convert.
      const known = operator === "In" || operator === "NotIn" || operator === "Exists" || operator === "DoesNotExist";
      loads.push(known ? this.#labelRequirement(key, operator, values) : INVALID);
    }
    if (loads.includes(INVALID)) {
      const written = labelSelector.read(blocks.cursor(block), strings) as LabelSelectorLike;
      return labelSelectorError(written, this.minor) ?? "";
    }
    // kube: R-LS-2 a selector that requires nothing matches everything.
    return this.programs.selector([this.programs.term(loads)]);
  }

  /** Moves a cursor from a volume's nodeAffinity to its `required`. */
  #atRequired(cursor: Cursor): boolean {
    return volumeAffinity.seek(cursor, REQUIRED);
  }

  /** The requirements in a field of the object at the cursor. */
  #requirements(type: ObjectType, field: number, cursor: Cursor): Requirement[] {
    const requirements: Requirement[] = [];
    if (!type.seek(cursor, field)) return requirements;
    const topology = type === topologyTerm;
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      const mask = cursor.tokens[cursor.at++];
      const [keyBit, operatorBit, valuesBit] = topology ? TOPOLOGY_BITS : REQUIREMENT_BITS;
      const key = (mask & keyBit) !== 0 ? cursor.tokens[cursor.at++] : EMPTY;
      const operator = (mask & operatorBit) !== 0 ? this.codec.strings.get(cursor.tokens[cursor.at++]) : "";
      const values: number[] = [];
      if ((mask & valuesBit) !== 0) {
        for (let left = cursor.tokens[cursor.at++]; left > 0; left--) values.push(cursor.tokens[cursor.at++]);
      }
      requirements.push({ key, operator, values });
    }
    return requirements;
  }

  /** The load (requirement * 2 + negated) of a requirement on labels, or INVALID. */
  #labelRequirement(key: number, operator: string, values: readonly number[]): number {
    const { programs } = this;
    const { strings } = this.codec;
    if (!isLabelKey(strings.get(key))) return INVALID;
    if (!values.every((value) => isLabelValue(strings.get(value)))) return INVALID;
    switch (operator) {
      // kube: R-SEL-3 In and NotIn take at least one value, Exists and DoesNotExist none, Gt and Lt one.
      case "In":
      case "NotIn":
        if (values.length === 0) return INVALID;
        // kube: R-SEL-6 NotIn also holds where the key is absent: it is the complement of In.
        return programs.requirement(OP_IN, key, values) * 2 + (operator === "NotIn" ? 1 : 0);
      case "Exists":
      case "DoesNotExist":
        if (values.length !== 0) return INVALID;
        return programs.requirement(OP_EXISTS, key, []) * 2 + (operator === "DoesNotExist" ? 1 : 0);
      case "Gt":
      case "Lt": {
        const bound = values.length === 1 ? parseLabelInteger(strings.get(values[0])) : undefined;
        if (bound === undefined) return INVALID;
        const canonical = strings.intern(bound.toString());
        return programs.requirement(operator === "Gt" ? OP_GT : OP_LT, key, [canonical]) * 2;
      }
      // kube: R-SEL-5 an operator that is none of these, to the letter, does not parse.
      default:
        return INVALID;
    }
  }
}

/** A requirement as it was written; key and values are string ids. */
interface Requirement {
  readonly key: number;
  readonly operator: string;
  readonly values: readonly number[];
}

function fieldParses({ operator, values }: Requirement): boolean {
  // kube: R-NS-4 matchFields take In and NotIn with exactly one value.
  return (operator === "In" || operator === "NotIn") && values.length === 1;
}
