// The texts of a report, as `OUTCOME: TEMPLATE`, each as often as it is shown.

import type { JsonReport } from "./oracle.js";
import { type Outcome, templatesOf } from "./templates.js";

export function textsIn({ pods }: JsonReport): string[] {
  return pods.flatMap(({ error, infeasible, preFilter }: JsonReport) => [
    ...(error ? named("error of a pod", error) : []),
    ...(preFilter ? named("reason of a pod", preFilter.reasons[0]) : []),
    ...infeasible.flatMap(({ reasons }: { reasons: string[] }) =>
      reasons.flatMap((reason) => named("reason of a node", reason)),
    ),
  ]);
}

function named(outcome: Outcome, text: string): string[] {
  return templatesOf(outcome, text).map((name) => `${outcome}: ${name}`);
}
