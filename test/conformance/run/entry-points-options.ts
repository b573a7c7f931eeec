// Ways of asking whose answers follow from the oracle's: scores and the best nodes, nodes by a label, verdicts of a plugin
// that does not run, some nodes only.

import { nameOf } from "./completed.js";
import type { Asked, Pair } from "./entry-points.js";
import type { JsonReport } from "./oracle.js";

type Ask = (asked: Asked, pod: Asked["pods"][number], theirs: JsonReport) => Pair;

const ZONE = "topology.kubernetes.io/zone";
const OTHER = { plugin: "OutOfTree", code: "Unschedulable", reasons: ["out of tree"] } as const;

export const OPTION_QUESTIONS: Readonly<Record<string, Ask>> = {
  "Feasibility.best": ({ matcher, random }, pod, theirs) => {
    const limit = random.int(1, 20);
    const scored = theirs.feasible.flatMap((node: string) => {
      // A node without a plan would differ: it must not be passed over here.
      const { score } = theirs.plans[node] ?? { score: Number.POSITIVE_INFINITY };
      return score === undefined ? [] : [{ node, score }];
    });
    scored.sort((a: JsonReport, b: JsonReport) => b.score - a.score || byBytes(a.node, b.node));
    return [matcher.evaluatePod(nameOf(pod)).best(limit), scored.slice(0, limit)];
  },
  "Verdict.scores and best, with a column of the caller's": ({ matcher, random }, pod, theirs) => {
    const ids = [...matcher.nodes.keys()].map((node) => matcher.nodeId(node));
    const own = new Float64Array(Math.max(0, ...ids.map((id) => id + 1))).map(() => random.int(-30, 60) / 2);
    const added = { scores: own, weight: random.pick([1, 0, -2, 0.5]) };
    const into = new Float64Array(own.length).fill(-7);
    const verdict = matcher.createVerdict().evaluatePod(nameOf(pod));
    verdict.scores(into, { added });
    const scored = theirs.feasible.flatMap((node: string) => {
      const { score } = theirs.plans[node] ?? { score: Number.POSITIVE_INFINITY };
      const sum = score + added.weight * (own[matcher.nodeId(node)] ?? 0);
      return score === undefined ? [] : [{ node, score: sum }];
    });
    const byId = new Float64Array(own.length).fill(Number.NaN);
    for (const { node, score } of scored) byId[matcher.nodeId(node)] = score;
    scored.sort((a: JsonReport, b: JsonReport) => b.score - a.score || byBytes(a.node, b.node));
    const best = matcher.evaluatePod(nameOf(pod)).best(7, { added });
    return [
      [[...into], best],
      [[...byId], scored.slice(0, 7)],
    ];
  },
  "nodes.countBy": ({ matcher }, pod, theirs) => {
    const { values, without } = matcher.evaluatePod(nameOf(pod)).nodes.countBy(ZONE);
    const wanted = new Map<string, number>();
    let wantedWithout = 0;
    for (const node of theirs.feasible) {
      const value = matcher.nodes.get(node)?.metadata?.labels?.[ZONE];
      if (typeof value === "string") wanted.set(value, (wanted.get(value) ?? 0) + 1);
      else wantedWithout++;
    }
    return [
      [[...values].sort(), without],
      [[...wanted].sort(), wantedWithout],
    ];
  },
  "evaluatePod(key, { rejected })": ({ matcher, random }, pod, theirs) => {
    // Of feasible nodes this is the verdict; the others have one already, or PreFilter ended the cycle.
    const nodes = [...matcher.nodes.keys()].filter(() => random.chance(0.5));
    const ours = matcher.evaluatePod(nameOf(pod), { rejected: [{ ...OTHER, nodes }] }).toReport();
    const given = new Set(nodes);
    const added = theirs.feasible.filter((node: string) => given.has(node)).map((node: string) => ({ node, ...OTHER }));
    const infeasible = [...theirs.infeasible, ...added].sort((a, b) => byBytes(a.node, b.node));
    return [
      [ours.feasible, ours.infeasible, ours.error, ours.preFilter],
      [theirs.feasible.filter((node: string) => !given.has(node)), infeasible, theirs.error, theirs.preFilter],
    ];
  },
  "evaluatePod(key, { nodes })": ({ matcher, random }, pod, theirs) => {
    const nodes = [...matcher.nodes.keys()].filter(() => random.chance(0.6));
    const ours = matcher.evaluatePod(nameOf(pod), { nodes }).toReport({ plans: true });
    const given = new Set(nodes);
    const feasible = theirs.feasible.filter((node: string) => given.has(node) || !matcher.nodes.has(node));
    return [
      [ours.feasible, ours.infeasible, ours.plans ?? {}],
      [
        feasible,
        theirs.infeasible.filter(({ node }: JsonReport) => given.has(node)),
        Object.fromEntries(feasible.map((node: string) => [node, theirs.plans?.[node]])),
      ],
    ];
  },
};

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
