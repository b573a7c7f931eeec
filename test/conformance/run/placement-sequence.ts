// One random sequence of pods that are placed one after another, some of them taken back again; mostly in the view itself,
// now and then in overlays over it.

import type { Assumption, TopologyMatcher } from "../../../lib/index.js";
import type { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { isPending, nameOf } from "./completed.js";
import type { JsonReport } from "./oracle.js";

export interface PlacementSequence {
  /** What the oracle reserves and gives back after a pod's turn. */
  readonly request: {
    readonly pods: readonly string[];
    readonly reserve: Readonly<Record<string, string>>;
    readonly unreserve: Readonly<Record<string, readonly string[]>>;
  };
  /** Each pod's report before it was placed. */
  readonly expected: readonly JsonReport[];
  readonly counts: Readonly<Record<string, number>>;
}

/** On a view that holds these objects. */
export function placementSequence(
  view: TopologyMatcher,
  objects: readonly KubeObject[],
  random: Random,
): PlacementSequence {
  let matcher = view;
  const pods = objects.filter(isPending).map(nameOf);
  const reserve: Record<string, string> = {};
  const unreserve: Record<string, string[]> = {};
  const standing = new Map<string, Assumption>();
  /** Volumes and claims that were assumed in the view of the moment, and in those below it. */
  const here = new Set<string>();
  const below = new Set<string>();
  const expected: JsonReport[] = [];
  const counts = { assumed: 0, bindings: 0, provisions: 0, "taken back": 0 };
  for (const pod of pods) {
    if (random.chance(0.05)) {
      matcher = matcher.overlay();
      standing.clear();
      for (const name of here) below.add(name);
      here.clear();
    }
    const verdict = matcher.createVerdict().evaluatePod(pod);
    const report = verdict.toReport({ plans: true });
    expected.push(report);
    const nodes = verdict.schedulable ? [...report.feasible].sort() : [];
    if (nodes.length > 0 && random.chance(0.85)) {
      const node = random.pick(nodes);
      const again = random.chance(0.5);
      const assumption = again ? matcher.assume(pod, node) : verdict.assume(node);
      const names = [...assumption.staticBindings.map(({ volume }) => volume), ...assumption.dynamicProvisions];
      for (const name of names) here.add(name);
      // The scheduler, which has one view, would free what was assumed below for another pod of the claim.
      if (!names.some((name) => below.has(name))) standing.set(pod, assumption);
      reserve[pod] = node;
      counts.assumed++;
      counts.bindings += assumption.staticBindings.length;
      counts.provisions += assumption.dynamicProvisions.length;
    }
    while (standing.size > 0 && random.chance(0.15)) {
      const other = random.pick([...standing.keys()]);
      standing.get(other)?.revert();
      standing.delete(other);
      unreserve[pod] = [...(unreserve[pod] ?? []), other];
      counts["taken back"]++;
    }
  }
  return { request: { pods, reserve, unreserve }, expected, counts };
}
