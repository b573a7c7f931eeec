// cli: verdicts -> a table for a person at a terminal.

import { styleText } from "node:util";
import type { PodReport } from "../index.js";
import { counted } from "./failure.js";

type Style = "green" | "red" | "dim" | "bold";

/** Whether a stream that is a terminal or not is written in colours. */
export function wantsColour(env: { readonly [name: string]: string | undefined }, isTerminal: boolean): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") return env.FORCE_COLOR !== "0";
  return isTerminal && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}

export interface TableOptions {
  readonly nodes: number;
  readonly wide: boolean;
  readonly colour: boolean;
}

/** The lines of a table; pods without a node come first. */
export function tableOf(reports: readonly PodReport[], { colour, nodes, wide }: TableOptions): string {
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const ordered = [...reports].sort((a, b) => Number(a.schedulable) - Number(b.schedulable));
  const width = Math.max(3, ...ordered.map(({ pod }) => pod.length));
  const countWidth = Math.max(5, `${nodes}/${nodes}`.length);
  const lines = [paint("bold", `${"POD".padEnd(width)}  ${"NODES".padEnd(countWidth)}  WHY`)];
  for (const report of ordered) {
    const count = `${report.feasible.length}/${nodes}`.padEnd(countWidth);
    const style = report.schedulable ? "green" : "red";
    lines.push(`${report.pod.padEnd(width)}  ${paint(style, count)}  ${why(report)}`.trimEnd());
    if (wide) lines.push(...details(report, paint));
  }
  const stuck = reports.filter(({ schedulable }) => !schedulable).length;
  const summary =
    reports.length === 0
      ? "No pod is pending."
      : `${counted(reports.length, "pod")} on ${counted(nodes, "node")}: ${stuck === 0 ? "each has a node" : `${stuck} without a node`}.`;
  return `${reports.length === 0 ? "" : `${lines.join("\n")}\n\n`}${summary}\n`;
}

function why({ error, feasible, infeasible, message, schedulable }: PodReport): string {
  if (error !== undefined) return error;
  if (!schedulable) return message ?? "";
  if (infeasible.length === 0) return "";
  const shown = feasible.slice(0, 3).join(", ");
  return feasible.length > 3 ? `${shown} and ${feasible.length - 3} more` : shown;
}

/** A line for each node. */
function details({ feasible, infeasible, plans }: PodReport, paint: (style: Style, text: string) => string): string[] {
  const lines = [
    ...feasible.map((node) => ({ node, text: `${paint("green", "fits")}${planText(plans?.[node])}` })),
    ...infeasible.map(({ node, plugin, reasons }) => ({
      node,
      text: `${reasons.join(", ")} ${paint("dim", `(${plugin})`)}`,
    })),
  ];
  const width = Math.max(0, ...lines.map(({ node }) => node.length));
  return lines.map(({ node, text }) => `    ${node.padEnd(width)}  ${text}`);
}

function planText(plan: NonNullable<PodReport["plans"]>[string] | undefined): string {
  if (plan === undefined) return "";
  const parts = [
    ...plan.staticBindings.map(({ claim, volume }) => `${claim} takes ${volume}`),
    ...plan.dynamicProvisions.map((claim) => `${claim} is provisioned`),
  ];
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}
