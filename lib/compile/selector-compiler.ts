// compile: node selectors, topology terms and label selectors (blocks) -> canonical selectors (compile/programs.ts).

import type { WellKnown } from "../intern/cluster.js";
import type { Codec } from "../intern/codec.js";
import type { Held } from "../intern/derived.js";
import { growU32 } from "../intern/grow.js";
import { labelSelector, nodeSelector, nodeSelectorTerm, topologyTerm, volumeAffinity } from "../intern/kinds.js";
import type { ObjectType } from "../intern/structures.js";
import type { Cursor } from "../intern/type.js";
import type { LabelSelectorLike } from "../objects/types.js";
import { labelSelectorError } from "./label-selector-error.js";
import { NOTHING, NumberList, Programs } from "./programs.js";
import { FAILS, HOLDS, INVALID, Requirements } from "./requirements.js";

const REQUIRED = volumeAffinity.bit("required");
const TERMS = nodeSelector.bit("nodeSelectorTerms");
// In the order in which a term has them.
const EXPRESSIONS = 1 << nodeSelectorTerm.bit("matchExpressions");
const FIELDS = 1 << nodeSelectorTerm.bit("matchFields");
const MATCH_LABELS = labelSelector.bit("matchLabels");
const MATCH_EXPRESSIONS = labelSelector.bit("matchExpressions");
const TOPOLOGY_EXPRESSIONS = topologyTerm.bit("matchLabelExpressions");

/** When so many label keys of volumes are known, no more are noted. */
const MOST_KEYS = 8;

/** Compiles each distinct structure once. Compiling never throws: what does not parse does not match. */
export class SelectorCompiler {
  readonly cache = "selectors";
  programs = new Programs();
  /** Label keys that volumes' affinities name: the first few. */
  readonly volumeKeys = new Set<number>();
  requirements: Requirements;
  readonly #literals = new NumberList();
  readonly #terms = new NumberList();
  // Block -> its selector + 1, 0 where it was not asked for.
  #volumeAffinities = new Uint32Array(0);
  readonly #topologies = new Map<number, number>();
  readonly #labelSelectors = new Map<number, number | string>();

  constructor(
    readonly codec: Codec,
    readonly ids: WellKnown,
    /** Minor release; it words the errors. */
    readonly minor: number,
  ) {
    this.requirements = new Requirements(codec, ids, this.programs);
  }

  /** The block of a volume's nodeAffinity, a node selector evaluated against labels alone, or 0. */
  volumeAffinity(block: number): number {
    // kube: R-AFF-1 a volume without nodeAffinity is accessible everywhere.
    if (block === 0) return this.programs.EVERYTHING;
    const known = block < this.#volumeAffinities.length ? this.#volumeAffinities[block] : 0;
    return known !== 0 ? known - 1 : this.#compileVolumeAffinity(block);
  }

  /** An allowedTopologies list's block, or 0. */
  topology(block: number): number {
    // kube: R-TS-1 no list, or an empty one, matches every node.
    if (block === 0 || this.codec.blocks.at(block, 0) === 0) return this.programs.EVERYTHING;
    let selector = this.#topologies.get(block);
    if (selector === undefined) {
      selector = this.#compileTopology(this.codec.blocks.cursor(block));
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

  /** The blocks that were compiled. */
  *sources(): Iterable<number> {
    for (const [block, selector] of this.#volumeAffinities.entries()) if (selector !== 0) yield block;
    yield* this.#topologies.keys();
    yield* this.#labelSelectors.keys();
  }

  held(): Held {
    const { blocks } = this.programs;
    return { entries: blocks.size, bytes: blocks.byteLength + this.#volumeAffinities.byteLength };
  }

  dropIds(): void {
    this.programs = new Programs();
    this.requirements = new Requirements(this.codec, this.ids, this.programs);
    this.#volumeAffinities = new Uint32Array(0);
    this.volumeKeys.clear();
    this.#topologies.clear();
    this.#labelSelectors.clear();
  }

  #compileVolumeAffinity(block: number): number {
    const { blocks } = this.codec;
    const cursor = blocks.cursor(block);
    // kube: R-AFF-2 and so is one whose nodeAffinity has no `required`.
    const selector = volumeAffinity.seek(cursor, REQUIRED)
      ? this.nodeSelector(cursor, false)
      : this.programs.EVERYTHING;
    if (block >= this.#volumeAffinities.length) this.#volumeAffinities = growU32(this.#volumeAffinities, blocks.limit);
    this.#volumeAffinities[block] = selector + 1;
    if (this.volumeKeys.size < MOST_KEYS) this.#noteKeys(selector);
    return selector;
  }

  #noteKeys(selector: number): void {
    const { blocks } = this.programs;
    for (let i = 0; i < blocks.length(selector); i++) {
      const term = blocks.at(selector, i);
      for (let j = 0; j < blocks.length(term); j++) this.volumeKeys.add(blocks.at(blocks.at(term, j) >>> 1, 1));
    }
  }

  /** The node selector at the cursor; `named`: nodes have fields, as in a pod's affinity, and not labels alone. */
  nodeSelector(cursor: Cursor, named: boolean): number {
    const { tokens } = cursor;
    const terms = this.#terms;
    // kube: R-NS-1 terms are ORed; none of them matches nothing.
    if (!nodeSelector.seek(cursor, TERMS)) return NOTHING;
    terms.length = 0;
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const written = this.#termOfNodeSelector(cursor, named);
      if (written !== INVALID) terms.push(written);
    }
    return this.programs.selector(terms);
  }

  /** The term at the cursor, which moves behind it, or INVALID where it matches nothing. */
  #termOfNodeSelector(cursor: Cursor, named: boolean): number {
    const { tokens } = cursor;
    const { requirements } = this;
    const literals = this.#literals;
    literals.length = 0;
    let written = 0;
    let matches = true;
    const mask = tokens[cursor.at++];
    for (let count = (mask & EXPRESSIONS) === 0 ? 0 : tokens[cursor.at++]; count > 0; count--) {
      const literal = requirements.literal(cursor);
      if (literal === INVALID) matches = false;
      else literals.push(literal);
      written++;
    }
    for (let count = (mask & FIELDS) === 0 ? 0 : tokens[cursor.at++]; count > 0; count--) {
      const literal = requirements.fieldLiteral(cursor);
      // kube: R-NS-5 against labels alone, matchFields that parse hold for every node.
      if (literal === INVALID || (named && literal === FAILS)) matches = false;
      else if (named && literal !== HOLDS) literals.push(literal);
      written++;
    }
    // kube: R-NS-2 an empty term matches nothing.
    // kube: R-NS-3 what a term requires is ANDed.
    // kube: R-NS-6 a term that does not parse does not match; the others still count.
    return written === 0 || !matches ? INVALID : this.programs.term(literals);
  }

  #compileTopology(cursor: Cursor): number {
    const { tokens } = cursor;
    const literals = this.#literals;
    const terms = this.#terms;
    terms.length = 0;
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const expressions = { tokens, at: cursor.at };
      topologyTerm.skip(cursor);
      literals.length = 0;
      let parses = true;
      const written = countAt(topologyTerm, TOPOLOGY_EXPRESSIONS, expressions);
      for (let left = written; left > 0; left--) {
        // kube: R-TS-3 expressions are ANDed, each of them key In values.
        // kube: R-TS-5 a key that comes twice must hold twice.
        // kube: R-TS-6 keys are taken as they stand, beta or not.
        const literal = this.requirements.topologyLiteral(expressions);
        // kube: R-TS-4 an invalid expression makes its term match nothing.
        if (literal === INVALID) parses = false;
        else literals.push(literal);
      }
      // kube: R-TS-2 a term without expressions matches nothing.
      if (written > 0 && parses) terms.push(this.programs.term(literals));
    }
    return this.programs.selector(terms);
  }

  #compileLabelSelector(block: number): number | string {
    const { blocks, strings } = this.codec;
    const { requirements } = this;
    const literals = this.#literals;
    literals.length = 0;
    let converts = true;
    const add = (literal: number): void => {
      if (literal === INVALID) converts = false;
      else literals.push(literal);
    };
    // kube: R-LS-3 matchLabels are equalities, matchExpressions allow four operators; all are ANDed.
    const labels = blocks.cursor(block);
    for (let count = countAt(labelSelector, MATCH_LABELS, labels); count > 0; count--) {
      add(requirements.equalsLiteral(labels.tokens[labels.at++], labels.tokens[labels.at++]));
    }
    const expressions = blocks.cursor(block);
    for (let count = countAt(labelSelector, MATCH_EXPRESSIONS, expressions); count > 0; count--) {
      add(requirements.labelLiteral(expressions));
    }
    if (!converts) {
      const written = labelSelector.read(blocks.cursor(block), strings) as LabelSelectorLike;
      return labelSelectorError(written, this.minor) ?? "";
    }
    // kube: R-LS-2 a selector that requires nothing matches everything.
    const terms = this.#terms;
    terms.length = 0;
    terms.push(this.programs.term(literals));
    return this.programs.selector(terms);
  }
}

/** Moves the cursor into a list or map of the object there; returns how many items follow. */
function countAt(type: ObjectType, field: number, cursor: Cursor): number {
  return type.seek(cursor, field) ? cursor.tokens[cursor.at++] : 0;
}
