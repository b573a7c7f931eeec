// whatif: pods -> the nodes that each fits now, kept as long as nothing has changed, so that one what-if after another
// looks only at what its changes touch.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import type { Evaluation } from "../evaluation.js";
import type { NodeMask } from "../index.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { NodeIndex } from "../result/node-index.js";
import { acceptedOf, errorOf } from "../result/outcome.js";
import type { Question } from "../result/question.js";
import { CutSets } from "./cut-sets.js";
import { NodeSets } from "./node-sets.js";

export class Baseline {
  readonly sets = new NodeSets();
  /** Of each pod that was asked about, in order, the number of the set of nodes that it fits. */
  readonly setOf: Uint32Array;
  /** Places of the pods whose verdict on a node can depend on other nodes. */
  readonly fragile: number[] = [];
  /** Places of the pods that were on a node. */
  readonly wereOnNodes = new Set<number>();
  /** The nodes there were. */
  readonly index: NodeIndex;
  /** How many sets there are between questions. */
  readonly #size: number;
  #cuts: CutSets | undefined;
  #podsOn: ReadonlyMap<number, readonly number[]> | undefined;
  #rest: NodeMask | undefined;

  /** `pods`: rows. Asks about each, and says so: microseconds a pod. */
  constructor(
    readonly evaluation: Evaluation,
    readonly pods: readonly number[],
    asked: (pods: number) => void,
  ) {
    this.setOf = new Uint32Array(pods.length);
    for (const [i, pod] of pods.entries()) {
      const { fragile, set } = this.fits(pod);
      this.setOf[i] = set;
      if (fragile) this.fragile.push(i);
      if (evaluation.cluster.nodeOf(pod) !== 0) this.wereOnNodes.add(i);
      asked(i + 1);
    }
    this.index = evaluation.nodeIndex;
    this.#size = this.sets.size;
  }

  /** The nodes that a pod fits in the view that is entered, as the number of a set until `settle`. */
  fits(pod: number, question?: Question): { readonly set: number; readonly fragile: boolean } {
    const { sets } = this;
    return this.#ask(pod, question, (fragile, masks, nodes) => ({ set: sets.of(masks, nodes), fragile }));
  }

  /** The same as how many. */
  reach(pod: number, question?: Question): { readonly nodes: number; readonly fragile: boolean } {
    return this.#ask(pod, question, (fragile, masks, nodes) => ({ nodes: masks.count(nodes), fragile }));
  }

  /** After a question: gives back what it has kept. */
  settle(): void {
    this.sets.forget(this.#size);
  }

  /** Which pods fit a node. O(pods) the first time. */
  get cuts(): CutSets {
    this.#cuts ??= new CutSets(this.sets, this.setOf, this.fragile);
    return this.#cuts;
  }

  /** The pods on a node, by rows; those that have ended are on none. O(all pods) the first time. */
  podsOn(node: number): readonly number[] {
    this.#podsOn ??= podsByNode(this.evaluation);
    return this.#podsOn.get(node) ?? [];
  }

  /** What `ask` gives about the nodes without some. O(N) the first time. */
  without<R>(nodes: readonly number[], ask: (rest: NodeMask) => R): R {
    if (this.#rest === undefined) {
      this.#rest = this.evaluation.nodeMasks.create();
      const { names } = this.index;
      for (let node = 0; node < names.length; node++) if (names[node] !== 0) this.#rest.add(node);
    }
    const rest = this.#rest;
    for (const node of nodes) rest.delete(node);
    try {
      return ask(rest);
    } finally {
      for (const node of nodes) rest.add(node);
    }
  }

  #ask<R>(pod: number, question: Question | undefined, read: (fragile: boolean, masks: Masks, nodes: Mask) => R): R {
    const { evaluation } = this;
    const { masks } = evaluation.context;
    return evaluation.examine(evaluation.pods, pod, question, (_, result) => {
      const outcome = { result, masks, index: evaluation.nodeIndex };
      const isError = errorOf(outcome) !== undefined;
      // A claim for one pod alone, a disk and an error are decided over all nodes, for some of them.
      const fragile = isError || result.stepOf("VolumeRestrictions") !== undefined;
      return read(fragile, masks, isError ? NO_NODES : acceptedOf(outcome));
    });
  }
}

/** Rows of nodes -> the rows of the pods on them. O(pods). */
export function podsByNode({ cluster }: Evaluation): Map<number, number[]> {
  const { nodes, pods } = cluster;
  const found = new Map<number, number[]>();
  for (let pod = 0; pod < pods.limit; pod++) {
    const name = pods.has(pod) ? cluster.nodeOf(pod) : 0;
    const node = name === 0 ? -1 : nodes.find(EMPTY_TEXT, name);
    if (node < 0) continue;
    const there = found.get(node);
    if (there === undefined) found.set(node, [pod]);
    else there.push(pod);
  }
  return found;
}
