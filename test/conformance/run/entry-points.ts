// Every way in which the library can be asked about a pod, put beside the oracle's answer.

import { isDeepStrictEqual } from "node:util";
import type { NodeMask, PodLike, TopologyMatcher, Verdict } from "../../../lib/index.js";
import type { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { claimOf } from "./claim-pods.js";
import { nameOf } from "./completed.js";
import { OPTION_QUESTIONS } from "./entry-points-options.js";
import { VIEWS } from "./entry-points-views.js";
import type { JsonReport } from "./oracle.js";

export interface Mismatch {
  readonly pod: string;
  readonly ours: JsonReport;
  readonly theirs: JsonReport;
}

export interface Asked {
  readonly matcher: TopologyMatcher;
  /** Pending pods, in the order of the oracle's report. */
  readonly pods: readonly KubeObject[];
  readonly theirs: JsonReport;
  readonly random: Random;
  /** All that the matcher holds. */
  readonly objects: readonly KubeObject[];
}

/** How many pods were compared, and those that differ. */
export interface Answered {
  readonly pods: number;
  readonly mismatches: readonly Mismatch[];
}

type EntryPoint = (asked: Asked) => Answered;

/** By name: what is asked. Pods by their key are not here; they are what is compared in full. */
export const ENTRY_POINTS: Readonly<Record<string, EntryPoint>> = {
  "evaluatePod(object)": (asked) =>
    each(asked, (pod, theirs) => {
      const ours = asked.matcher.evaluatePod(copied(pod)).toReport({ plans: true });
      return [ours, theirs];
    }),
  evaluatePods: (asked) => {
    const questions = asked.pods.map((pod) => (asked.random.chance(0.5) ? nameOf(pod) : copied(pod)));
    const answers = asked.matcher.evaluatePods(questions);
    return each(asked, (_, { plans: _plans, ...theirs }, index) => [answers[index].toReport(), theirs]);
  },
  "Feasibility.plan": (asked) =>
    each(asked, (pod, theirs) => {
      const feasibility = asked.matcher.evaluatePod(nameOf(pod));
      const node = theirs.feasible.length > 0 ? asked.random.pick<string>(theirs.feasible) : "no-such-node";
      const ours = [feasibility.plan(node), feasibility.nodes.size, [...feasibility.nodes].sort(), feasibility.message];
      return [ours, [theirs.plans?.[node], theirs.feasible.length, [...theirs.feasible].sort(), theirs.message]];
    }),
  "Verdict.evaluatePod(key)": (asked) => verdicts(asked, nameOf),
  "Verdict.evaluatePod(object)": (asked) => verdicts(asked, copied),
  "Verdict.evaluatePod(id)": (asked) => verdicts(asked, (pod) => asked.matcher.podId(nameOf(pod))),
  countFeasible: (asked) => {
    const ids = Uint32Array.from(asked.pods, (pod) => asked.matcher.podId(nameOf(pod)));
    const counts = new Uint32Array(ids.length);
    asked.matcher.countFeasible(ids, counts);
    return each(asked, (_, theirs, index) => [counts[index], theirs.feasible.length]);
  },
  evaluateClaim: (asked) =>
    eachClaim(asked, (claim, { pod: _, ...theirs }) => {
      const object = asked.matcher.persistentVolumeClaims.get(claim);
      if (object === undefined) throw new Error(`no claim ${claim}`);
      const known = asked.random.chance(0.5) ? claim : object;
      const { pod, ...ours } = asked.matcher.evaluateClaim(known).toReport({ plans: true });
      return [
        { ...ours, claim: pod },
        { ...theirs, claim },
      ];
    }),
  countFeasibleClaims: (asked) => {
    const claims = asked.pods.flatMap((pod) => claimOf(pod) ?? []);
    const counts = new Uint32Array(claims.length);
    asked.matcher.countFeasibleClaims(
      Uint32Array.from(claims, (claim) => asked.matcher.claimId(claim)),
      counts,
    );
    let index = 0;
    return eachClaim(asked, (_, theirs) => [counts[index++], theirs.feasible.length]);
  },
  ...Object.fromEntries(
    Object.entries(OPTION_QUESTIONS).map(([name, ask]): [string, EntryPoint] => [
      name,
      (asked) => each(asked, (pod, theirs) => ask(asked, pod, theirs)),
    ]),
  ),
  ...VIEWS,
};

export type Pair = readonly [ours: unknown, theirs: unknown];

function each({ pods, theirs }: Asked, pair: (pod: KubeObject, theirs: JsonReport, index: number) => Pair): Answered {
  const mismatches = pods.flatMap((pod, index): Mismatch[] => {
    const judged = theirs.pods[index];
    const [ours, wanted] = pair(pod, judged, index);
    return isDeepStrictEqual(ours, wanted) ? [] : [{ pod: judged.pod, ours, theirs: wanted }];
  });
  return { pods: pods.length, mismatches };
}

/** Only the pods that stand for a claim. */
function eachClaim(asked: Asked, pair: (claim: string, theirs: JsonReport) => Pair): Answered {
  const places = asked.pods.flatMap((pod, index) => (claimOf(pod) === undefined ? [] : [index]));
  const chosen = {
    ...asked,
    pods: places.map((place) => asked.pods[place]),
    theirs: { ...asked.theirs, pods: places.map((place) => asked.theirs.pods[place]) },
  };
  return each(chosen, (pod, theirs) => pair(claimOf(pod) as string, theirs));
}

function verdicts(asked: Asked, question: (pod: KubeObject) => string | object | number): Answered {
  const { matcher, random } = asked;
  const verdict = matcher.createVerdict();
  const names = [...matcher.nodes.keys()].filter(() => random.chance(0.5));
  const mask = matcher.createNodeMask(names);
  const wanted = new Set(names);
  return each(asked, (pod, theirs) => {
    const limit = random.int(1, 40);
    const inside = theirs.feasible.filter((node: string) => wanted.has(node));
    const node = theirs.feasible.length > 0 ? random.pick<string>(theirs.feasible) : undefined;
    const { plans: _plans, ...report } = theirs;
    const isCopied = random.chance(0.3);
    return [
      read(matcher, verdict.evaluatePod(question(pod)), { mask, limit, node, isCopied }),
      {
        said: [theirs.message, theirs.error, theirs.preFilter?.plugin],
        plan: node && theirs.plans[node],
        copy: isCopied && report,
        schedulable: theirs.schedulable,
        feasibleCount: theirs.feasible.length,
        has: [...theirs.feasible].sort(),
        first: firstIds(matcher, theirs.feasible, limit),
        countWithin: inside.length,
        firstWithin: firstIds(matcher, inside, limit),
        rejections: groupsOf(theirs, asked.theirs.nodes),
      },
    ];
  });
}

interface Read {
  readonly mask: NodeMask;
  readonly limit: number;
  /** A node whose plan is read. */
  readonly node: string | undefined;
  readonly isCopied: boolean;
}

function read(matcher: TopologyMatcher, verdict: Verdict, { isCopied, limit, mask, node }: Read): unknown {
  const list = (fill: (into: Uint32Array) => number): number[] => {
    const into = new Uint32Array(limit);
    return Array.from(into.subarray(0, fill(into)));
  };
  const { error, feasibleCount, message, preFilter, schedulable } = verdict;
  return {
    said: [message, error, preFilter?.plugin],
    plan: node && verdict.plan(node),
    copy: isCopied && verdict.copy().toReport(),
    schedulable,
    feasibleCount,
    has: [...matcher.nodes.keys()].filter((name) => verdict.has(matcher.nodeId(name))).sort(),
    first: list((into) => verdict.first(limit, into)),
    countWithin: verdict.countWithin(mask),
    firstWithin: list((into) => verdict.firstWithin(mask, limit, into)),
    rejections: verdict.rejected.map((group) => `${group.count} ${wordsOf(group)}`).sort(),
  };
}

function firstIds(matcher: TopologyMatcher, names: readonly string[], limit: number): number[] {
  return names
    .map((name) => matcher.nodeId(name))
    .sort((a, b) => a - b)
    .slice(0, limit);
}

/** Nodes by their reasons; the whole cluster's where PreFilter rejects the pod. */
function groupsOf({ error, infeasible, preFilter }: JsonReport, nodes: number): string[] {
  const counts = new Map<string, number>();
  for (const status of infeasible) counts.set(wordsOf(status), (counts.get(wordsOf(status)) ?? 0) + 1);
  if (preFilter && !error) counts.set(wordsOf(preFilter), nodes);
  return [...counts].map(([words, count]) => `${count} ${words}`).sort();
}

/** A group of rejected nodes has one plugin, one code and one list of reasons. */
function wordsOf({ code, plugin, reasons }: JsonReport): string {
  return `${plugin} ${code} ${reasons.join("; ")}`;
}

/** Another object: a question must not depend on which one was loaded. */
function copied(pod: KubeObject): PodLike {
  return structuredClone(pod) as unknown as PodLike;
}
