// One scheduling cycle up to Filter: the plugins in their order, each node by itself (R-FW).

import type { Cluster } from "./cluster.js";
import { decided, verdictBegins } from "./decided.js";
import { compareBytes } from "./go-text.js";
import type { NodeObject } from "./kinds.js";
import { type Filtered, type Plan, type Plugin, type Snapshot, type Status, UAU } from "./plugin.js";

export interface NodeRejection extends Status {
  node: string;
  plugin: string;
}

export interface Verdict {
  schedulable: boolean;
  feasible: string[];
  infeasible: NodeRejection[];
  preFilter?: Status & { plugin: string };
  error?: string;
  message?: string;
  plans: Record<string, Plan>;
}

interface Running {
  plugin: string;
  filter: (node: NodeObject) => Filtered;
}

export function runCycle(snapshot: Snapshot, plugins: Plugin[]): Verdict {
  const { cluster } = snapshot;
  const verdict: Verdict = { schedulable: false, feasible: [], infeasible: [], plans: {} };
  verdictBegins();
  if (cluster.nodes.length === 0) decided("R-MSG-2");
  if (cluster.nodes.length === 0) return { ...verdict, error: "no nodes available to schedule pods" };
  const running: Running[] = [];
  const narrowing: { plugin: string; names: string[] }[] = [];
  const texts = () => narrowing.map(({ plugin }) => plugin).sort(compareBytes);
  for (const { name, preFilter } of plugins) {
    const before = attempt(() => preFilter(snapshot));
    if ("error" in before) decided("R-FW-2 (error)");
    if ("error" in before) return { ...verdict, error: `running PreFilter plugin "${name}": ${before.error}` };
    if (before.result === "skip") continue;
    if ("reasons" in before.result) {
      decided("R-FW-2 (rejection)");
      verdict.preFilter = { plugin: name, code: before.result.code, reasons: before.result.reasons };
      if (before.result.code === UAU) break;
      continue;
    }
    running.push({ plugin: name, filter: before.result.filter });
    if (before.result.names) narrowing.push({ plugin: name, names: before.result.names });
    // Of the plugins here one alone narrows, and it never leaves no name: nothing is intersected.
    if (narrowing.length > 1) throw new RangeError("two plugins narrow");
  }
  if (verdict.preFilter) {
    decided("R-MSG-3");
    return { ...verdict, message: `${available(cluster)} ${verdict.preFilter.reasons.join(", ")}.` };
  }
  for (const node of cluster.nodes) {
    const { name } = node.metadata;
    verdictBegins();
    if (narrowing.every(({ names }) => names.includes(name))) filterNode(node, running, verdict);
    else {
      decided("R-FW-3");
      const reasons = [`node(s) didn't satisfy plugin(s) [${texts().join(" ")}]`];
      verdict.infeasible.push({ node: name, plugin: texts().join(","), code: UAU, reasons });
    }
  }
  verdictBegins();
  verdict.schedulable = verdict.feasible.length > 0 && verdict.error === undefined;
  if (!verdict.schedulable && verdict.error === undefined) verdict.message = statistics(verdict, cluster);
  return verdict;
}

function filterNode(node: NodeObject, running: Running[], verdict: Verdict): void {
  const { name } = node.metadata;
  let plan: Plan = { staticBindings: [], dynamicProvisions: [], score: 0 };
  for (const { filter, plugin } of running) {
    const after = attempt(() => filter(node));
    if ("error" in after) {
      decided("R-FW-5");
      verdict.error ??= `running "${plugin}" filter plugin: ${after.error}`;
      return;
    }
    const { code, reasons } = after.result;
    if (reasons.length > 0) {
      verdict.infeasible.push({ node: name, plugin, code, reasons });
      return;
    }
    plan = after.result.plan ?? plan;
  }
  verdict.feasible.push(name);
  verdict.plans[name] = plan;
}

function available(cluster: Cluster): string {
  return `0/${cluster.nodes.length} nodes are available:`;
}

function statistics({ infeasible }: Verdict, cluster: Cluster): string {
  const counts = new Map<string, number>();
  decided("R-MSG-4");
  for (const reason of infeasible.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const lines = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareBytes);
  return `${available(cluster)} ${lines.join(", ")}.`;
}

/** Statuses of code Error are thrown by the rules as errors whose message is the scheduler's detail. */
function attempt<T>(run: () => T): { result: T } | { error: string } {
  try {
    return { result: run() };
  } catch (fault) {
    if (!(fault instanceof Error) || fault.constructor !== Error) throw fault;
    return { error: fault.message };
  }
}
