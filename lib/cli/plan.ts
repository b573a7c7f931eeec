// cli: `topomatch plan`, from its arguments to its exit status.

import type { TopologyMatcher } from "../index.js";
import { TopologyError } from "../index.js";
import { Planning } from "../whatif/place.js";
import type { PlacementPlan, PlanOptions } from "../whatif/plan-types.js";
import type { CheckArguments } from "./arguments.js";
import { Failure } from "./failure.js";
import type { Io, Output } from "./io.js";
import { listWriter } from "./list-writer.js";
import { loadCluster } from "./load-cluster.js";
import { writePlanTable } from "./plan-table.js";
import type { PodOrder } from "./pod-order.js";
import { orderOf } from "./pod-order.js";
import { reportHead } from "./report-head.js";
import { FITS, FITS_NOWHERE } from "./status.js";
import { paintFor } from "./style.js";

export async function planPods(
  wanted: CheckArguments,
  order: PodOrder,
  io: Io,
  stdout: Output,
  stderr: Output,
): Promise<number> {
  const { cluster, matcher, progress } = await loadCluster(wanted, io, stderr, { keep: true });
  const planning = planningOf(matcher, { pods: cluster.pods, order: orderOf(order, cluster.objects) });
  const course = progress.course("placing", planning.pods.length, "pods");
  try {
    while (planning.step()) course(planning.done);
  } finally {
    planning.end();
    progress.clear();
  }
  const { color, headers, output } = wanted;
  if (output === "json" || output === "yaml") {
    const head = { ...reportHead("PlacementPlan", wanted, matcher), order, left: planning.left };
    await printPlan(planning, head, output, stdout);
  } else {
    const paint = paintFor(io.stdout, io.env, color);
    await writePlanTable(planning, matcher.nodes.size, stdout, { headers, wide: output === "wide", paint });
  }
  return planning.left.length === 0 ? FITS : FITS_NOWHERE;
}

/** A pod that cannot be placed is told by its name alone. */
function planningOf(matcher: TopologyMatcher, options: PlanOptions): Planning {
  try {
    return new Planning(matcher, options);
  } catch (error) {
    throw error instanceof TopologyError ? new Failure(error.message.replace(/^pods\[\d+\]: /, "")) : error;
  }
}

async function printPlan(
  { placements }: PlacementPlan,
  head: object,
  format: "json" | "yaml",
  stdout: Output,
): Promise<void> {
  const writer = await listWriter(format, stdout);
  await writer.begin(head, "placements");
  for (const placement of placements) {
    await writer.item(placement);
    if (stdout.closed) return;
  }
  await writer.end();
}
