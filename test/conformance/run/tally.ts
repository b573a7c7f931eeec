// What was compared, in numbers that add up over clusters and processes.

import { listenToDecisions } from "../../reference/evaluator/decided.js";
import type { JsonReport } from "./oracle.js";
import { type Outcome, templatesOf } from "./templates.js";

export interface Size {
  clusters: number;
  pods: number;
  verdicts: number;
}

export interface Tally extends Size {
  /** The most verdicts that one cluster gave. */
  largest: number;
  byProfile: Record<string, Size>;
  byGates: Record<string, Size>;
  /** By the plugins that have arguments. */
  byArguments: Record<string, Size>;
  /** Pods by how they ended. */
  ends: Record<string, number>;
  feasible: number;
  /** (pod, node) pairs that a reason of the pod or of the node turned down. */
  rejected: number;
  /** Outcome and template, as `OUTCOME: TEMPLATE` -> how many verdicts (of a node) or pods (of a pod) it decided. */
  texts: Record<string, number>;
  /** The same, always in (pod, node) verdicts. */
  textVerdicts: Record<string, number>;
  /** Rule -> how many verdicts, or whole pods, in whose derivation it settled something. */
  rules: Record<string, number>;
  /** By way of asking or program -> pods compared. */
  entryPoints: Record<string, number>;
  /** How the matcher came to its objects. */
  byMode: Record<string, Size>;
  /** Every path of the library -> pods that it decided, and clusters with one of them. */
  paths: Record<string, { pods: number; clusters: number }>;
  /** (node, volume, claim) steps of the oracle, at the most. */
  steps: number;
  differences: number;
  referenceDifferences: number;
  /** Of what the library does not carry out yet. */
  comesLater: Record<string, Size & { differingPods: number }>;
  /** Clusters of the family of ties, orders they were asked under, and pods with several outcomes. */
  shuffles: { clusters: number; orders: number; pods: number; podsWithSeveralOutcomes: number };
}

export function emptyTally(): Tally {
  return {
    clusters: 0,
    pods: 0,
    verdicts: 0,
    largest: 0,
    byProfile: {},
    byGates: {},
    byArguments: {},
    ends: {},
    feasible: 0,
    rejected: 0,
    texts: {},
    textVerdicts: {},
    rules: {},
    entryPoints: {},
    byMode: {},
    paths: {},
    steps: 0,
    differences: 0,
    referenceDifferences: 0,
    comesLater: {},
    shuffles: { clusters: 0, orders: 0, pods: 0, podsWithSeveralOutcomes: 0 },
  };
}

/** Adds every number of `more`, except that the largest stays the largest. */
export function addTally(to: Tally, more: Tally): void {
  const largest = Math.max(to.largest, more.largest);
  addNumbers(to as never, more as never);
  to.largest = largest;
}

type Numbers = { [name: string]: number | Numbers };

export function addNumbers(to: Numbers, more: Numbers): void {
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === "number") to[name] = ((to[name] as number | undefined) ?? 0) + value;
    else {
      to[name] ??= {};
      addNumbers(to[name] as Numbers, value);
    }
  }
}

export function sizeOf(report: JsonReport): Size {
  return { clusters: 1, pods: report.pods.length, verdicts: report.pods.length * report.nodes };
}

/** Counts the texts and ends of the oracle's report. */
export function countReport(tally: Tally, report: JsonReport): void {
  for (const pod of report.pods) countPod(tally, pod, report.nodes);
}

/** Upkeep counts for every pod that is asked about after it; the others for the pods in whose answers they came. */
export function countPaths(
  tally: Tally,
  paths: readonly string[],
  upkeep: readonly string[],
  byQuestion: readonly ReadonlyMap<string, number>[],
  pods: number,
): void {
  const sums = new Map<string, number>(upkeep.map((path) => [path, pods]));
  for (const taken of byQuestion) {
    for (const [path, times] of taken) {
      if (upkeep.includes(path)) continue;
      sums.set(path, (sums.get(path) ?? 0) + (isOfBatch(path) ? times : 1));
    }
  }
  for (const path of paths) {
    const times = sums.get(path) ?? 0;
    addNumbers(tally.paths as never, { [path]: { pods: times, clusters: Number(times > 0) } });
  }
}

/** Of a pod, a claim or a combination in a batch: each counts. */
function isOfBatch(path: string): boolean {
  return path.startsWith("batch: ") || path.startsWith("count: ");
}

function countPod(tally: Tally, pod: JsonReport, nodes: number): void {
  const { feasible, infeasible, preFilter, error } = pod;
  const whole = preFilter !== undefined || error !== undefined;
  const end = whole ? (preFilter ? "PreFilter rejection" : "error") : feasibleShare(feasible.length, nodes);
  addNumbers(tally.ends, { [end]: 1 });
  tally.feasible += feasible.length;
  tally.rejected += infeasible.length + (preFilter ? nodes : 0);
  if (preFilter) count(tally, "reason of a pod", preFilter.reasons[0], 1, nodes);
  if (error) count(tally, "error of a pod", error, 1, nodes - feasible.length - infeasible.length);
  for (const { reasons } of infeasible) {
    for (const reason of reasons) count(tally, "reason of a node", reason, 1, 1);
  }
}

function feasibleShare(feasible: number, nodes: number): string {
  if (feasible === 0) return "on no node";
  return feasible === nodes ? "on every node" : "on some nodes";
}

function count(tally: Tally, outcome: Outcome, text: string, times: number, verdicts: number): void {
  for (const name of templatesOf(outcome, text)) {
    const key = `${outcome}: ${name}`;
    tally.texts[key] = (tally.texts[key] ?? 0) + times;
    tally.textVerdicts[key] = (tally.textVerdicts[key] ?? 0) + verdicts;
  }
}

/** Runs the reference evaluator with every rule that settles something counted once a verdict. */
export function countRules<T>(tally: Tally, evaluate: () => T): T {
  const settled = new Set<string>();
  const flush = (): void => {
    for (const rule of settled) tally.rules[rule] = (tally.rules[rule] ?? 0) + 1;
    settled.clear();
  };
  listenToDecisions({ decided: (rule) => settled.add(rule), begins: flush });
  try {
    return evaluate();
  } finally {
    flush();
    listenToDecisions(undefined);
  }
}
