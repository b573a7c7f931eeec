// cli: a plan -> a table for a person: who goes where and with which volumes, and who is left.

import type { Placement, PlacementPlan } from "../whatif/plan-types.js";
import { counted, printable } from "./failure.js";
import type { Output } from "./io.js";
import { aligned } from "./rows.js";
import type { Paint } from "./style.js";

const HEADINGS = ["POD", "NODE", "SCORE", "VOLUMES"];
const NONE = "-";

export interface PlanTableOptions {
  /** With headings and a summary. */
  readonly headers: boolean;
  /** Names what is bound and provisioned. */
  readonly wide: boolean;
  readonly paint: Paint;
}

export async function writePlanTable(
  { left, placements }: PlacementPlan,
  nodes: number,
  output: Output,
  { headers, paint, wide }: PlanTableOptions,
): Promise<void> {
  const rows = [
    ...placements.map((placement) => {
      const { node, pod, score } = placement;
      return [printable(pod), printable(node), String(score), volumesOf(placement, wide)];
    }),
    ...left.map(({ message, pod }) => [printable(pod), NONE, NONE, printable(message)]),
  ];
  const total = placements.length + left.length;
  const lines = aligned([HEADINGS, ...rows]);
  if (headers && total > 0) await output.write(`${paint("bold", lines[0])}\n`);
  for (const [i, line] of lines.slice(1).entries()) {
    if (output.closed) return;
    await output.write(`${paint(i < placements.length ? "green" : "red", line)}\n`);
  }
  if (!headers) return;
  const head = `${counted(total, "pod")}, ${counted(nodes, "node")}`;
  if (total === 0) await output.write(`${head}: nothing to place\n`);
  else await output.write(`\n${head}: ${summary(placements.length, left.length)}\n`);
}

function volumesOf({ dynamicProvisions, staticBindings }: Placement, wide: boolean): string {
  if (staticBindings.length + dynamicProvisions.length === 0) return NONE;
  if (!wide) {
    const bound = staticBindings.length > 0 ? [`binds ${staticBindings.length}`] : [];
    const made = dynamicProvisions.length > 0 ? [`provisions ${dynamicProvisions.length}`] : [];
    return [...bound, ...made].join(", ");
  }
  const bound = staticBindings.map(({ claim, volume }) => `${claim} takes ${volume}`);
  return printable([...bound, ...dynamicProvisions.map((claim) => `${claim} is provisioned`)].join(", "));
}

function summary(placed: number, left: number): string {
  const parts = [
    placed > 0 ? `${placed.toLocaleString("en")} placed` : "",
    left > 0 ? `${left.toLocaleString("en")} left` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
