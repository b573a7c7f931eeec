// whatif: pods one after another -> a node for each, as a scheduler would that chooses by score and then by name.

import type { Overlay, ScoreOptions, TopologyMatcher, Verdict } from "../index.js";
import { Matcher } from "../matcher.js";
import { badArgument, givenName } from "../objects/arguments.js";
import { inOrder } from "./order.js";
import type { LeftPod, Placement, PlacementPlan, PlanOptions } from "./plan-types.js";
import { podRows } from "./pods.js";

/** Pods that are being placed in an overlay. */
export class Planning implements PlacementPlan {
  readonly placements: Placement[] = [];
  readonly left: LeftPod[] = [];
  /** Ids of the pods, in the order in which their turn comes. */
  readonly pods: readonly number[];
  readonly #overlay: Overlay;
  readonly #verdict: Verdict;
  readonly #scoring: ScoreOptions;
  readonly #best = new Uint32Array(1);
  #next = 0;

  /** @throws TopologyError as `plan` does. */
  constructor(matcher: TopologyMatcher, { added, order, pods: given }: PlanOptions) {
    const evaluation = Matcher.behind(matcher);
    if (evaluation === undefined) {
      throw badArgument("matcher", `plan takes a matcher, but was given ${givenName(matcher)}`);
    }
    const { cluster } = evaluation;
    const pods = podRows(evaluation, given, "plan");
    for (const [i, pod] of pods.entries()) {
      const node = cluster.nodeOf(pod);
      if (node === 0) continue;
      const where = `is on node ${cluster.strings.get(node)} already`;
      throw badArgument(`pods[${i}]`, `pods[${i}]: pod ${cluster.pods.keyOf(pod)} ${where}`);
    }
    this.pods = inOrder(evaluation, pods, order);
    this.#scoring = added === undefined ? {} : { added };
    this.#overlay = matcher.overlay();
    this.#verdict = this.#overlay.createVerdict();
  }

  /** How many pods have had their turn. */
  get done(): number {
    return this.#next;
  }

  /** Places the next pod, if it fits somewhere; those after it find it there. False where none is left. */
  step(): boolean {
    if (this.#next === this.pods.length) return false;
    const best = this.#best;
    const verdict = this.#verdict.evaluatePod(this.pods[this.#next++]);
    if (!verdict.schedulable || verdict.best(1, best, this.#scoring) === 0) {
      this.left.push({ pod: verdict.pod, message: whyNot(verdict) });
      return true;
    }
    const { staticBindings = [], dynamicProvisions = [], score = 0 } = verdict.plan(best[0]) ?? {};
    const { node, pod } = verdict.assume(best[0]);
    this.placements.push({ pod, node, score, staticBindings, dynamicProvisions });
    return true;
  }

  /** Ends the overlay. */
  end(): void {
    this.#overlay.drop();
  }
}

/** All pods placed in an overlay that ends with the call. */
export function planned(
  matcher: TopologyMatcher,
  options: PlanOptions,
  placed: (pods: number) => void = () => {},
): PlacementPlan {
  const planning = new Planning(matcher, options);
  try {
    while (planning.step()) placed(planning.done);
  } finally {
    planning.end();
  }
  const { left, placements } = planning;
  return { placements, left };
}

/** Why a pod has no node. */
export function whyNot({ error, message, schedulable }: Verdict): string {
  if (!schedulable) return error ?? message ?? "";
  return (
    "kube-scheduler panics when it scores the nodes, over a CSIStorageCapacity without capacity or a claim without " +
    "spec.storageClassName"
  );
}
