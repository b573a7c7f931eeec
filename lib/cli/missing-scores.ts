// cli: the plans of a report -> the line about nodes that have no score.

import type { PodReport } from "../result/types.js";
import { printable } from "./failure.js";
import { someNames } from "./some-names.js";

const MOST_NAMES = 3;

/** One line, or "". */
export function missingScores({ plans = {}, pod }: PodReport): string {
  const nodes = Object.keys(plans).filter((node) => plans[node].score === undefined);
  if (nodes.length === 0) return "";
  const where = someNames(nodes, nodes.length, MOST_NAMES);
  return printable(
    `pod ${pod} has no score on ${where}: kube-scheduler panics there, over a CSIStorageCapacity without capacity or ` +
      "a claim without spec.storageClassName",
  );
}
