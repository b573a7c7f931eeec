// The same objects seen through an overlay that reached them on a random way, and pods that were assumed and taken back:
// neither may leave a trace.

import type { TopologyError, TopologyMatcher } from "../../../lib/index.js";
import type { Random } from "../../reference/generator/random.js";
import { nameOf } from "./completed.js";
import type { Answered, Asked, Mismatch } from "./entry-points.js";
import { differingPods, reportOf } from "./sides.js";
import { goThroughUpdates } from "./updates.js";

const MOST_ASSUMED = 6;

export const VIEWS: Readonly<Record<string, (asked: Asked) => Answered>> = {
  "overlay, and what is below it": (asked) => {
    const { matcher, random, objects } = asked;
    const overlay = matcher.overlay();
    goThroughUpdates({ matcher: overlay, random, wanted: objects, others: objects.filter(() => random.chance(0.3)) });
    const above = compared(asked, overlay);
    const between = compared(asked, matcher);
    overlay.drop();
    const after = compared(asked, matcher);
    return { pods: 3 * asked.pods.length, mismatches: [...above, ...between, ...after] };
  },
  "assumed pods that were taken back": (asked) => {
    const { matcher, random } = asked;
    const overlay = random.chance(0.5) ? matcher.overlay() : undefined;
    assumeAndRevert(overlay ?? matcher, asked, random);
    const inside = compared(asked, overlay ?? matcher);
    overlay?.drop();
    const after = overlay ? compared(asked, matcher) : [];
    return { pods: (overlay ? 2 : 1) * asked.pods.length, mismatches: [...inside, ...after] };
  },
};

function compared({ pods, theirs }: Asked, view: TopologyMatcher): Mismatch[] {
  const ours = reportOf(view, pods);
  return differingPods(ours, theirs).map((place) => {
    const [own, judged] = place < 0 ? [ours, theirs] : [ours.pods[place], theirs.pods[place]];
    return { pod: judged.pod ?? "", ours: own, theirs: judged };
  });
}

/** What no longer fits beside those before it is passed over; they are taken back in another order than they came. */
function assumeAndRevert(view: TopologyMatcher, { pods, theirs }: Asked, random: Random): void {
  const assumptions = random.some(pods, 0, MOST_ASSUMED).flatMap((pod) => {
    const feasible = theirs.pods[pods.indexOf(pod)].feasible.filter((node: string) => view.nodes.has(node));
    if (feasible.length === 0) return [];
    try {
      return [view.assume(nameOf(pod), random.pick<string>(feasible))];
    } catch (fault) {
      if ((fault as TopologyError).code === "NotFeasible") return [];
      throw fault;
    }
  });
  reportOf(view, random.some(pods, 0, 3));
  for (const assumption of random.shuffle(assumptions)) assumption.revert();
}
