// The family of ties: the library's answer must be one that the scheduler gives under some order of its lists.

import type { JsonReport, Oracle, Request } from "./oracle.js";
import type { Tally } from "./tally.js";

export interface Missed {
  readonly own: JsonReport;
  readonly outcomes: JsonReport;
}

const ORDERS_AT_A_TIME = 8;

/** Asks under more and more orders until every node's answer was seen; what stayed unseen is returned. */
export async function checkShuffles(
  oracle: Oracle,
  request: Request,
  ours: JsonReport,
  most: number,
  counts: Tally["shuffles"],
): Promise<Missed[]> {
  const wanted: Map<string, string>[] = ours.pods.map(answersOf);
  const seen = wanted.map((answers) => new Map([...answers.keys()].map((node) => [node, new Set<string>()])));
  const isOpen = (pod: number): boolean => [...wanted[pod]].some(([node, answer]) => !seen[pod].get(node)?.has(answer));
  let orders = 0;
  while (orders < most && (orders === 0 || wanted.some((_, pod) => isOpen(pod)))) {
    const asked = Array.from({ length: Math.min(ORDERS_AT_A_TIME, most - orders) }, (_, index) =>
      oracle.ask({ ...request, order: { shuffle: orders + index + 1 } }),
    );
    orders += asked.length;
    for (const report of await Promise.all(asked)) {
      for (const [pod, judged] of report.pods.entries()) {
        for (const [node, answer] of answersOf(judged)) seen[pod].get(node)?.add(answer);
      }
    }
  }
  counts.clusters++;
  counts.orders += orders;
  counts.pods += wanted.length;
  counts.podsWithSeveralOutcomes += seen.filter((nodes) => [...nodes.values()].some(({ size }) => size > 1)).length;
  return wanted.flatMap((_, pod) =>
    isOpen(pod)
      ? [
          {
            own: ours.pods[pod],
            outcomes: { orders, answers: [...seen[pod]].map(([node, answers]) => [node, ...answers]) },
          },
        ]
      : [],
  );
}

/** The answer for the pod as a whole, under "", and for each node: plan or reasons. */
function answersOf(pod: JsonReport): Map<string, string> {
  const { code, plugin, reasons } = pod.preFilter ?? {};
  const answers = new Map([["", JSON.stringify({ error: pod.error, code, plugin, reasons })]]);
  for (const node of pod.feasible) {
    const { staticBindings, dynamicProvisions } = pod.plans[node];
    answers.set(node, JSON.stringify({ staticBindings, dynamicProvisions }));
  }
  for (const { node, ...rejection } of pod.infeasible) {
    answers.set(node, JSON.stringify([rejection.plugin, rejection.code, rejection.reasons]));
  }
  return answers;
}
