// compile: what a pod asks of nodes (nodeSelector, required affinity, tolerations) -> canonical selectors.

import type { Blocks } from "../intern/blocks.js";
import type { WellKnown } from "../intern/cluster.js";
import type { Held } from "../intern/derived.js";
import { nodeSelector, nodeSelectorTerm, podAffinity, podNodeAffinity, requirement } from "../intern/kinds.js";
import { NODE_UNSCHEDULABLE, UNSCHEDULABLE } from "../intern/label-columns.js";
import type { Cursor } from "../intern/type.js";
import type { NodeSelectorLike } from "../objects/types.js";
import { NumberList } from "./programs.js";
import type { SelectorCompiler } from "./selector-compiler.js";

const NODE_AFFINITY = podAffinity.bit("nodeAffinity");
const REQUIRED = podNodeAffinity.bit("requiredDuringSchedulingIgnoredDuringExecution");
const TERMS = nodeSelector.bit("nodeSelectorTerms");
const FIELDS = nodeSelectorTerm.bit("matchFields");
const KEY = requirement.bit("key");
const OPERATOR = requirement.bit("operator");
const VALUES = requirement.bit("values");

/** A pod's required node affinity. */
export interface RequiredAffinity {
  readonly selector: number;
  /** String ids of the only names that a node may have, none twice; undefined where it need not have one. */
  readonly names: readonly number[] | undefined;
}

/** Compiles each distinct structure once. */
export class PodSelectors {
  readonly cache = "podSelectors";
  readonly #nodeSelectors = new Map<number, number>();
  readonly #affinities = new Map<number, RequiredAffinity | undefined>();
  readonly #tolerated = new Map<number, number>();
  readonly #literals = new NumberList();
  #uncordoned = 0;
  #added: number | undefined;

  constructor(
    readonly compiler: SelectorCompiler,
    readonly blocks: Blocks,
    readonly ids: WellKnown,
    readonly addedAffinity: NodeSelectorLike | undefined,
  ) {}

  /** The block of a pod's nodeSelector (never 0). */
  nodeSelector(block: number): number {
    let selector = this.#nodeSelectors.get(block);
    if (selector === undefined) {
      const literals = this.#literals;
      literals.length = 0;
      const { at, tokens } = this.blocks.cursor(block);
      const end = at + 1 + tokens[at] * 2;
      for (let i = at + 1; i < end; i += 2) {
        // kube: R-NOD-16 every label must be there with that value; neither need be a valid key or value.
        literals.push(this.compiler.requirements.exactLiteral(tokens[i], tokens[i + 1]));
      }
      selector = this.#selectorOf(literals);
      this.#nodeSelectors.set(block, selector);
    }
    return selector;
  }

  /** The block of a pod's affinity, or 0: its required node affinity, if it has one. */
  affinity(block: number): RequiredAffinity | undefined {
    if (block === 0) return undefined;
    const known = this.#affinities.get(block);
    if (known !== undefined || this.#affinities.has(block)) return known;
    const affinity = this.#compileAffinity(block);
    this.#affinities.set(block, affinity);
    return affinity;
  }

  /** The block of a pod's tolerations, or 0: the selector of the nodes whose taints it tolerates. */
  tolerated(block: number): number {
    let selector = this.#tolerated.get(block);
    if (selector === undefined) {
      selector = this.#complement(this.compiler.requirements.untoleratedLiteral(block));
      this.#tolerated.set(block, selector);
    }
    return selector;
  }

  /** The selector of the nodes that are not cordoned. */
  get uncordoned(): number {
    if (this.#uncordoned === 0) {
      this.#uncordoned = this.#complement(this.compiler.requirements.exactLiteral(NODE_UNSCHEDULABLE, UNSCHEDULABLE));
    }
    return this.#uncordoned;
  }

  /** The selector of what NodeAffinity's arguments ask of every node, if they do. */
  get added(): number | undefined {
    if (this.#added === undefined && this.addedAffinity !== undefined) {
      // No object holds the block: after a sweep it is made again.
      const block = this.compiler.codec.block(nodeSelector, this.addedAffinity);
      // kube: R-NOD-22 as a pod's own terms, with fields.
      this.#added = this.compiler.nodeSelector(this.blocks.cursor(block), true);
    }
    return this.#added;
  }

  /** The blocks that were compiled, and 0 for none. */
  *sources(): Iterable<number> {
    for (const compiled of [this.#nodeSelectors, this.#affinities, this.#tolerated]) yield* compiled.keys();
  }

  held(): Held {
    const entries = this.#nodeSelectors.size + this.#affinities.size + this.#tolerated.size;
    return { entries, bytes: entries * 64 };
  }

  dropIds(): void {
    this.#nodeSelectors.clear();
    this.#affinities.clear();
    this.#tolerated.clear();
    this.#uncordoned = 0;
    this.#added = undefined;
  }

  /** The selector of one term of one literal, negated. */
  #complement(literal: number): number {
    const literals = this.#literals;
    literals.length = 0;
    literals.push(literal + 1);
    return this.#selectorOf(literals);
  }

  #selectorOf(literals: NumberList): number {
    const { programs } = this.compiler;
    const terms = new NumberList();
    terms.push(programs.term(literals));
    return programs.selector(terms);
  }

  #compileAffinity(block: number): RequiredAffinity | undefined {
    const cursor = this.blocks.cursor(block);
    if (!podAffinity.seek(cursor, NODE_AFFINITY) || !podNodeAffinity.seek(cursor, REQUIRED)) return undefined;
    const { at, tokens } = cursor;
    // kube: R-NOD-17 as a volume's node selector, but against the nodes' fields too.
    return { selector: this.compiler.nodeSelector({ tokens, at }, true), names: this.#names({ tokens, at }) };
  }

  /** The names that the node selector at the cursor leaves, or undefined where it leaves any. */
  #names(cursor: Cursor): number[] | undefined {
    if (!nodeSelector.seek(cursor, TERMS)) return undefined;
    const { tokens } = cursor;
    const terms = tokens[cursor.at++];
    // kube: R-NOD-17 an affinity without terms does not narrow.
    if (terms === 0) return undefined;
    const names = new Set<number>();
    for (let i = 0; i < terms; i++) {
      const fields = { tokens, at: cursor.at };
      nodeSelectorTerm.skip(cursor);
      const ofTerm = nodeSelectorTerm.seek(fields, FIELDS) ? this.#namesOfTerm(fields) : undefined;
      // kube: R-NOD-19 one term that asks for no name, and any node may do.
      if (ofTerm === undefined) return undefined;
      // kube: R-NOD-20 the names of all terms together.
      for (const name of ofTerm) names.add(name);
    }
    return [...names];
  }

  /** The names that all `metadata.name In` of the matchFields at the cursor have, or undefined where there is none. */
  #namesOfTerm(cursor: Cursor): readonly number[] | undefined {
    const { ids } = this;
    const { tokens } = cursor;
    let names: readonly number[] | undefined;
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const { at } = cursor;
      requirement.skip(cursor);
      if (!hasText({ tokens, at }, KEY, ids.nameField) || !hasText({ tokens, at }, OPERATOR, ids.in)) continue;
      const values = { tokens, at };
      const length = requirement.seek(values, VALUES) ? tokens[values.at++] : 0;
      const listed = tokens.subarray(values.at, values.at + length);
      // kube: R-NOD-19 all listed values count, though a requirement of several does not parse.
      names = names === undefined ? [...listed] : names.filter((name) => listed.includes(name));
    }
    return names;
  }
}

function hasText(cursor: Cursor, field: number, id: number): boolean {
  return requirement.seek(cursor, field) && cursor.tokens[cursor.at] === id;
}
