// whatif: what `topomatch/whatif` offers: pods placed one after another, and what would be if the cluster were another.

import type { TopologyMatcher } from "./index.js";
import { checkOptionNames } from "./options.js";
import { planned } from "./whatif/place.js";
import type { PlacementPlan, PlanOptions } from "./whatif/plan-types.js";

export type * from "./whatif/plan-types.js";

/**
 * Places pods one after another, as a scheduler would that chooses by VolumeBinding's score and then by name: each is
 * judged with those before it assumed. Nothing is changed: it happens in an overlay that ends with the call. Costs as much
 * as a scheduler's loop of `evaluatePod`, `best` and `assume`.
 *
 * @throws TopologyError `UnknownPod` for a pod that the matcher does not hold, `BadArgument` for one that has a node,
 * `BadOption` for an option or an order that there is not.
 *
 * @example
 * const { placements, left } = plan(matcher, { order: "size" });
 * for (const { pod, node } of placements) console.log(pod, node);
 * for (const { message, pod } of left) console.warn(pod, message);
 */
export function plan(matcher: TopologyMatcher, options: PlanOptions = {}): PlacementPlan {
  checkOptionNames(options, PLAN_OPTIONS);
  return planned(matcher, options);
}

const PLAN_OPTIONS = ["pods", "order", "added"];
