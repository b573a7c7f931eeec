// cli: verdicts on pods, each of which was judged alone -> a line where several of them want one volume.

import type { Feasibility, TopologyMatcher } from "../../index.js";
import { counted } from "../failure.js";

/** On how many of a pod's nodes the plan is looked at. */
const NODES = 3;

export class Contested {
  /** By volume: the claims that would take it, and a pod of each. */
  readonly #wanted = new Map<string, Map<string, string>>();

  constructor(readonly matcher: TopologyMatcher) {}

  /** Costs about 20 us a pod. */
  add(verdict: Feasibility): void {
    if (!verdict.schedulable) return;
    for (const id of verdict.nodes.ids().subarray(0, NODES)) {
      const plan = verdict.plan(this.matcher.nodeName(id));
      // Which claims wait for a node is the same for all nodes.
      if (plan === undefined || plan.staticBindings.length + plan.dynamicProvisions.length === 0) return;
      for (const { claim, volume } of plan.staticBindings) {
        const claims = this.#wanted.get(volume);
        if (claims === undefined) this.#wanted.set(volume, new Map([[claim, verdict.pod]]));
        else claims.set(claim, verdict.pod);
      }
    }
  }

  /** Undefined where no two pods want the same volume. */
  line(): string | undefined {
    const contested = [...this.#wanted].flatMap(([volume, claims]) => {
      const pods = new Set(claims.values()).size;
      return pods > 1 ? [{ volume, pods }] : [];
    });
    if (contested.length === 0) return undefined;
    const most = contested.reduce((a, b) => (b.pods > a.pods ? b : a));
    const more = contested.length - 1;
    const others = more > 0 ? `, and so it is with ${counted(more, "more volume")}` : "";
    return `each pod was judged alone, but ${most.pods.toLocaleString("en")} of them want volume ${most.volume}${others}`;
  }
}
