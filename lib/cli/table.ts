// cli: verdicts -> a table for a person, pods without a node first.

import type { Feasibility, TopologyMatcher } from "../index.js";
import { compareUtf8 } from "../objects/utf8.js";
import { counted, printable } from "./failure.js";
import type { Output } from "./io.js";
import type { Caveats } from "./notes/caveats.js";
import type { Progress } from "./progress.js";
import type { Paint } from "./style.js";

/** How many nodes of a pod that fits are named; `wide` names all. */
const NAMED = 3;
const HEADINGS = ["POD", "NODES", "ANSWER"];

export interface TableOptions {
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
  for (const [i, pod] of pods.entries()) {
    const verdict = matcher.evaluatePod(pod);
    if (verdict.schedulable) fits.add(pod);
    options.caveats.add(verdict);
    await progress.show(() => `evaluating: ${i + 1} of ${counted(pods.length, "pod")}`);
  }
  await progress.clear();
  const widths = [
    pods.reduce((width, pod) => Math.max(width, widthOf(printable(pod))), HEADINGS[0].length),
    Math.max(HEADINGS[1].length, `${total}/${total}`.length),
  ];
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i < widths.length ? cell.padEnd(widths[i] + cell.length - widthOf(cell)) : cell))
      .join("  ");
  const { paint, wide } = options;
  if (pods.length > 0) await output.write(`${paint("bold", line(HEADINGS))}\n`);
  for (const pod of [...pods.filter((key) => !fits.has(key)), ...pods.filter((key) => fits.has(key))]) {
    if (output.closed) break;
    const verdict = matcher.evaluatePod(pod);
    const cells = [printable(pod), `${verdict.nodes.size}/${total}`, answerOf(verdict, total, wide)];
    await output.write(`${paint(verdict.schedulable ? "green" : "red", line(cells))}\n`);
    if (wide) for (const row of nodeRows(verdict)) await output.write(`${paint("dim", row)}\n`);
  }
  await output.write(`${pods.length > 0 ? "\n" : ""}${summary(pods.length, fits.size, total)}\n`);
  if (pods.length > 0) for (const line of options.caveats.lines()) await output.write(`${printable(line)}\n`);
  return fits.size === pods.length;
}

function widthOf(text: string): number {
  return [...text].length;
}

function answerOf(verdict: Feasibility, total: number, wide: boolean): string {
  const { error, message, nodes } = verdict;
  if (error !== undefined) return printable(`error: ${error}`);
  if (message !== undefined) return printable(message);
  if (wide) return printable(verdict.toReport().feasible.join(", "));
  if (nodes.size === total && total > NAMED) return "every node";
  const shown = firstByName(nodes);
  const more = nodes.size - shown.length;
  return printable(more > 0 ? `${shown.join(", ")} and ${more.toLocaleString("en")} more` : shown.join(", "));
}

/** The first few names, without sorting the others. */
function firstByName(names: Iterable<string>): string[] {
  const first: string[] = [];
  for (const name of names) {
    if (first.length === NAMED && compareUtf8(name, first[NAMED - 1]) >= 0) continue;
    first.push(name);
    first.sort(compareUtf8);
    first.length = Math.min(first.length, NAMED);
  }
  return first;
}

/** Why each node was rejected. */
function nodeRows(verdict: Feasibility): string[] {
  const { infeasible } = verdict.toReport();
  const width = infeasible.reduce((widest, { node }) => Math.max(widest, widthOf(node)), 0);
  return infeasible.map(({ node, plugin, reasons }) =>
    printable(`  ${node.padEnd(width + node.length - widthOf(node))}  ${plugin}: ${reasons.join("; ")}`),
  );
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
