// whatif: what `topomatch/whatif` offers: pods placed one after another, and what would be if the cluster were another.

import type { TopologyMatcher } from "./index.js";
import { checkOptionNames } from "./options.js";
import type { WhatIfAnswer, WhatIfOptions } from "./whatif/answer-types.js";
import { asked } from "./whatif/ask.js";
import type { WhatIfChange } from "./whatif/change-types.js";
import { planned } from "./whatif/place.js";
import type { PlacementPlan, PlanOptions } from "./whatif/plan-types.js";

export type * from "./whatif/answer-types.js";
export type * from "./whatif/change-types.js";
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

/**
 * What would be if the cluster were another: changes are made one after another in an overlay, which ends with the call, and
 * the answer is the difference that they make: which pods lose and gain nodes, which lose their last one or find a first
 * one, and which could not come back from a node that is drained.
 *
 * What was known of the pods before is kept with the matcher until it changes, some N / 8 bytes for each distinct set of
 * nodes; the first question asks about every pod, microseconds each. Nodes that go, and nothing else: well below a
 * millisecond after that, for thousands of pods. Any other changes ask about every pod again.
 *
 * @throws TopologyError with the path of what cannot be meant, such as `changes[0].drainNodes.selector`: `UnknownNode` and
 * `UnknownPod` with the nearest names, `NotFeasible` for a pod that is assumed where it does not fit, `BadArgument`, and what
 * an object set throws for an object.
 *
 * @example
 * const zone = { drainNodes: { selector: "topology.kubernetes.io/zone=b" } };
 * const { displaced, unschedulable } = whatIf(matcher, [zone], { details: true });
 * for (const { claims, from, message, nodes, pod } of displaced) if (nodes === 0) console.warn(pod, from, claims, message);
 */
export function whatIf(
  matcher: TopologyMatcher,
  changes: readonly WhatIfChange[],
  options: WhatIfOptions = {},
): WhatIfAnswer {
  checkOptionNames(options, WHAT_IF_OPTIONS);
  return asked(matcher, changes, options);
}

const WHAT_IF_OPTIONS = ["pods", "stay", "details", "place", "progress"];
