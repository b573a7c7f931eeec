// cli: what every report begins with: its kind, and the scheduler whose verdicts it holds.

import type { TopologyMatcher } from "../index.js";
import { FILTERS_CARRIED_OUT, resolveGates } from "../options.js";
import type { CheckArguments } from "./arguments.js";

export function reportHead(kind: string, wanted: CheckArguments, matcher: TopologyMatcher): object {
  const { filters, gates, kubernetes, mode } = wanted;
  return {
    apiVersion: "topomatch/v1",
    kind,
    kubernetes,
    mode,
    filters: filters.length > 0 ? filters : FILTERS_CARRIED_OUT,
    gates: resolveGates(kubernetes, gates).differing,
    nodes: matcher.nodes.size,
  };
}
