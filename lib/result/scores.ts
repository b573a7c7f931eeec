// result: feasible nodes -> their scores, a caller's added, and the best of them.

import { badArgument, givenName } from "../objects/arguments.js";
import { BestNodes } from "../score/best-nodes.js";
import type { StepScores } from "../score/step-scores.js";
import type { NodeIndex } from "./node-index.js";
import type { ScoreOptions } from "./types.js";

/** The scores of feasible nodes, by id. */
export class Scores {
  /** `nodes`: their ids, ascending. `into` holds the scores, and whatever at other ids. @throws TopologyError `BadArgument`. */
  constructor(
    readonly nodes: Uint32Array,
    readonly index: NodeIndex,
    scores: StepScores,
    { added }: ScoreOptions,
    readonly into: Float64Array,
    call: string,
  ) {
    const weight = addedWeight(added, nodes, index, call);
    if (nodes.length === 0) return;
    scores.write(nodes, into);
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (into[node] < 0) into[node] = Number.NaN;
      else if (added !== undefined) into[node] += weight * added.scores[node];
    }
  }

  /** Makes the scores of other nodes NaN. */
  clean(): void {
    const { into, nodes } = this;
    let next = 0;
    for (let id = 0; id < into.length; id++) {
      if (next < nodes.length && nodes[next] === id) next++;
      else into[id] = Number.NaN;
    }
  }

  /** Writes the best nodes that have a score, the best first; returns how many there were. */
  best(into: Uint32Array): number {
    const { index, into: scores, nodes } = this;
    if (nodes.length === 0 || into.length === 0) return 0;
    // Places, not names: most nodes have the score of some other.
    const { places } = index.order;
    const best = new BestNodes(into, (node, other) => places[node] < places[other]);
    for (let i = 0; i < nodes.length; i++) {
      const score = scores[nodes[i]];
      if (!Number.isNaN(score)) best.add(nodes[i], score);
    }
    best.sort();
    return best.size;
  }
}

/** @throws TopologyError `BadArgument` where `into` does not reach up to the last of `nodes`. */
export function checkRoom(into: Float64Array, nodes: Uint32Array): Float64Array {
  const least = nodes.length === 0 ? 0 : nodes[nodes.length - 1] + 1;
  if (into instanceof Float64Array && into.length >= least) return into;
  const found = into instanceof Float64Array ? `has room for ${into.length}` : `is ${givenName(into)}`;
  throw badArgument("into", `scores: into must be a Float64Array of at least ${least}, but ${found}`);
}

function addedWeight(added: ScoreOptions["added"], nodes: Uint32Array, index: NodeIndex, call: string): number {
  if (added === undefined) return 0;
  if (typeof added !== "object" || added === null || typeof added.scores !== "object" || added.scores === null) {
    throw badArgument("added", `${call}: added must be an object with scores, but is ${givenName(added)}`);
  }
  const { scores, weight = 1 } = added;
  if (!Number.isFinite(weight)) throw badArgument("added.weight", `${call}: added.weight must be a number`);
  for (let i = 0; i < nodes.length; i++) {
    if (Number.isFinite(scores[nodes[i]])) continue;
    const what = `has no number for node ${index.nameOf(nodes[i])} (id ${nodes[i]})`;
    throw badArgument(`added.scores[${nodes[i]}]`, `${call}: added.scores ${what}`);
  }
  return weight;
}
