// cli: verdicts -> a table for a person, pods without a node first.

import type { Feasibility, TopologyMatcher } from "../index.js";
import { counted, printable } from "./failure.js";
import type { Output } from "./io.js";
import type { Caveats } from "./notes/caveats.js";
import type { Progress } from "./progress.js";
import { rejectionRows } from "./rejection-rows.js";
import { someNames } from "./some-names.js";
import type { Paint } from "./style.js";
import { padded, widthOf } from "./text-width.js";

/** How many nodes of a pod that fits are named. */
const NAMED = 3;
const NAMED_WIDE = 5;
const HEADINGS = ["POD", "NODES", "ANSWER"];

export interface TableOptions {
  /** With headings and a summary. */
  readonly headers: boolean;
  readonly wide: boolean;
  readonly paint: Paint;
  /** Says below the table how far its counts go. */
  readonly caveats: Caveats;
}

/** Prints the table; true where every pod fits some node. */
export async function writeTable(
  matcher: TopologyMatcher,
  pods: readonly string[],
  output: Output,
  progress: Progress,
  options: TableOptions,
): Promise<boolean> {
  const total = matcher.nodes.size;
  // Verdicts are cheap to ask for twice, and too large to keep for every pod.
  const fits = new Set<string>();
  const course = progress.course("evaluating", pods.length, "pods");
  for (const [i, pod] of pods.entries()) {
    const verdict = matcher.evaluatePod(pod);
    if (verdict.schedulable) fits.add(pod);
    options.caveats.add(verdict);
    course(i + 1);
  }
  progress.clear();
  const widths = [
    pods.reduce((width, pod) => Math.max(width, widthOf(printable(pod))), HEADINGS[0].length),
    Math.max(HEADINGS[1].length, `${total}/${total}`.length),
  ];
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i < widths.length ? padded(cell, widths[i]) : cell)).join("  ");
  const { headers, paint, wide } = options;
  if (headers && pods.length > 0) await output.write(`${paint("bold", line(HEADINGS))}\n`);
  const printing = progress.courseBeside(output, "printing", pods.length, "pods");
  const ordered = [...pods.filter((key) => !fits.has(key)), ...pods.filter((key) => fits.has(key))];
  for (const [i, pod] of ordered.entries()) {
    if (output.closed) break;
    printing(i);
    const verdict = matcher.evaluatePod(pod);
    const cells = [printable(pod), `${verdict.nodes.size}/${total}`, answerOf(verdict, total, wide)];
    await output.write(`${paint(verdict.schedulable ? "green" : "red", line(cells))}\n`);
    if (wide) for (const row of rejectionRows(verdict)) await output.write(`${paint("dim", row)}\n`);
  }
  progress.clear();
  if (headers) {
    await output.write(`${pods.length > 0 ? "\n" : ""}${summary(pods.length, fits.size, total)}\n`);
    if (pods.length > 0) for (const text of options.caveats.lines()) await output.write(`${printable(text)}\n`);
  }
  return fits.size === pods.length;
}

function answerOf(verdict: Feasibility, total: number, wide: boolean): string {
  const { error, message, nodes } = verdict;
  if (error !== undefined) return printable(`error: ${error}`);
  if (message !== undefined) return printable(message);
  if (nodes.size === total && total > NAMED) return "every node";
  return printable(someNames(nodes, nodes.size, wide ? NAMED_WIDE : NAMED));
}

function summary(pods: number, fitting: number, nodes: number): string {
  const head = `${counted(pods, "pod")}, ${counted(nodes, "node")}`;
  if (pods === 0) return `${head}: nothing to evaluate`;
  const parts = [
    fitting > 0 ? `${fitting.toLocaleString("en")} ${fitting === 1 ? "fits" : "fit"}` : "",
    pods > fitting ? `${(pods - fitting).toLocaleString("en")} ${pods - fitting === 1 ? "fits" : "fit"} no node` : "",
  ];
  return `${head}: ${parts.filter((part) => part !== "").join(", ")}`;
}
