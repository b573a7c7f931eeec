// Compares a report with what a case expects, for all nodes or for the case's own.

import * as assert from "uvu/assert";
import type { Plan, PodReport } from "../../lib/result/types.js";
import { by, type ConformanceCase, type ExpectedPlan, type Rejection } from "./case.js";

const NO_NODES = "no nodes available to schedule pods";

/** `nodeCount` is that of the whole snapshot, irrelevant nodes included. */
export function checkReport(report: PodReport, given: ConformanceCase, nodeCount: number): void {
  const { expect } = given;
  const own = new Set(ownNodes(given));
  const feasible = expect.feasible ?? [];
  const infeasible = expect.infeasible ?? {};
  const preFilter = typeof expect.preFilter === "string" ? ofVolumes([expect.preFilter]) : expect.preFilter;
  assert.is(report.pod, expect.pod ?? "default/pod");
  assert.is(report.error, expect.error, "error");
  assert.equal(report.preFilter, preFilter, "preFilter");
  assert.equal(
    report.feasible.filter((name) => own.has(name)),
    feasible,
    "feasible nodes",
  );
  assert.equal(
    report.infeasible.filter(({ node }) => own.has(node)),
    sorted(Object.keys(infeasible)).map((node) => {
      const rejection = infeasible[node];
      return { node, ...("plugin" in rejection ? rejection : ofVolumes(rejection)) };
    }),
    "infeasible nodes",
  );
  assert.is(report.schedulable, report.feasible.length > 0 && report.error === undefined, "schedulable");
  assert.is(report.message, messageOf(report, nodeCount), "message");
  if (nodeCount === own.size && expect.message !== undefined) assert.is(report.message, expect.message, "message");
  assertSorted(report.feasible);
  assertSorted(report.infeasible.map(({ node }) => node));
  checkPlans(report, given);
}

function ofVolumes(reasons: readonly string[]): Rejection {
  return by("VolumeBinding", ...reasons);
}

export function ownNodes({ objects, updates = [] }: ConformanceCase): string[] {
  return [...objects, ...updates].filter(({ kind }) => kind === "Node").map(({ metadata }) => metadata.name);
}

function checkPlans(report: PodReport, { expect }: ConformanceCase): void {
  const plans = report.plans ?? {};
  // An error before the nodes leaves nothing to plan for.
  assert.equal(sorted(Object.keys(plans)), report.error === NO_NODES ? [] : report.feasible, "planned nodes");
  for (const { score = 0 } of Object.values(plans)) assert.ok(Number.isInteger(score) && score >= 0 && score <= 100);
  for (const [name, plan] of Object.entries(expect.plans ?? {})) {
    const { staticBindings, dynamicProvisions } = plans[name];
    assert.equal({ staticBindings, dynamicProvisions }, planOf(plan), `plan for ${name}`);
    if (plan.score === "none") assert.not("score" in plans[name], `score of ${name}`);
    else assert.is(plans[name].score, plan.score ?? plans[name].score, `score of ${name}`);
  }
}

function planOf({ bind = [], provision = [] }: ExpectedPlan): Plan {
  return {
    staticBindings: bind.map(([claim, volume]) => ({ claim: `default/${claim}`, volume })),
    dynamicProvisions: provision.map((claim) => `default/${claim}`),
  };
}

/** R-MSG-2 to R-MSG-4, from the rest of the report. */
function messageOf({ schedulable, error, preFilter, infeasible }: PodReport, nodeCount: number): string | undefined {
  if (schedulable || error !== undefined) return undefined;
  const start = `0/${nodeCount} nodes are available:`;
  if (preFilter) return `${start} ${preFilter.reasons.join(", ")}.`;
  const counts = new Map<string, number>();
  for (const reason of infeasible.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return `${start} ${sorted([...counts].map(([reason, count]) => `${count} ${reason}`)).join(", ")}.`;
}

function assertSorted(names: readonly string[]): void {
  assert.equal(names, sorted(names), "nodes sorted by bytes");
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
