// compile: node selectors, topology terms and label selectors (blocks) -> canonical selectors (compile/programs.ts).

import type { Codec } from "../intern/codec.js";
import { FIELD, labelSelectorType } from "../intern/kinds.js";
import { fieldOf } from "../intern/structures.js";
import type { LabelSelectorLike } from "../objects/types.js";
import { isLabelKey, isLabelValue, parseLabelInteger } from "./label-grammar.js";
import { labelSelectorError } from "./label-selector-error.js";
import { NOTHING, OP_EXISTS, OP_GT, OP_IN, OP_LT, Programs } from "./programs.js";

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

  /** A NodeSelector's block, as it is evaluated against labels alone (PV node affinity). */
  nodeSelector(block: number): number {
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
    if (block === 0 || this.codec.blocks.length(block) === 0) return this.programs.EVERYTHING;
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
    const { blocks } = this.codec;
    const list = fieldOf(blocks, block, FIELD.selectorTerms);
    // kube: R-NS-1 terms are ORed; none of them matches nothing.
    if (list === 0) return NOTHING;
    const terms: number[] = [];
    for (let i = 0; i < blocks.length(list); i++) {
      const term = blocks.at(list, i);
      const expressions = this.#items(fieldOf(blocks, term, FIELD.termExpressions));
      const fields = this.#items(fieldOf(blocks, term, FIELD.termFields));
      // kube: R-NS-2 an empty term matches nothing.
      if (expressions.length === 0 && fields.length === 0) continue;
      const loads = expressions.map((expression) => this.#nodeRequirement(expression));
      // kube: R-NS-6 a term that does not parse does not match; the others still count.
      if (loads.includes(INVALID) || !fields.every((field) => this.#fieldParses(field))) continue;
      // kube: R-NS-5 against labels alone, matchFields that parse hold for every node.
      terms.push(this.programs.term(loads));
    }
    return this.programs.selector(terms);
  }

  #compileTopology(block: number): number {
    const { blocks } = this.codec;
    const terms: number[] = [];
    for (let i = 0; i < blocks.length(block); i++) {
      const expressions = this.#items(fieldOf(blocks, blocks.at(block, i), FIELD.topologyExpressions));
      // kube: R-TS-2 a term without expressions matches nothing.
      if (expressions.length === 0) continue;
      // kube: R-TS-3 expressions are ANDed, each of them key In values.
      const loads = expressions.map((expression) => {
        const values = this.#items(fieldOf(blocks, expression, FIELD.topologyValues));
        return this.#labelRequirement(fieldOf(blocks, expression, FIELD.topologyKey), "In", values);
      });
      // kube: R-TS-4 an invalid expression makes its term match nothing.
      if (!loads.includes(INVALID)) terms.push(this.programs.term(loads));
    }
    return this.programs.selector(terms);
  }

  #compileLabelSelector(block: number): number | string {
    const { codec } = this;
    const { blocks } = codec;
    const loads: number[] = [];
    const labels = fieldOf(blocks, block, FIELD.matchLabels);
    const expressions = this.#items(fieldOf(blocks, block, FIELD.matchExpressions));
    // kube: R-LS-3 matchLabels are equalities, matchExpressions allow four operators; all are ANDed.
    for (let i = 0; labels !== 0 && i < blocks.length(labels); i += 2) {
      loads.push(this.#labelRequirement(blocks.at(labels, i), "In", [blocks.at(labels, i + 1)]));
    }
    for (const expression of expressions) {
      const operator = this.#operator(expression);
      // kube: R-LS-4 Gt, Lt and unknown operators do not convert.
      const known = operator === "In" || operator === "NotIn" || operator === "Exists" || operator === "DoesNotExist";
      loads.push(known ? this.#nodeRequirement(expression) : INVALID);
    }
    if (loads.includes(INVALID)) {
      const written = labelSelectorType.read(block, codec) as LabelSelectorLike;
      return labelSelectorError(written, this.minor) ?? "";
    }
    // kube: R-LS-2 a selector that requires nothing matches everything.
    return this.programs.selector([this.programs.term(loads)]);
  }

  #nodeRequirement(block: number): number {
    const { blocks } = this.codec;
    const key = fieldOf(blocks, block, FIELD.requirementKey);
    const values = this.#items(fieldOf(blocks, block, FIELD.requirementValues));
    return this.#labelRequirement(key, this.#operator(block), values);
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

  #fieldParses(block: number): boolean {
    const operator = this.#operator(block);
    const values = fieldOf(this.codec.blocks, block, FIELD.requirementValues);
    // kube: R-NS-4 matchFields take In and NotIn with exactly one value.
    return (operator === "In" || operator === "NotIn") && this.#items(values).length === 1;
  }

  #operator(block: number): string {
    return this.codec.strings.get(fieldOf(this.codec.blocks, block, FIELD.requirementOperator));
  }

  #items(list: number): number[] {
    const items: number[] = [];
    if (list !== 0) for (let i = 0; i < this.codec.blocks.length(list); i++) items.push(this.codec.blocks.at(list, i));
    return items;
  }
}
